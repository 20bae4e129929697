"""The words of a report that count as its text: what is compared when two reports are held side by side."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stemma.model import Document, Passage, PassageKind, Span

Hashes = npt.NDArray[np.uint64]

TEXT_KINDS: Final = frozenset(
    {PassageKind.TITLE, PassageKind.BODY, PassageKind.EXCERPT, PassageKind.CORRECTION}
)
"""Furniture never counts, nor do the lines around a story; a caption is the picture agency's."""

MOST_WORDS: Final = 20_000
"""Words of one report that are compared; the rest of a longer one (a book, an attack) is left out."""

_KNOWN_AT_MOST: Final = 400_000

# Chinese, Japanese and Thai are written without spaces: there each letter is a word.
_WORD: Final = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:['’][^\W_]+)*")

_known: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one report: their hashes, and where each starts and ends in the document's text.

    `counted` is their number without those of stock paragraphs, which have the hash of no word. `spoken`
    tells which lie within a quotation, where that is known.
    """

    hashes: Hashes
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    counted: int
    spoken: npt.NDArray[np.bool_] | None = None
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was computed of these words once, for as long as they are at hand."""

    def __len__(self) -> int:
        return len(self.starts)

    def without(self, mask: npt.NDArray[np.bool_], salt: int) -> Words:
        """These words, those under `mask` made unlike any word; `salt` differs from text to text."""
        hidden = int(mask.sum())
        if not hidden:
            return self
        hashes = self.hashes.copy()
        hashes[mask] = np.flatnonzero(mask).astype(np.uint64) + np.uint64((salt + 1) << 24)
        return replace(self, hashes=hashes, counted=self.counted - hidden, kept={})

    def span(self, first: int, last: int) -> Span:
        """The characters from the word `first` up to and with the word `last`."""
        return Span(start=self.starts[first], end=self.ends[last])


def text_passages(document: Document) -> Iterator[Passage]:
    """The passages that are the report's text, in order; one of the whole text where it has no passages."""
    if not document.passages and document.text:
        yield Passage(kind=PassageKind.BODY, span=Span(start=0, end=len(document.text)))
    for passage in document.passages:
        if passage.kind in TEXT_KINDS:
            yield passage


def words_of(document: Document, most: int = MOST_WORDS) -> Words:
    """The words of the text of `document`, each without its case and apostrophes."""
    hashes: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for passage in text_passages(document):
        for match in _WORD.finditer(document.text, passage.span.start, passage.span.end):
            hashes.append(_hash(match[0]))
            starts.append(match.start())
            ends.append(match.end())
            if len(starts) >= most:
                break
        if len(starts) >= most:
            break
    spoken = _within_quotations(document, starts)
    return Words(np.array(hashes, dtype=np.uint64), tuple(starts), tuple(ends), len(starts), spoken)


def _within_quotations(document: Document, starts: list[int]) -> npt.NDArray[np.bool_] | None:
    spoken: npt.NDArray[np.bool_] | None = None
    at = np.array(starts, dtype=np.int64)
    for passage in document.passages:
        if passage.kind is PassageKind.QUOTATION:
            if spoken is None:
                spoken = np.zeros(len(starts), dtype=np.bool_)
            first, last = np.searchsorted(at, [passage.span.start, passage.span.end])
            spoken[first:last] = True
    return spoken


def hash_text(text: str) -> int:
    """64 bits of `text`, the same in every process (Python's own `hash` is not)."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _hash(word: str) -> int:
    known = _known.get(word)
    if known is None:
        if len(_known) >= _KNOWN_AT_MOST:
            _known.clear()
        known = _known[word] = hash_text(word.casefold().replace("'", "").replace("’", ""))
    return known
