"""A start after its end, a least above its most."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.extract.checks.view import Placed, View, first_day, last_day
from stemma.model import Note


def find_backwards(view: View) -> Iterator[Placed]:
    """A note for each time that ends before it starts and each count whose least is above its most."""
    for claim in view.coding.claims:
        start, end = first_day(claim.time), last_day(claim.time)
        if claim.time and start and end and start > end:
            text = f"Its time starts on {claim.time.start} and ends before, on {claim.time.end}."
            yield claim.id, Note(code="time-reversed", text=text)
        for count in claim.counts:
            if count.low is not None and count.high is not None and count.low > count.high:
                text = f"The count {count.text!r} is at least {count.low} and at most {count.high}."
                yield claim.id, Note(code="count-reversed", text=text)
