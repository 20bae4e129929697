"""TimeMap: claims as events with their sources, for the map-and-timeline of that name; and page versions.

The columns are those that TimeMap's users keep in their sheets. `versions.json` is a link set (RFC 9264) of
`original` and `memento` links (RFC 7089) for reports read from a web archive, where the address
gives the time.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping
from email.utils import format_datetime
from typing import Any, Final

from stemma.export.declared import below, losses_of
from stemma.export.options import ExportOptions
from stemma.export.phrases import (
    at_path,
    chain_words,
    hedge_words,
    joined,
    place_words,
    safe_json,
    web_address,
)
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.sheets import Cell, Sheet
from stemma.export.told import CHAIN, HEDGED, HEDGES, OFFSETS, SOURCES_IN_WORDS, SOURCES_LOST
from stemma.model import Claim, Coding, Time

EVENTS: Final = (
    "id description date time time_precision location latitude longitude type category associations sources"
).split()
SOURCES: Final = "id title thumbnail paths type affil_s url description parent author date notes".split()
ARCHIVED: Final = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?:/{1,2}.+)")
"""An archived page: its time (UTC) and the address of what was archived."""

_PRECISIONS: Final = {4: "year", 7: "month", 10: "day"}

_LOSSES: Final = losses_of(
    {
        below("codings", "entities agencies document_hash engine engine_version notes language"): "no column",
        below("codings.claims", "roles counts trigger readings score notes"): "no column; the words say it",
        f"codings.claims.span {OFFSETS}": "no column for offsets",
        SOURCES_LOST: CHAIN,
        below("codings.claims.time", "text span edtf anchor"): "an event has one date",
        below("codings.claims.place", "country span geonames admin1"): "a place is a name and a point",
        below("codings.claims.place", "precision reason alternatives"): "a place is a name and a point",
        below(
            "lineage.dependences", "kind credited score cue alignments"
        ): "a source has a parent and a note",
        "lineage.dispatches": "a source has a parent and a note",
        below("incidents", "id type merged parties time place part_of origins"): "an association is a title",
        below("incidents", "disputes statements told"): "an association is a title",
        "judgements": "no table for them",
    },
    {
        HEDGES: HEDGED,
        SOURCES_IN_WORDS: CHAIN,
        "codings.claims.time.end": "only whether it is another than the start",
        "codings.claims.place.text": "only where there is no canonical name",
    },
)


class Timemap:
    """Three tables: `events.csv`, `sources.csv` and `versions.json`."""

    name = "timemap"
    description = (
        "TimeMap sheets of events and sources for maps on a timeline, and a Memento link set of the archived "
        "versions of pages where their addresses tell."
    )
    suffix = ".csv"
    tables: tuple[str, ...] = ("events", "sources", "versions")
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What the sheets have no column for."""
        return _LOSSES

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes one table or all three."""
        rows = 0
        for table, ending in (("events", ".csv"), ("sources", ".csv"), ("versions", ".json")):
            if options.table in (None, table):
                name = "" if options.table else table + ending
                rows += getattr(self, f"_{table}")(stock, target, name)
        return Written(rows)

    def _events(self, stock: Stock, target: Target, name: str) -> int:
        titles = _titles(stock)
        with target.open(name) as out, Sheet(out, EVENTS) as sheet:
            for coding in stock.codings:
                for claim in coding.claims:
                    sheet.write(_event(coding, claim, titles))
            return sheet.rows

    def _sources(self, stock: Stock, target: Target, name: str) -> int:
        parents: dict[str, list[str]] = defaultdict(list)
        reasons: dict[str, list[str]] = defaultdict(list)
        for dependence in stock.lineage.dependences:
            parents[dependence.report].append(dependence.parent)
            reasons[dependence.report].append(dependence.reason)
        with target.open(name) as out, Sheet(out, SOURCES) as sheet:
            for coding in stock.codings:
                day = coding.published.isoformat() if coding.published else None
                cells: dict[str, Cell] = {
                    "id": coding.report,
                    "title": coding.title,
                    "type": "report",
                    "affil_s": coding.outlet,
                    "url": coding.url,
                    "parent": "\n".join(parents.get(coding.report, ())),
                    "date": day,
                    "notes": "\n".join(reasons.get(coding.report, ())),
                }
                sheet.write([cells.get(column) for column in SOURCES])
            return sheet.rows

    def _versions(self, stock: Stock, target: Target, name: str) -> int:
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for coding in stock.codings:
            archived = memento(coding.url)
            if archived:
                original, moment = archived
                link = {"href": coding.url, "datetime": format_datetime(moment, usegmt=True)}
                found[original].append({**link, "title": coding.report})
        sets = [
            {"anchor": original, "original": [{"href": original}], "memento": links}
            for original, links in sorted(found.items())
        ]
        with target.open(name) as out:
            out.write(safe_json({"linkset": sets}).encode() + b"\n")
        return sum(map(len, found.values()))


def memento(url: str | None) -> tuple[str, datetime.datetime] | None:
    """What an address of a web archive archived, and when; null for any other address."""
    found = ARCHIVED.fullmatch(url or "")
    if found is None or web_address(url) is None:
        return None
    try:
        moment = datetime.datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    return found[2], moment


def _titles(stock: Stock) -> Mapping[str, list[str]]:
    """The titles of the incidents that each claim is about, by its path."""
    found: dict[str, list[str]] = defaultdict(list)
    for incident in stock.incidents:
        for at in incident.claims:
            found[at_path(at)].append(incident.title)
    return found


def _event(coding: Coding, claim: Claim, titles: Mapping[str, list[str]]) -> list[Cell]:
    path = f"{coding.report}#{claim.id}"
    place = claim.place
    # The evidence goes first and whole: what the report holds back and its sources stand below it.
    held_back = joined([hedge_words(claim), chain_words(claim.sources)], ". ")
    cells: dict[str, Cell] = {
        "id": path,
        "description": f"{claim.evidence}\n[{held_back}]" if held_back else claim.evidence,
        "date": claim.time.start if claim.time else None,
        "time_precision": _precision(claim.time),
        "location": place_words(place),
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "type": str(claim.type),
        "category": claim.mode,
        "associations": "\n".join(titles.get(path, ())),
        "sources": coding.report,
    }
    return [cells.get(column) for column in EVENTS]


def _precision(time: Time | None) -> str | None:
    """`day`, `month` or `year` where the time is one such, `range` for any other interval."""
    if time is None or time.start is None:
        return None
    return _PRECISIONS[len(time.start)] if time.start == time.end else "range"
