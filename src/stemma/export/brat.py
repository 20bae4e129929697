"""brat standoff: each document with its annotations beside it, for the annotation tool brat and its kin.

Offsets count code points of the text file, as brat's own reader does. No annotation's words span a line:
what does is written as several fragments, split wherever a reader of lines might split.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from stemma.export.declared import below, losses_of
from stemma.export.marks import LABELS, Mark, Marking, marking_of
from stemma.export.options import ExportOptions
from stemma.export.phrases import safe_json
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.model import Certainty, Claim, ClaimType, Coding, EntityKind, Role, Span, Status

CONFIGURATION: Final = "annotation.conf"
NO_DOCUMENT: Final = "the report's document is not at hand"
NO_PLACE: Final = "the claim has no place in the text"
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST_NAME: Final = 60
_REPEATED: Final = (*map(str, Role), "count", "source", "source-cue")

_LOSSES: Final = losses_of(
    {
        below("codings", "outlet published title url language agencies"): "brat keeps the text alone",
        below("codings", "document_hash engine engine_version notes"): "brat keeps the text alone",
        below("codings.entities", "names canonical"): "an entity is its mentions",
        "codings.entities.mentions.score": "an annotation has no score",
        "lineage": "annotations are about one text",
        "incidents": "annotations are about one text",
        "judgements": "annotations are to be judged anew",
    },
    {"codings.entities.kind": "a mention has a kind of its own; the entity's is that of its claims' parties"},
)


class Brat:
    """A folder: for each report its text (`.txt`) and its annotations (`.ann`)."""

    name = "brat"
    description = (
        "brat standoff for annotators: a folder with each document's text, its marks, its claims as events, "
        "and the configuration of brat."
    )
    suffix = ""
    tables: tuple[str, ...] = ()
    merged = False
    documents = True

    def losses(self) -> tuple[Loss, ...]:
        """What the annotations do not say."""
        return _LOSSES

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes a pair of files for each report whose document is at hand."""
        left_out: Counter[str] = Counter()
        rows = 0
        with target.open(CONFIGURATION) as out:
            out.write(_configuration().encode())
        for coding in stock.codings:
            document = stock.document(coding.report)
            if document is None:
                left_out[NO_DOCUMENT] += 1
                continue
            name = file_name(coding.report)
            with target.open(f"{name}.txt") as out:
                out.write(document.text.encode())
            marking = marking_of(coding, document.text)
            if marking.unplaced:
                left_out[NO_PLACE] += marking.unplaced
            with target.open(f"{name}.ann") as out:
                for line in _annotations(coding, marking, document.text):
                    out.write(f"{line}\n".encode())
            rows += len(marking.claims)
        return Written(rows, left_out)


def file_name(report: str) -> str:
    """A name of letters, digits, `-` and `_`, which no other report has, however strange its id."""
    plain = _UNSAFE.sub("_", report)[:_LONGEST_NAME]
    if plain == report and plain:
        return plain
    return f"{plain or 'report'}-{hashlib.sha256(report.encode()).hexdigest()[:12]}"


def fragments(span: Span, text: str) -> list[Span]:
    """The parts of a span that lie within lines; whatever Python or brat takes for a line's end ends one."""
    found, at = [], span.start
    for line in span.of(text).splitlines(keepends=True):
        bare = len(line.splitlines()[0])
        if bare:
            found.append(Span(start=at, end=at + bare))
        at += len(line)
    return found


class _Lines:
    """Numbered annotations: the same stretch with the same label and values is written once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ids: dict[str, str] = {}
        self._notes = 0
        self.lines: list[str] = []

    def mark(self, mark: Mark) -> str | None:
        """The id of a mark; null where nothing but line ends is marked."""
        pieces = fragments(mark.span, self._text)
        if not pieces:
            return None
        key = safe_json([mark.label, mark.span.start, mark.span.end, dict(mark.values)])
        if key not in self._ids:
            mark_id = self._ids[key] = f"T{len(self._ids) + 1}"
            places = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
            words = " ".join(piece.of(self._text) for piece in pieces)
            self.lines.append(f"{mark_id}\t{mark.label} {places}\t{words}")
            if mark.values:
                self.note(mark_id, dict(mark.values))
        return self._ids[key]

    def note(self, about: str, values: dict[str, Any]) -> None:
        """What an annotation means beyond its label, as one line of JSON."""
        self._notes += 1
        self.lines.append(f"#{self._notes}\tAnnotatorNotes {about}\t{safe_json(values)}")


def _annotations(coding: Coding, marking: Marking, text: str) -> Iterator[str]:
    lines = _Lines(text)
    for mark in marking.mentions:
        lines.mark(mark)
    attributes = 0
    for number, marked in enumerate(marking.claims, start=1):
        trigger = lines.mark(marked.trigger)
        if trigger is None:
            continue
        event = [f"{marked.claim.type}:{trigger}"]
        seen: Counter[str] = Counter()
        for role, mark in marked.parts:
            mark_id = lines.mark(mark)
            if mark_id is not None:
                seen[role] += 1
                event.append(f"{role}{seen[role] if seen[role] > 1 else ''}:{mark_id}")
        lines.lines.append(f"E{number}\t{' '.join(event)}")
        for name, value in _attributes(marked.claim):
            attributes += 1
            lines.lines.append(f"A{attributes}\t{name} E{number}{f' {value}' if value else ''}")
        lines.note(f"E{number}", _beyond(coding, marked.claim))
    yield from lines.lines


def _attributes(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "status", str(claim.status)
    yield "certainty", str(claim.certainty)
    if claim.negated:
        yield "negated", ""


def _beyond(coding: Coding, claim: Claim) -> dict[str, Any]:
    """The claim's wire form, for whoever reads the annotations back."""
    return {"report": coding.report, "claim": claim.wire()}


def _configuration() -> str:
    kinds = [*map(str, EntityKind), *LABELS]
    arguments = [f"{role}*:<ENTITY>" for role in _REPEATED]
    arguments += [f"{role}?:<ENTITY>" for role in ("evidence", "cue", "time", "place")]
    lines = ["[entities]", *dict.fromkeys(kinds), "", "[relations]", "", "[events]"]
    lines += [f"{type_name}\t{', '.join(arguments)}" for type_name in ClaimType]
    lines += ["", "[attributes]", "negated\tArg:<EVENT>"]
    lines += [f"status\tArg:<EVENT>, Value:{'|'.join(Status)}"]
    lines += [f"certainty\tArg:<EVENT>, Value:{'|'.join(Certainty)}", ""]
    return "\n".join(lines)
