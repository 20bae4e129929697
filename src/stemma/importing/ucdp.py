"""UCDP GED's CSV: each row a report of UCDP's, its event the claim, its sources the chain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from stemma.importing.cells import country_code, day, point, whole
from stemma.importing.composing import RowText, Words, split_words, words_of
from stemma.importing.events import Dead, Event, Side, Where, entries_of
from stemma.importing.options import ImportOptions
from stemma.importing.protocol import Entry, Kind, Loss
from stemma.importing.reading import CellError
from stemma.model import ClaimType, EntityKind, Precision, Refusal, Role

NEEDED: Final = (
    "id",
    "type_of_violence",
    "side_a",
    "side_b",
    "date_start",
    "date_end",
    "best",
    "high",
    "low",
)

VIOLENCE: Final = {
    1: ("state-based violence", "clash"),
    2: ("non-state violence", "clash"),
    3: ("one-sided violence", "attack-other"),
}
ACLED_OF: Final = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: None}
"""The class of ACLED's that is nearest to each of UCDP's."""

_STATE = re.compile(r"(?i)^government of ")
_CIVILIANS = re.compile(r"(?i)^civilians\b")
_ARTICLE = re.compile(r'"([^",]+),')


class UcdpImporter:
    """Rows of the Uppsala Conflict Data Program's Georeferenced Event Dataset."""

    name = "ucdp"
    kind = Kind.CLAIMS
    description = "UCDP GED's CSV: each row a report of UCDP's, its event a claim with low and high deaths."

    def losses(self) -> tuple[Loss, ...]:
        """What of a row becomes no value of the claim."""
        return _LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[Entry | Refusal]:
        """An entry for each row."""
        return entries_of(path, options, NEEDED, ucdp_event)


def ucdp_event(cells: Mapping[str, str]) -> Event:
    """The event of a row; raises `CellError`."""
    event_id, violence = cells["id"], whole(cells, "type_of_violence", 3)
    if not event_id:
        raise CellError("id", "it is empty", "give the row its id")
    if violence not in VIOLENCE:
        raise CellError("type_of_violence", "it is empty or 0", "write 1, 2 or 3")
    first, last = day(cells, "date_start"), day(cells, "date_end")
    if last < first:
        raise CellError("date_end", f"{last} lies before date_start", "exchange the two")
    words, mode = VIOLENCE[violence]
    cells = _ordered(cells)
    where = _where(cells)
    parts = (words, f"{cells['side_a']} - {cells['side_b']}", where.words.text if where else "", str(first))
    title = f"UCDP GED {event_id}: {', '.join(parts)}"
    row = RowText(title, cells, ("source_headline",))
    sides = tuple(_sides(cells))
    return Event(
        format="ucdp",
        dataset="UCDP GED",
        id=event_id,
        text=row,
        type=ClaimType.ASSAULT,
        mode=mode,
        trigger=words,
        days=(first.isoformat(), last.isoformat()),
        # The hours are always 00:00:00.000 and say nothing.
        when=(
            _day_words(cells, "date_start"),
            _day_words(cells, "date_end" if last != first else "date_start"),
        ),
        sides=sides,
        where=where,
        dead=tuple(_dead(cells, sides)),
        sources=(split_words(cells, "source_original"), _offices(cells)),
        headline=title,
    )


def _day_words(cells: Mapping[str, str], column: str) -> Words:
    return Words(column, cells[column].partition(" ")[0] if "-" in cells[column] else cells[column], 0)


