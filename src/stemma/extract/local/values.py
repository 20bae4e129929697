"""The values of a claim that are read from its words: time, place, counts. Odd words stop no coding."""

from __future__ import annotations

import datetime

from stemma.extract.value import NO_DAY, OUT_OF_RANGE, REVERSED, Told, locate_place, read_count, read_when
from stemma.model import Count, Counted, Note, Place, Span, Time

WHY_EMPTY = {
    NO_DAY: "name a day that is in no calendar",
    OUT_OF_RANGE: "name a year before 1582 or after 2100",
    REVERSED: "end before they begin",
}
"""What a reader is told where time words are left without an interval.

Words that only lack a day to count from have none: the note `no-date` of the report says so."""
CONTEXT = 60_000
"""Characters around a place, ten thousand words, whose other places say in which country it lies."""
BEFORE = 25
"""Characters before a count that may bound it: "at least", "more than"."""


def time_of(
    span: Span,
    text: str,
    anchor: datetime.date | None,
    sentence: Span | None = None,
    told: Told | None = None,
) -> tuple[Time, tuple[Note, ...]]:
    """The time that the words at `span` say; with a note and no interval where that makes no sense.

    `sentence` holds the words; `told` is what was told before them, for "the next day".
    """
    words = span.of(text)
    try:
        found = read_when(words, anchor, around=sentence.of(text) if sentence else "", told=told)
        start, end, reason = found.start, found.end, found.reason
        if start and end and start[: len(end)] > end[: len(start)]:
            reason = REVERSED
        if reason in WHY_EMPTY:
            return Time(text=words, span=span), (unclear(words, WHY_EMPTY[reason]),)
        return Time(text=words, start=start, end=end, span=span, edtf=found.edtf, anchor=found.anchor), ()
    except (ValueError, OverflowError):
        return Time(text=words, span=span), (unclear(words, "give no interval"),)


def unclear(words: str, why: str) -> Note:
    """The note on time words that have no interval."""
    return Note(code="time-unclear", text=f"The time is said in words that {why}: {words!r}.")


def count_of(span: Span, text: str, what: Counted, entity: str | None) -> tuple[Count, tuple[Note, ...]]:
    """The count that the words at `span` say; with a note and no range where that makes no sense."""
    words = span.of(text)
    try:
        low, high = read_count(words, text[max(0, span.start - BEFORE) : span.start], what)
        if low is not None and high is not None and low > high:
            raise ValueError("the least is more than the most")
        return Count(entity=entity, what=what, text=words, low=low, high=high, span=span), ()
    except (ValueError, OverflowError):
        note = Note(code="count-unclear", text=f"The count is said in words that give no range: {words!r}.")
        return Count(entity=entity, what=what, text=words, span=span), (note,)


def place_of(span: Span, text: str) -> Place:
    """The place that the words at `span` name, with its name, country and point where they are known."""
    low, high = context_of(span.start, len(text))
    return locate_place(span.of(text), text[low:high], span.start - low, span)


def context_of(at: int, length: int) -> tuple[int, int]:
    """The part of a text of `length` characters whose places count for the words at `at`.

    The whole of any but a long report: each place is weighed against all others around it, and their
    number would grow with the square of the length. Neighbours share a part, which is read once.
    """
    if length <= CONTEXT:
        return 0, length
    step = CONTEXT // 2
    low = max(0, (at // step) * step - step // 2)
    return low, min(length, low + CONTEXT)
