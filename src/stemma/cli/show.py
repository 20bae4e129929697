"""`stemma show`: one report with its claims beside their words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.show import Page
    from stemma.store.protocol import Store


@guarded
def show(
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="A report's id in the casebook, or a file to read now.")
    ],
    casebook: Casebook = None,
) -> Status:
    """Show a report with its claims beside the words that carry them."""
    from stemma.cli.consoles import out_console, prepare_streams
    from stemma.cli.draw_page import draw_page

    prepare_streams()
    draw_page(out_console(), _find_page(report, casebook))
    return Status.DONE


def _find_page(report: str, casebook: str | None) -> Page:
    from stemma.errors import CasebookError
    from stemma.run.api import make_header, open_casebook, read_single
    from stemma.show import make_page

    is_file = casebook is None and Path(report).is_file()
    try:
        with open_casebook(casebook) as store:
            ids = store.report_ids()
            if report in ids or not is_file:
                found = find_report(report, store)
                return make_page(store.document(found), store.coding(found))
    except CasebookError:
        if not is_file:
            raise
    reading = read_single(report, make_header())
    return make_page(reading.document, reading.coding)


def find_report(report: str, store: Store) -> str:
    """The id that `report` names, in full or by its unique last part; raises `UsageError`."""
    from stemma.cli.near import find_near

    ids = store.report_ids()
    if report in ids:
        return report
    ends = [known for known in ids if known.endswith(f"/{report}")]
    if len(ends) == 1:
        return ends[0]
    if ends:
        raise UsageError(f"{report!r} may be {' or '.join(ends[:5])}", where="REPORT", mend="give it in full")
    what = f"no report is called {report!r}{find_near(report, ids)}"
    mend = "`stemma claims` lists the reports" if ids else "the casebook is empty: use `stemma add PATH`"
    raise UsageError(what, where="REPORT", mend=mend)
