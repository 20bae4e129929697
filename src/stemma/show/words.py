"""Values as plain words for a reader: when, where, how many, how sure."""

from __future__ import annotations

from stemma.model import Certainty, Claim, Count, Counted, Place, Status, Time

STATUS_WORDS = {
    Status.FUTURE: "planned or announced",
    Status.HYPOTHETICAL: "hypothetical",
}


def interval_words(start: str | None, end: str | None) -> str:
    """`2016-12`, `2016-02 to 2016-03`, `from 2016`, `until 2017-02`; empty where both are open."""
    if start and end:
        return start if start == end else f"{start} to {end}"
    if start:
        return f"from {start}"
    return f"until {end}" if end else ""


def time_words(time: Time) -> str:
    """The words that say when, with the interval: `in December (2016-12)`."""
    interval = interval_words(time.start, time.end)
    text = " ".join(time.text.split())
    if not text:  # a person gave the interval, and no word of the report says it
        return interval
    return f"{text} ({interval})" if interval and interval != text else text


def place_words(place: Place) -> str:
    """The place with its larger units, else the words of the report."""
    return " ".join((place.canonical or place.text).split())


def number_words(low: int | None, high: int | None) -> str:
    """`30`, `24–99`, `at least 30`, `up to 30`, `none`, or empty where both sides are open."""
    if low is not None and high is not None:
        if low == high:
            return f"{low:,}" if low else "none"
        return f"{low:,}–{high:,}"
    if low is not None:
        return f"at least {low:,}"
    return f"up to {high:,}" if high is not None else ""


def count_words(count: Count) -> str:
    """The count as a range, and the words that carry it: `24–99 members (“dozens”)`."""
    number = number_words(count.low, count.high)
    what = "" if count.what is Counted.OTHER else str(count.what)
    text = " ".join(count.text.split())
    words = " ".join(part for part in (number, what) if part)
    if not text:
        return words
    if not words:
        return f"“{text}”"
    bare = text.replace(",", "").casefold()
    return words if bare == number.replace(",", "").casefold() else f"{words} (“{text}”)"


def hedge_words(claim: Claim) -> str:
    """How the report holds back: `reportedly (probable)`, `said not to have happened`; else empty."""
    parts = []
    cue = " ".join(claim.cue.split()) if claim.cue else ""
    if claim.certainty is not Certainty.CERTAIN:
        parts.append(f"{cue} ({claim.certainty})" if cue else str(claim.certainty))
        cue = ""
    if claim.negated:
        denial = "said not to hold" if claim.type.is_tie else "said not to have happened"
        parts.append(f"{denial} (“{cue}”)" if cue else denial)
        cue = ""
    if claim.status in STATUS_WORDS:
        words = STATUS_WORDS[claim.status]
        parts.append(f"{words} (“{cue}”)" if cue else words)
    return "; ".join(parts)


def ended_words(claim: Claim) -> str:
    """Why a tie no longer holds: `no longer (“former”)`; empty for what still holds and for events."""
    ended = claim.type.is_tie and claim.status is Status.ACTUAL and claim.cue
    if not ended or claim.negated or claim.certainty is not Certainty.CERTAIN:
        return ""
    return f"no longer (“{' '.join(str(claim.cue).split())}”)"
