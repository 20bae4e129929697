"""Two versions of a page, sentence by sentence: what was taken out, what was put in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma.model import Document, PassageKind

LONG: Final = 3
"""Sentences in a row that stayed as they were, from which on only the first and last are shown."""
_END: Final = re.compile(r"(?<=[.!?।؟])[\"'”’»)]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence. `sign` is `-` (only in the older one), `+` (only in the newer one), ` ` (in both), or
    `…`: then `text` says how many that stayed are left out."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from the report `older` to `newer`; `taken` and `put` count sentences."""

    older: str
    newer: str
    taken: int
    put: int
    lines: tuple[Line, ...]


def make_difference(older: Document, newer: Document, names: tuple[str, str] | None = None) -> Difference:
    """The difference of what a reader reads: title and text, no boilerplate."""
    before, after = list(_sentences(older)), list(_sentences(newer))
    lines: list[Line] = []
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for what, low, high, from_, to in matcher.get_opcodes():
        if what == "equal":
            lines += _stayed(before[low:high])
        else:
            lines += [Line("-", sentence) for sentence in before[low:high]]
            lines += [Line("+", sentence) for sentence in after[from_:to]]
    taken = sum(line.sign == "-" for line in lines)
    put = sum(line.sign == "+" for line in lines)
    first, second = names or (older.report, newer.report)
    return Difference(first, second, taken, put, tuple(lines))


def _stayed(sentences: list[str]) -> Iterator[Line]:
    if len(sentences) <= LONG:
        yield from (Line(" ", sentence) for sentence in sentences)
        return
    yield Line(" ", sentences[0])
    left = len(sentences) - 2
    yield Line("…", f"{left:,} sentence{'s' if left > 1 else ''} as before")
    yield Line(" ", sentences[-1])


def _sentences(document: Document) -> Iterator[str]:
    texts = [document.title or ""]
    texts += [
        passage.span.of(document.text)
        for passage in document.passages
        if passage.kind not in (PassageKind.FURNITURE, PassageKind.QUOTATION, PassageKind.TITLE)
    ]
    for text in texts:
        for sentence in _END.split(text):
            if sentence.strip():
                yield " ".join(sentence.split())
