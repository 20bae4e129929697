"""ACLED's export CSV: each row a report of ACLED's, its event the claim, its sources the chain."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from stemma.importing.cells import country_code, country_of_number, day, point, whole
from stemma.importing.composing import RowText, Words, split_words, words_of
from stemma.importing.events import Dead, Event, Side, Where, entries_of
from stemma.importing.options import ImportOptions
from stemma.importing.protocol import Entry, Kind, Loss
from stemma.importing.reading import CellError
from stemma.model import ClaimType, EntityKind, Precision, Refusal, Role

NEEDED: Final = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1")

SUB_EVENTS: Final[dict[str, tuple[ClaimType, str | None]]] = {
    "armed clash": (ClaimType.ASSAULT, "clash"),
    "government regains territory": (ClaimType.COERCE, "seize"),
    "non-state actor overtakes territory": (ClaimType.COERCE, "seize"),
    "chemical weapon": (ClaimType.ASSAULT, "chemical"),
    "air/drone strike": (ClaimType.ASSAULT, "airstrike"),
    "suicide bomb": (ClaimType.ASSAULT, "suicide-bombing"),
    "shelling/artillery/missile attack": (ClaimType.ASSAULT, "shelling"),
    "remote explosive/landmine/ied": (ClaimType.ASSAULT, "bombing"),
    "grenade": (ClaimType.ASSAULT, "bombing"),
    "sexual violence": (ClaimType.ASSAULT, "attack-other"),
    "attack": (ClaimType.ASSAULT, "attack-other"),
    "abduction/forced disappearance": (ClaimType.COERCE, "kidnap"),
    "peaceful protest": (ClaimType.PROTEST, None),
    "protest with intervention": (ClaimType.PROTEST, None),
    "excessive force against protesters": (ClaimType.ASSAULT, "attack-other"),
    "violent demonstration": (ClaimType.PROTEST, None),
    "mob violence": (ClaimType.ASSAULT, "attack-other"),
    "agreement": (ClaimType.AGREE, None),
    "arrests": (ClaimType.COERCE, "arrest"),
    "change to group/activity": (ClaimType.REALIGN, None),
    "disrupted weapons use": (ClaimType.COERCE, "seize"),
    "headquarters or base established": (ClaimType.MOBILIZE, None),
    "looting/property destruction": (ClaimType.COERCE, "destroy"),
    "non-violent transfer of territory": (ClaimType.COERCE, "seize"),
    "other": (ClaimType.MOBILIZE, None),
}
"""ACLED's 25 sub-events as types and modes of the codebook."""

INTER: Final = {
    "1": EntityKind.GOVERNMENT,
    "2": EntityKind.GROUP,
    "3": EntityKind.GROUP,
    "4": EntityKind.GROUP,
    "5": EntityKind.PEOPLE,
    "6": EntityKind.PEOPLE,
    "7": EntityKind.PEOPLE,
    "8": EntityKind.GOVERNMENT,
    "state forces": EntityKind.GOVERNMENT,
    "rebel groups": EntityKind.GROUP,
    "rebel group": EntityKind.GROUP,
    "political militias": EntityKind.GROUP,
    "political militia": EntityKind.GROUP,
    "identity militias": EntityKind.GROUP,
    "identity militia": EntityKind.GROUP,
    "rioters": EntityKind.PEOPLE,
    "protesters": EntityKind.PEOPLE,
    "civilians": EntityKind.PEOPLE,
    "external/other forces": EntityKind.GOVERNMENT,
}
"""ACLED's actor types, by number and by the words of its newer interface."""

PRECISIONS: Final = {
    1: Precision(ucdp=1, acled=1),
    2: Precision(ucdp=2, acled=2),
    3: Precision(ucdp=4, acled=3),
}
_PEOPLE = re.compile(r"(?i)^(?:civilians|protesters|rioters|labou?r|women|students)\b")
_UNARMED = re.compile(r"(?i)^civilians\b")
_PROTESTERS = re.compile(r"(?i)^protesters\b")


class AcledImporter:
    """Rows of the Armed Conflict Location & Event Data Project."""

    name = "acled"
    kind = Kind.CLAIMS
    description = "ACLED's export CSV: each row a report of ACLED's with its notes, its event as a claim."

    def losses(self) -> tuple[Loss, ...]:
        """What of a row becomes no value of the claim."""
        return _LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[Entry | Refusal]:
        """An entry for each row."""
        return entries_of(path, options, NEEDED, acled_event)


