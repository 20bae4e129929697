"""Partial dates as days: the first and the last day that `2016`, `2016-12` or `2016-12-04` may mean."""

from __future__ import annotations

import calendar
import datetime


def day_of(partial: str | None, *, last: bool) -> datetime.date | None:
    """The first or last day of a partial date; None for none, and for one that no calendar has."""
    if not partial:
        return None
    parts = [int(part) for part in partial.split("-")]
    try:
        if len(parts) == 1:
            parts.append(12 if last else 1)
        if len(parts) == 2:
            parts.append(calendar.monthrange(*parts)[1] if last else 1)
        return datetime.date(*parts)
    except ValueError:
        return None
