"""The record that a casebook keeps, as an answer: all of it, or what a question concerns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from stemma.errors import CasebookError
from stemma.merge import Held, MergeOptions
from stemma.merge.judgements import apply_judgements
from stemma.model import Dependence, Dispatch, Incident, Lineage, Record
from stemma.run.keeping import FEW, bring_up_to_date, maker_of
from stemma.store.listing import Unmerged
from stemma.store.protocol import Store

ABSENT: Final = ("outlet:", "source:")
"""How parents begin that are no report of the casebook."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who is told why an answer takes long: `note` before it does, `tell` how many of how many are merged."""

    note: Callable[[str], None] = lambda _: None
    tell: Callable[[int, int], None] = lambda done, total: None


def kept_whole(
    store: Store, options: MergeOptions, waiting: Waiting
) -> tuple[Record, tuple[Held, ...]] | None:
    """The record that the casebook keeps, brought up to date first, and the reports as judged.

    So many reports are merged circle by circle (`stemma.run.keeping`), and only what has changed. None for
    one that this person or this moment may not write to: then all is merged anew for this answer.
    """
    state = store.unmerged()
    if state.maker != maker_of(options):
        waiting.note("merging the whole casebook, once; later only what is new (`stemma merge` does it too)")
    elif state.reports or state.judgements:
        waiting.note(f"{_behind(state)} not merged yet: merging now")
    try:
        bring_up_to_date(store, options, tell=waiting.tell)
    except CasebookError as error:
        waiting.note(f"{error.line()}; merging all reports for this answer alone")
        return None
    circles = list(store.merged())
    lineage = Lineage(
        dependences=tuple(edge for one in circles for edge in one.lineage.dependences),
        dispatches=tuple(group for one in circles for group in one.lineage.dispatches),
    )
    incidents = [incident for one in circles for incident in one.incidents]
    return _recorded(store, store.report_ids(), lineage, incidents)


def kept_part(
    store: Store, options: MergeOptions, found: Collection[tuple[str, str]]
) -> tuple[Record, tuple[Held, ...]] | None:
    """The incidents of the kept record that these claims (report, id) are in, with their reports and parents.

    None where the casebook keeps no such record, or one that more than a few reports are missing from: to
    merge those takes longer than to merge what the question concerns.
    """
    state = store.unmerged()
    if state.maker != maker_of(options) or state.reports > FEW or state.judgements > FEW:
        return None
    try:
        bring_up_to_date(store, options)
    except CasebookError:
        return None
    asked = {report for report, _ in found}
    incidents: dict[str, Incident] = {}
    edges: dict[str, tuple[Dependence, ...]] = {}
    dispatches: list[Dispatch] = []
    seen: set[str] = set()
    for report in sorted(asked):
        circle = None if report in seen else store.merged_with(report)
        seen.add(report)
        if circle is None or any(one.id in incidents for one in circle.incidents[:1]):
            continue
        incidents |= {one.id: one for one in circle.incidents}
        seen.update(name for one in circle.incidents for name in one.reports)
        for report_of, some in groupby(circle.lineage.dependences, key=lambda edge: edge.report):
            edges[report_of] = (*edges.get(report_of, ()), *some)
        dispatches += circle.lineage.dispatches
    chosen = [one for one in incidents.values() if any((at.report, at.claim) in found for at in one.claims)]
    # What a chosen incident is part of is named beside it.
    wholes = {one.part_of for one in chosen} - {one.id for one in chosen}
    reports = _with_parents(asked.union(*(one.reports for one in chosen)), edges)
    return _recorded(
        store,
        sorted(reports),
        Lineage(
            dependences=tuple(edge for report in sorted(reports) for edge in edges.get(report, ())),
            dispatches=tuple(dispatches),
        ),
        [*chosen, *(incidents[home] for home in wholes if home in incidents)],
    )


def _with_parents(reports: Collection[str], edges: Mapping[str, Sequence[Dependence]]) -> set[str]:
    """The reports with those that they depend on, as far up as the lineage goes."""
    found, new = set(reports), list(reports)
    while new:
        held = [edge.parent for edge in edges.get(new.pop(), ()) if not edge.parent.startswith(ABSENT)]
        new += [parent for parent in dict.fromkeys(held) if parent not in found]
        found.update(held)
    return found


def _recorded(
    store: Store, reports: Sequence[str], lineage: Lineage, incidents: Sequence[Incident]
) -> tuple[Record, tuple[Held, ...]]:
    judgements = list(store.judgements())
    held = [Held(store.document(report), store.coding(report)) for report in reports]
    judged = tuple(apply_judgements(held, judgements).held)
    record = Record(
        codings=tuple(one.coding for one in judged),
        judgements=tuple(judgements),
        lineage=lineage,
        incidents=tuple(incidents),
    )
    return record, judged


def _behind(state: Unmerged) -> str:
    """`3 reports and 1 judgement are`: what the kept record lacks."""
    parts = [
        f"{number:,} {noun}{'s' if number > 1 else ''}"
        for number, noun in ((state.reports, "report"), (state.judgements, "judgement"))
        if number
    ]
    return f"{' and '.join(parts)} {'is' if state.reports + state.judgements == 1 else 'are'}"
