"""Whether two claims are about one happening: a sum of points, each with its reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from stemma.merge.days import Days
from stemma.merge.entities import related
from stemma.merge.facts import Fact
from stemma.merge.means import RARE, is_lasting, may_mix, quarters
from stemma.merge.places import Fit, corners_of, fit_of, is_narrow, opposite, place_names
from stemma.merge.profiles import KEPT, Profile, main, shared
from stemma.model import ClaimType, Place, Status

ENOUGH: Final = 2.0
"""Points from which two claims are one happening; see `POINTS`."""

POINTS: Final = {
    "same-words": 3.0,
    "like-words": 1.25,
    "same-day": 1.75,
    "day-slip": 0.75,
    "period": 0.5,
    "same-place": 1.75,
    "near-place": 1.0,
    "within-place": 0.5,
    "same-actor": 0.75,
    "same-other-side": 0.75,
    "same-person": 2.5,
    "same-party": 0.25,
    "same-figure": 1.0,
    "same-means": 0.5,
    "rare-means": 1.5,
    "same-campaign": 1.0,
    "other-toll": -1.25,
    "part-toll": -3.5,
    "other-people": -1.25,
    "same-target": 1.0,
    "kin": 0.5,
    "same-week": 0.5,
    "other-place": -3.0,
    "other-quarter": -2.5,
    "other-name": -0.75,
    "other-actor": -1.0,
    "other-side": -0.75,
    "other-person": -3.0,
    "other-means": -2.5,
    "other-target": -1.0,
    "told-apart": -1.5,
    "other-sides": -2.0,
    "vague": -1.0,
    "vague-rain": -1.75,
    "vague-slip": -2.0,
    "part-campaign": -0.75,
}
"""What each agreement or difference is worth. Set so that a day and a place, or a place and both sides, or a
day and both sides with one more sign make one happening, while another village or other means outweigh a day
and both sides; chosen on the half `choose` of bench/incident_pairs.jsonl, held by tests/unit/merge."""

SURE_SIGNS: Final = frozenset(("same-words", "like-words", "rare-means"))
TELLING_SIGNS: Final = SURE_SIGNS | {"same-figure", "same-target"}
"""Signs that two happenings of one war seldom share. Without any of them two reports of force need a narrow
place (`vague`, for bombs and shells `vague-rain`) and one day (`vague-slip`): with these and `CAMPAIGN` F1 of
the half `choose` rose from .811 to .830, of `held` from .840 to .891."""
CAMPAIGN: Final = 0.5
"""The share of their time that two campaigns must have in common to be one: `since 2011` is not `since
April`."""

SLIP_DAYS: Final = 2
"""`Thursday` against `Friday`, the dateline's day against the act's; beyond it days are two."""
LIKE: Final = 0.4
"""Share from which two claims of one family of reports are the same sentence reworded."""
ALIKE: Final = 0.7
"""Share of evidence words in common from which two claims are one sentence, copied or lightly edited."""
RESPONSIBILITY: Final = ClaimType.CLAIM_RESPONSIBILITY
OTHER_ACTOR: Final = "by another"
OTHER_SIDE: Final = "against another"
OTHER_PLACE: Final = "at another place"
OTHER_PERSON: Final = "of another person"
OTHER_QUARTER: Final = "in another quarter"
PART_TOLL: Final = "with a part of the toll"
OTHER_MEANS: Final = "by other means"
WEEK: Final = 7
LONG: Final = 45
"""Days of a period from which it is a campaign or a war: a strike of one of its days is part of it."""
TELLING_ALONE: Final = 10
"""A figure from which two equal ones are a sign of their own and not only beside a day or a place."""


@dataclass(slots=True)
class Score:
    """The points of a comparison and what they were given for."""

    points: float = 0.0
    reasons: list[str] = field(default_factory=list)
    anchored: bool = False
    veto: bool = False
    telling: bool = False
    placed: bool = False
    slipped: bool = False
    sided: int = 0
    sure: bool = False

    def give(self, sign: str, words: str, *, anchor: bool = False) -> None:
        """Adds the points of a sign."""
        self.points += POINTS[sign]
        self.reasons.append(words)
        self.anchored |= anchor
        self.telling |= sign in TELLING_SIGNS
        self.placed |= sign in ("same-place", "near-place")
        self.slipped |= sign == "day-slip"
        self.sided += sign in ("same-actor", "same-other-side")
        self.sure |= sign in SURE_SIGNS or (anchor and sign == "same-figure")

    @property
    def against(self) -> bool:
        """True where place or person speak against one happening, whatever else agrees."""
        return bool({OTHER_PLACE, OTHER_PERSON, OTHER_QUARTER, OTHER_MEANS, PART_TOLL} & set(self.reasons))

    @property
    def one(self) -> bool:
        """True where the two are taken to be one happening."""
        return self.anchored and not self.veto and self.points >= ENOUGH

    @property
    def likelihood(self) -> float:
        """The points as a score in [0, 1]."""
        return round(max(0.0, min(1.0, self.points / (2 * ENOUGH))), 2)


def compare(one: Profile, other: Profile) -> Score:
    """How likely two groups of claims are about one happening, and why."""
    score = Score()
    # Two rows of one dataset are two happenings: whoever made it has told them apart.
    if _is_habit(one) != _is_habit(other) or _lasts(one) != _lasts(other) or one.datasets & other.datasets:
        score.veto = True
        return score
    _by_words(one, other, score)
    _by_time(one, other, score)
    if score.veto:
        return score
    _by_place(one, other, score)
    _by_parties(one, other, score)
    _by_means(one, other, score)
    if figures := shared(one.figures, other.figures):
        kind, number = min(figures)
        score.give("same-figure", f"both count {number} {kind}", anchor=number >= TELLING_ALONE)
    elif one.reports & other.reports and one.tolls and other.tolls and not one.tolls & other.tolls:
        # A day's total and one of the places that it counts, or two sources on one act.
        whole = any(fit_of(a, b) is Fit.WITHIN for a in one.main_places() for b in other.main_places())
        score.give(*(("part-toll", PART_TOLL) if whole else ("other-toll", "with another toll")))
    if one.kin & other.kin:
        score.give("kin", "one report depends on the other")
    _by_doubt(one, other, score)
    return score


def _by_doubt(one: Profile, other: Profile, score: Score) -> None:
    """Two reports of force that share nothing by which few happenings are known.

    In a war a day has many strikes of one side in one province, and a city strikes on every day.
    """
    if not one.members[0].family.startswith("force") or _is_habit(one) or one.reports & other.reports:
        return
    rained = _one_sided(one) and _one_sided(other)
    met = score.sided == 2 and not (_one_sided(one) or _one_sided(other))
    if not (score.telling or score.placed or met):
        score.give("vague-rain" if rained else "vague", "nothing else tells which")
    if score.slipped and not score.sure:
        score.give("vague-slip", "and not of one day")


def _is_habit(profile: Profile) -> bool:
    """True for what goes on ("often attacks", fighting since spring): no single happening."""
    return all(_goes_on(fact) for fact in profile.members[:KEPT])


def _goes_on(fact: Fact) -> bool:
    if fact.days and fact.days.length > LONG:
        return True
    ongoing = fact.claim.status is Status.ONGOING and fact.claim.type is ClaimType.ASSAULT
    return ongoing and (fact.days is None or fact.days.is_period)


def _lasts(profile: Profile) -> bool:
    return is_lasting(profile.members[0].claim)


def _by_words(one: Profile, other: Profile, score: Score) -> None:
    best = 0.0
    for fact in one.tellings:
        for second in other.tellings:
            alike = fact.claim.type is second.claim.type or RESPONSIBILITY in (
                fact.claim.type,
                second.claim.type,
            )
            if alike and fact.words and second.words:
                shared = len(fact.words & second.words)
                best = max(best, shared / len(fact.words | second.words))
    if best >= ALIKE:
        score.give("same-words", "told in the same words", anchor=True)
    elif best >= LIKE:
        score.give("like-words", "told in like words", anchor=bool(one.kin & other.kin))


def _by_time(one: Profile, other: Profile, score: Score) -> None:
    if one.days and other.days:
        gap, period = min((a.gap(b), a.is_period or b.is_period) for a in _main(one) for b in _main(other))
        # One report that gives two days means two happenings; two reports may slip by a day.
        slip = 0 if one.reports & other.reports else SLIP_DAYS
        if gap > slip:
            score.veto = not score.anchored or bool(one.reports & other.reports)
            if score.anchored:
                score.points -= 1.0
        elif gap > 0:
            score.give("day-slip", f"{gap} day{'s' if gap > 1 else ''} apart", anchor=True)
        elif period and _is_habit(one) and _shared_time(one, other) < CAMPAIGN:
            score.veto = not score.anchored or bool(one.reports & other.reports)
        elif period:
            score.give("same-campaign" if _is_habit(one) else "period", "the times overlap", anchor=True)
        else:
            score.give("same-day", "on one day", anchor=True)
        return
    late = _telling_gap(one, other)
    if late is None:
        return
    if 0 <= late <= WEEK:
        score.give("same-week", f"told within {max(late, 1)} day{'s' if late > 1 else ''}")
    elif late > WEEK:
        score.veto = not score.anchored and not (one.days or other.days)


def _telling_gap(one: Profile, other: Profile) -> int | None:
    """Days between what both know of the time: told days, else the day of the report; negative where one
    report came before the day that the other tells."""
    if bool(one.days) != bool(other.days):
        dated, told = (one, other) if one.days else (other, one)
        gaps = []
        for days in _main(dated):
            for stamp in told.stamps:
                if days.first and stamp < days.first - datetime.timedelta(days=1):
                    gaps.append((10_000, -1))
                else:
                    late = (stamp - days.last).days if days.last else 0
                    gaps.append((max(0, late), max(0, late)))
        return min(gaps)[1] if gaps else None
    if one.stamps and other.stamps:
        return min(abs((a - b).days) for a in one.stamps for b in other.stamps)
    return None


def _shared_time(one: Profile, other: Profile) -> float:
    """The most that two periods have in common, as a share of both together; 0 where one is open."""
    best = 0.0
    for a in _main(one):
        for b in _main(other):
            if a.first and a.last and b.first and b.last:
                both = (min(a.last, b.last) - max(a.first, b.first)).days + 1
                best = max(best, both / (a.length + b.length - both))
    return best


def _main(profile: Profile) -> list[Days]:
    """The days most told: a group must not wander from day to day by slips."""
    most = max(profile.told_days.values())
    return [days for days, number in profile.told_days.items() if 2 * number >= most][:KEPT]


def _by_place(one: Profile, other: Profile, score: Score) -> None:
    fits = [(fit_of(a, b), a, b) for a in one.main_places() for b in other.main_places()]
    if not fits:
        return
    fit, here, there = max(fits, key=lambda row: (row[0], _agree(row[1], row[2]), row[1].text, row[2].text))
    name = (here.canonical or here.text).partition(",")[0]
    # One report names its quarters with care: a vague member must not bridge two of them.
    twice = one.reports == other.reports and any(_agree(a, b) < 0 for f, a, b in fits if f > Fit.UNKNOWN)
    if fit >= Fit.WITHIN and (twice or _agree(here, there) < 0):
        score.give("other-quarter", OTHER_QUARTER)
    elif fit is Fit.SAME and (is_narrow(here) or is_narrow(there)):
        score.give("same-place", f"at {name}", anchor=True)
    elif fit is Fit.NEAR:
        score.give("near-place", f"near {name}", anchor=True)
    elif fit is Fit.WITHIN and _is_habit(one):
        score.give("part-campaign", "of a part of it")
    elif fit in (Fit.SAME, Fit.WITHIN):
        sign = "same-campaign" if fit is Fit.SAME and _is_habit(one) else "within-place"
        score.give(sign, f"in {name}", anchor=sign == "same-campaign")
    elif fit is Fit.APART:
        score.give("other-place", OTHER_PLACE)
    elif fit is Fit.UNKNOWN and _is_known(here) and _is_known(there):
        score.give("other-name", "at a place of another name")


def _is_known(place: Place) -> bool:
    """False for a name that a gazetteer was asked for and did not know: it may be no place."""
    return bool(place_names(place)) and (place.geonames is not None or place.precision is None)


def _agree(one: Place, other: Place) -> int:
    """1, 0 or -1: whether the words of two places in one town name one quarter or two."""
    if opposite(corners_of(one.text), corners_of(other.text)):
        return -1
    known = (*place_names(one), *place_names(other))
    here, there = quarters(one.text, known), quarters(other.text, known)
    if not here or not there:
        return 0
    return 1 if here & there else -1


def _by_parties(one: Profile, other: Profile, score: Score) -> None:
    actors, rivals = main(one.actors), main(other.actors)
    same = [(a, b) for a in actors for b in rivals if related(a, b)]
    across_ = [(a, b) for a in main(one.others) for b in main(other.others) if related(a, b)]
    persons, seconds = _persons(one), _persons(other)
    if persons and seconds:
        if persons & seconds:
            score.give("same-person", f"of {min(persons & seconds)}", anchor=True)
        else:
            score.give("other-person", OTHER_PERSON)
            return
    elif bool(persons) != bool(seconds) and _crowd(one) != _crowd(other):
        score.give("other-people", "of others")
    if same:
        score.give("same-actor", f"by {min(same)[0]}")
    elif actors and rivals:
        score.give("other-actor", OTHER_ACTOR)
        if not across_ and _any_related(actors, main(other.others)) and _one_sided(one) and _one_sided(other):
            score.give("other-sides", "by the other side")
    if across_:
        score.give("same-other-side", f"against {min(across_)[0]}")
    elif one.others and other.others:
        score.give("other-side", OTHER_SIDE)
    if not same and not across_ and (both := shared(one.parties, other.parties)):
        score.give("same-party", f"{min(both)} has a part in both")


def _one_sided(profile: Profile) -> bool:
    """True for bombs and shells, which come from one side; in a fight either may be told first."""
    means = main(profile.means)
    return "air" in means or "fire" in means


def _crowd(profile: Profile) -> bool:
    """True where unnamed people are those whom an arrest or a flight is about."""
    first = profile.members[0]
    return not first.family.startswith("force") and bool(first.people)


def _any_related(some: Iterable[str], others: Iterable[str]) -> bool:
    rest = list(others)
    return any(related(a, b) for a in some for b in rest)


def _by_means(one: Profile, other: Profile, score: Score) -> None:
    """By air or from the ground, at a market or at a checkpoint."""
    means, others = main(one.means), main(other.means)
    if means and others:
        if same := shared(one.means, other.means):
            rare = same & RARE
            sign = "rare-means" if rare and not _is_habit(one) else "same-means"
            score.give(sign, f"both {min(rare or same)}", anchor=bool(rare))
        elif _is_habit(one) or not any(may_mix(a, b) for a in means for b in others):
            score.give("other-means", OTHER_MEANS)
    if one.targets and other.targets:
        if hit := shared(one.targets, other.targets):
            score.give("same-target", f"both of a {min(hit)}", anchor=True)
        else:
            score.give("other-target", "of another target")


def _persons(profile: Profile) -> set[str]:
    """The named persons that the happening is about; a fight is about no single man."""
    if profile.members[0].family.startswith("force"):
        return set()
    return profile.persons
