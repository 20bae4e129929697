"""Siblings: reports that carry one story of one outlet, which is itself not held."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from stemma.merge.lineage.cues import Force
from stemma.merge.lineage.edges import MOST
from stemma.merge.lineage.order import days_apart
from stemma.merge.lineage.weave import Weaver
from stemma.model import Dispatch

TRANSLATED: Final = 0.5
"""Names and figures in one order, from which on two reports in two languages carry one story of an agency
that both name. Pages of the coded stories: siblings .65, others that both name one agency .15 at most."""

WITHIN_DAYS: Final = 3
"""Days between two reports that carry one dispatch; stories of different days stay apart."""


class Families:
    """Sets of numbers that grow together."""

    def __init__(self) -> None:
        self._up: dict[int, int] = {}

    def top(self, one: int) -> int:
        """The number that stands for the set of `one`."""
        up = self._up.setdefault(one, one)
        while up != one:
            self._up[one] = self._up[up]
            one, up = up, self._up[up]
        return one

    def join(self, one: int, other: int) -> None:
        """Makes one set of the two."""
        one, other = sorted((self.top(one), self.top(other)))
        self._up[other] = one

    def sets(self, numbers: list[int]) -> list[list[int]]:
        """The sets of two or more, each in rising order, in the order of their first numbers."""
        found: dict[int, list[int]] = {}
        for number in sorted(numbers):
            found.setdefault(self.top(number), []).append(number)
        return [members for members in found.values() if len(members) > 1]


def retell_abroad(weaver: Weaver) -> dict[tuple[int, str], int]:
    """Reports that only name an agency but tell what its copy in another language tells: each with that copy.

    The reports count from then on among those that carry the agency's story.
    """
    found: dict[tuple[int, str], int] = {}
    traces = weaver.archive.traces
    for outlet, carriers in weaver.carries.items():
        named = [number for number in weaver.naming.get(outlet, ()) if number not in carriers]
        if not named:
            continue
        both = sorted({*carriers, *named})
        for low, high in _alike(weaver, both):
            for one, other in ((low, high), (high, low)):
                if one in carriers or other not in carriers or (one, outlet) in found:
                    continue
                if traces[one].language != traces[other].language:
                    found[one, outlet] = other
    for (number, outlet), _ in found.items():
        weaver.carries[outlet][number] = MOST
    return found


def find_dispatches(weaver: Weaver) -> Iterator[Dispatch]:
    """The dispatches of the archive, by outlet and first report."""
    traces = weaver.archive.traces
    for outlet in sorted(weaver.carries):
        carriers = sorted(weaver.carries[outlet])
        if len(carriers) < 2:
            continue
        families = Families()
        inside = set(carriers)
        for number in carriers:
            kin = traces[number].kin
            if kin in inside and kin != number:
                families.join(kin, number)
            for one in weaver.near(number):
                if one.number in inside and max(one.share, one.overlap.share_there) >= MOST:
                    families.join(number, one.number)
        for low, high in _alike(weaver, carriers):
            if traces[low].language != traces[high].language:
                families.join(low, high)
        for members in families.sets(carriers):
            yield Dispatch(
                parent=f"outlet:{outlet}",
                reports=tuple(traces[one].report for one in members),
                reason=_reason(weaver, outlet, members),
            )


def _alike(weaver: Weaver, numbers: list[int]) -> Iterator[tuple[int, int]]:
    traces = weaver.archive.traces
    if len({traces[one].language for one in numbers}) < 2:
        return
    for low, high in weaver.likeness.pairs(numbers, 2):
        if (
            traces[low].language == traces[high].language
            or days_apart(traces[low], traces[high]) > WITHIN_DAYS
        ):
            continue
        if weaver.likeness.ordered(low, high) >= TRANSLATED:
            yield low, high


def _reason(weaver: Weaver, outlet: str, members: list[int]) -> str:
    traces = [weaver.archive.traces[one] for one in members]
    days = [trace.day for trace in traces if trace.day is not None]
    when = (
        f", story of {datetime.date.fromordinal(min(days)).isoformat()}" if days else ", story without a date"
    )
    credited = sum(
        any(cue.outlet == outlet and cue.force > Force.PICTURE for cue in trace.cues) for trace in traces
    )
    return f"{outlet}{when}, not held; {len(members)} reports carry it, {credited} name it"
