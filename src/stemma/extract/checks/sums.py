"""Parts above their total, and parts that do not make up a total where the words say that they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma.extract.checks.view import Placed, View
from stemma.model import Claim, Count, Counted, Note

INCLUDING: Final = re.compile(
    r"(?i)\b(?:including|includes?|included|among (?:them|whom|the (?:dead|wounded|victims|injured|killed))"
    r"|(?:\w+ )?of (?:them|whom|which|those|these)|comprising|consisting of)\b"
)
"""Words after a total, before its parts."""
OF_THE: Final = re.compile(r"(?i)^\s*(?:\w+\s+){0,2}(?:of|out of|among)\s+(?:the|these|those|a total of)\s*$")
"""Between a part and the total behind it: "12 of the 30"."""
IN_ALL: Final = re.compile(r"(?i)^\W*(?:\w+\W+){0,3}(?:in total|in all|altogether|all told)\b")
TOTAL_OF: Final = re.compile(r"(?i)\b(?:a|the) total of\W*$")
BREAK: Final = re.compile(r"[.;:!?](?:\s|$)|\b(?:while|whereas|but|after|before|since|when)\b", re.I)
"""What ends the list of a total's parts."""
CLOSE: Final = re.compile(r"[)\]]|[–—]|\s--?\s")
"""What closes an insertion: "23 civilians - including nine children - and 16 fighters"."""
LIST_GAP: Final = 60
"""Characters between two parts of one list: "seven women and at least four" has 13; more are clauses."""


@dataclass(frozen=True, slots=True)
class Told:
    """A count where it stands in a sentence."""

    start: int
    end: int
    count: Count
    claim: Claim


def find_wrong_sums(view: View) -> Iterator[Placed]:
    """A note for each part, or sum of parts, that is more than its total, and for a sum that is not it.

    Only counts of one kind (killed, injured …) in one sentence are compared, and only where words of that
    sentence say which is part of which.
    """
    sentences: dict[tuple[str, Counted], list[Told]] = {}
    for claim in view.coding.claims:
        for count in claim.counts:
            start = _place(claim, count)
            if start is not None and not claim.negated:
                told = Told(start, start + len(count.text), count, claim)
                sentences.setdefault((claim.evidence, count.what), []).append(told)
    for (evidence, _), row in sentences.items():
        counts = _one_each(row)
        if len(counts) > 1:
            yield from _above(evidence, counts)
            yield from _unequal(evidence, counts)


def _place(claim: Claim, count: Count) -> int | None:
    if count.span and claim.span and claim.span.covers(count.span):
        return count.span.start - claim.span.start
    match = re.search(rf"(?<!\w){re.escape(count.text)}(?!\w)", claim.evidence)
    return match.start() if match else None


def _one_each(row: list[Told]) -> list[Told]:
    """In text order, each place once: two claims of one sentence may hold the same count."""
    kept: list[Told] = []
    for told in sorted(row, key=lambda told: (told.start, -told.end)):
        if not kept or told.start >= kept[-1].end:
            kept.append(told)
    return kept


def _above(evidence: str, told: list[Told]) -> Iterator[Placed]:
    for k, total in enumerate(told):
        parts = _parts_after(evidence, told, k)
        if k and OF_THE.match(evidence[told[k - 1].end : total.start]):
            parts = [told[k - 1]]
        most = total.count.high
        least = sum(part.count.low or 0 for part in parts)
        if most is None or least <= most:
            continue
        words = " and ".join(f"{part.count.text!r}" for part in parts)
        more = "is" if len(parts) == 1 else "are together"
        overlap = "" if len(parts) == 1 else ", unless they overlap"
        text = f"The part {words} {more} at least {least}, more than the total {total.count.text!r}{overlap}."
        yield parts[-1].claim.id, Note(code="parts-above-total", text=text)


def _parts_after(evidence: str, told: list[Told], k: int) -> list[Told]:
    """The counts of the list that "including" opens right behind a total; empty where nothing does."""
    if k + 1 >= len(told):
        return []
    gap = evidence[told[k].end : told[k + 1].start]
    if not INCLUDING.search(gap) or BREAK.search(gap):
        return []
    parts = [told[k + 1]]
    for following in told[k + 2 :]:
        gap = evidence[parts[-1].end : following.start]
        if len(gap) > LIST_GAP or not _listed(gap):
            break
        parts.append(following)
    return parts


def _listed(gap: str) -> bool:
    """True for "and", or a comma, with a word or two between two counts of one list."""
    if BREAK.search(gap) or INCLUDING.search(gap) or CLOSE.search(gap):
        return False
    return bool(re.search(r"(?:,|\band\b|\bplus\b|as well as)\s*(?:\w+\s+){0,3}$", gap))


def _unequal(evidence: str, told: list[Told]) -> Iterator[Placed]:
    """Two parts and more before "17 in total": the words say that nothing is missing."""
    total = told[-1]
    parts = told[:-1]
    closed = IN_ALL.match(evidence[total.end :]) or TOTAL_OF.search(evidence[: total.start])
    if len(parts) < 2 or not closed or BREAK.search(evidence[parts[0].end : total.start]):
        return
    if any(INCLUDING.search(evidence[: part.start]) for part in parts):
        return
    least = sum(part.count.low or 0 for part in parts)
    most = None if any(part.count.high is None for part in parts) else sum(p.count.high or 0 for p in parts)
    low, high = total.count.low, total.count.high
    if (high is not None and least > high) or (most is not None and low is not None and most < low):
        reach = f"{least}" if least == most else f"{least} to {'…' if most is None else most}"
        text = f"Its parts make up {reach}, and the total is said to be {total.count.text!r}."
        yield total.claim.id, Note(code="parts-unequal-total", text=text)
