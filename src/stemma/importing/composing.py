"""The text of a row: a title and one labelled line for each cell, so that every value has its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stemma.importing.reading import CellError
from stemma.model import Passage, PassageKind, Span


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a cell: `start` and `end` are offsets into the cell of `column`."""

    column: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.start + len(self.text)


def words_of(cells: Mapping[str, str], column: str) -> Words | None:
    """The whole cell; null where it is empty."""
    cell = cells.get(column, "")
    return Words(column, cell, 0) if cell else None


def split_words(cells: Mapping[str, str], column: str, separators: str = ";") -> tuple[Words, ...]:
    """The parts of a cell that holds several, without the spaces and quotation marks around each."""
    cell = cells.get(column, "")
    found: list[Words] = []
    start = 0
    for at, sign in enumerate(f"{cell}{separators[0]}"):
        if sign not in separators:
            continue
        part = cell[start:at]
        bare = part.strip(' "“”')
        if bare:
            found.append(Words(column, bare, start + part.index(bare)))
        start = at + 1
    return tuple(found)


@dataclass(slots=True)
class RowText:
    """The text of one row. `body` are the columns whose cells are prose: they alone count as a story."""

    title: str
    cells: Mapping[str, str]
    body: Sequence[str] = ()
    text: str = field(init=False)
    _cells: dict[str, int] = field(init=False, default_factory=dict)
    _labels: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        parts, at = [f"{self.title}\n"], len(self.title) + 1
        for column, cell in self.cells.items():
            if not cell:
                continue
            self._labels[column] = at
            self._cells[column] = at + len(column) + 2
            line = f"{column}: {cell}\n"
            parts.append(line)
            at += len(line)
        self.text = "".join(parts)

    def span(self, words: Words) -> Span:
        """Where a stretch of a cell stands in the text."""
        start = self._cells[words.column] + words.start
        return Span(start=start, end=start + len(words.text))

    def label(self, column: str, part: str) -> Span | None:
        """Where `part` stands in the label of a column; null where the column is empty."""
        if column not in self._labels or part not in column:
            return None
        start = self._labels[column] + column.index(part)
        return Span(start=start, end=start + len(part))

    def reach(self, first: Words, last: Words) -> Span:
        """From one stretch to another, with what stands between."""
        start, end = self.span(first).start, self.span(last).end
        if end < start:
            raise CellError(last.column, f"it stands before {first.column}", "put the columns in order")
        return Span(start=start, end=end)

    def in_title(self, part: str) -> Span:
        """Where `part` stands in the title."""
        start = self.title.index(part)
        return Span(start=start, end=start + len(part))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The prose as body; titles, labels and codes are furniture, which no two rows share as a story."""
        found: list[Passage] = []
        at = 0
        prose = sorted(
            (
                span
                for column in self.body
                if (words := words_of(self.cells, column))
                for span in [self.span(words)]
            ),
            key=lambda span: span.start,
        )
        for span in prose:
            if at < span.start:
                found.append(Passage(kind=PassageKind.FURNITURE, span=Span(start=at, end=span.start)))
            found.append(Passage(kind=PassageKind.BODY, span=span))
            at = span.end
        if at < len(self.text):
            found.append(Passage(kind=PassageKind.FURNITURE, span=Span(start=at, end=len(self.text))))
        return tuple(found)
