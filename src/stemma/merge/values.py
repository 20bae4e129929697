"""The tolls of an incident: every figure that a report gives, of whom, and which claims carry it."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stemma.merge.facts import Fact
from stemma.merge.tolls import Toll
from stemma.model import Counted

HARMS = (Counted.KILLED.value, Counted.INJURED.value, Counted.CAPTURED.value, Counted.DISPLACED.value)


@dataclass(slots=True)
class Value:
    """One figure in one report. `facts` are the claims that carry it; none where it was not coded."""

    report: str
    kind: str
    whom: str
    number: int
    words: str
    facts: list[Fact]
    title: bool = False
    low: int = 0
    high: int | None = None
    published: datetime.date | None = None

    def agrees(self, other: Value) -> bool:
        """True where both may be meant by one number: `dozens` and `57`."""
        low = max(self.low, other.low)
        return all(value.high is None or low <= value.high for value in (self, other))


def values_of(
    facts: Sequence[Fact], tolls: Iterable[Toll], published: Mapping[str, datetime.date | None]
) -> list[Value]:
    """The figures that the text states, then those that only claims do; none of them twice for a report.

    A figure of which it is not said whom it counts takes the people of an equal figure in the incident,
    else those of the nearest.
    """
    found = [_of_toll(toll, facts) for toll in tolls]
    read = {(value.report, value.kind) for value in found}
    for fact in facts:
        for figure in fact.figures:
            if figure.kind not in HARMS or (fact.at.report, figure.kind) in read:
                continue
            number = figure.low if figure.low is not None else figure.high or 0
            words = f"{number:,}" if figure.low == figure.high else " ".join(figure.text.split())
            found.append(
                Value(
                    fact.at.report,
                    figure.kind,
                    figure.whom or "",
                    number,
                    words,
                    [fact],
                    low=number,
                    high=figure.high,
                )
            )
    for value in found:
        value.published = published.get(value.report)
    _settle_people(found)
    return _once([value for value in found if not _is_part(value, found)])


def _of_toll(toll: Toll, facts: Sequence[Fact]) -> Value:
    carrying = [
        fact
        for fact in facts
        if fact.at.report == toll.report and fact.claim.span and fact.claim.span.overlaps(toll.sentence)
    ]
    exact = [fact for fact in carrying if any(f.low == toll.low for f in fact.figures)]
    return Value(
        toll.report,
        toll.kind,
        toll.whom or "",
        toll.number,
        toll.words,
        exact or carrying,
        toll.title,
        toll.low,
        toll.high,
    )


def _settle_people(values: Sequence[Value]) -> None:
    for value in values:
        if value.whom == "police":
            value.whom = "soldiers"
    told: dict[str, list[Value]] = {}
    equal: dict[tuple[str, int], Counter[str]] = {}
    for value in values:
        if value.whom:
            told.setdefault(value.kind, []).append(value)
        if value.whom not in ("", "people"):
            equal.setdefault((value.kind, value.number), Counter())[value.whom] += 1
    # A bare figure first, since `66 deaths` in a headline may tell of whom the 66 people of the text are.
    bare = [value for value in values if not value.whom]
    for value in bare + [v for v in values if v.whom == "people"]:
        table = equal.get((value.kind, value.number))
        if table is None and not value.whom:
            table = _nearest(value, told.get(value.kind, ()))
        value.whom = max(table, key=lambda whom: (table[whom], whom)) if table else "people"
        if value.whom != "people":
            equal.setdefault((value.kind, value.number), Counter())[value.whom] += 1


def _nearest(value: Value, told: Sequence[Value]) -> Counter[str] | None:
    """Whom the figures nearest to a bare one count: `17 dead` beside 14 people and 3 soldiers are people.

    Nearest by ratio, since tolls of one happening grow; null where no figure says whom it counts.
    """
    apart = {id(other): abs(math.log(max(1, value.number) / max(1, other.number))) for other in told}
    least = min(apart.values(), default=None)
    return None if least is None else Counter(o.whom for o in told if apart[id(o)] == least)


def _is_part(value: Value, values: Sequence[Value]) -> bool:
    """True for a figure that a larger one of the same sentence or report plainly holds: `nine soldiers and
    a corporal` of ten dead, `one more` of eleven."""
    same = [
        other.number
        for other in values
        if other.report == value.report and other.kind == value.kind and other.whom == value.whom
    ]
    largest = max(same)
    if value.number >= largest:
        return False
    return value.number <= 1 or (largest - value.number) in same


def _once(values: Iterable[Value]) -> list[Value]:
    kept: dict[tuple[str, str, str, int], Value] = {}
    for value in values:
        key = (value.report, value.kind, value.whom, value.number)
        if key in kept:
            known = {fact.at for fact in kept[key].facts}
            kept[key].facts += [fact for fact in value.facts if fact.at not in known]
            kept[key].title &= value.title
        else:
            kept[key] = value
    return list(kept.values())
