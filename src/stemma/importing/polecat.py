"""POLECAT's tab-separated events: each row a report of POLECAT's, its event the claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from stemma.importing.cells import country_code, day, point, whole
from stemma.importing.composing import RowText, Words, split_words, words_of
from stemma.importing.events import Event, Side, Where, entries_of
from stemma.importing.options import ImportOptions
from stemma.importing.protocol import Entry, Kind, Loss
from stemma.importing.reading import CellError
from stemma.model import ClaimType, EntityKind, Precision, Refusal, Role

NEEDED: Final = ("event id", "event date", "event type", "event mode", "actor name", "recipient name")

MODES: Final = {
    "aerial": "airstrike",
    "drone": "airstrike",
    "explosives": "bombing",
    "suicide-attack": "suicide-bombing",
    "heavy-weapons": "shelling",
    "firearms": "shooting",
    "targeted": "assassination",
    "torture": "torture",
    "unconventional": "chemical",
    "abduct": "kidnap",
    "destroy": "destroy",
    "arrest": "arrest",
    "seize": "seize",
    "restrict": "restrict",
    "curfew": "restrict",
    "martial-law": "restrict",
    "censor": "restrict",
}
"""PLOVER's modes of ASSAULT and COERCE as ours; the others are `attack-other` and `coerce-other`."""

_COERCED: Final = ("abduct", "destroy")
"""What PLOVER codes as ASSAULT and our codebook as COERCE."""

_STATE: Final = frozenset("GOV MIL COP JUD LEG SPY".split())
_GROUP: Final = frozenset("REB UAF CRM PRM OPP PTY IMG ISM".split())
_BODY: Final = frozenset("IGO NGO UNO EUR MNC BUS LAB JRN MED EDU AGR REL".split())


class PolecatImporter:
    """Rows of the POLECAT dataset, coded by machine in PLOVER's types."""

    name = "polecat"
    kind = Kind.CLAIMS
    description = "POLECAT's tab-separated events: each row a report of POLECAT's, its event as a claim."

    def losses(self) -> tuple[Loss, ...]:
        """What of a row becomes no value of the claim."""
        return _LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[Entry | Refusal]:
        """An entry for each row."""
        return entries_of(path, options, NEEDED, polecat_event, "	,")


def polecat_event(cells: Mapping[str, str]) -> Event:
    """The event of a row; raises `CellError`."""
    cells = {name: "" if cell == "None" else cell for name, cell in cells.items()}
    event_id, kind = cells["event id"], cells["event type"].upper()
    if not event_id:
        raise CellError("Event ID", "it is empty", "give the row its id")
    if kind not in set(ClaimType) or ClaimType(kind).is_tie:
        raise CellError("Event Type", f"{kind[:40]!r} is no type of PLOVER's", "write ASSAULT, COERCE …")
    date = day(cells, "event date").isoformat()
    mode = cells["event mode"].lower()
    where = _where(cells)
    what = f"{kind} {mode}".strip()
    names = " - ".join(cells[name] for name in ("actor name", "recipient name") if cells[name])
    parts = (what, names, where.words.text if where else "", date)
    row = RowText(f"POLECAT {event_id}: {', '.join(part for part in parts if part)}", cells)
    return Event(
        format="polecat",
        dataset="POLECAT",
        id=event_id,
        text=row,
        type=ClaimType.COERCE if mode in _COERCED else ClaimType(kind),
        mode=_mode(kind, mode),
        trigger=words_of(cells, "event mode") or words_of(cells, "event type") or kind,
        days=(date, date),
        when=(Words("event date", cells["event date"], 0),) * 2,
        sides=(*_sides(cells, "actor", Role.ACTOR), *_sides(cells, "recipient", Role.RECIPIENT)),
        where=where,
        sources=(split_words(cells, "source"),),
        published=day(cells, "publication date") if cells.get("publication date") else None,
        headline=row.title,
        language=cells["language"] if len(cells.get("language", "")) == 2 else None,
    )


def _mode(kind: str, mode: str) -> str | None:
    if mode in _COERCED or kind in ("ASSAULT", "COERCE"):
        known = MODES.get(mode)
        return known or ("attack-other" if kind == "ASSAULT" else "coerce-other")
    return None


def _sides(cells: Mapping[str, str], side: str, role: Role) -> Iterator[Side]:
    sectors = {part.text.upper() for part in split_words(cells, f"primary {side} sector")}
    kind = (
        EntityKind.GOVERNMENT
        if sectors & _STATE
        else EntityKind.GROUP
        if sectors & _GROUP
        else EntityKind.ORGANISATION
        if sectors & _BODY
        else EntityKind.PEOPLE
        if sectors
        else EntityKind.GROUP
    )
    for words in split_words(cells, f"{side} name"):
        yield Side(words, kind, role)


def _where(cells: Mapping[str, str]) -> Where | None:
    columns = ("placename", "city", "district", "province", "raw placename", "country")
    words = next((found for name in columns if (found := words_of(cells, name))), None)
    degrees = point(cells, "latitude", "longitude")
    geonames = whole(cells, "geonames id", 10**9)
    if words is None:
        return None
    narrowest = next((name for name in ("city", "district", "province", "country") if cells.get(name)), "")
    precision = {
        "city": Precision(ucdp=1, acled=1),
        "district": Precision(ucdp=3, acled=2),
        "province": Precision(ucdp=4, acled=3),
        "country": Precision(ucdp=6, acled=3),
    }.get(narrowest)
    return Where(
        words,
        words.text,
        country_code(cells.get("country", "")),
        cells.get("province", ""),
        degrees,
        precision,
        geonames or None,
    )


_LOSSES: Final = (
    Loss(
        (
            *("intensity", "quad code", "contexts", "feature type", "version"),
            *(
                "actor country",
                "actor cow",
                "actor sectors",
                "actor title",
                "actor name raw",
                "wikipedia actor id",
            ),
            *("recipient country", "recipient cow", "recipient sectors", "recipient title"),
            *("recipient name raw", "wikipedia recipient id"),
            *("story people", "story organizations", "story locations"),
        ),
        "follows from the other cells, or a claim has no value for it",
    ),
    Loss(("event type", "event mode"), "modes are ours; kidnapping and destruction are COERCE", part=True),
    Loss(("primary actor sector", "primary recipient sector"), "as the kind of the entity", part=True),
    Loss(
        ("city", "district", "province", "raw placename"),
        "the narrowest of them says the precision",
        part=True,
    ),
    Loss(("country",), "as the place's country in two letters", part=True),
)
