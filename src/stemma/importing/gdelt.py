"""GDELT 2.0: the addresses of the pages that its events and mentions rest on, with their CAMEO codes.

GDELT says which page a program took for an event, and no more; its code is no claim that anybody can check.
So nothing of it goes into a casebook: what comes out is a list of addresses to fetch and read.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from stemma.importing.options import ImportOptions
from stemma.importing.protocol import Address, Kind, Loss
from stemma.importing.reading import flat, refuse
from stemma.model import Refusal

EVENTS: Final = 61
MENTIONS: Final = 16
ID, DAY, CODE, URL = 0, 1, 26, 60
MENTION_ID, MENTION_DAY, MENTION_TYPE, MENTION_URL = 0, 1, 3, 5
WEB: Final = "1"
"""GDELT's MentionType of a page of the web; the others are citations, archives and libraries."""

_CODE = re.compile(r"\d{2,4}")


class GdeltImporter:
    """The export and mentions files of GDELT 2.0, which have no header."""

    name = "gdelt"
    kind = Kind.ADDRESSES
    description = "GDELT 2.0 events and mentions: the addresses of their pages with CAMEO codes, as a list."

    def losses(self) -> tuple[Loss, ...]:
        """What of a row does not come out."""
        return _LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[Address | Refusal]:
        """An address for each row that has one; the same page comes once for each of its rows."""
        csv.field_size_limit(max(csv.field_size_limit(), options.max_cell))
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            # GDELT quotes nothing: a quotation mark in a name is a letter like others.
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            while True:
                where = f"{path}:{rows.line_num + 1}"
                try:
                    cells = next(rows)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield refuse(where, f"the table is broken here ({error})", "mend the line", "broken-csv")
                    continue
                if any(cell.strip() for cell in cells):
                    found = _address(where, [flat(cell) for cell in cells])
                    if found:
                        yield found


def _address(where: str, cells: list[str]) -> Address | Refusal | None:
    if len(cells) == EVENTS:
        url, event, code, when = cells[URL], cells[ID], cells[CODE], cells[DAY]
    elif len(cells) == MENTIONS:
        if cells[MENTION_TYPE] != WEB:
            return None
        url, event, code, when = cells[MENTION_URL], cells[MENTION_ID], "", cells[MENTION_DAY]
    else:
        return refuse(
            where,
            f"it has {len(cells)} cells; GDELT's events have {EVENTS}, its mentions {MENTIONS}",
            "give the file as it was downloaded",
            "ragged-row",
        )
    if not is_web(url):
        column = URL + 1 if len(cells) == EVENTS else MENTION_URL + 1
        return refuse(f"{where}, column {column}", f"{url[:40]!r} is no address of the web", "leave it out")
    if code and not _CODE.fullmatch(code):
        return refuse(f"{where}, column {CODE + 1}", f"{code[:40]!r} is no CAMEO code", "leave it out")
    return Address(url, (code,) if code else (), (event,) if event else (), _day(when))


def is_web(url: str) -> bool:
    """True for a plain address of the web, fit for a list of one address a line."""
    if not url or any(sign.isspace() for sign in url) or len(url) > 4000:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def _day(cell: str) -> datetime.date | None:
    try:
        return datetime.date(int(cell[:4]), int(cell[4:6]), int(cell[6:8]))
    except ValueError:
        return None


_LOSSES: Final = (
    Loss(("all but GLOBALEVENTID, SQLDATE, EventCode and SOURCEURL",), "what a program made of the page"),
    Loss(("all mentions but those of MentionType 1",), "they are no pages of the web"),
)
