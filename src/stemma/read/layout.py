"""A text laid out from paragraphs: for formats whose source is not itself the readable text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stemma.read.blocks import Block, Hint


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of readable text, and what its format says of it."""

    text: str
    hint: Hint = Hint.NONE


def tidy(paragraphs: Iterable[Paragraph], title: str | None) -> list[Paragraph]:
    """The paragraphs without empty ones, equal neighbours, and the title where it leads."""
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        if not paragraph.text.strip() or (kept and kept[-1].text == paragraph.text):
            continue
        if title and len(kept) < 3 and paragraph.text.casefold() == title.casefold():
            continue
        kept.append(paragraph)
    return kept


def lay_out(paragraphs: Iterable[Paragraph], title: str | None) -> tuple[str, list[Block]]:
    """The document's text, a blank line between the blocks and the title first, with the blocks."""
    lines = [Paragraph(title, Hint.TITLE)] if title else []
    lines.extend(paragraphs)
    blocks: list[Block] = []
    position = 0
    for line in lines:
        blocks.append(Block(position, position + len(line.text), line.hint))
        position += len(line.text) + 2
    return "\n\n".join(line.text for line in lines) + "\n", blocks
