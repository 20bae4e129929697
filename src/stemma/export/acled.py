"""ACLED: the 31 columns of its export CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from stemma.export.acled_vocabulary import actor_name, actor_number, disorder, sub_event
from stemma.export.days import Days, days_of
from stemma.export.declared import below, losses_of
from stemma.export.event_rows import EVENT_LOST, event_place, number_id
from stemma.export.happenings import Happening, happenings
from stemma.export.notes import note_of
from stemma.export.options import ExportOptions
from stemma.export.parties import ARMED, Party, Sort
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.sheets import Cell, Sheet
from stemma.export.tolls import toll_of
from stemma.lexicon.country_codes import CountryCodes, codes_of
from stemma.lexicon.outlets import find_outlet
from stemma.model import Role, Status

COLUMNS: Final = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type"
    " actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting"
    " iso region country admin1 admin2 admin3 location latitude longitude geo_precision"
    " source source_scale notes fatalities tags timestamp".split()
)
"""The public columns of 2023 and later, in their order."""


class AcledFormat:
    """The layout of the Armed Conflict Location & Event Data Project."""

    name = "acled"
    description = (
        "The 31 columns of ACLED's export CSV, for those who work with ACLED data in sheets, R or GIS."
    )
    suffix = ".csv"
    tables: tuple[str, ...] = ()
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What the columns cannot hold."""
        return losses_of({**EVENT_LOST, **_LOST}, _PART)

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes one row per happening that ACLED's codebook has an event for."""
        left_out: Counter[str] = Counter()
        with Sheet(target.open(), COLUMNS) as sheet:
            for happening in happenings(stock, options):
                row = acled_row(happening, options)
                if isinstance(row, str):
                    left_out[row] += 1
                else:
                    sheet.write([row[column] for column in COLUMNS])
        return Written(sheet.rows, dict(left_out))


def acled_row(happening: Happening, options: ExportOptions) -> Mapping[str, Cell] | str:
    """The cells under COLUMNS, or the reason why ACLED has no row for it."""
    if happening.type.is_tie:
        return "a tie, not an event"
    if happening.claim.negated:
        return "said not to have happened"
    if happening.claim.status in (Status.FUTURE, Status.HYPOTHETICAL):
        return "planned or hypothetical"
    sub = sub_event(happening)
    if sub is None:
        return f"ACLED codes no event for {happening.type}"
    days = days_of(happening.time)
    if days is None or days.acled is None:
        return "no date, or none within a month"
    return _cells(happening, days, sub, options)


def _cells(happening: Happening, days: Days, sub: tuple[str, str], options: ExportOptions) -> dict[str, Cell]:
    codes = codes_of(happening.country)
    country = codes.acled_name if codes else ""
    first, second = _sides(happening)
    place = happening.place
    one, other = _number(first, happening), _number(second, happening)
    toll = toll_of(happening)
    point = event_place(place)
    return {
        "event_id_cnty": f"{codes.alpha3 if codes else 'XXX'}{number_id(happening.id)}",
        "event_date": days.middle.isoformat(),
        "year": days.middle.year,
        "time_precision": days.acled,
        "disorder_type": disorder(*sub),
        "event_type": sub[0],
        "sub_event_type": sub[1],
        "actor1": actor_name(first[0], country) if first else "",
        "assoc_actor_1": _associates(first, country),
        "inter1": one,
        "actor2": actor_name(second[0], country) if second else "",
        "assoc_actor_2": _associates(second, country),
        "inter2": other,
        "interaction": _interaction(one, other),
        "civilian_targeting": "Civilian targeting" if _civilians_hit(happening, second) else "",
        "iso": codes.numeric if codes else "",
        "region": codes.acled_region if codes else "",
        "country": country,
        "admin1": place.admin1 if place else "",
        "admin2": "",
        "admin3": "",
        "location": point.name,
        "latitude": point.latitude,
        "longitude": point.longitude,
        "geo_precision": place.precision.acled if place and place.precision else "",
        "source": "; ".join(happening.outlets),
        "source_scale": _scale(happening, codes),
        "notes": note_of(happening),
        "fatalities": toll.low if toll else 0,
        "tags": "",
        "timestamp": int(options.made.timestamp()) if options.made else "",
    }