def _ordered(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells with those of one value beside each other, whatever the file's order."""
    together = ("date_start", "date_end", "best", "high", "low")
    rest = {name: cell for name, cell in cells.items() if name not in together}
    return {**rest, **{name: cells[name] for name in together}}


def _sides(cells: Mapping[str, str]) -> Iterator[Side]:
    for column, role in (("side_a", Role.ACTOR), ("side_b", Role.RECIPIENT)):
        words = words_of(cells, column)
        if words is None:
            raise CellError(column, "it is empty", "name both sides")
        if _CIVILIANS.match(words.text):
            yield Side(words, EntityKind.PEOPLE, Role.VICTIM)
        else:
            yield Side(words, EntityKind.GOVERNMENT if _STATE.match(words.text) else EntityKind.GROUP, role)


def _dead(cells: Mapping[str, str], sides: tuple[Side, ...]) -> Iterator[Dead]:
    """The whole toll with its range, then the dead of each side and of civilians."""
    best, high, low = (whole(cells, name) for name in ("best", "high", "low"))
    if best is None:
        raise CellError("best", "it is empty", "write a whole number")
    low, high = best if low is None else low, best if high is None else high
    if not low <= best <= high:
        raise CellError(
            "best", f"{best} does not lie from low {low} to high {high}", "mend the three figures"
        )
    parts = tuple(_parts(cells, sides))
    # One figure with its range where all the dead are of one side: the same said twice would look a dispute.
    alone = parts[0].of if len(parts) == 1 and parts[0].low == best else None
    yield Dead("best", "low" if cells["low"] and cells["high"] else "best", low, high, alone)
    if alone is None:
        yield from parts


def _parts(cells: Mapping[str, str], sides: tuple[Side, ...]) -> Iterator[Dead]:
    for number, column in enumerate(("deaths_a", "deaths_b")):
        dead = whole(cells, column)
        if dead:
            yield Dead(column, column, dead, dead, number)
    dead = whole(cells, "deaths_civilians")
    if dead:
        hit = next((n for n, side in enumerate(sides) if side.role is Role.VICTIM), None)
        yield Dead("deaths_civilians", "deaths_civilians", dead, dead, "civilians" if hit is None else hit)


def _offices(cells: Mapping[str, str]) -> tuple[Words, ...]:
    """Who published the reports: the offices, else the names at the head of each article."""
    offices = split_words(cells, "source_office")
    if offices:
        return offices
    cell = cells.get("source_article", "")
    found = [Words("source_article", match[1].strip(), match.start(1)) for match in _ARTICLE.finditer(cell)]
    return tuple(
        {
            words.text.casefold(): words for words in found if words.text == cell[words.start : words.end]
        }.values()
    )


def _where(cells: Mapping[str, str]) -> Where | None:
    columns = ("where_coordinates", "where_description", "adm_1", "country")
    words = next((found for name in columns if (found := words_of(cells, name))), None)
    degrees = point(cells, "latitude", "longitude")
    precision = whole(cells, "where_prec", 7)
    if words is None:
        return None
    return Where(
        words,
        words.text,
        country_code(cells.get("country", "")),
        cells.get("adm_1", ""),
        degrees,
        Precision(ucdp=precision, acled=ACLED_OF[precision]) if precision else None,
    )


_LOSSES: Final = (
    Loss(
        tuple(
            "relid active_year code_status conflict_dset_id conflict_new_id conflict_name dyad_dset_id"
            " dyad_new_id dyad_name side_a_dset_id side_a_new_id side_b_dset_id side_b_new_id"
            " number_of_sources source_date where_description adm_2 geom_wkt priogrid_gid country_id region"
            " event_clarity gwnoa gwnob".split()
        ),
        "UCDP's own numbers and groups, or a claim has no value for it",
    ),
    Loss(("year",), "stands in the date"),
    Loss(("date_prec",), "the two days say it"),
    Loss(("type_of_violence",), "state-based and non-state violence are both a clash", part=True),
    Loss(("source_article",), "the offices, where source_office is empty", part=True),
    Loss(("source_headline",), "the prose of the report; not the reason to merge rows", part=True),
    Loss(
        ("deaths_a", "deaths_b", "deaths_civilians"), "where one side has all the dead: the range", part=True
    ),
    Loss(("deaths_unknown",), "what the whole toll has beyond the sides"),
    Loss(("best", "high", "low"), "one count: its words are the three, its range low to high", part=True),
    Loss(("country",), "as the place's country in two letters", part=True),
)
