"""Sentences with offsets: sentencex, and repairs of what it is known to get wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

LONGEST = 1500
"""Characters after which a "sentence" is cut at a space: tables and text without punctuation."""

LONGEST_LINE = 20_000
"""Characters of a line after which it is cut at a space: no paragraph is as long."""

_LINE = re.compile(r"[^\n]+")
_TITLE_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Brig|Capt|Sgt|Gov|Sen|Rep|St|No|Adm|Cmdr|Prof|Rev|Hon|"
    r"U\.S|U\.N|U\.K|a\.m|p\.m|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z])\.)\s*$"
)
_QUOTE_END = re.compile(r"[.!?…][”\"’']\s+(?=[“\"A-Z])")


def sentences(text: str, language: str = "en") -> Iterator[tuple[int, int]]:
    """Half-open character ranges of the sentences of `text`, in order, without blank edges.

    A line break always ends a sentence: newsroom text breaks lines at paragraphs.
    """
    for line in _LINE.finditer(text):
        for first, last in _parts(text, line.start(), line.end()):
            for start, end in _of_line(text[first:last], language):
                yield from _bounded(text, first + start, first + end)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line cut at spaces into parts that are cut into sentences at once: what comes after a cut is
    slow on endless lines."""
    while end - start > LONGEST_LINE:
        cut = text.rfind(" ", start + LONGEST_LINE // 2, start + LONGEST_LINE) + 1
        cut = cut if cut > 0 else start + LONGEST_LINE
        yield start, cut
        start = cut
    yield start, end


def _of_line(line: str, language: str) -> Iterator[tuple[int, int]]:
    found = [(b["start_index"], b["end_index"]) for b in sentencex.get_sentence_boundaries(language, line)]
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and _TITLE_END.search(line[merged[-1][0] : merged[-1][1]]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    for start, end in merged:
        low = start
        for cut in _QUOTE_END.finditer(line, start, end):
            yield low, cut.end()
            low = cut.end()
        yield low, end


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + 1 if text[cut : cut + 1] == " " else cut
    if start < end:
        yield start, end
