"""Claims -> happenings: groups of claims about one incident, found within reports, then across them.

Cost is near-linear: a group is compared only with groups that share a party, a place, a telling or a
family of reports in a neighbouring week, and with at most `MOST` of those.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from stemma.merge.facts import Fact
from stemma.merge.incidents_score import OTHER_ACTOR, OTHER_SIDE, Score, compare
from stemma.merge.kinship import Kinship
from stemma.merge.means import targets_in
from stemma.merge.places import is_narrow, place_names
from stemma.merge.profiles import Profile
from stemma.model import ClaimAt, ClaimType, Merging, Place, Role

MOST: Final = 25
"""Groups that one is compared with; the true one shares most keys and is nearly always among the first."""
LISTED: Final = 40
"""Groups kept under one key, the newest: an actor of every day's news must not be compared with all."""
SPARSE: Final = 1.0
"""Points from which two claims of one report are one happening: a report seldom tells two of a kind
without a place, a time or a party that tells them apart."""
BARE: Final = -1.5
"""Points from which a claim of force without a day or a place joins another of its report: who is told to
have killed whom in a fight changes from sentence to sentence."""
PARTS: Final = 4
"""Reports of a group, the first, that are asked each whether a further one fits."""
DOUBTS: Final = 4
"""Pairs of reports of two groups from which on they are asked each."""
AGAINST: Final = 0.5
"""The share of those that may speak against it. With a third the half `choose` lost .04 of its recall."""
TWO_FIGHTS: Final = frozenset((OTHER_ACTOR, OTHER_SIDE))
"""Two claims of one report with other doers and other victims are two happenings: F1 of `choose` .848 for
.830."""
ABOUT: Final = frozenset((ClaimType.DENY, ClaimType.ACCUSE))
"""Types that are put to the happening that they speak of."""


@dataclass(slots=True)
class Group:
    """The claims of one happening. `about` speak of it: denials and accusations. `parts` are what each of
    its first reports says alone."""

    profile: Profile = field(default_factory=Profile)
    about: list[Fact] = field(default_factory=list)
    merged: list[Merging] = field(default_factory=list)
    parts: list[Profile] = field(default_factory=list)

    @property
    def first(self) -> Fact:
        """The first claim: the group's representative."""
        return self.profile.members[0]

    def take(self, other: Group, score: Score) -> None:
        """Takes another group in, with the reason."""
        self.merged += other.merged
        self.merged.append(_merging(self.first.at, other.first.at, score))
        self.about += other.about
        self.profile.join(other.profile)
        self.parts = [*self.parts, *other.parts][:PARTS]


Judged = frozenset[frozenset[tuple[str, str]]]
"""Pairs of claims that a person has judged one happening, or two; each claim as report and id."""


def group_facts(
    facts: Sequence[Fact], kinship: Kinship, same: Judged = frozenset(), apart: Judged = frozenset()
) -> list[Group]:
    """The happenings that the facts are about, in the order of their first claims.

    `same` and `apart` are people's judgements on pairs of claims; they go before what is computed.
    """
    strands = [strand for told in _by_report(facts) for strand in _within(told, apart)]
    for strand in strands:
        family = kinship.family(strand.first.at.report)
        if family is not None:
            strand.profile.kin.add(family)
        strand.parts = [Profile()]
        strand.parts[0].join(strand.profile)
    # Twice, because what the first reports left open a later one may have told.
    groups = _across(_across(strands, apart), apart)
    groups = _join_judged(groups, same)
    return sorted(groups, key=lambda group: min(fact.order for fact in group.profile.members))


