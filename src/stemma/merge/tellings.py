"""Which reports tell of an incident although no claim of theirs was coded, and which tolls belong to it.

The second look at the text: a report tells of an incident where it repeats the words of one of its
claims, or where its names and figures are those of the incident.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from stemma.lexicon.actors import actor_key, list_actors
from stemma.lexicon.places_fold import fold_place, skeleton
from stemma.merge.entities import named
from stemma.merge.facts import evidence_words
from stemma.merge.incidents import Group, agreed
from stemma.merge.incidents_score import Score, compare
from stemma.merge.kinship import Kinship
from stemma.merge.places import is_narrow, place_names
from stemma.merge.profiles import Profile
from stemma.merge.protocol import Held
from stemma.merge.toll_words import toll_words
from stemma.merge.tolls import Toll, tolls_of
from stemma.model import PassageKind

SMALL: Final = 400
"""Reports up to which every report is looked at for every incident; in a larger set only those of one
family by lineage are, so that cost stays near-linear."""
ENOUGH: Final = 3.0
"""Points of names and figures from which a text tells of an incident: a village and a side, or both sides
and a toll."""
PLACE, WIDE, PARTY, TOLL, SMALL_TOLL = 2.0, 1.0, 1.0, 1.5, 0.5
LEAST_TOLL: Final = 5
"""A figure below this is in every second report and tells little."""
REPEATED: Final = 0.8
"""Share of the words of a claim's evidence that a sentence must hold to repeat it."""
LEAST_WORDS: Final = 6
NEAR: Final = 600
"""Characters that are about a paragraph: within as many, the happening told more often has the toll."""
APART_DAYS: Final = 45
"""A report published this long before or after an incident's days does not report it anew."""
BRIDGE: Final = 2.0
"""Points of two incidents from which a third report that tells of both makes them one."""

_OWN: Final = frozenset(
    (PassageKind.FURNITURE, PassageKind.BYLINE, PassageKind.CREDIT, PassageKind.QUOTATION)
)


class Text:
    """What the second look reads of a report, each part when it is asked for: most incidents are told by
    claims alone."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.tolls = tolls_of(held.document)

    @cached_property
    def _own(self) -> str:
        document = self.held.document
        passages = [p for p in document.passages if p.kind not in _OWN]
        body = "\n".join(p.span.of(document.text) for p in passages) if passages else document.text
        return f"{document.title or ''}\n{body}"

    @cached_property
    def words(self) -> str:
        """All words in folded letters, a space on either side."""
        return f" {_plain(self._own)} "

    @cached_property
    def bones(self) -> frozenset[str]:
        """The skeletons of capitalised words."""
        capital = {fold_place(w) for w in re.findall(r"[^\W\d_]{4,}", self._own) if w[0].isupper()}
        return frozenset(skeleton(word) for word in capital)

    @cached_property
    def sentences(self) -> list[frozenset[str]]:
        """The words of each sentence, as those of evidence."""
        return [evidence_words(sentence) for sentence in re.split(r"(?<=[.!?])\s+|\n+", self._own)]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of all sentences."""
        return frozenset().union(*self.sentences)

    @cached_property
    def said(self) -> frozenset[str]:
        """What else it says of a fight: `denied`, `seized`, `bombed`."""
        text = self._own.casefold()
        return frozenset(kind for kind, said in toll_words().said.items() if said.search(text))


@dataclass(slots=True)
class Telling:
    """What the second look found: the reports that tell of each group, its tolls, and what else each
    report says of a fight (`denied`, `seized`, `bombed`)."""

    told: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    said: dict[int, dict[str, frozenset[str]]] = field(default_factory=lambda: defaultdict(dict))
    tolls: dict[int, list[Toll]] = field(default_factory=lambda: defaultdict(list))


def look_again(groups: list[Group], held: Sequence[Held], kinship: Kinship) -> Telling:
    """Reports and tolls of each group by its number; groups that a report bridges are joined in place."""
    texts = {report.report: Text(report) for report in held}
    telling = Telling()
    _share_tolls(groups, texts, telling)
    for bridge in _find(groups, texts, kinship, telling):
        _bridge(groups, bridge, telling)
    _settle(groups, texts, telling)
    _share_said(groups, texts, telling)
    return telling


