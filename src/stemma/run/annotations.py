"""What an annotator left in a text, set beside the casebook's claims: each difference is a judgement.

A claim of ours that was changed is corrected value by value, one that is gone is rejected, and one that is
new is added. What is compared are the marks that an export of the claim gives, so that what was exported and
not touched makes no judgement.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from stemma.export.brat import fragments
from stemma.export.marks import Marking, marking_of
from stemma.importing.protocol import AnnotatedClaim, AnnotatedMark, AnnotatedText
from stemma.importing.reading import flat
from stemma.model import (
    MODES,
    Certainty,
    Claim,
    ClaimType,
    Coding,
    Entity,
    EntityKind,
    Judgement,
    Mention,
    Refusal,
    Role,
    Span,
    Status,
    hash_bytes,
    standing,
)
from stemma.store.protocol import Store

Part = tuple[str, str, int, int, str]
"""A mark that hangs on a claim: role, label, start, end, and the entity where it is a party."""

SINGLE: Final = ("time", "place")


@dataclass(slots=True)
class Judging:
    """The casebook that is judged, and how far it is."""

    store: Store
    accept: bool = False
    new: int = 0
    known: int = 0
    unchanged: int = 0
    _standing: set[tuple[str, str, str, str]] = field(init=False)
    _by_text: dict[str, list[str]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._standing = {_key(one) for one in standing(self.store.judgements())}

    def reports_of(self, text: str, named: str | None) -> list[str]:
        """The ids of the reports with this very text; the one named alone where it is among them."""
        wanted = hash_bytes(text.encode("utf-8", "surrogatepass"))
        if named is not None:
            try:
                if self.store.document(named).text == text:
                    return [named]
            except KeyError:
                pass
        if self._by_text is None:
            self._by_text = {}
            for report in self.store.report_ids():
                held = self.store.document(report).text
                hashed = hash_bytes(held.encode("utf-8", "surrogatepass"))
                self._by_text.setdefault(hashed, []).append(report)
        return self._by_text.get(wanted, [])

    def write(self, subject: str, verdict: str, value: Any, person: str) -> None:
        """Writes a judgement down, unless the same one of this person stands."""
        at = datetime.datetime.now(datetime.UTC)
        made = Judgement(
            subject=subject, verdict=verdict, value=value, person=person, at=at, reason="annotated"
        )
        if _key(made) in self._standing:
            self.known += 1
            return
        self._standing.add(_key(made))
        self.store.judge(made)
        self.new += 1


def _key(judgement: Judgement) -> tuple[str, str, str, str]:
    value = json.dumps(judgement.value, sort_keys=True, default=str)
    return judgement.subject, judgement.verdict, value, judgement.person


def judge_text(judging: Judging, annotated: AnnotatedText, person: str | None) -> Iterator[Refusal]:
    """Writes the judgements of one annotated text; gives what could not be followed."""
    who = person or annotated.person
    if not who:
        yield _refuse(annotated.where, "it does not say who annotated", "name the person with --person")
        return
    reports = judging.reports_of(annotated.text, annotated.report)
    if not reports:
        yield _refuse(annotated.where, "no report of the casebook has this text", "add the report first")
        return
    for report in reports:
        coding = judging.store.coding(report)
        yield from _Reader(judging, coding, annotated, who).judge()


@dataclass(slots=True)
class _Reader:
    """One annotated text and the coding of the report that it is."""

    judging: Judging
    coding: Coding
    annotated: AnnotatedText
    person: str
    _added: dict[str, Entity] = field(default_factory=dict)

    def judge(self) -> Iterator[Refusal]:
        """Writes the judgements."""
        claims = {claim.id: claim for claim in self.coding.claims}
        marking = marking_of(self.coding, self.annotated.text)
        placed = {marked.claim.id for marked in marking.claims}
        expected = _expected(marking, self.annotated.text)
        seen: set[str] = set()
        for found in self.annotated.claims:
            if found.trigger.label not in set(ClaimType):
                label = flat(found.trigger.label)[:40]
                yield _refuse(found.where, f"{label!r} is no type of claim", "see docs/codebook.md")
                continue
            if found.claim in claims and found.claim not in seen:
                seen.add(found.claim or "")
                refused = self._compare(claims[found.claim or ""], found, expected)
            else:
                refused = self._add(found)
            if refused:
                yield refused
        if self.annotated.whole:
            for gone in sorted(placed - seen):
                self._write(gone, "reject")

    def _write(self, claim: str, verdict: str, value: Any = None) -> None:
        self.judging.write(f"{self.coding.report}#{claim}", verdict, value, self.person)

    def _compare(
        self, claim: Claim, found: AnnotatedClaim, expected: Mapping[str, tuple[Span, tuple[Part, ...]]]
    ) -> Refusal | None:
        values = dict(self._changes(claim, found, expected.get(claim.id)))
        if not values:
            self.judging.unchanged += 1
            if self.judging.accept:
                self._write(claim.id, "accept")
            return None
        wire = claim.wire()
        try:
            for path, value in values.items():
                _put(wire, path, value)
            Claim.from_wire(wire)
        except (ValidationError, ValueError, TypeError):
            return _refuse(found.where, f"what is marked makes no claim of {claim.id}", "look at its values")
        self._write_entities()
        for path, value in values.items():
            self._write(f"{claim.id}/{path}", "correct", value)
        return None

    def _changes(
        self, claim: Claim, found: AnnotatedClaim, expected: tuple[Span, tuple[Part, ...]] | None
    ) -> Iterator[tuple[str, Any]]:
        """The values of a claim that differ, by path."""
        text = self.annotated.text
        if found.trigger.label != claim.type:
            yield "type", found.trigger.label
            known = MODES.get(ClaimType(found.trigger.label))
            if claim.mode and known is not None and claim.mode not in known:
                yield "mode", None
        yield from _choices(claim, found)
        anchor, parts = expected or (Span(start=0, end=0), ())
        if _within_lines(found.trigger.span, text) != anchor:
            yield "trigger", found.trigger.span.of(text)
            yield "trigger_span", found.trigger.span.wire()
        now = [self._part(role, mark) for role, mark in found.parts]
        for role in dict.fromkeys([part[0] for part in (*parts, *now)]):
            if role == "source-cue":
                continue  # a cue belongs to one source, and the marks do not say to which
            before = sorted(part for part in parts if part[0] == role)
            after = sorted(part for part in now if part[0] == role)
            if before != after:
                marks = [mark for its, mark in found.parts if its == role]
                yield from self._role(claim, role, marks)

    def _role(self, claim: Claim, role: str, marks: list[AnnotatedMark]) -> Iterator[tuple[str, Any]]:
        """The values of a claim that the marks of one role make."""
        text = self.annotated.text
        if role in set(Role):
            parties = [self._part(role, mark)[4] for mark in marks]
            yield f"roles.{role}", parties
            yield f"role_spans.{role}", [mark.span.wire() for mark in marks]
        elif role in SINGLE:
            yield role, _valued(marks[0], text) if marks else None
        elif role == "evidence" and marks:
            yield "evidence", marks[0].span.of(text)
            yield "span", marks[0].span.wire()
        elif role == "cue":
            yield "cue", marks[0].span.of(text) if marks else None
            yield "cue_span", marks[0].span.wire() if marks else None
        elif role == "count":
            old = {count.span: count.wire() for count in claim.counts}
            yield "counts", [{"what": "other", **old.get(m.span, {}), **_valued(m, text)} for m in marks]
        elif role == "source":
            old = {source.span: source.wire() for source in claim.sources}
            outside = [source.wire() for source in claim.sources if source.span is None]
            named = [{"kind": "anonymous", **old.get(m.span, {}), **_valued(m, text)} for m in marks]
            yield "sources", [*named, *outside]

    def _part(self, role: str, mark: AnnotatedMark) -> Part:
        party = ""
        if role in set(Role):
            named = mark.values.get("entity")
            known = {entity.id for entity in self.coding.entities}
            party = named if isinstance(named, str) and named in known else self._entity(mark)
        span = _within_lines(mark.span, self.annotated.text) or mark.span
        return role, mark.label, span.start, span.end, party

    def _entity(self, mark: AnnotatedMark) -> str:
        """The entity of a mark that says none: the report's of this name, or a new one."""
        words = " ".join(mark.span.of(self.annotated.text).split())
        wanted = words.casefold()
        for entity in self.coding.entities:
            if wanted in {name.casefold() for name in entity.names}:
                return entity.id
        made = "h" + hash_bytes(f"{self.coding.report}\0{wanted}".encode("utf-8", "replace"))[:10]
        kind = EntityKind(mark.label) if mark.label in set(EntityKind) else EntityKind.GROUP
        mention = Mention(text=mark.span.of(self.annotated.text), span=mark.span, kind=kind)
        self._added[made] = Entity(id=made, kind=kind, names=(words,), mentions=(mention,))
        return made

    def _write_entities(self) -> None:
        for entity in self._added.values():
            subject = f"{self.coding.report}#@{entity.id}"
            self.judging.write(subject, "add", entity.wire(), self.person)
        self._added.clear()

    def _add(self, found: AnnotatedClaim) -> Refusal | None:
        """A claim that the casebook does not have."""
        text, span = self.annotated.text, found.trigger.span
        made = (
            "h"
            + hash_bytes(f"{self.coding.report}\0{found.trigger.label}\0{span.start}\0{span.end}".encode())[
                :10
            ]
        )
        wire: dict[str, Any] = {
            "id": made,
            "type": found.trigger.label,
            "evidence": span.of(text),
            "span": span.wire(),
            "trigger": span.of(text),
            "trigger_span": span.wire(),
        }
        try:
            claim = Claim.from_wire(wire)
            for role in dict.fromkeys(role for role, _ in found.parts):
                marks = [mark for its, mark in found.parts if its == role]
                for path, value in self._role(claim, role, marks):
                    _put(wire, path, value)
            for path, value in _choices(claim, found):
                _put(wire, path, value)
            claim = Claim.from_wire(wire)
        except (ValidationError, ValueError, TypeError):
            return _refuse(found.where, "what is marked makes no claim", "look at its values")
        self._write_entities()
        self._write(made, "add", claim.wire())
        return None


