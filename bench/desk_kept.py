"""A made-up kept record for `bench/desk.py`: circles of four reports, written as `stemma merge` writes them.

Merging itself is measured by `bench/merging.py`; here only what a desk reads of it matters. Claims of one
type in one circle are put together by threes; half of the incidents with a place get a point on the earth, a
tenth of all a dispute.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from stemma.merge import MergeOptions
from stemma.merge.protocol import Held
from stemma.model import (
    ClaimAt,
    ClaimType,
    Dependence,
    Descent,
    Dispute,
    Incident,
    Lineage,
    Origin,
    Origins,
    Place,
    Record,
    Source,
    SourceKind,
    Version,
)
from stemma.run.gist import gist_of
from stemma.run.keeping import maker_of
from stemma.store import Store
from stemma.store.filing import Filed

STORY: Final = 4
"""Reports of a circle."""
TOGETHER: Final = 3
"""Claims of an incident at most."""
AT_ONCE: Final = 100
"""Circles of one transaction."""


def keep_record(store: Store) -> float:
    """Writes circles for all reports that have none; gives the seconds that it took."""
    begin = time.perf_counter()
    numbers = list(store.unfiled())
    given = len(list(store.judgements()))
    chance = random.Random(7)
    circles = [numbers[at : at + STORY] for at in range(0, len(numbers), STORY)]
    for at in range(0, len(circles), AT_ONCE):
        part = circles[at : at + AT_ONCE]
        loaded = store.loaded([number for circle in part for number in circle])
        made, gists = [], []
        for circle in part:
            held = [Held(*loaded[number]) for number in circle]
            record = made_up(held, chance)
            made.append((circle, Record(lineage=record.lineage, incidents=record.incidents)))
            gists.append(gist_of(held, record))
        keys: dict[int, Sequence[int]] = {number: () for circle in part for number in circle}
        store.file(Filed(keys, (), made, given, maker_of(MergeOptions()), gists))
        if at % (20 * AT_ONCE) == 0:
            print(f"{at * STORY:,} reports kept", file=sys.stderr, flush=True)
    return time.perf_counter() - begin


def made_up(held: Sequence[Held], chance: random.Random) -> Record:
    """The record of one circle."""
    ids = [one.report for one in held]
    edges = [
        Dependence(report=later, parent=ids[0], kind=Descent.REWRITES, credited=True, reason="made up")
        for later in ids[1:]
    ]
    return Record(
        codings=tuple(one.coding for one in held),
        lineage=Lineage(dependences=tuple(edges)),
        incidents=tuple(_incidents(held, chance)),
    )


def _incidents(held: Sequence[Held], chance: random.Random) -> Iterator[Incident]:
    alike: dict[ClaimType, list[ClaimAt]] = defaultdict(list)
    claims = {}
    for one in held:
        for claim in one.coding.claims:
            at = ClaimAt(report=one.report, claim=claim.id)
            alike[claim.type].append(at)
            claims[at] = claim
    for kind, own in alike.items():
        for start in range(0, len(own), TOGETHER):
            told = own[start : start + TOGETHER]
            first = claims[told[0]]
            place = next((claims[at].place for at in told if claims[at].place), None)
            if place and chance.random() < 0.5:
                point = {"latitude": chance.uniform(12, 37), "longitude": chance.uniform(36, 50)}
                place = Place.model_validate({**place.model_dump(), **point})
            sources = [source for at in told for source in claims[at].sources[:1]]
            yield Incident(
                id=f"i-{told[0].report.removeprefix('bench/')}-{told[0].claim}",
                type=kind,
                title=f"{kind.value} in {place.text if place else 'no place told'}",
                claims=tuple(told),
                parties={"actor": tuple(name for at in told for name in _names(held, at, claims))[:3]},
                time=first.time,
                place=place,
                origins=_origins(sources, told),
                disputes=(_dispute(told),) if chance.random() < 0.1 else (),
            )


def _names(held: Sequence[Held], at: ClaimAt, claims: dict[ClaimAt, object]) -> list[str]:
    coding = next(one.coding for one in held if one.report == at.report)
    claim = next(one for one in coding.claims if one.id == at.claim)
    table = {entity.id: entity.label for entity in coding.entities}
    return [table[one] for ids in claim.roles.values() for one in ids if one in table][:1]


def _origins(sources: Sequence[Source], told: Sequence[ClaimAt]) -> Origins:
    kind = sources[0].kind if sources else SourceKind.ANONYMOUS
    reports = tuple(dict.fromkeys(at.report for at in told))
    origin = Origin(name="an officer", kind=kind, reports=reports)
    number = min(len(reports), 1 + len(sources))
    return Origins(
        origins=(origin,), low=1, likely=number, high=number + 1, sentence=f"{len(reports)} reports, made up."
    )


def _dispute(told: Sequence[ClaimAt]) -> Dispute:
    reports = tuple(dict.fromkeys(at.report for at in told))
    versions = tuple(
        Version(value=value, claims=tuple(told), reports=reports, origins=("an officer",)) for value in "35"
    )
    return Dispute(attribute="killed", of="people", versions=versions)
