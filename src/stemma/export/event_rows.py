"""What the event formats share: numbers for ids, places as names and points, and what none of them holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from stemma.export.declared import below
from stemma.export.words import flat
from stemma.model import Place


@dataclass(frozen=True, slots=True)
class Point:
    """A place for a row: its name, and WGS 84 degrees or empty cells."""

    name: str = ""
    latitude: float | str = ""
    longitude: float | str = ""


def event_place(place: Place | None) -> Point:
    """The name and point of a place; empty where there is none."""
    if place is None:
        return Point()
    name = flat((place.canonical or place.text).partition(",")[0])
    if place.latitude is None or place.longitude is None:
        return Point(name)
    return Point(name, place.latitude, place.longitude)


def number_id(path: str) -> str:
    """A number of 15 digits that follows from an id alone: equal ids give equal numbers.

    15 digits fit a spreadsheet's and R's double without loss; among a million rows two are the same with a
    chance of one in 2,000.
    """
    return str(
        int.from_bytes(hashlib.sha256(path.encode("utf-8", "surrogatepass")).digest()[:8]) % 10**15
    ).zfill(15)


_SPANS: Final = "no offsets: who wants to see the words goes to the casebook by the claim's id"

EVENT_LOST: Final = {
    "judgements": "an event file holds no judgements",
    "lineage": "an event file does not say which report depends on which",
    below("codings", "document_hash notes agencies entities.mentions"): "no column for it",
    below("codings.claims", "readings score notes"): "no column for it",
    below("codings.claims", "trigger_span cue_span role_spans"): _SPANS,
    below("codings.claims", "time.span place.span counts.span"): _SPANS,
    below(
        "codings.claims.sources", "entity kind cue span cue_span score"
    ): "a chain is given as words, if at all",
    below("codings.claims.time", "edtf anchor"): "no column for it",
    below("codings.claims.place", "alternatives reason"): "no column for it",
    "codings.claims.roles.to": "an event has two sides; where somebody goes to is none",
    below("incidents", "title merged statements told part_of"): "no column for it",
    below("incidents.time", "span edtf anchor"): "no column for it",
    below("incidents.place", "span alternatives reason"): "no column for it",
    below("incidents.origins", "low high reasons"): "no column for it",
    below("incidents.origins.origins", "kind institution anonymous reports"): "no column for it",
    below("incidents.disputes", "kind note"): "no column for it",
    below("incidents.disputes.versions", "claims reports origins said withdrawn"): "no column for it",
}
"""What no event format holds. What a format keeps although it stands here, it declares itself."""