def _choices(claim: Claim, found: AnnotatedClaim) -> Iterator[tuple[str, Any]]:
    """Status, certainty and negation where the annotator says another."""
    for path, said, known in (("status", found.status, Status), ("certainty", found.certainty, Certainty)):
        if said in set(known) and said != getattr(claim, path):
            yield path, said
    if found.negated != claim.negated:
        yield "negated", found.negated


def _expected(marking: Marking, text: str) -> dict[str, tuple[Span, tuple[Part, ...]]]:
    """The marks of each claim as an export writes them: without what no annotation can hold."""
    found: dict[str, tuple[Span, tuple[Part, ...]]] = {}
    for marked in marking.claims:
        trigger = _within_lines(marked.trigger.span, text)
        if trigger is None:
            continue
        parts = []
        for role, mark in marked.parts:
            span = _within_lines(mark.span, text)
            if span:
                party = str(mark.values.get("entity", "")) if role in set(Role) else ""
                parts.append((role, mark.label, span.start, span.end, party))
        found[marked.claim.id] = (trigger, tuple(parts))
    return found


def _within_lines(span: Span, text: str) -> Span | None:
    """The span without line ends at its ends, which standoff cannot hold."""
    pieces = fragments(span, text)
    return Span(start=pieces[0].start, end=pieces[-1].end) if pieces else None


def _valued(mark: AnnotatedMark, text: str) -> dict[str, Any]:
    return {**mark.values, "text": mark.span.of(text), "span": mark.span.wire()}


def _put(wire: dict[str, Any], path: str, value: Any) -> None:
    head, _, rest = path.partition(".")
    if rest:
        wire[head] = {**(wire.get(head) or {}), rest: value}
    else:
        wire[head] = value


def _refuse(where: str, what: str, mend: str) -> Refusal:
    return Refusal(where=where, code="annotation", what=what, mend=mend)
