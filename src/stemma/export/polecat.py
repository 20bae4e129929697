"""POLECAT: the 40 columns of the NGEC coder's tab-separated files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from stemma.export.days import days_of
from stemma.export.declared import below, losses_of
from stemma.export.event_rows import EVENT_LOST, event_place
from stemma.export.happenings import Happening, happenings
from stemma.export.options import ExportOptions
from stemma.export.parties import Party, Sort
from stemma.export.plover import type_and_mode, why_no_event
from stemma.export.plover_vocabulary import INTENSITY, QUAD_NAMES, QUADS, sector_of
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.sheets import Cell, Sheet
from stemma.export.words import flat
from stemma.lexicon.country_codes import codes_of
from stemma.model import EntityKind, Role

COLUMNS: Final = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *(
        "Recipient Name",
        "Recipient Country",
        "Recipient COW",
        "Primary Recipient Sector",
        "Recipient Sectors",
    ),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date"),
    *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)
"""The columns as public loaders name them (one says `Event Intensity`)."""

BETWEEN: Final = "; "


class PolecatFormat:
    """POLECAT's rows."""

    name = "polecat"
    description = (
        "The 40 columns of POLECAT's tab-separated files, for those who use machine-coded event data."
    )
    suffix = ".tsv"
    tables: tuple[str, ...] = ()
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What the columns cannot hold."""
        return losses_of({**EVENT_LOST, **_LOST}, _PART)

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes one row per happening of PLOVER's 16 types."""
        left_out: Counter[str] = Counter()
        with Sheet(target.open(), COLUMNS, delimiter="\t") as sheet:
            for happening in happenings(stock, options):
                reason = why_no_event(happening)
                if reason:
                    left_out[reason] += 1
                else:
                    sheet.write(polecat_cells(happening))
        return Written(sheet.rows, dict(left_out))


def polecat_cells(happening: Happening) -> list[Cell]:
    """The cells of an event, in the order of COLUMNS; no cell holds a tab or a line break."""
    days = days_of(happening.time)
    kind, mode = type_and_mode(happening)
    place, coding = happening.place, happening.chief.coding
    point, codes = event_place(place), codes_of(happening.country)
    actors = [p for p in happening.parties(Role.ACTOR) if p.sort is not Sort.THING]
    against = (*happening.parties(Role.RECIPIENT), *happening.parties(Role.VICTIM))
    recipients = list({p.name.casefold(): p for p in against if p.sort is not Sort.THING}.values())
    prec = place.precision.ucdp if place and place.precision else 0
    return [
        happening.id,
        days.first.isoformat() if days else "",
        kind,
        mode,
        INTENSITY[kind],
        QUAD_NAMES[QUADS[kind]],
        "",
        *_side(actors),
        *_side(recipients),
        flat(place.canonical or place.text) if place else "",
        point.name if prec in (1, 2) else "",
        point.name if prec == 3 else "",
        flat(place.admin1) if place else "",
        codes.alpha3 if codes else "",
        point.latitude,
        point.longitude,
        place.geonames if place else "",
        flat(place.text) if place else "",
        "",
        flat(coding.outlet),
        coding.published.isoformat() if coding.published else "",
        _story(happening, EntityKind.PERSON),
        _story(happening, EntityKind.GROUP, EntityKind.UNIT, EntityKind.GOVERNMENT, EntityKind.ORGANISATION),
        _story(happening, EntityKind.PLACE),
        flat(coding.language),
        flat(f"{coding.engine or ''} {coding.engine_version or ''}"),
    ]


def _side(parties: Sequence[Party]) -> list[Cell]:
    """Eight cells: names, country, COW number, first sector, sectors, title, words, Wikipedia id."""
    if not parties:
        return [""] * 8
    codes = [codes_of(party.country) for party in parties]
    sectors = list(dict.fromkeys(sector for party in parties if (sector := sector_of(party))))
    return [
        BETWEEN.join(party.name for party in parties),
        BETWEEN.join(dict.fromkeys(code.alpha3 for code in codes if code)),
        BETWEEN.join(dict.fromkeys(code.cow for code in codes if code and code.cow)),
        sectors[0] if sectors else "",
        BETWEEN.join(sectors),
        "",
        BETWEEN.join(party.said for party in parties),
        "",
    ]


def _story(happening: Happening, *kinds: EntityKind) -> str:
    entities = happening.chief.coding.entities
    return BETWEEN.join(dict.fromkeys(flat(entity.label) for entity in entities if entity.kind in kinds))


_LOST: Final = {
    below("codings.claims", "evidence cue certainty counts span"): "POLECAT has no column for it",
    "codings.claims.sources": "POLECAT does not say whose word it is",
    "codings.claims.place.precision.acled incidents.place.precision.acled": "POLECAT has no column for it",
    "codings.claims.time.text incidents.time.text": "POLECAT has no column for it",
    "codings.url codings.title": "POLECAT has no column for it",
    "incidents.disputes incidents.origins": "POLECAT has no column for it",
}
_PART: Final = {
    "codings.report codings.claims.id": "in the event's id, where nothing is merged",
    "codings.outlet codings.language codings.engine codings.engine_version": "on one line, without tabs",
    "codings.entities": "the parties, with country and sector, and the story's names",
    "codings.claims.trigger": "may decide the mode, else lost",
    "codings.claims.type": "16 of 29 types",
    "codings.claims.mode": "as PLOVER's mode",
    "codings.claims.status codings.claims.negated": "what did not happen, or not yet, is left out",
    "codings.claims.roles": "actor and recipient; victims are recipients, an instrument may decide the mode",
    "codings.claims.time": "the first day",
    below("codings.claims.place", "text canonical admin1"): "on one line, without tabs",
    below(
        "codings.claims.place", "country precision.ucdp"
    ): "as ISO alpha-3, and as the column the name stands in",
    "incidents.claims": "the fullest one stands for all",
    "incidents.parties": "decide who stands first",
    "incidents.type": "16 of 29 types",
    "incidents.time": "the first day",
    below("incidents.place", "text canonical admin1"): "on one line, without tabs",
    below(
        "incidents.place", "country precision.ucdp"
    ): "as ISO alpha-3, and as the column the name stands in",
}
