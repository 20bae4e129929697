"""The edges of a lineage: for each report, what it depends on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from stemma.merge.lineage.archive import Archive, Trace
from stemma.merge.lineage.cues import PICTURES_ONLY, Cue, Force, canonical
from stemma.merge.lineage.edges import (
    FEWEST_WORDS,
    MOST,
    WHOLE,
    Near,
    is_background,
    is_near,
    kind_of_credit,
    kind_of_share,
    to_outlet,
    to_report,
)
from stemma.merge.lineage.likeness import Likeness
from stemma.merge.lineage.order import CITED_WITHIN, SAME_DAYS, SOON, days_apart, may_precede, order_of
from stemma.merge.lineage.sources import sources_of
from stemma.model import Dependence, Descent

RETOLD: Final = 0.25
"""The weighted share of a citing report's names and figures in the cited one, from which on it retells it."""

IN_ORDER: Final = 0.7
"""The order of names and figures from which on a credited report in another language is a translation; what
nobody credits must show more (`trunk.RETOLD_IN_ORDER`). Pages of the coded stories in two languages that
only tell the same event: .65 at most."""

FEW_REPORTS: Final = 40
"""Reports of one outlet that are all looked at when a report names that outlet."""

HOUSE_AGENCY: Final = {"fr": "AFP", "es": "EFE", "de": "dpa", "pt": "Lusa", "it": "ANSA"}
"""Two outlets of one language with one text and no credit: most often that of the language's own agency."""


