"""What a team needs: roles, the audit log, backups, verifying, moving and migrating."""

from __future__ import annotations

from typing import Annotated

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook
from stemma.errors import UsageError


@guarded
def audit(
    *,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Acts of this person only.")] = None,
    act: Annotated[
        str | None, typer.Option(help="Acts of this kind only: add, judge, undo, export, role …")
    ] = None,
    casebook: Casebook = None,
) -> Status:
    """List who did what, and when, oldest first."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.cli.harmless import harmless
    from stemma.run.api import open_casebook

    prepare_streams()
    with open_casebook(casebook) as store:
        kept = [
            one
            for one in store.audit()
            if (person is None or person in (one.person, one.login)) and act in (None, one.act)
        ]
    for one in kept:
        who = one.person if one.login in ("", one.person) else f"{one.person} (logged in as {one.login})"
        print(harmless(f"{one.at}  {who}: {one.act} {one.subject} {one.detail}".rstrip()))
    say(f"{len(kept):,} acts")
    return Status.DONE


@guarded
def members(
    person: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Who.")] = None,
    role: Annotated[
        str | None, typer.Argument(metavar="[ROLE]", help="reader, reviewer, owner; or none.")
    ] = None,
    *,
    login: Annotated[
        str | None, typer.Option(metavar="USER", help="That person's user in the database, if another.")
    ] = None,
    casebook: Casebook = None,
) -> Status:
    """List who may do what, or give a person a role."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.cli.harmless import harmless
    from stemma.run.api import open_casebook
    from stemma.run.teams import name_of
    from stemma.store import Member, Role

    prepare_streams()
    with open_casebook(casebook) as store:
        if person is not None and role is None:
            raise UsageError("which role?", where=person, mend="reader, reviewer, owner or none")
        if person is not None and role == "none":
            store.drop_member(name_of(person))
        elif person is not None:
            if role not in list(Role):
                raise UsageError(f"{role} is no role", where="ROLE", mend="reader, reviewer, owner or none")
            store.set_member(Member(name_of(person), Role(str(role)), login))
        known = store.members()
    for one in known:
        print(harmless(f"{one.role.value:9} {one.person}" + (f" (user {one.login})" if one.login else "")))
    if not known:
        say("no members: everybody who can open this casebook may do all")
    return Status.DONE


@guarded
def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The new file.")],
    *,
    casebook: Casebook = None,
) -> Status:
    """Write the whole casebook into one new file, while others go on working."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.run.api import open_casebook
    from stemma.run.teams import back_up

    prepare_streams()
    with open_casebook(casebook) as store:
        found = back_up(store, file)
    for line in found.wrong:
        say(f"stemma: {line}")
    say(f"{_counted(found.counts)} in {file}; head {found.head}")
    return Status.SOME_REFUSED if found.wrong else Status.DONE


@guarded
def restore(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A backup.")],
    *,
    casebook: Casebook = None,
) -> Status:
    """Make a new casebook from a backup, which is checked first and stays as it is."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.run import teams
    from stemma.settings import Settings
    from stemma.store.options import shown

    prepare_streams()
    target = casebook or Settings.from_environment().store.casebook
    found = teams.restore(file, target)
    say(f"{_counted(found.counts)} restored to {shown(target)}; head {found.head}")
    return Status.DONE


@guarded
def verify(
    head: Annotated[
        str, typer.Option(metavar="HASH", help="A head noted down earlier: it must be in the chain.")
    ] = "",
    *,
    casebook: Casebook = None,
) -> Status:
    """Say whether any report, document, coding or judgement was changed since it was entered."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.cli.harmless import harmless
    from stemma.run.api import open_casebook

    prepare_streams()
    with open_casebook(casebook) as store:
        found = store.verify(head)
    for line in found.wrong:
        print(harmless(line))
    say(f"{_counted(found.counts)}; {len(found.wrong):,} faults; head {found.head}")
    return Status.SOME_REFUSED if found.wrong else Status.DONE


@guarded
def move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A casebook: a file or an address.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new one: a file or an empty database.")],
) -> Status:
    """Copy a casebook from a file into a database, or back; the copy is compared row by row."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.run import teams
    from stemma.store.options import shown

    prepare_streams()
    counts = teams.move(source, target)
    rows = sum(counts.values())
    say(f"{counts['reports']:,} reports, {counts['judgements']:,} judgements, {rows:,} rows in all, compared")
    say(f"{shown(target)} is ready; {shown(source)} stays as it was")
    return Status.DONE


@guarded
def migrate(
    to: Annotated[
        str | None, typer.Option("--to", metavar="VERSION", help="A casebook version: 0003; else the newest.")
    ] = None,
    *,
    casebook: Casebook = None,
) -> Status:
    """Bring a casebook to another version, up or down."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.run import teams
    from stemma.settings import Settings

    prepare_streams()
    named = casebook or Settings.from_environment().store.casebook
    before, after = teams.migrate(named, to)
    say(f"version {after} already" if before == after else f"version {before} is now {after}")
    return Status.DONE


def _counted(counts: dict[str, int]) -> str:
    names = {"version": "reports", "document": "documents", "coding": "codings", "judgement": "judgements"}
    return ", ".join(f"{counts.get(kind, 0):,} {name}" for kind, name in names.items())
