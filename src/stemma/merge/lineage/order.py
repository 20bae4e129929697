"""Which of two reports with the same words had them first, and why we think so."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from stemma.merge.lineage.archive import Trace

ADDS: Final = 0.25
"""A report of whose words so much more stand in the other than the other way round is a part of it."""

CITED_WITHIN: Final = 45
"""Days for which a story is cited as news; what is held from before is another story."""

SOON: Final = 5
"""Days within which a story is mostly cited."""

SAME_DAYS: Final = 3
"""Days within which two outlets carry one dispatch."""


@dataclass(frozen=True, slots=True)
class Order:
    """`first` tells whether the first of two reports is the parent; `score` how sure that is, in [0, 1]."""

    first: bool
    reason: str
    score: float


def order_of(
    one: Trace, other: Trace, share_one: float, share_other: float, numbers: tuple[int, int]
) -> Order:
    """Whether `one` is the parent of `other`. `share_one` is the share of its words that `other` has."""
    if one.day is not None and other.day is not None and one.day != other.day:
        older, newer = sorted((one.day, other.day))
        dates = f"{_date(older)} before {_date(newer)}"
        return Order(one.day < other.day, f"dates: {dates}", 0.9)
    if one.house != other.house:
        return Order(one.house, "the parent's byline is its own house's", 0.7)
    if abs(share_one - share_other) >= ADDS:
        return Order(share_one < share_other, "the parent has all of it and more", 0.6)
    if (one.day is None) != (other.day is None):
        return Order(one.day is not None, "only the parent is dated", 0.5)
    return Order(
        numbers[0] < numbers[1], "neither date nor credit nor length tells; order of the reports", 0.4
    )


def may_precede(parent: Trace, child: Trace, slack: int = 0) -> bool:
    """True unless the dates say that `parent` came more than `slack` days after `child`."""
    return parent.day is None or child.day is None or parent.day <= child.day + slack


def days_apart(one: Trace, other: Trace) -> int:
    """The days between two reports; 0 where one has no date."""
    return abs(one.day - other.day) if one.day is not None and other.day is not None else 0


def _date(day: int) -> str:
    return datetime.date.fromordinal(day).isoformat()
