"""`stemma judge`, `stemma judgements`, `stemma merge`: a person's verdicts, and the record that follows."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook, Workers
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.model import Judgement
    from stemma.store.protocol import Store


class Verdict(StrEnum):
    """What `stemma judge` takes."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    SAME = "same"
    NOT_SAME = "not-same"
    DEPENDS = "depends"
    NOT_DEPENDS = "not-depends"
    ADD = "add"
    NOTE = "note"
    UNDO = "undo"
    REDO = "redo"


class What(StrEnum):
    """What `stemma judgements` does."""

    LIST = "list"
    CONFLICTS = "conflicts"
    SETTLE = "settle"
    EXPORT = "export"
    IMPORT = "import"


Reviewer = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who judges; your login name unless said.")
]
Because = Annotated[str | None, typer.Option(metavar="WORDS", help="The reason, kept with it.")]


@guarded
def judge(
    verdict: Annotated[Verdict, typer.Argument(help="What is decided.")],
    subject: Annotated[
        str,
        typer.Argument(
            metavar="[SUBJECT]",
            help="REPORT#CLAIM, REPORT#CLAIM/VALUE, REPORT#ENTITY, @NAME, REPORT or an incident's id; "
            "for undo and redo the start of a judgement's hash, or nothing for your last.",
        ),
    ] = "",
    other: Annotated[
        str | None, typer.Argument(metavar="[OTHER]", help="The second of a pair; of an edge the parent.")
    ] = None,
    *,
    value: Annotated[str | None, typer.Option(metavar="JSON", help="What is correct, or is added.")] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="How it depends: copies, rewrites, cites …")
    ] = None,
    because: Because = None,
    reviewer: Reviewer = None,
    casebook: Casebook = None,
) -> Status:
    """Write down a verdict of yours on a claim, a value, two entities, incidents or reports, or an edge."""
    from stemma.cli.consoles import prepare_streams
    from stemma.cli.harmless import harmless
    from stemma.run.api import open_casebook
    from stemma.run.judging import HASH_SHOWN, Asked, read_value
    from stemma.run.judging import judge as write_down

    prepare_streams()
    if not subject and verdict not in (Verdict.UNDO, Verdict.REDO):
        raise UsageError("what is judged?", where="SUBJECT", mend="see `stemma judge --help`")
    asked = Asked(verdict.value, subject, other, read_value(value), kind)
    with open_casebook(casebook) as store:
        made = write_down(store, asked, _person(reviewer), because)
    print(f"{made.content_hash()[:HASH_SHOWN]} {harmless(_told(made))}")
    return Status.DONE


@guarded
def judgements(
    what: Annotated[What, typer.Argument(help="What to do.")] = What.LIST,
    subject: Annotated[
        str | None, typer.Argument(metavar="[FILE|HASH]", help="The file, or the judgement that holds.")
    ] = None,
    *,
    because: Because = None,
    reviewer: Reviewer = None,
    casebook: Casebook = None,
) -> Status:
    """List the judgements; show and settle conflicts between reviewers; exchange them as a file."""
    from stemma.cli.consoles import prepare_streams
    from stemma.run.api import open_casebook
    from stemma.run.judging import settle

    prepare_streams()
    with open_casebook(casebook) as store:
        if what is What.LIST:
            return _list(store)
        if what is What.CONFLICTS:
            return _conflicts(store)
        if not subject:
            raise UsageError("which?", where=what.value, mend=f"stemma judgements {what.value} [FILE|HASH]")
        if what is What.SETTLE:
            _show(settle(store, subject, _person(reviewer), because))
            return Status.DONE
        return _export(store, subject) if what is What.EXPORT else _import(store, subject)


@guarded
def merge(workers: Workers = 1, casebook: Casebook = None) -> Status:
    """Bring the casebook's record up to date: what was added or judged since the last time is merged."""
    from stemma.cli.asking import waiting_aloud
    from stemma.cli.consoles import prepare_streams, say
    from stemma.run.api import open_casebook
    from stemma.run.keeping import bring_up_to_date
    from stemma.settings import Settings

    prepare_streams()
    settings = Settings.from_environment()
    with open_casebook(casebook) as store:
        path = casebook or settings.store.casebook
        try:
            tell = waiting_aloud().tell
            done = bring_up_to_date(store, settings.merge, workers=workers, casebook=path, tell=tell)
        except KeyboardInterrupt:
            say("stopped; what was merged is kept: run the command again to go on")
            return Status.STOPPED
    say(f"{done.filed:,} new or changed; {done.merged:,} reports merged in {done.circles:,} circles")
    return Status.DONE


def _person(reviewer: str | None) -> str:
    from stemma.run.judging import find_person

    return find_person(reviewer)


def _told(judgement: Judgement) -> str:
    value = "" if judgement.value is None else f" {judgement.value}"
    if judgement.verdict in ("undo", "redo"):
        value = f" of {str(judgement.value)[:10]}"
    why = f" ({judgement.reason})" if judgement.reason else ""
    moment = f"{judgement.at:%Y-%m-%d %H:%M}"
    return f"{moment} {judgement.person}: {judgement.verdict} {judgement.subject}{value}{why}"


def _show(judgement: Judgement, tail: str = "") -> None:
    from stemma.cli.harmless import harmless
    from stemma.run.judging import HASH_SHOWN

    print(f"{judgement.content_hash()[:HASH_SHOWN]} {harmless(_told(judgement))}{tail}")


def _list(store: Store) -> Status:
    from stemma.model import standing

    given = list(store.judgements())
    stands = {one.content_hash() for one in standing(given)}
    held = set(store.report_ids())
    from stemma.run.keeping import reports_of

    for one in given:
        tail = ""
        if one.verdict not in ("undo", "redo") and one.content_hash() not in stands:
            tail = "  [undone]"
        elif not reports_of(one) <= held:
            tail = "  [on a report that is not held: kept, not followed]"
        _show(one, tail)
    return Status.DONE


def _conflicts(store: Store) -> Status:
    from stemma.cli.consoles import say
    from stemma.run.judging import conflicts

    found = conflicts(store)
    for number, conflict in enumerate(found, 1):
        print(f"{number}. {conflict.sides[0].subject}")
        for side in conflict.sides:
            _show(side, "  [counts until settled]" if side == conflict.sides[-1] else "")
    say(f"{len(found):,} conflicts" + ("; end one with `stemma judgements settle HASH`" if found else ""))
    return Status.DONE


def _export(store: Store, path: str) -> Status:
    from pathlib import Path

    from stemma.cli.consoles import say
    from stemma.run.judging import export_lines

    lines = list(export_lines(store))
    text = "".join(f"{line}\n" for line in lines)
    if path == "-":
        sys.stdout.write(text)
    else:
        Path(path).write_text(text, "utf-8")
    say(f"{len(lines):,} judgements written")
    return Status.DONE


def _import(store: Store, path: str) -> Status:
    from pathlib import Path

    from stemma.cli.consoles import say
    from stemma.run.judging import import_lines

    if path == "-":
        done = import_lines(store, sys.stdin, "-")
    else:
        with Path(path).open(encoding="utf-8", errors="replace") as lines:
            done = import_lines(store, lines, path)
    for fault in done.faults:
        say(f"stemma: {fault}")
    say(f"{done.new:,} new, {done.known:,} known, {done.elsewhere:,} on reports that are not held: kept")
    return Status.SOME_REFUSED if done.faults else Status.DONE