def _share_said(groups: Sequence[Group], texts: dict[str, Text], telling: Telling) -> None:
    """Gives what a report says of a fight to the happening of force that it tells most of."""
    chiefs = _chiefs(groups)
    for index, reports in telling.told.items():
        for report in reports:
            chief = chiefs.get(report)
            if chief is None or len(groups[chief].profile.reports) == 1:
                telling.said[index][report] = texts[report].said
    for report, index in chiefs.items():
        telling.said[index][report] = texts[report].said


@lru_cache(maxsize=100_000)
def _plain(text: str) -> str:
    return actor_key(text) if len(text) < 80 else _fold_all(text)


def _fold_all(text: str) -> str:
    # By line, because the article at a line's head is dropped as in a name.
    return " ".join(actor_key(word) for word in re.findall(r"[\w'’-]+", text))


def _share_tolls(groups: Sequence[Group], texts: dict[str, Text], telling: Telling) -> None:
    """Gives each toll to the happening of force told where it stands, else to the report's chief one."""
    by_report = _force_by_report(groups)
    for report, text in texts.items():
        for toll in text.tolls:
            home = _home(groups, by_report.get(report, []), report, toll)
            if home is not None:
                telling.tolls[home].append(toll)


def _home(groups: Sequence[Group], here: Sequence[int], report: str, toll: Toll) -> int | None:
    """The happening whose claim stands in the toll's sentence, else the one told next to it, by paragraphs;
    a headline's toll is the chief happening's."""
    best: tuple[int, int, int] | None = None
    for index in [index for index in here if _is_firm(groups[index])] or here:
        spans = [
            f.claim.span for f in groups[index].profile.members if f.at.report == report and f.claim.span
        ]
        gaps = [
            0 if span.overlaps(toll.sentence) else abs(span.start - toll.sentence.start) // NEAR + 1
            for span in spans
        ]
        gap = 0 if toll.title or not gaps else min(gaps)
        row = (-gap, len(groups[index].profile.reports) * 10 + len(spans), -index)
        if best is None or row > best:
            best = row
    return -best[2] if best else None


def _find(
    groups: Sequence[Group], texts: dict[str, Text], kinship: Kinship, telling: Telling
) -> list[tuple[int, ...]]:
    """Fills `told`; gives the groups that one report without a claim tells of, the surest first."""
    everywhere = len(texts) <= SMALL
    members: dict[str, list[str]] = defaultdict(list)
    for report in texts:
        if family := kinship.family(report):
            members[family].append(report)
    matches: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for index, group in enumerate(groups):
        near: Iterable[str] = texts if everywhere else [r for kin in group.profile.kin for r in members[kin]]
        terms = _terms(group.profile, telling.tolls.get(index, []))
        for report in near:
            if report in group.profile.reports:
                continue
            if not _in_time(group.profile, texts[report]):
                continue
            if _repeats(group.profile, texts[report]):
                telling.told[index].append(report)
            elif group.first.family == "force":
                points = terms.points(texts[report])
                if points >= ENOUGH:
                    matches[report].append((points, index))
    bridges = []
    chiefs = _chiefs(groups)
    for report, found in matches.items():
        found.sort(key=lambda row: (-row[0], -len(groups[row[1]].profile.reports), row[1]))
        telling.told[found[0][1]].append(report)
        chief = chiefs.get(report)
        bridges.append((*(index for _, index in found), *([] if chief is None else [chief])))
    return bridges


def _chiefs(groups: Sequence[Group]) -> dict[str, int]:
    """The happening of force that each report is about, by its number: that of most reports, then of most
    of its own claims, for a story's reports are mostly about the story."""
    told: dict[str, Counter[int]] = defaultdict(Counter)
    for index, group in enumerate(groups):
        if group.profile.members and group.first.family == "force":
            for fact in group.profile.members:
                told[fact.at.report][index] += 1
    return {
        report: max(of, key=lambda index: (len(groups[index].profile.reports), of[index], -index))
        for report, of in told.items()
    }


@dataclass(slots=True)
class _Terms:
    parties: list[frozenset[str]]
    places: frozenset[str]
    bones: frozenset[str]
    wide: frozenset[str]
    tolls: frozenset[tuple[str, int]]

    def points(self, text: Text) -> float:
        """How much of the incident's names and figures a text holds."""
        figures = {(toll.kind, toll.number) for toll in text.tolls} & self.tolls
        tolls = sum(TOLL if low >= LEAST_TOLL else SMALL_TOLL for _, low in sorted(figures)[:3])
        points = tolls + PARTY * min(
            2, sum(any(f" {n} " in text.words for n in names) for names in self.parties)
        )
        if any(f" {name} " in text.words for name in self.places) or (self.bones and self.bones & text.bones):
            return points + PLACE
        # Without the very place, a figure must agree: two sides fight in many places of one province.
        if any(f" {name} " in text.words for name in self.wide):
            points += WIDE
        return points if tolls >= TOLL else 0.0


