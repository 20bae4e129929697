"""Which values of a record a format shows: each is changed in turn, and the files are compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from full_record import full_wire
from pydantic import ValidationError
from round_trip import Files

from stemma.export.options import ExportOptions
from stemma.export.protocol import Format, Loss, Stock
from stemma.model import (
    Certainty,
    ClaimType,
    Counted,
    Descent,
    EntityKind,
    Record,
    SourceKind,
    Status,
)

CLOSED = (ClaimType, Status, Certainty, Counted, EntityKind, SourceKind, Descent)
DATES = ("2020-03-04", "2022-05-06T00:00:00Z")

FREE = (
    "shooting",
    "kidnap",
    "police gas rape strike",
    "Reuters",
    "the army",
    "dozens",
    "e1",
    "e3",
    "i9",
    "c2",
)
"""What a free text may become, besides itself with a word more: words that decide a code somewhere."""


def event_wire() -> dict[str, Any]:
    """The full record with events that happened, so that event formats have rows for them.

    There are two, with two parties on a side and two counts; the place of the second has no canonical name.
    """
    wire: dict[str, Any] = json.loads(json.dumps(full_wire()))
    coding, incident = wire["codings"][0], wire["incidents"][0]
    guard = {"id": "e5", "kind": "group", "names": ["Valley Guard"], "canonical": None, "mentions": []}
    coding["entities"].append(guard)
    claim = coding["claims"][0]
    claim |= {"status": "actual", "negated": False, "trigger": "reportedly killed"}
    claim["roles"]["actor"] = ["e1", "e5"]
    claim["counts"].append({**claim["counts"][0], "entity": "e1", "text": "three", "low": 3, "high": 3})
    other = json.loads(json.dumps(claim))
    other |= {"id": "c3"}
    other["place"]["canonical"] = None
    coding["claims"].append(other)
    incident["parties"]["actor"] = ["Tolvar Free Front", "Valley Guard"]
    incident["origins"]["origins"][0]["held"] = True
    second = json.loads(json.dumps(incident))
    second |= {"id": "i3", "claims": [{"report": "herald/1", "claim": "c3"}]}
    second["place"]["canonical"] = None
    wire["incidents"].append(second)
    return wire


def written_bytes(format: Format, record: Record) -> dict[str, bytes]:
    """All files of an export, once with rows from incidents and once from claims."""
    found = {}
    for claims in (False, True):
        files = Files()
        format.write(Stock.of(record), files, ExportOptions(claims=claims))
        found |= {f"{claims}{name}": file.getvalue() for name, file in files.files.items()}
    return found


def values_of(wire: Any, path: str = "", at: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each value on the wire: its path without indices, and the way to it."""
    if isinstance(wire, dict) and path != "judgements.value":
        for name, below in wire.items():
            yield from values_of(below, f"{path}.{name}".lstrip("."), (*at, name))
    elif isinstance(wire, list) and path != "judgements.value":
        for index, below in enumerate(wire):
            yield from values_of(below, path, (*at, index))
    else:
        yield path, at


def changes(wire: Any, at: tuple[Any, ...]) -> Iterator[Record]:
    """The record with another value there, in every valid way that we try."""
    here: Any = wire
    for step in at[:-1]:
        here = here[step]
    value = here[at[-1]]
    for other in _others(value):
        if other == value:
            continue
        changed = json.loads(json.dumps(wire))
        spot: Any = changed
        for step in at[:-1]:
            spot = spot[step]
        spot[at[-1]] = other
        try:
            record = Record.from_wire(changed)
        except ValidationError:
            continue
        yield record


def _others(value: Any) -> Sequence[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, float):
        return [value + 1, value / 2, 0, 1, 2, 3]
    if isinstance(value, int):
        return [value + 1, 0, 1, 2, 3]
    if not isinstance(value, str):
        return ["e1", {"other": 1}]
    closed = [str(word) for words in CLOSED if value in set(words) for word in words]
    if closed:
        return closed
    if value[:4].isdigit():
        return DATES
    if len(value) == 64:
        return ["cd" * 32]
    return ["AF"] if len(value) == 2 and value.isupper() else [f"{value} altered", *FREE]


@cache
def shown(format: Format) -> dict[str, bool]:
    """Each path of the record, and whether any change there changes a file."""
    wire = event_wire()
    base = written_bytes(format, Record.from_wire(wire))
    found: dict[str, bool] = {}
    for path, at in values_of(wire):
        found.setdefault(path, False)
        if not found[path]:
            found[path] = any(written_bytes(format, record) != base for record in changes(wire, at))
    return found


def fate(losses: Sequence[Loss], path: str) -> str:
    """`kept`, `part` or `lost`, as the most particular loss says."""
    over = [loss for loss in losses if path == loss.value or path.startswith(loss.value + ".")]
    if not over:
        return "kept"
    return "part" if max(over, key=lambda loss: len(loss.value)).part else "lost"
