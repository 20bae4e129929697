"""JSON lines: the wire form of everything, one object a line; the one format that loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from stemma.export.options import ExportOptions
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.model import Noun

CODINGS: Final = "codings"


class JsonlFormat:
    """The record on the wire."""

    name = "jsonl"
    description = (
        "The whole record as JSON lines in its wire form, for programs, jq and later reading by Stemma."
    )
    suffix = ".jsonl"
    tables: tuple[str, ...] = (CODINGS, "lineage", "incidents", "judgements")
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """Nothing is lost."""
        return ()

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes a file of lines for each of the four parts, or for the one that the options name."""
        numbers = {}
        for name in (options.table,) if options.table else self.tables:
            number = 0
            with target.open("" if options.table else f"{name}.jsonl") as file:
                for noun in _nouns(stock, name):
                    file.write(noun.wire_json().encode("utf-8", "backslashreplace") + b"\n")
                    number += 1
            numbers[name] = number
        return Written(numbers[options.table or CODINGS])


def _nouns(stock: Stock, name: str) -> Iterator[Noun]:
    parts: dict[str, Iterable[Noun]] = {
        CODINGS: stock.codings,
        "lineage": [stock.lineage],
        "incidents": stock.incidents,
        "judgements": stock.judgements,
    }
    yield from parts[name]
