"""An event of a dataset -> a report with its text and its claim, every value with its place in the text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stemma.importing.composing import RowText, Words
from stemma.importing.options import ImportOptions
from stemma.importing.protocol import Entry
from stemma.importing.reading import CellError, read_table, refuse_cell
from stemma.lexicon.outlets import find_outlet
from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Count,
    Counted,
    Document,
    Entity,
    EntityKind,
    Header,
    Mention,
    Place,
    Precision,
    Refusal,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Time,
)
from stemma.names import is_unnamed

ENGINE = "import"
"""The start of the engine's name in codings made of a dataset's rows: `import acled`."""

VERSION = "1"
"""To be counted up with every change of what importers make of a row."""

_NOBODY = ("undisclosed source", "unknown", "anonymous", "not known")


@dataclass(frozen=True, slots=True)
class Side:
    """A party of an event, in the role that it has."""

    words: Words
    kind: EntityKind
    role: Role


@dataclass(frozen=True, slots=True)
class Dead:
    """Deaths: from the cell `first` to the cell `last`, with the label where these are several.

    `of` is the number of a side, or words of a label.
    """

    first: str
    last: str
    low: int
    high: int
    of: int | str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place as given: its name, and what the other cells say of it."""

    words: Words
    canonical: str = ""
    country: str | None = None
    admin1: str = ""
    point: tuple[float, float] | None = None
    precision: Precision | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One row of a dataset as it was understood.

    `id` and `dataset` name it, `format` is the importer's name. `trigger` are the words that name what was
    done, a stretch of a cell or of the title. `days` are first and last day as partial dates, `when` the
    words from which to which they stand. `sources` is the chain by steps, the ultimate first: those of one
    step stand beside each other. `evidence` is the cell that carries the claim, else the title.
    """

    format: str
    dataset: str
    id: str
    text: RowText
    type: ClaimType
    mode: str | None
    trigger: Words | str
    days: tuple[str, str]
    when: tuple[Words, Words]
    sides: Sequence[Side] = ()
    where: Where | None = None
    dead: Sequence[Dead] = ()
    sources: Sequence[Sequence[Words]] = ()
    evidence: Words | None = None
    published: datetime.date | None = None
    headline: str | None = None
    language: str | None = None


def entries_of(
    path: Path,
    options: ImportOptions,
    needed: Sequence[str],
    event_of: Callable[[Mapping[str, str]], Event],
    delimiters: str = ",;\t",
) -> Iterator[Entry | Refusal]:
    """An entry for each row of a table; a row that `event_of` cannot read is a refusal of its own."""
    for row in read_table(path, options, needed, delimiters):
        if isinstance(row, Refusal):
            yield row
            continue
        try:
            yield entry_of(event_of(row.cells), row.where)
        except CellError as error:
            yield refuse_cell(row.where, error)


def entry_of(event: Event, address: str) -> Entry:
    """The report, document and coding of an event; equal events give equal ones."""
    text = event.text.text
    report = Report(
        id=f"{event.format}/{event.id}",
        address=address,
        media_type="text/plain",
        content=text.encode(),
        charset="utf-8",
        header=Header(outlet=event.dataset, title=event.headline, published=event.published),
    )
    document = Document(
        report=report.id,
        report_hash=report.bytes_hash(),
        text=text,
        passages=event.text.passages,
        title=event.headline or event.text.title,
        outlet=event.dataset,
        published=event.published,
        language=event.language or "en",
    )
    entities, ids = _entities(event)
    coding = Coding(
        report=report.id,
        outlet=event.dataset,
        published=event.published,
        entities=tuple(entities.values()),
        claims=(_claim(event, ids),),
        title=document.title,
        language=document.language,
        document_hash=document.content_hash(),
        engine=f"{ENGINE} {event.format}",
        engine_version=VERSION,
    )
    return Entry(report, document, coding)


def _entities(event: Event) -> tuple[dict[str, Entity], list[str]]:
    """The entities by id, and the id of each side; who is named twice is one."""
    entities: dict[str, Entity] = {}
    known: dict[tuple[str, EntityKind], str] = {}
    ids: list[str] = []
    labelled = [dead for dead in event.dead if isinstance(dead.of, str)]
    for side in event.sides:
        key = (side.words.text.casefold(), side.kind)
        number = known.setdefault(key, f"e{len(known) + 1}")
        ids.append(number)
        span = event.text.span(side.words)
        mention = Mention(text=side.words.text, span=span, kind=side.kind)
        old = entities.get(number)
        mentions = (*old.mentions, mention) if old else (mention,)
        entities[number] = Entity(id=number, kind=side.kind, names=(side.words.text,), mentions=mentions)
    for dead in labelled:
        # The label says who: `deaths_civilians`, whichever cell holds the figure.
        span_of = event.text.label(f"deaths_{dead.of}", str(dead.of))
        if span_of:
            mention = Mention(text=str(dead.of), span=span_of, kind=EntityKind.PEOPLE)
            entities[f"{dead.of}"] = Entity(
                id=f"{dead.of}", kind=EntityKind.PEOPLE, names=(str(dead.of),), mentions=(mention,)
            )
    return entities, ids


def _claim(event: Event, ids: Sequence[str]) -> Claim:
    row = event.text
    trigger = row.in_title(event.trigger) if isinstance(event.trigger, str) else row.span(event.trigger)
    span = row.span(event.evidence) if event.evidence else Span(start=0, end=len(row.title))
    roles: dict[Role, list[str]] = {}
    spans: dict[Role, list[Span]] = {}
    for side, party in zip(event.sides, ids, strict=True):
        if party not in roles.setdefault(side.role, []):
            roles[side.role].append(party)
            spans.setdefault(side.role, []).append(row.span(side.words))
    when = row.reach(*event.when)
    return Claim(
        id="c1",
        type=event.type,
        mode=event.mode,
        evidence=span.of(row.text),
        trigger=trigger.of(row.text),
        roles={role: tuple(found) for role, found in roles.items()},
        counts=tuple(_count(event, dead, ids) for dead in event.dead),
        time=Time(text=when.of(row.text), start=event.days[0], end=event.days[1], span=when),
        place=_place(event),
        sources=tuple(_sources(event)),
        span=span,
        trigger_span=trigger,
        role_spans={role: tuple(found) for role, found in spans.items()},
    )


def _count(event: Event, dead: Dead, ids: Sequence[str]) -> Count:
    row = event.text
    first, last = Words(dead.first, row.cells[dead.first], 0), Words(dead.last, row.cells[dead.last], 0)
    span = row.reach(first, last)
    if dead.first != dead.last:
        span = Span(start=span.start - len(dead.first) - 2, end=span.end)
    whom = ids[dead.of] if isinstance(dead.of, int) else dead.of
    return Count(
        entity=whom,
        what=Counted.KILLED,
        text=span.of(row.text),
        low=dead.low,
        high=dead.high,
        span=span,
    )


def _place(event: Event) -> Place | None:
    where = event.where
    if where is None:
        return None
    return Place(
        text=where.words.text,
        canonical=where.canonical or None,
        country=where.country,
        span=event.text.span(where.words),
        geonames=where.geonames,
        latitude=where.point[0] if where.point else None,
        longitude=where.point[1] if where.point else None,
        admin1=where.admin1 or None,
        precision=where.precision,
        reason=f"as {event.dataset} gives it",
    )


def _sources(event: Event) -> list[Source]:
    found: list[Source] = []
    steps = [step for step in event.sources if step]
    for number, step in enumerate(steps):
        relayed = number + 1 < len(steps)
        for index, words in enumerate(step):
            kind = source_kind(words.text, relayed=relayed)
            found.append(Source(text=words.text, kind=kind, parallel=index > 0, span=event.text.span(words)))
    return found


def source_kind(name: str, *, relayed: bool = False) -> SourceKind:
    """The kind of a source that a dataset names: outlets, before these (`relayed`) bodies and people."""
    if find_outlet(name):
        return SourceKind.OUTLET
    if name.casefold() in _NOBODY or is_unnamed(name) or name.islower():
        return SourceKind.ANONYMOUS
    return SourceKind.ORGANISATION if relayed else SourceKind.OUTLET
