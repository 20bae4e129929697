"""brat standoff: a folder of texts with the annotations beside them, as an annotator left them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from stemma.importing.options import ImportOptions
from stemma.importing.protocol import AnnotatedClaim, AnnotatedMark, AnnotatedText, Kind, Loss
from stemma.importing.reading import flat, read_whole, refuse
from stemma.model import Refusal, Span

_MARK = re.compile(r"(T\S+)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)\t?.*")
_EVENT = re.compile(r"(E\S+)\t(\S+):(T\S+)((?: +\S+:\S+)*) *")
_ATTRIBUTE = re.compile(r"[AM]\S*\t(\S+) (\S+)(?: (\S+))? *")
_NOTE = re.compile(r"#\S*\tAnnotatorNotes (\S+)\t(.*)")
_NUMBER = re.compile(r"\d+$")


class BratImporter:
    """A folder with `.txt` and `.ann` files, or one of the two files of a pair."""

    name = "brat"
    kind = Kind.JUDGEMENTS
    description = "brat standoff folders: what an annotator changed, added or took away, as judgements."

    def losses(self) -> tuple[Loss, ...]:
        """What of the annotations becomes no judgement."""
        return _LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[AnnotatedText | Refusal]:
        """An annotated text for each pair of files."""
        if not path.is_dir():
            yield from _pair(path.with_suffix(".txt"), path.with_suffix(".ann"), options)
            return
        texts = sorted(path.rglob("*.txt"))
        if not texts:
            yield refuse(str(path), "there is no .txt in this folder", "give brat's folder", "empty")
        for text in texts:
            if not text.with_suffix(".ann").is_file():
                yield refuse(str(text), "it has no .ann beside it", "give both files", "not-found")
                continue
            try:
                yield from _pair(text, text.with_suffix(".ann"), options)
            except (OSError, ValueError) as error:
                yield refuse(str(text), f"it cannot be read ({flat(str(error))[:80]})", "look at the file")


@dataclass(slots=True)
class _Standoff:
    """The annotations of one text, by their ids."""

    size: int
    marks: dict[str, AnnotatedMark] = field(default_factory=dict)
    events: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def take(self, where: str, line: str) -> Refusal | None:
        """Takes a line in; a refusal where it is none of brat's, or past the text."""
        if match := _MARK.fullmatch(line):
            ends = [int(end) for end in re.split("[; ]", match[3])]
            low, high = min(ends[::2]), max(ends[1::2])
            if not low < high <= self.size:
                return refuse(
                    where, f"it lies at {low} to {high}, and the text has {self.size}", "give both files"
                )
            self.marks[match[1]] = AnnotatedMark(match[2], Span(start=low, end=high))
        elif match := _EVENT.fullmatch(line):
            self.events.append((where, match[1], match[2], match[3], match[4]))
        elif match := _ATTRIBUTE.fullmatch(line):
            self.attributes.setdefault(match[2], {})[match[1]] = match[3] or ""
        elif match := _NOTE.fullmatch(line):
            # A note in an annotator's own words is no JSON, and none of ours.
            self.notes[match[1]] = _object(match[2])
        elif line[:1] not in ("R", "N", "*", "#", ""):
            return refuse(where, "this is no line of brat's", "look at the line")
        return None


def _pair(text_path: Path, path: Path, options: ImportOptions) -> Iterator[AnnotatedText | Refusal]:
    text = read_whole(text_path, options).decode("utf-8", "replace")
    found = _Standoff(len(text))
    # Lines end at LF alone: words that are marked may hold signs that Python takes for an end.
    lines = read_whole(path, options).decode("utf-8", "replace").split("\n")
    for number, line in enumerate(lines, start=1):
        refused = found.take(f"{path}:{number}", line.rstrip("\r"))
        if refused:
            yield refused
    claims: list[AnnotatedClaim] = []
    report: str | None = None
    for event in found.events:
        claim = _claim(found, event)
        if isinstance(claim, Refusal):
            yield claim
            continue
        claims.append(claim)
        named = found.notes.get(event[1], {}).get("report")
        report = named if isinstance(named, str) else report
    # Without a claim of ours this is somebody's own annotation: that ours are missing says nothing.
    whole = any(claim.claim for claim in claims)
    yield AnnotatedText(str(path), text, tuple(claims), report=report, whole=whole)


def _claim(found: _Standoff, event: tuple[str, str, str, str, str]) -> AnnotatedClaim | Refusal:
    where, name, label, trigger, arguments = event
    parts: list[tuple[str, AnnotatedMark]] = []
    for argument in arguments.split():
        role, _, mark = argument.partition(":")
        if mark not in found.marks:
            return refuse(where, f"there is no {flat(mark)[:20]} in this file", "mend the line")
        parts.append((_NUMBER.sub("", role), _valued(found, mark)))
    if trigger not in found.marks:
        return refuse(where, f"there is no {flat(trigger)[:20]} in this file", "mend the line")
    attributes = found.attributes.get(name, {})
    note = found.notes.get(name, {}).get("claim")
    own = note.get("id") if isinstance(note, Mapping) else found.notes.get(trigger, {}).get("claim")
    return AnnotatedClaim(
        where,
        AnnotatedMark(label, found.marks[trigger].span),
        tuple(parts),
        claim=own if isinstance(own, str) else None,
        status=attributes.get("status"),
        certainty=attributes.get("certainty"),
        negated="negated" in attributes,
    )


def _valued(found: _Standoff, mark: str) -> AnnotatedMark:
    return AnnotatedMark(found.marks[mark].label, found.marks[mark].span, found.notes.get(mark, {}))


def _object(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


_LOSSES: Final = (
    Loss(("relations", "normalisations", "equivalences"), "a claim has no value for them"),
    Loss(("notes in an annotator's own words",), "they are on marks, and judgements are on values"),
    Loss(("mentions outside claims",), "only who takes part in a claim is judged"),
)
