"""The voices that a report cites itself: the ultimate sources of its claims that are no outlets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stemma.lexicon.outlets import find_outlet
from stemma.merge.lineage.archive import Trace
from stemma.merge.protocol import Held
from stemma.model import Coding, Dependence, Descent, EntityKind, Source, SourceKind

_PRONOUNS: Final = frozenset(
    "he she they it we i you who that this these those his her their him them one some others".split()
)


def sources_of(held: Held, trace: Trace) -> Iterator[Dependence]:
    """One edge to `source:NAME` for each voice at the end of a chain of the report's claims."""
    done: set[str] = set()
    for claim in held.coding.claims:
        for source in _ultimate(claim.sources):
            name = _name(held.coding, source)
            if not name or name.casefold() in done or find_outlet(name) or trace.own.is_named(name):
                continue
            done.add(name.casefold())
            yield Dependence(
                report=trace.report,
                parent=f"source:{name}",
                kind=Descent.CITES,
                credited=True,
                reason="the last voice of a claim's chain",
                score=round(source.score, 3) if source.score is not None else 0.8,
                cue=source.cue_span or source.span,
            )


def _ultimate(sources: tuple[Source, ...]) -> Iterator[Source]:
    """The first source of each chain and those that stand beside it."""
    for index, source in enumerate(sources):
        if index and not source.parallel:
            return
        if source.kind is not SourceKind.OUTLET:
            yield source


def _name(coding: Coding, source: Source) -> str | None:
    """The name of a source: its entity's, unless that is an outlet or has no name beyond a pronoun."""
    name = " ".join(source.text.split())
    if source.entity:
        entity = next((one for one in coding.entities if one.id == source.entity), None)
        if entity is not None:
            if entity.kind is EntityKind.OUTLET:
                return None
            name = " ".join(entity.label.split())
    return None if name.casefold() in _PRONOUNS else name
