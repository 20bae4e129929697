"""Saving what a page shows: every table as CSV, every picture as SVG and PNG.

A table is saved by the desk, at the page's own address with `format=csv`:

    if wants_csv(request):
        return csv_answer("stories", COLUMNS, rows)        # rows of plain values, in the order of COLUMNS

    {% from "saving.html" import save_table, save_picture with context %}
    {{ save_table(with_query(filters.query(), format="csv")) }}

A picture is saved by the browser, from the inline SVG that it shows (`static/saving.js`, loaded by the page):

    {% block head %}<script type="module" src="{{ asset('saving.js') }}"></script>{% endblock %}
    <svg id="network-picture" …>                           {# give it an id, width, height and viewBox #}
    {{ save_picture("network-picture", "network") }}       {# the buttons; "network" is the file's name #}

Styles come from `desk.css` (the desk's policy lets no style stand in a page): the script writes them into the
saved file. What carries the class `unsaved` is left out of it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stemma.desk.asking import word
from stemma.export.sheets import Cell, Sheet

_UNFIT: Final = re.compile(r"[^a-z0-9-]+")
_LONGEST: Final = 80


class _Kept(io.BytesIO):
    """A file whose bytes can be had after the sheet has closed it."""

    kept = b""

    def close(self) -> None:
        if not self.closed:
            self.kept = self.getvalue()
        super().close()


def wants_csv(request: Request) -> bool:
    """True where the address asks for the table as a file. Raises `AskingError` for another format."""
    return word(request, "format", ("csv",)) == "csv"


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as CSV (UTF-8, RFC 4180), safe to open in a spreadsheet."""
    kept = _Kept()
    with Sheet(kept, columns) as sheet:
        for row in rows:
            sheet.write(row)
    return kept.kept


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The table as a file to save, `NAME.csv`."""
    header = {"Content-Disposition": f'attachment; filename="{file_name(name)}.csv"'}
    return Response(csv_bytes(columns, rows), media_type="text/csv; charset=utf-8", headers=header)


def file_name(name: str) -> str:
    """A name that every system takes for a file: small letters, digits and hyphens, never empty."""
    return _UNFIT.sub("-", name.lower()).strip("-")[:_LONGEST] or "stemma"