def _terms(profile: Profile, tolls: Iterable[Toll]) -> _Terms:
    parties = [_names_of(key) for key in sorted({*profile.actors, *profile.others}) if named(key)]
    narrow = [place_names(place)[0] for place in profile.places if is_narrow(place) and place_names(place)]
    wide = {name for place in profile.places for name in place_names(place)[-2:]}
    return _Terms(
        [names for names in parties if names],
        frozenset(narrow),
        frozenset(bones for name in narrow if " " not in name and len(bones := skeleton(name)) > 2),
        frozenset(wide - set(narrow)),
        frozenset({*profile.figures} | {(toll.kind, toll.number) for toll in tolls if toll.number > 1}),
    )


@lru_cache(maxsize=20_000)
def _names_of(key: str) -> frozenset[str]:
    """All names of a party in folded letters; none for what no proper name tells."""
    known = _aliases().get(key)
    return known or (frozenset((key,)) if len(key) > 3 else frozenset())


@lru_cache(maxsize=1)
def _aliases() -> dict[str, frozenset[str]]:
    return {
        actor_key(actor.canonical): frozenset(name for n in actor.names if len(name := actor_key(n)) > 2)
        for actor in list_actors()
    }


def _repeats(profile: Profile, text: Text) -> bool:
    """True where a sentence of the text holds nearly all words of the evidence of one of the claims."""
    for fact in profile.tellings:
        enough = REPEATED * len(fact.words)
        # The words of the whole text first: nearly all pairs end there.
        if len(fact.words) < LEAST_WORDS or len(fact.words & text.vocabulary) < enough:
            continue
        if any(len(fact.words & sentence) >= enough for sentence in text.sentences):
            return True
    return False


def _in_time(profile: Profile, text: Text) -> bool:
    published = text.held.document.published
    ends = [day for days in profile.days for day in (days.first, days.last) if day]
    if published is None or not ends:
        return True
    # Nobody tells of what is still to come.
    if published < min(ends):
        return False
    return min(abs((published - day).days) for day in ends) <= APART_DAYS


def _bridge(groups: list[Group], found: tuple[int, ...], telling: Telling) -> None:
    """Joins the second and later groups to the first where nothing speaks against it."""
    into = found[0]
    for other in found[1:]:
        if not groups[into].profile.members or not groups[other].profile.members or other == into:
            continue
        score = compare(groups[into].profile, groups[other].profile)
        if score.veto or score.against or not score.anchored or score.points < BRIDGE:
            continue
        if not agreed(groups[into], groups[other]):
            continue
        bridged = Score(score.points, [*score.reasons, "a third report tells of both"])
        groups[into].take(groups[other], bridged)
        telling.told[into] += telling.told.pop(other, [])
        telling.tolls[into] += telling.tolls.pop(other, [])
        groups[other] = Group()


def _settle(groups: list[Group], texts: dict[str, Text], telling: Telling) -> None:
    """Gives the tolls of reports without claims to what they tell of, drops what was joined away."""
    by_report = _force_by_report(groups)
    for index, reports in telling.told.items():
        known = groups[index].profile.reports
        telling.told[index] = sorted(set(reports) - known)
        if groups[index].first.family != "force":
            continue
        for report in telling.told[index]:
            # A report that has happenings of force of its own keeps its tolls for those, if it tells when and
            # where they were; a sentence without either is of what the report is about.
            own = [g for g in by_report.get(report, ()) if groups[g].profile.members]
            if any(_is_firm(groups[g]) for g in own):
                continue
            for loose in own:
                telling.tolls[loose] = [t for t in telling.tolls.get(loose, []) if t.report != report]
            telling.tolls[index] += texts[report].tolls


def _force_by_report(groups: Sequence[Group]) -> dict[str, list[int]]:
    """The happenings of force that each report tells of, by number."""
    table: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        if group.profile.members and group.first.family == "force":
            for report in group.profile.reports:
                table[report].append(index)
    return table


def _is_firm(group: Group) -> bool:
    """True for a happening that several reports tell of, or one that tells its day and its place."""
    profile = group.profile
    placed = any(is_narrow(place) for place in profile.places)
    return len(profile.reports) > 1 or (placed and any(not days.is_period for days in profile.days))
