"""An event that happened, as the report says, after the day on which the report came out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from stemma.extract.checks.view import Placed, View, first_day, said
from stemma.model import Note, Status

SLACK: Final = datetime.timedelta(days=1)
"""It is tomorrow already east of the desk that dates a report."""


def find_after_report(view: View) -> Iterator[Placed]:
    """A note for each claim with status actual whose time begins more than a day after the publication."""
    published = view.coding.published
    if published is None or published > datetime.date.max - SLACK:
        return
    latest = (published + SLACK).isoformat()
    for claim in view.held():
        start = first_day(claim.time)
        if claim.time is None or start is None or start <= latest or claim.status is not Status.ACTUAL:
            continue
        text = (
            f"It is told as past, but its time, {said(claim.time)}, lies after the report's date,"
            f" {published}: one of the two is wrong."
        )
        yield claim.id, Note(code="after-report", text=text)