@dataclass(slots=True)
class Weaver:
    """Finds the edges of each report of an archive. `parents` are the edges between reports so far."""

    archive: Archive
    likeness: Likeness
    by_outlet: dict[str, list[int]]
    naming: dict[str, list[int]]
    numbers: dict[str, int]
    parents: dict[int, list[int]] = field(default_factory=dict)
    carries: dict[str, dict[int, float]] = field(default_factory=dict)
    _known_faces: dict[int, list[int]] = field(default_factory=dict)
    _postings: dict[str, dict[int, list[int]]] = field(default_factory=dict)

    def near(self, number: int) -> list[Near]:
        """The reports that share text with this one, those with most words of it first."""
        archive = self.archive
        kin = archive.traces[number].kin
        others = [
            member for first in [kin, *archive.neighbours.get(kin, ())] for member in self._faces(first)
        ]
        found = []
        for other in dict.fromkeys(others):
            if other != number:
                overlap = archive.overlap(number, other)
                if is_near(overlap):
                    found.append(Near(other, overlap))
        return sorted(found, key=lambda one: (-one.overlap.words, one.number))

    def _faces(self, first: int) -> list[int]:
        """Of reports with one text those that speak for all: the eldest, and one with a credit."""
        members = self.archive.members.get(first)
        if members is None:
            return [first]
        known = self._known_faces.get(first)
        if known:
            return known
        traces = self.archive.traces
        eldest = min(members, key=lambda one: (traces[one].day or 10**7, not traces[one].house, one))
        credited = next((one for one in members if traces[one].text_credits()), eldest)
        self._known_faces[first] = [eldest, credited]
        return self._known_faces[first]

    def edges(self, number: int) -> Iterator[Dependence]:
        """What the report of this number depends on."""
        for edge in self._edges(number):
            if edge.parent in self.numbers:
                self.parents.setdefault(number, []).append(self.numbers[edge.parent])
            yield edge

    def _edges(self, number: int) -> Iterator[Dependence]:
        trace = self.archive.traces[number]
        near = self.near(number)
        done: set[str] = set()
        whole = False
        for cue in trace.text_credits():
            if cue.outlet not in done:
                done.add(cue.outlet)
                whole = whole or cue.force > Force.HELP
                yield from self._credited(number, trace, cue, near)
        if not whole and near:
            for edge, outlet in self._uncredited(number, trace, near):
                if outlet:
                    done.add(outlet)
                yield edge
        for cue in trace.cues:
            if cue.force in (Force.CITES, Force.EARLIER) and cue.outlet not in done:
                done.add(cue.outlet)
                yield self._cited(number, trace, cue, near)
        yield from sources_of(self.archive.held[number], trace)

    def _credited(self, number: int, trace: Trace, cue: Cue, near: list[Near]) -> Iterator[Dependence]:
        """The edge for a cue by which text of this report is another outlet's."""
        marked = sum(share for outlet, share in trace.marked if _same(outlet, cue.outlet))
        for one in near:
            other = self.archive.traces[one.number]
            if other.own.is_named(cue.outlet) and may_precede(other, trace, 1):
                kind = kind_of_credit(cue, max(one.share, marked), held=True)
                yield to_report(
                    self.archive,
                    number,
                    one,
                    kind=kind,
                    reason=f"credits {cue.outlet}, whose words it has",
                    score=0.98,
                    cue=cue,
                )
                return
        held = self._held_of(cue.outlet, number, trace)
        if (
            held is not None
            and self.likeness.covered(number, held) >= RETOLD
            and cue.force is not Force.CREDIT
        ):
            kind = Descent.COPIES if marked >= WHOLE else Descent.EXCERPTS
            if cue.force is Force.HELP:
                kind = Descent.REWRITES
            if self._translates(number, held):
                kind = Descent.TRANSLATES
            yield to_report(
                self.archive,
                number,
                Near(held, self.archive.overlap(number, held)),
                kind=kind,
                reason=f"credits {cue.outlet}, whose report tells the same",
                score=0.85,
                cue=cue,
            )
            return
        kind = kind_of_credit(cue, marked, held=False)
        if kind is not Descent.CITES:
            self._carry(cue.outlet, number, 1.0)
        yield to_outlet(
            self.archive,
            number,
            cue.outlet,
            kind=kind,
            reason=f"credits {cue.outlet}; its story is not held",
            score=0.95,
            cue=cue,
        )

    def _uncredited(
        self, number: int, trace: Trace, near: list[Near]
    ) -> Iterator[tuple[Dependence, str | None]]:
        """The edge of a report that has words of another and does not say whose they are."""
        traces = self.archive.traces
        for one in near:
            other = traces[one.number]
            cue = trace.cue(other.own.outlet) if other.own.outlet else None
            if cue and may_precede(other, trace, 1):
                kind = kind_of_share(one.share)
                yield (
                    to_report(
                        self.archive,
                        number,
                        one,
                        kind=kind,
                        reason=f"names {cue.outlet} and has its words",
                        score=0.95,
                        cue=cue,
                    ),
                    cue.outlet,
                )
                return
        agency = self._agency(trace, near)
        if agency:
            outlet, one, reason, score = agency
            kind = self._kind_among(number, trace, one)
            cue = trace.cue(outlet)
            if one.share >= MOST or (one.overlap.share_there >= MOST and one.share >= MOST / 2):
                self._carry(outlet, number, one.share)
            yield (
                to_outlet(self.archive, number, outlet, kind=kind, reason=reason, score=score, cue=cue),
                outlet,
            )
            return
        covered = bytearray(trace.size)
        taken = 0
        for one in near:
            order = order_of(
                traces[one.number], trace, one.overlap.share_there, one.share, (one.number, number)
            )
            new = sum(run.size - sum(covered[run.here : run.here + run.size]) for run in one.overlap.runs)
            if not order.first or new < FEWEST_WORDS or taken == 3:
                continue
            if is_background(one, trace, traces[one.number]):
                continue
            taken += 1
            for run in one.overlap.runs:
                covered[run.here : run.here + run.size] = b"\1" * run.size
            reason = f"shares {one.overlap.words} words; {order.reason}"
            kind = kind_of_share(one.share)
            score = order.score * min(1.0, 0.5 + max(one.share, one.overlap.share_there))
            yield to_report(self.archive, number, one, kind=kind, reason=reason, score=score, cue=None), None

    def _agency(self, trace: Trace, near: list[Near]) -> tuple[str, Near, str, float] | None:
        """The outlet that is not held and whose words two reports have, as far as anything points to one."""
        full = [one for one in near if max(one.share, one.overlap.share_there) >= MOST]
        return (
            self._by_credit(trace, full)
            or self._by_sibling(trace, full)
            or self._by_custom(trace, full)
            or self._by_credit(trace, near)
        )

    def _by_credit(self, trace: Trace, near: list[Near]) -> tuple[str, Near, str, float] | None:
        """The outlet that another report credits for the words."""
        for one in near:
            other = self.archive.traces[one.number]
            if days_apart(trace, other) > CITED_WITHIN:
                continue
            for cue in other.text_credits():
                if cue.force > Force.HELP and not trace.own.is_named(cue.outlet) and self._covers(other, cue):
                    reason = (
                        f"shares {one.overlap.words} words with {other.report}, which credits {cue.outlet}"
                    )
                    return cue.outlet, one, reason, 0.8
        return None

    def _by_sibling(self, trace: Trace, near: list[Near]) -> tuple[str, Near, str, float] | None:
        """The outlet whose story another report was found to carry."""
        for one in near:
            for outlet, carriers in self.carries.items():
                if one.number in carriers and not trace.own.is_named(outlet):
                    other = self.archive.traces[one.number].report
                    return (
                        outlet,
                        one,
                        f"shares {one.overlap.words} words with {other}, which carries {outlet}",
                        0.5,
                    )
        return None

    def _by_custom(self, trace: Trace, near: list[Near]) -> tuple[str, Near, str, float] | None:
        """The agency that the picture of one of them is from, else that of the language."""
        for one in near:
            other = self.archive.traces[one.number]
            if other.own.outlet == trace.own.outlet or days_apart(trace, other) > SAME_DAYS:
                continue
            for picture in (*trace.cues, *other.cues):
                if picture.force is Force.PICTURE and picture.agency and picture.outlet not in PICTURES_ONLY:
                    reason = (
                        f"shares its text with {other.report}; {picture.outlet} is credited with the picture"
                    )
                    return picture.outlet, one, reason, 0.6
            house = HOUSE_AGENCY.get(trace.language or "")
            if house and other.language == trace.language and trace.own.outlet and other.own.outlet:
                reason = f"shares its text with {other.report}; no credit: that language's agency"
                return house, one, reason, 0.4
        return None

    def _covers(self, other: Trace, cue: Cue) -> bool:
        """True where the credit of the other report covers the shared words, not a marked part elsewhere."""
        return cue.force is not Force.MARKED or any(
            _same(o, cue.outlet) and s > MOST for o, s in other.marked
        )

    def _kind_among(self, number: int, trace: Trace, one: Near) -> Descent:
        """How a report without credit has an agency's words that another report has too."""
        other = self.archive.traces[one.number]
        if one.share >= WHOLE:
            return Descent.COPIES
        if one.share < MOST:
            return Descent.EXCERPTS
        if any(cue.force > Force.HELP for cue in other.text_credits()):
            return Descent.REWRITES
        # Neither is credited: the elder one, else the fuller one, is nearest to what the agency sent.
        if trace.day is not None and other.day is not None and trace.day != other.day:
            return Descent.COPIES if trace.day < other.day else Descent.REWRITES
        return Descent.COPIES if trace.size >= other.size else Descent.REWRITES

    def _cited(self, number: int, trace: Trace, cue: Cue, near: list[Near]) -> Dependence:
        """The edge for an outlet that a report names as its source for something."""
        if cue.force is Force.EARLIER:
            return to_outlet(
                self.archive,
                number,
                cue.outlet,
                kind=Descent.CITES,
                reason="names its own earlier story",
                score=0.9,
                cue=cue,
            )
        held = self._held_of(cue.outlet, number, trace)
        if held is None:
            return to_outlet(
                self.archive,
                number,
                cue.outlet,
                kind=Descent.CITES,
                reason=f"names {cue.outlet}; not held",
                score=0.9,
                cue=cue,
            )
        through = self._through(number, cue, near)
        if through is not None:
            kind, reason = (
                Descent.CITES,
                f"names {cue.outlet} in words that it has from {self.archive.traces[through].report}",
            )
        elif self.likeness.covered(number, held) >= RETOLD:
            kind = Descent.TRANSLATES if self._translates(number, held) else Descent.REWRITES
            reason = f"names {cue.outlet} and tells what its report tells"
        else:
            kind, reason = Descent.CITES, f"names {cue.outlet}, whose report is held"
        return to_report(
            self.archive,
            number,
            Near(held, self.archive.overlap(number, held)),
            kind=kind,
            reason=reason,
            score=0.85,
            cue=cue,
        )

    def _translates(self, number: int, held: int) -> bool:
        """True where a report has the names and figures of one in another language in that one's order."""
        here, there = self.archive.traces[number].language, self.archive.traces[held].language
        if not here or not there or here == there:
            return False
        return self.likeness.ordered(number, held) >= IN_ORDER

    def _through(self, number: int, cue: Cue, near: list[Near]) -> int | None:
        """The parent with whose words the cue came; none where the cue is the report's own."""
        words = self.archive.words(number)
        for one in near:
            if one.number in self.parents.get(number, ()):
                for run in one.overlap.runs:
                    if words.starts[run.here] <= cue.name < words.ends[run.here + run.size - 1]:
                        return one.number
        return None

    def _held_of(self, outlet: str, number: int, trace: Trace) -> int | None:
        """The report of `outlet` that this one most likely means; none where none is held."""
        best: tuple[float, int] | None = None
        for other in self._reports_of(outlet, number):
            there = self.archive.traces[other]
            if other == number or not may_precede(there, trace, 1) or days_apart(there, trace) > CITED_WITHIN:
                continue
            dated = trace.day is not None and there.day is not None
            if not self.likeness.may_mean(number, other, dated and days_apart(there, trace) <= SOON):
                continue
            alike = self.likeness.covered(number, other)
            if best is None or alike > best[0]:
                best = (alike, other)
        return best[1] if best else None

    def _reports_of(self, outlet: str, number: int) -> list[int]:
        """The held reports of an outlet that may be meant: all of few, else those alike in names."""
        reports = self.by_outlet.get(outlet, [])
        if len(reports) <= FEW_REPORTS:
            return reports
        postings = self._postings.get(outlet)
        if postings is None:
            postings = self._postings[outlet] = {}
            for report in reports:
                for trait in self.likeness.rare(report):
                    postings.setdefault(trait, []).append(report)
        shared = Counter(
            report
            for trait in self.likeness.rare(number)
            for report in postings.get(trait, ())
            if report != number
        )
        return [report for report, _ in shared.most_common(FEW_REPORTS)]

    def _carry(self, outlet: str, number: int, share: float) -> None:
        self.carries.setdefault(outlet, {})[number] = share


def _same(name: str, outlet: str) -> bool:
    return canonical(name)[0] == outlet
