"""Blocks: the paragraphs of a text, before it is known what kind of passage each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

WRAPPED_AT_MOST: Final = 100
WRAPPED_AT_LEAST: Final = 50
"""Lines of these lengths that stand together and do not end sentences are one wrapped paragraph."""

_SENTENCE_END: Final = re.compile(r"[.!?:…][\"”’»)\]]*\s*$")


class Hint(Enum):
    """What the format itself says of a block."""

    NONE = auto()
    TITLE = auto()
    HEADING = auto()
    QUOTE = auto()
    CAPTION = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a text, from `start` to `end`, without blanks at either side."""

    start: int
    end: int
    hint: Hint = Hint.NONE


def cut_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text: its lines, except that wrapped lines of one paragraph are one."""
    blocks: list[Block] = []
    for start, lines in _groups(text):
        if _is_wrapped(lines):
            blocks.append(trim_block(text, start, start + sum(map(len, lines)) + len(lines) - 1))
            continue
        at = start
        for line in lines:
            blocks.append(trim_block(text, at, at + len(line)))
            at += len(line) + 1
    return tuple(blocks)


def _groups(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that stand together without an empty one, with where they start.

    By hand: a pattern for this takes the square of the length of a run of blanks.
    """
    lines: list[str] = []
    first = at = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            first = first if lines else at
            lines.append(line)
        elif lines:
            yield first, lines
            lines = []
        at += len(line) + 1
    if lines:
        yield first, lines


def trim_block(text: str, start: int, end: int, hint: Hint = Hint.NONE) -> Block:
    """The block of `text` between the offsets, without the blanks at its ends."""
    start, end = trim(text, start, end)
    return Block(start, end, hint)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets moved inwards past blanks; equal where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_wrapped(lines: list[str]) -> bool:
    inner = lines[:-1]
    if not inner or max(map(len, lines)) > WRAPPED_AT_MOST:
        return False
    if sum(map(len, inner)) < WRAPPED_AT_LEAST * len(inner):
        return False
    ending = sum(bool(_SENTENCE_END.search(line)) for line in inner)
    return ending * 2 <= len(inner)