def acled_event(cells: Mapping[str, str]) -> Event:
    """The event of a row; raises `CellError`."""
    event_id, sub = cells["event_id_cnty"], cells["sub_event_type"]
    if not event_id:
        raise CellError("event_id_cnty", "it is empty", "give the row its id")
    if sub.lower() not in SUB_EVENTS:
        raise CellError(
            "sub_event_type", f"{sub[:40]!r} is none of ACLED's 25 sub-events", "give it as ACLED writes it"
        )
    kind, mode = SUB_EVENTS[sub.lower()]
    date = day(cells, "event_date")
    names = " - ".join(cells[name] for name in ("actor1", "actor2") if cells.get(name))
    parts = (sub, names, cells.get("location", ""), date.isoformat())
    row = RowText(f"ACLED {event_id}: {', '.join(part for part in parts if part)}", cells, ("notes",))
    riot = cells["event_type"].lower() == "riots"
    dead = whole(cells, "fatalities")
    return Event(
        format="acled",
        dataset="ACLED",
        id=event_id,
        text=row,
        type=kind,
        mode=mode,
        # A riot is told from a protest by its event type, which stands on another line.
        trigger=Words("event_type", cells["event_type"], 0) if riot else Words("sub_event_type", sub, 0),
        days=_days(date, whole(cells, "time_precision", 3)),
        when=(Words("event_date", cells["event_date"], 0),) * 2,
        sides=tuple(_sides(cells, sub)),
        where=_where(cells),
        # ACLED writes 0 both for nobody and for nobody reported: no figure says so.
        dead=(Dead("fatalities", "fatalities", dead, dead),) if dead else (),
        sources=(split_words(cells, "source"),),
        evidence=words_of(cells, "notes"),
        published=_published(cells),
        headline=row.title,
    )


def _days(date: datetime.date, precision: int | None) -> tuple[str, str]:
    """ACLED's day stands for itself, for the week around it, or for its month."""
    try:
        if precision == 2:
            first, last = date - datetime.timedelta(days=3), date + datetime.timedelta(days=3)
            return first.isoformat(), last.isoformat()
    except OverflowError as error:
        raise CellError("event_date", "it lies outside the calendar", "write it as 2017-02-07") from error
    if precision == 3:
        return date.isoformat()[:7], date.isoformat()[:7]
    return date.isoformat(), date.isoformat()


def _sides(cells: Mapping[str, str], sub: str) -> Iterator[Side]:
    """Who acts and who is acted on: ACLED's order says nothing, but who shoots at protesters is not they."""
    first, second = _side(cells, "1"), _side(cells, "2")
    if sub.lower() == "excessive force against protesters":
        if first and _PROTESTERS.match(first[0][0].text):
            first, second = second, first
        elif not second:
            first, second = [], first
    for number, side in enumerate((first, second)):
        for words, kind in side:
            harmed = kind is EntityKind.PEOPLE and (
                _UNARMED.match(words.text) or _PROTESTERS.match(words.text)
            )
            role = Role.ACTOR if not number else Role.VICTIM if harmed else Role.RECIPIENT
            yield Side(words, kind, role)
    seized = "territory" in sub.lower() and words_of(cells, "location")
    if seized:
        yield Side(seized, EntityKind.PLACE, Role.OBJECT)


def _side(cells: Mapping[str, str], number: str) -> list[tuple[Words, EntityKind]]:
    named = words_of(cells, f"actor{number}")
    if named is None:
        return []
    kind = INTER.get(cells.get(f"inter{number}", "").lower().removesuffix(".0"), _kind(named.text))
    others = split_words(cells, f"assoc_actor_{number}")
    return [(named, kind), *((other, _kind(other.text, kind)) for other in others)]


def _kind(name: str, beside: EntityKind = EntityKind.GROUP) -> EntityKind:
    """The kind of a party without a number: as its main actor, but people are people."""
    if _PEOPLE.match(name) or name.islower():
        return EntityKind.PEOPLE
    return EntityKind.ORGANISATION if beside is EntityKind.PEOPLE else beside


def _where(cells: Mapping[str, str]) -> Where | None:
    named = next(
        (found for name in ("location", "admin1", "country") if (found := words_of(cells, name))), None
    )
    if named is None:
        return None
    admin1 = cells.get("admin1", "")
    country = country_of_number(cells.get("iso", "")) or country_code(cells.get("country", ""))
    larger = admin1 if admin1 and admin1.casefold() != named.text.casefold() else cells.get("country", "")
    degrees = point(cells, "latitude", "longitude")
    precision = whole(cells, "geo_precision", 3)
    return Where(
        named,
        ", ".join(dict.fromkeys(part for part in (named.text, larger) if part)),
        country,
        admin1,
        degrees,
        PRECISIONS.get(precision or 0),
    )


def _published(cells: Mapping[str, str]) -> datetime.date | None:
    """The day on which ACLED last touched the row, from its time stamp in seconds."""
    seconds = whole(cells, "timestamp", 4_000_000_000) if cells.get("timestamp") else None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date() if seconds else None


_LOSSES: Final = (
    Loss(
        tuple("disorder_type interaction civilian_targeting region admin2 admin3 source_scale tags".split()),
        "follows from the other cells, or a claim has no value for it",
    ),
    Loss(("year",), "stands in the date"),
    Loss(("fatalities",), "0 is no figure: ACLED writes it where none was reported too", part=True),
    Loss(("sub_event_type", "event_type"), "25 sub-events are 16 pairs of type and mode", part=True),
    Loss(("inter1", "inter2"), "eight sorts of actors are three kinds of entities", part=True),
    Loss(("time_precision",), "a week is three days to either side, a month the whole month", part=True),
    Loss(("geo_precision",), "kept as it is, with the class of UCDP's that is nearest", part=True),
    Loss(("timestamp",), "the day of it is the day of publication", part=True),
    Loss(("iso", "country"), "as the place's country in two letters", part=True),
)
