"""`stemma desk`: the web desk on a casebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook

if TYPE_CHECKING:
    from stemma.store import Store


@guarded
def desk(
    *,
    casebook: Casebook = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes any free one.")
    ] = 8642,
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="Whose judgements these are.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    judged: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER", help="Write the reports judged whole there, for `make train`; no desk."
        ),
    ] = None,
    share: Annotated[
        str | None, typer.Option(metavar="HOST", help="Listen on this address of the machine; needs --users.")
    ] = None,
    users: Annotated[
        str | None, typer.Option(metavar="FILE", help="Who may come: one NAME SECRET a line.")
    ] = None,
    idle: Annotated[
        float, typer.Option(min=1, help="Minutes without a request after which a shared desk signs out.")
    ] = 120,
    longest: Annotated[
        float, typer.Option(min=0.1, help="Hours after which a shared desk signs out anyway.")
    ] = 12,
) -> Status:
    """Open the web desk: read reports with their claims, judge them with the keyboard."""
    import getpass

    from stemma.cli.consoles import prepare_streams, say
    from stemma.desk.options import LOOPBACK, DeskOptions
    from stemma.desk.serving import new_token, serve
    from stemma.desk.users import plain_name, read_users
    from stemma.errors import UsageError
    from stemma.run.api import open_casebook
    from stemma.settings import Settings

    prepare_streams()
    if (share is None) is not (users is None):
        raise UsageError(
            "a shared desk needs both", where="--share, --users", mend="stemma desk --share HOST --users FILE"
        )
    try:
        name = plain_name(reviewer or _login(getpass.getuser))
    except ValueError as error:
        raise UsageError(str(error), where="--reviewer") from error
    file = Path(casebook or Settings.from_environment().store.casebook)
    with open_casebook(casebook) as store:
        if judged is not None:
            _write_judged(store, judged, plain_name(reviewer) if reviewer else None)
            return Status.DONE
        options = DeskOptions(
            token=new_token(),
            host=share or LOOPBACK,
            port=port,
            reviewer=name,
            users=read_users(Path(users)) if users else {},
            users_file=Path(users).absolute() if users else None,
            idle=idle * 60,
            longest=longest * 3600,
        )

        def tell(addresses: list[tuple[str, str]]) -> None:
            for person, address in addresses:
                typer.echo(f"{person}: {address}" if options.users else address)
            if options.users:
                say(f"each address opens the desk once, within {longest:g} hours; later, sign in there")
            say("the desk is open; Ctrl-C closes it")

        serve(store, file.name, options, browser=browser, tell=tell)
    return Status.DONE


def _write_judged(store: Store, folder: str, person: str | None) -> None:
    from stemma.cli.consoles import say
    from stemma.desk.book import JudgementBook
    from stemma.desk.gold import judged_reports, write_gold

    book = JudgementBook(store)
    book.refresh()
    count = write_gold(Path(folder), judged_reports(store, book, person))
    say(f"{count} judged report(s) written to {folder}")


def _login(ask: object) -> str:
    """The name of whoever is logged in; a machine without one has a reviewer all the same."""
    try:
        return str(ask()) if callable(ask) else ""
    except (OSError, KeyError, ImportError):
        return "reviewer"
