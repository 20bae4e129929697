"""Partial dates (`2016`, `2016-12`) as the first and the last day that they can mean."""

from __future__ import annotations

import calendar


def first_day(date: str) -> str:
    """`2016` is `2016-01-01`, `2016-12` is `2016-12-01`; a full date is itself."""
    return date + "-01-01"[len(date) - 4 :]


def last_day(date: str) -> str:
    """`2016` is `2016-12-31`, `2016-02` is `2016-02-29`; a full date is itself.

    A month that no calendar has (`2016-13`, which an engine may write) ends on its 31st: days are
    compared as text, and nothing may stop an add.
    """
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        year, month = int(date[:4]), int(date[5:])
        days = calendar.monthrange(year, month)[1] if year >= 1 and 1 <= month <= 12 else 31
        return f"{date}-{days:02d}"
    return date
