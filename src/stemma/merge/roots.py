"""From each report of an incident down its chains and its lineage to the roots: whose word it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stemma.lexicon.outlets import find_outlet, find_outlets_in
from stemma.merge.entities import BODIES
from stemma.merge.facts import SPEECH, Fact
from stemma.merge.kinship import Kinship
from stemma.merge.protocol import Held
from stemma.merge.voices import Voice, Voices, body_of, is_nobody, is_wild, plain_name, speaks
from stemma.model import Descent, EntityKind, Role, Source, SourceKind

SPEAKING: Final = BODIES - {EntityKind.OUTLET, EntityKind.UNIT}
"""Kinds of parties that publish words of their own: a release, a statement."""
DEEPEST: Final = 20
"""Steps of a lineage that are walked; real ones have four or five, circular citations have no end."""


@dataclass(slots=True)
class Root:
    """Where a chain ends. `sort` is that of the voice, or `own` (the report's own word), `absent` (an
    outlet's story that is not held) or `open` (not coded: unknown)."""

    key: str
    name: str
    sort: str
    kind: SourceKind
    institution: str | None = None
    traits: frozenset[str] = frozenset()
    reports: list[str] = field(default_factory=list)
    figures: set[int] = field(default_factory=set)


class Walker:
    """Walks from reports to roots. One walker serves all incidents of a record."""

    def __init__(self, held: Mapping[str, Held], kinship: Kinship) -> None:
        self.held = held
        self.kinship = kinship
        self._outlets: dict[str, str] = {}
        self._parties: set[str] = set()
        for report, one in held.items():
            self._parties |= {
                outlet_key(name)
                for entity in one.coding.entities
                if entity.kind in SPEAKING
                for name in entity.names
            }
            if one.coding.outlet:
                self._outlets.setdefault(outlet_key(one.coding.outlet), report)

    def roots(
        self,
        facts: Sequence[Fact],
        told: Iterable[str],
        voices: Voices,
        figures: Mapping[str, set[int]] | None = None,
        *,
        spoken: bool = False,
    ) -> list[Root]:
        """The roots of what these facts say, each once; `told` are reports without facts that say it too.

        `figures` are the figures that each report gives, where the facts are about a toll. With `spoken`
        a report without facts rests on the voice that its lineage names: right for the happening, not
        for a statement about it, which another may have made.
        """
        by_report: dict[str, list[Fact]] = {}
        for fact in facts:
            by_report.setdefault(fact.at.report, []).append(fact)
        for report in told:
            by_report.setdefault(report, [])
        found: dict[str, Root] = {}
        for report, own in by_report.items():
            given = {f.low for fact in own for f in fact.figures if f.low}
            given |= (figures or {}).get(report, set())
            for root in self._of_report(report, by_report, voices, frozenset(), spoken=spoken):
                kept = found.setdefault(root.key, root)
                kept.reports.append(report)
                voiced = root.sort in ("body", "person", "pool") and not figures
                kept.figures |= root.figures if voiced else root.figures | given
        for root in found.values():
            root.reports = [*dict.fromkeys(root.reports)]
        return list(found.values())

    def _of_report(
        self,
        report: str,
        by_report: Mapping[str, list[Fact]],
        voices: Voices,
        seen: frozenset[str],
        *,
        spoken: bool = False,
    ) -> list[Root]:
        if report in seen or len(seen) > DEEPEST:
            return []
        seen |= {report}
        facts = by_report.get(report, [])
        named: list[Root] = []
        relayed: list[str] = []
        for fact in facts:
            for voice in self._heads(fact, voices):
                if voice.sort == "outlet":
                    relayed.append(voice.name)
                elif voice.sort != "unknown":
                    named.append(_root(voice, {f.low for f in fact.figures if f.low}))
        if named:
            return named
        own = outlet_key(self._name(report))
        missing = [*relayed, *self.kinship.absent(report), *self._agencies(report)]
        missing = [name for name in dict.fromkeys(missing) if outlet_key(name) != own]
        above = [*self.kinship.parents(report), *self._cited(report, missing, by_report)]
        for parent in dict.fromkeys(above):
            found = (
                self._of_report(parent, by_report, voices, seen, spoken=spoken) if parent in by_report else []
            )
            found = [root for root in found if root.sort not in ("own", "open")] or (
                [self._own(parent)] if found or parent not in by_report else []
            )
            named += found
        if named:
            return named
        if missing:
            return [_absent(name) for name in missing[:1]]
        if spoken and not facts and (named := self._spoken(report, voices)):
            return named
        if any(not _speakers(fact) for fact in facts):
            return [self._own(report)]
        return [Root(f"open:{report}", self._name(report), "open", SourceKind.OUTLET)]

    def _heads(self, fact: Fact, voices: Voices) -> list[Voice]:
        """The ultimate voices of a claim's chain; in a speech act the speaker is its actor."""
        coding = fact.held.coding
        heads: list[Voice] = []
        if fact.claim.type in SPEECH:
            table = {entity.id: entity for entity in coding.entities}
            for party in fact.claim.parties(Role.ACTOR):
                entity = table.get(party)
                if entity and is_nobody(entity.label):
                    continue
                if entity and entity.kind not in (EntityKind.PLACE, EntityKind.OBJECT, EntityKind.WEAPON):
                    kind = SourceKind.PERSON if entity.kind is EntityKind.PERSON else SourceKind.ORGANISATION
                    room = self._newsroom(fact, None)
                    heads.append(voices.of_words((entity.label, kind), entity, coding, room))
            if heads:
                return heads
        for index, source in enumerate(_speakers(fact)):
            if index and not source.parallel:
                break
            heads.append(voices.voice(source, coding, self._newsroom(fact, source)))
        return heads

    def _newsroom(self, fact: Fact, source: Source | None) -> str:
        """Who gathered an anonymous voice: the outlet that its words or its chain name, else the top of
        the report's lineage, else the report's own outlet."""
        own = outlet_key(self._name(fact.at.report))
        for outlet, _, _ in find_outlets_in(source.text) if source else ():
            return outlet_key(outlet.name)
        if source and source.kind is SourceKind.ANONYMOUS:
            # "Sources talking to The Paper disclosed": the words beside the source tell who gathered it.
            for outlet, _, _ in find_outlets_in(fact.claim.evidence):
                if outlet_key(outlet.name) != own:
                    return outlet_key(outlet.name)
        relays = [s for s in fact.claim.sources if s is not source and s.kind is SourceKind.OUTLET]
        if relays:
            return outlet_key(relays[0].text)
        report = fact.at.report
        for _ in range(DEEPEST):
            parents = self.kinship.parents(report)
            if not parents:
                break
            report = parents[0]
        missing = self.kinship.absent(report)
        if missing:
            return outlet_key(missing[0])
        return outlet_key(self._name(report))

    def _cited(self, report: str, relayed: Iterable[str], by_report: Mapping[str, list[Fact]]) -> list[str]:
        """The reports held of the outlets that a report relays: those it cites first."""
        found = []
        for name in relayed:
            wanted = outlet_key(name)
            edges = [e.parent for e in self.kinship.above(report) if e.parent in self.held]
            near = [p for p in edges if outlet_key(self._name(p)) == wanted]
            other = self._outlets.get(wanted)
            if near:
                found.append(near[0])
            elif other and other != report and other in by_report:
                found.append(other)
        return found

    def _agencies(self, report: str) -> list[str]:
        one = self.held.get(report)
        return list(one.document.agencies or one.coding.agencies) if one else []

    def _spoken(self, report: str, voices: Voices) -> list[Root]:
        """The one voice that the lineage says a report without claims rests on; none where it says several,
        because it is not known which of them says this."""
        one = self.held.get(report)
        names = [
            edge.parent.removeprefix("source:")
            for edge in self.kinship.above(report)
            if edge.parent.startswith("source:") and edge.kind is Descent.CITES
        ]
        if one is None or len(names) != 1:
            return []
        said = (names[0], SourceKind.ORGANISATION)
        return [_root(voices.of_words(said, None, one.coding, outlet_key(self._name(report))), set())]

    def _own(self, report: str) -> Root:
        name = self._name(report)
        # A ministry's release or a group's statement is the body's own word.
        known = find_outlet(name) is not None
        body = None if known else body_of(name)
        if not known and body is None and outlet_key(name) in self._parties:
            body = plain_name(name), name
        if body and not is_wild(f"body:{body[0]}"):
            return Root(f"body:{body[0]}", name, "body", SourceKind.ORGANISATION, institution=body[1])
        return Root(f"outlet:{outlet_key(name)}", name, "own", SourceKind.OUTLET)

    def _name(self, report: str) -> str:
        one = self.held.get(report)
        return (one.coding.outlet or one.document.outlet if one else None) or report


def _speakers(fact: Fact) -> list[Source]:
    return [source for source in fact.claim.sources if speaks(source, fact.claim)]


def outlet_key(name: str) -> str:
    """One key for an outlet under its names."""
    known = find_outlet(name)
    words = (known.name if known else name).casefold()
    return re.sub(r"^(?:the|el|la|le|al) | (?:newspaper|news agency|website|magazine)$", "", words)


def _root(voice: Voice, figures: set[int]) -> Root:
    return Root(
        voice.key, voice.name, voice.sort, voice.kind, voice.institution, voice.traits, figures=figures
    )


def _absent(name: str) -> Root:
    return Root(f"absent:{outlet_key(name)}", name, "absent", SourceKind.OUTLET)
