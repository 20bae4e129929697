"""A value listed as lost is in no file of the format, and every other is: told by changing it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import islice

import pytest
from full_record import full_document
from mutations import changes, event_wire, fate, values_of
from round_trip import Files

from stemma.export.graph_formats import graph_formats
from stemma.export.options import ExportOptions
from stemma.export.protocol import Format, Stock
from stemma.model import Record

FORMATS = graph_formats()
SPOTS = 3
"""So many values of one path are changed, each so often."""


@cache
def variants() -> dict[str, list[Record]]:
    wire = event_wire()
    found: dict[str, list[Record]] = defaultdict(list)
    spots: dict[str, int] = defaultdict(int)
    for path, at in values_of(wire):
        spots[path] += 1
        if spots[path] <= SPOTS:
            found[path] += islice(changes(wire, at), SPOTS)
    # Of all ends of an interval only its start is told apart where a format says how precise a time is.
    time = wire["codings"][0]["claims"][0]["time"]
    time["end"] = time["start"]
    found["codings.claims.time.end"].append(Record.from_wire(wire))
    return found


def content(format: Format, record: Record) -> dict[str, bytes]:
    files = Files()
    document = full_document()
    format.write(Stock.of(record, lambda _: document), files, ExportOptions())
    return {name: file.getvalue() for name, file in files.files.items()}


REPEATED = {("brat", "codings.entities.mentions.text")}
"""The words of a mention are those of the document at its place: brat has them from there."""


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS, ids=lambda one: one.name)
def test_what_is_listed_as_lost_is_lost_and_nothing_else(format: Format) -> None:
    base = content(format, Record.from_wire(event_wire()))
    losses = format.losses()
    wrong = {}
    for path, records in variants().items():
        if not records or (format.name, path) in REPEATED:
            continue
        shows = any(content(format, record) != base for record in records)
        if shows is (fate(losses, path) == "lost"):
            wrong[path] = "shown" if shows else "not shown"
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS, ids=lambda one: one.name)
def test_no_loss_is_listed_twice_or_covers_nothing(format: Format) -> None:
    listed = [loss.value for loss in format.losses()]
    assert len(set(listed)) == len(listed)
    paths = set(variants())
    assert [v for v in listed if not any(p == v or p.startswith(v + ".") for p in paths)] == []
