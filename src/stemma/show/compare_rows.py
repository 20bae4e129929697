"""A comparison as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stemma.show.compare import Comparison, Difference, Seen, Word

COLUMNS: Final = (
    "part incident event score attribute ours theirs rests_on origins_low origins_high their_sources reasons"
    " our_title their_title"
).split()

Row = tuple[str | float | None, ...]


def rows_of(view: Comparison) -> Iterator[Row]:
    """One row for each difference of a matched pair (one without an attribute where there is none), and one
    for each happening that one of the two has alone."""
    for pair in view.matched:
        sources, reasons = "; ".join(pair.theirs.sources), "; ".join(pair.reasons)
        titles = (pair.ours.title, pair.theirs.title)
        head = ("both", pair.ours.id, pair.theirs.id, pair.score)
        for one in pair.differences:
            said = (one.attribute, one.ours, one.theirs, rests_words(one), one.low, one.high)
            yield (*head, *said, sources, reasons, *titles)
        if not pair.differences:
            yield (*head, "", "", "", pair.origins, None, None, sources, reasons, *titles)
    for part, rows in (("missing here", view.missing_here), ("missing there", view.missing_there)):
        for seen in rows:
            yield _alone(part, seen)


def _alone(part: str, seen: Seen) -> Row:
    here = part == "missing there"
    ids = (seen.id, "") if here else ("", seen.id)
    titles = (seen.title, "") if here else ("", seen.title)
    said = (seen.when, seen.where, seen.killed)
    words = ", ".join(word for word in said if word)
    both = (words, "") if here else ("", words)
    sources = "; ".join(seen.sources)
    return (
        part,
        *ids,
        None,
        "",
        *both,
        sources if here else "",
        None,
        None,
        "" if here else sources,
        "",
        *titles,
    )


def rests_words(one: Difference) -> str:
    """On whose word our value stands: `3 by residents (Lakeside Herald); 5 by Lakeside Herald itself`."""
    return "; ".join(word_words(word) for word in one.rests)


def word_words(word: Word) -> str:
    """One figure with its voices: `3 by residents (Lakeside Herald)`."""
    voices = f"by {' and '.join(word.voices)} ({word.outlet})" if word.voices else f"by {word.outlet} itself"
    return f"{word.value} {voices}".strip()