def _by_report(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        told[fact.at.report].append(fact)
    # The oldest report first, undated ones last: the first telling of a happening is its anchor.
    yield from sorted(told.values(), key=lambda f: (f[0].published is None, f[0].published or 0, f[0].order))


def _within(told: Sequence[Fact], apart: Judged) -> list[Group]:
    """The happenings of one report; denials are put to the nearest happening that they may be about."""
    groups: list[Group] = []
    for fact in told:
        if fact.claim.type in ABOUT:
            continue
        alone = Group()
        alone.profile.add(fact)
        best: tuple[float, int, Score] | None = None
        for index, group in enumerate(groups):
            if group.first.family != fact.family and not _one_telling(group, fact):
                continue
            score = compare(group.profile, alone.profile)
            if score.veto or _judged_apart(group, alone, apart):
                continue
            twice = _one_telling(group, fact)
            if twice:
                score.points += 3.0
                score.reasons.insert(0, "one word of the report tells both")
            if not twice and (score.against or TWO_FIGHTS.issubset(score.reasons)):
                continue
            enough = twice or score.points >= SPARSE or (_bare(fact) and score.points >= BARE)
            if enough and (best is None or score.points >= best[0]):
                best = (score.points, index, score)
        if best:
            groups[best[1]].take(alone, best[2])
        else:
            groups.append(alone)
    for fact in told:
        if fact.claim.type in ABOUT:
            near = _nearest(groups, fact)
            if near:
                near.about.append(fact)
            else:
                group = Group()
                group.profile.add(fact)
                groups.append(group)
    return groups


def _one_telling(group: Group, fact: Fact) -> bool:
    """True where the same word of the report carries both: a flight and a defection in one "left"."""
    span = fact.claim.trigger_span
    if span is None:
        return False
    movement = {"realign", "move"}
    for other in group.profile.members[-6:]:
        there = other.claim.trigger_span
        alike = other.family == fact.family or {other.family, fact.family} <= movement
        if there and alike and there.overlaps(span):
            return True
    return False


def _bare(fact: Fact) -> bool:
    """True for a claim that tells nothing of its own by which it could be another happening: no day, and no
    place but a region. A name that no gazetteer knows (`Grel Pass`) is a place."""
    return not (fact.days or is_narrow(fact.where) or _is_own_name(fact.where)) and fact.family.startswith(
        "force"
    )


def _is_own_name(place: Place | None) -> bool:
    return place is not None and place.geonames is None and any(map(str.isupper, place.text))


def _nearest(groups: Sequence[Group], fact: Fact) -> Group | None:
    """The happening of force next to a denial or an accusation, one of the same target before others; in the
    same sentence, else before it."""
    near: list[tuple[bool, int, int, Group]] = []
    hit = targets_in(fact.claim.evidence)
    for index, group in enumerate(groups):
        if not group.first.family.startswith("force"):
            continue
        gaps = []
        for other in group.profile.members:
            gap = fact.start - other.start
            gaps.append(gap if gap >= 0 else -2 * gap)
        near.append((not hit & set(group.profile.targets), min(gaps), index, group))
    return min(near, key=lambda row: row[:3])[3] if near else None


def _across(strands: Sequence[Group], apart: Judged) -> list[Group]:
    groups: list[Group] = []
    listed: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for strand in strands:
        hits: Counter[int] = Counter()
        for key in _keys(strand.profile, look=True):
            hits.update(listed.get(key, ()))
        found: list[tuple[float, int, Score]] = []
        for index, _ in sorted(hits.items(), key=lambda item: (-item[1], -item[0]))[:MOST]:
            group = groups[index]
            if _judged_apart(group, strand, apart):
                continue
            score = compare(group.profile, strand.profile)
            if group.profile.reports & strand.profile.reports:
                score.give("told-apart", "one report tells of two")
                if _parted(group, strand):
                    continue
            if score.one and not score.against:
                found.append((score.points, index, score))
        found.sort(key=lambda row: -row[0])
        best = next((row for row in found if agreed(groups[row[1]], strand)), None)
        if best:
            index = best[1]
            groups[index].take(strand, best[2])
        else:
            index = len(groups)
            groups.append(strand)
        for key in _keys(strand.profile, look=False):
            row = listed[key]
            if index not in row:
                row.append(index)
                if len(row) > LISTED:
                    del row[0]
    return groups


def _parted(group: Group, strand: Group) -> bool:
    """True where most reports of both say of the one what speaks against what they say of the other.

    A group that other reports have filled fits what its own report told apart.
    """
    both = sorted(group.profile.reports & strand.profile.reports)[:PARTS]
    parted = 0
    for report in both:
        one, other = Profile(), Profile()
        for profile, whole in ((one, group.profile), (other, strand.profile)):
            for fact in whole.members:
                if fact.at.report == report:
                    profile.add(fact)
        score = compare(one, other)
        parted += score.veto or score.against or TWO_FIGHTS.issubset(score.reasons)
    return parted > AGAINST * len(both)


def agreed(group: Group, strand: Group) -> bool:
    """True unless many of the reports of one group speak against what those of the other say.

    By its surest member alone a group would wander from strike to strike.
    """
    if len(group.parts) * len(strand.parts) < DOUBTS or (_is_plain(group) and _is_plain(strand)):
        return True
    pairs = [compare(one, other) for one in group.parts for other in strand.parts]
    against = sum(score.veto or score.against for score in pairs)
    return against <= AGAINST * len(pairs)


def _is_plain(group: Group) -> bool:
    """True where all reports say the same, so that none can speak against what another fits."""
    said = group.profile
    return all(len(some) < 2 for some in (said.days, said.places, said.means, said.persons, said.tolls))


def _keys(profile: Profile, *, look: bool) -> Iterator[tuple[str, ...]]:
    """What a group is filed under and, with `look`, what it looks under: weeks on either side as well."""
    family = profile.members[0].family
    signs = {f"party {key}" for key in profile.parties}
    signs |= {f"place {names[0]}" for place in profile.places if (names := place_names(place))}
    signs |= {f"figure {kind} {number}" for kind, number in profile.figures}
    signs |= {f"kin {name}" for name in profile.kin}
    signs |= {
        f"words {' '.join(sorted(fact.words, key=lambda w: (-len(w), w))[:3])}" for fact in profile.tellings
    }
    weeks = {days.first.toordinal() // 7 for days in profile.days if days.first}
    weeks |= {days.last.toordinal() // 7 for days in profile.days if days.last}
    if not weeks:
        weeks = {stamp.toordinal() // 7 for stamp in profile.stamps}
    if look:
        near = {week + step for week in weeks for step in (-1, 0, 1)}
        buckets = {str(week) for week in near} | {"?"} if weeks else {"*"}
    else:
        buckets = {str(week) for week in weeks} | {"*"} if weeks else {"?", "*"}
    for sign in sorted(signs):
        for bucket in sorted(buckets):
            yield family, sign, bucket


def _judged_apart(one: Group, other: Group, apart: Judged) -> bool:
    if not apart:
        return False
    return any(
        frozenset(((a.at.report, a.at.claim), (b.at.report, b.at.claim))) in apart
        for a in one.profile.members
        for b in other.profile.members
    )


def _join_judged(groups: list[Group], same: Judged) -> list[Group]:
    """Groups that a person has judged one, joined."""
    if not same:
        return groups
    where = {(f.at.report, f.at.claim): g for g, group in enumerate(groups) for f in group.profile.members}
    moved = list(range(len(groups)))

    def home(index: int) -> int:
        while moved[index] != index:
            index = moved[index]
        return index

    for pair in sorted(tuple(sorted(pair)) for pair in same):
        known = [home(where[claim]) for claim in pair if claim in where]
        if len(known) == 2 and known[0] != known[1]:
            into, out = sorted(known)
            judged = Score(points=99.0, reasons=["judged one by a person"])
            groups[into].take(groups[out], judged)
            moved[out] = into
    return [group for index, group in enumerate(groups) if moved[index] == index]


def _merging(left: ClaimAt, right: ClaimAt, score: Score) -> Merging:
    reason = ", ".join(score.reasons) or "nothing in the report tells them apart"
    return Merging(left=left, right=right, reason=reason, score=score.likelihood)


def most_told(group: Group, role: Role) -> list[tuple[str, int]]:
    """The keys of the parties in a role with the number of claims that name them, the most told first."""
    counter: Counter[str] = Counter()
    for fact in group.profile.members:
        counter.update(fact.sides.get(role, ()))
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
