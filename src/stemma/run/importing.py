"""Files of other tools brought into a casebook, into the user's lexicon, or into a list of addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stemma.importing import (
    ActorRow,
    Address,
    AnnotatedText,
    Entry,
    ImportOptions,
    Kind,
    read_import,
)
from stemma.importing.events import VERSION
from stemma.importing.formats import find_importer
from stemma.lexicon import LIST_SEPARATOR
from stemma.lexicon.actors import find_actors
from stemma.lexicon.own_actors import write_own_rows
from stemma.model import Refusal, Report, hash_bytes
from stemma.names.actor import forget_actors
from stemma.run.annotations import Judging, judge_text
from stemma.run.pipeline import add_reports
from stemma.settings import Settings
from stemma.store.protocol import Outcome, Store


@dataclass(slots=True)
class Imported:
    """What an import did. `new` and `known` count what `what` names; `refused` are lines for a person."""

    what: str
    new: int = 0
    known: int = 0
    claims: int = 0
    notes: list[str] = field(default_factory=list)


def import_rows(
    store: Store, format: str, paths: Sequence[str], done: Imported, options: ImportOptions | None = None
) -> Iterator[Refusal]:
    """Puts each row of a dataset into the casebook as a report with its claim; gives what was refused.

    A row whose event is known with the same cells changes nothing; one with other cells is a later version.
    """
    options = options or ImportOptions()
    for path in paths:
        for item in read_import(format, Path(path), options):
            if isinstance(item, Refusal):
                yield item
            elif isinstance(item, Entry):
                outcome = store.add(item.report, item.document, item.coding, unit_of_row(item))
                done.new += outcome is not Outcome.KNOWN
                done.known += outcome is Outcome.KNOWN
                done.claims += len(item.coding.claims) if outcome is not Outcome.KNOWN else 0


def unit_of_row(entry: Entry) -> str:
    """The unit of work of a row: its bytes, the importer and its version."""
    parts = (entry.report.bytes_hash(), entry.coding.engine or "", VERSION)
    return hash_bytes("\0".join(parts).encode())


def import_reports(
    store: Store, format: str, paths: Sequence[str], done: Imported, settings: Settings, *, workers: int = 1
) -> Iterator[Refusal]:
    """Reads the documents of an archive as reports; gives what was refused."""

    def gathered() -> Iterator[Report | Refusal]:
        for path in paths:
            for item in read_import(format, Path(path)):
                if isinstance(item, Report | Refusal):
                    yield item

    for result in add_reports(gathered(), store, settings, workers=workers):
        if isinstance(result, Refusal):
            yield result
            continue
        known = result.outcome is Outcome.KNOWN
        done.known += known
        done.new += not known
        done.claims += result.claims or 0


def import_annotations(
    store: Store, format: str, paths: Sequence[str], done: Imported, *, person: str | None, accept: bool
) -> Iterator[Refusal]:
    """Writes what annotators changed as judgements of theirs; gives what could not be followed.

    `person` goes before who the file says annotated. With `accept`, claims that were left as they are count
    as accepted. The same judgement of the same person, if it stands, is not written twice.
    """
    judging = Judging(store, accept=accept)
    for path in paths:
        for item in read_import(format, Path(path)):
            if isinstance(item, Refusal):
                yield item
            elif isinstance(item, AnnotatedText):
                yield from judge_text(judging, item, person)
    done.new, done.known = judging.new, judging.known
    done.notes += [f"{judging.unchanged:,} claims were left as they are"] if judging.unchanged else []


def import_lexicon(format: str, paths: Sequence[str], done: Imported) -> Iterator[Refusal]:
    """Puts actors into the user's own lexicon, file by file; gives what was refused.

    An actor that the program knows by one of these names only gets the others as further names.
    """
    for path in paths:
        rows: dict[str, ActorRow] = {}
        for item in read_import(format, Path(path)):
            if isinstance(item, Refusal):
                yield item
            elif isinstance(item, ActorRow):
                row = _known(item)
                rows[row.name] = _joined(rows[row.name], row) if row.name in rows else row
        if rows:
            new, known = write_own_rows(Path(path).name, [_wire(row) for row in rows.values()])
            done.new, done.known = done.new + new, done.known + known
            forget_actors()


def _known(row: ActorRow) -> ActorRow:
    """The row under the name that the program's own table has for it, where that is one."""
    found = {
        actor.canonical
        for name in (row.name, *row.aliases)
        for actor in find_actors(name)
        if not actor.ground.startswith("your own")
    }
    if len(found) != 1:
        return row
    (canonical,) = found
    names = [name for name in (row.name, *row.aliases) if name != canonical]
    return ActorRow(
        canonical, row.kind, row.country, tuple(names), row.parent, row.start, row.end, row.member_of
    )


def _joined(one: ActorRow, other: ActorRow) -> ActorRow:
    aliases = tuple(dict.fromkeys((*one.aliases, *other.aliases)))
    members = tuple(dict.fromkeys((*one.member_of, *other.member_of)))
    parent = one.parent or other.parent
    return ActorRow(one.name, one.kind, one.country, aliases, parent, one.start, one.end, members)


def _wire(row: ActorRow) -> dict[str, str]:
    return {
        "name": row.name,
        "kind": row.kind,
        "country": row.country,
        "aliases": LIST_SEPARATOR.join(row.aliases),
        "parent": row.parent,
        "start": row.start,
        "end": row.end,
        "member_of": LIST_SEPARATOR.join(row.member_of),
    }


def list_addresses(format: str, paths: Sequence[str], found: list[Address]) -> Iterator[Refusal]:
    """Puts each address once into `found`, in order, with all its codes; gives what was refused."""
    order: dict[str, Address] = {}
    for path in paths:
        for item in read_import(format, Path(path)):
            if isinstance(item, Refusal):
                yield item
            elif isinstance(item, Address):
                before = order.get(item.url)
                order[item.url] = _together(before, item) if before else item
    found += order.values()


def _together(one: Address, other: Address) -> Address:
    days = [day for day in (one.first, other.first) if day]
    return Address(
        one.url,
        tuple(sorted({*one.codes, *other.codes})),
        tuple(dict.fromkeys((*one.events, *other.events))),
        min(days, default=None),
    )


def kind_of(format: str) -> Kind:
    """What becomes of a format; raises `UsageError` for one that is not known."""
    return find_importer(format).kind
