"""Named wars and well-known days from which reports count: our own table, its dates with their grounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from stemma.lexicon import read_rows, split_list


@dataclass(frozen=True, slots=True)
class NamedTime:
    """What a name in a report says of time: ISO dates at the precision that is told, the end null where open.

    `is_war`: it lasts, so that "since" counts from its end once it is over.
    """

    start: str
    end: str | None
    is_war: bool
    ground: str


@cache
def named_times() -> MappingProxyType[str, NamedTime]:
    """Names in small letters -> what they say of time; no name has two rows."""
    found: dict[str, NamedTime] = {}
    for row in read_rows("anchors.csv"):
        time = NamedTime(row["start"], row["end"] or None, row["sort"] == "war", row["ground"])
        found.update(dict.fromkeys(split_list(row["words"]), time))
    return MappingProxyType(found)