def _sides(happening: Happening) -> tuple[Sequence[Party], Sequence[Party]]:
    """The two sides; what is no actor (a place, a weapon) stands on neither."""
    first = [party for party in happening.parties(Role.ACTOR) if party.sort is not Sort.THING]
    against = (
        *happening.parties(Role.RECIPIENT),
        *happening.parties(Role.VICTIM),
        *happening.parties(Role.FROM),
    )
    taken = {party.name.casefold() for party in first}
    second = [p for p in against if p.sort is not Sort.THING and p.name.casefold() not in taken]
    if not first:
        return second, []
    return first, list({party.name.casefold(): party for party in second}.values())


def _number(side: Sequence[Party], happening: Happening) -> int | None:
    return actor_number(side[0], happening.country) if side else None


def _interaction(one: int | None, other: int | None) -> str:
    """The two numbers joined, the lower first; `0` stands for nobody."""
    if one is None and other is None:
        return ""
    low, high = sorted((one or 0, other or 0))
    return f"{high}0" if low == 0 else f"{low}{high}"


def _associates(side: Sequence[Party], country: str) -> str:
    """The words behind a side that is called by its sort, and the side's further parties."""
    if not side:
        return ""
    named = [party.name for party in side]
    rest = named if actor_name(side[0], country) != side[0].name else named[1:]
    return "; ".join(dict.fromkeys(rest))


def _civilians_hit(happening: Happening, side: Sequence[Party]) -> bool:
    if any(party.sort in ARMED for party in side):
        return False
    hit = (*side, *happening.parties(Role.VICTIM))
    return any(party.sort in (Sort.CIVILIANS, Sort.PROTESTERS) for party in hit)


def _scale(happening: Happening, codes: CountryCodes | None) -> str:
    """`National`, `International` or both, by the outlets' homes; `Other` where none is known."""
    found = set()
    for name in happening.outlets:
        outlet = find_outlet(name)
        if outlet and outlet.country:
            found.add("National" if codes and outlet.country == codes.code else "International")
    return "-".join(sorted(found, reverse=True)) or "Other"


_LOST: Final = {
    below("codings", "url title published language engine engine_version"): "ACLED has no column for it",
    "codings.claims.span": "ACLED has no column for it",
    "codings.claims.counts.high": "ACLED keeps the most conservative figure only",
    "codings.claims.place.geonames incidents.place.geonames": "ACLED has no column for it",
    "codings.claims.place.precision.ucdp incidents.place.precision.ucdp": "ACLED has a precision of its own",
    "codings.claims.time.text incidents.time.text": "ACLED has a day and a class of precision instead",
    "incidents.origins.likely incidents.origins.origins": "the sentence in the notes says it in words",
}
_PART: Final = {
    "codings.report": "as source, where no outlet is known, and in the id's number",
    "codings.outlet": "joined with the others by “; ”",
    "codings.entities": "the name of each party, and its sort as a number",
    "codings.claims.id": "in the id's number only, which is a hash",
    "codings.claims.type codings.claims.mode": "as one of 25 sub-events",
    "codings.claims.evidence codings.claims.trigger codings.claims.cue": "quoted in the notes",
    "codings.claims.certainty": "in words in the notes",
    "codings.claims.status codings.claims.negated": "what did not happen, or not yet, is left out",
    "codings.claims.roles": "who acts and who is acted on, as two sides without direction",
    "codings.claims.counts": "deaths as one figure, the lowest; other counts as words in the notes",
    "codings.claims.time": "the middle day and a class of precision",
    "codings.claims.place": "name, point, first unit and country",
    "codings.claims.sources": "the chain in words in the notes",
    "incidents.id": "in the id's number only, which is a hash",
    "incidents.type": "as one of 25 sub-events",
    "incidents.claims": "in the notes, without their ids",
    "incidents.parties": "decide who stands first",
    "incidents.time": "the middle day and a class of precision",
    "incidents.place": "name, point, first unit and country",
    "incidents.origins": "the sentence in the notes",
    "incidents.disputes": "the values in the notes, without whose they are",
}
