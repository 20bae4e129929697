"""UCDP GED: the 49 columns of the Georeferenced Event Dataset's CSV."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from stemma.export.days import Days, days_of
from stemma.export.declared import below, losses_of
from stemma.export.event_rows import EVENT_LOST, event_place, number_id
from stemma.export.happenings import Happening, happenings
from stemma.export.options import ExportOptions
from stemma.export.parties import Party, Sort
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.sheets import Cell, Sheet
from stemma.export.tolls import Toll, toll_of
from stemma.export.words import flat
from stemma.lexicon.country_codes import CountryCodes, codes_of
from stemma.model import ClaimType, EntityKind, Role, Status

COLUMNS: Final = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name"
    " dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id"
    " side_b number_of_sources source_article source_office source_date source_headline source_original"
    " where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid"
    " country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b"
    " deaths_civilians deaths_unknown best high low gwnoa gwnob".split()
)
"""The public columns of releases 20 and later, in their order."""

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3

CIVILIANS_ID: Final = "9999"
"""UCDP's actor id of civilians."""

CODE_STATUS: Final = "Check: coded by machine"

_VIOLENCE: Final = (ClaimType.ASSAULT, ClaimType.COERCE)


class UcdpFormat:
    """The layout of the Uppsala Conflict Data Program's events."""

    name = "ucdp"
    description = "The 49 columns of UCDP GED's CSV, for those who count deaths in organised violence."
    suffix = ".csv"
    tables: tuple[str, ...] = ()
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What the columns cannot hold."""
        return losses_of({**EVENT_LOST, **_LOST}, _PART)

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes one row per happening that is an event by UCDP's definition: armed, organised, deadly."""
        left_out: Counter[str] = Counter()
        with Sheet(target.open(), COLUMNS) as sheet:
            for happening in happenings(stock, options):
                row = ucdp_row(happening)
                if isinstance(row, str):
                    left_out[row] += 1
                else:
                    sheet.write([row[column] for column in COLUMNS])
        return Written(sheet.rows, dict(left_out))


def ucdp_row(happening: Happening) -> Mapping[str, Cell] | str:
    """The cells under COLUMNS, or the reason why it is no event by UCDP's definition."""
    if happening.type.is_tie:
        return "a tie, not an event"
    if happening.type not in _VIOLENCE:
        return "no violence"
    if happening.claim.negated:
        return "said not to have happened"
    if happening.claim.status in (Status.FUTURE, Status.HYPOTHETICAL):
        return "planned or hypothetical"
    a, b = sides_of(happening)
    violence = type_of_violence(a, b)
    if violence is None:
        return "no organised actor, or no second side"
    toll = toll_of(happening, _names(a), _names(b) if violence != ONE_SIDED else frozenset())
    if toll is None or toll.high < 1:
        return "no death"
    days = days_of(happening.time)
    if days is None or days.length > 366:
        return "no date, or none within a year"
    return _cells(happening, (a, b), (violence, days, toll))


def sides_of(happening: Happening) -> tuple[Sequence[Party], Sequence[Party]]:
    """Side A and side B: the state goes first, else who acts; what is no actor stands on neither."""
    first = [party for party in happening.parties(Role.ACTOR) if party.sort is not Sort.THING]
    against = (*happening.parties(Role.RECIPIENT), *happening.parties(Role.VICTIM))
    taken = _names(first)
    second = list({p.name.casefold(): p for p in against if p.sort is not Sort.THING}.values())
    second = [party for party in second if party.name.casefold() not in taken]
    second.sort(key=lambda party: not party.organised)
    first.sort(key=lambda party: not party.organised)
    states = [bool(side) and side[0].sort is Sort.STATE for side in (first, second)]
    organised = [bool(side) and side[0].organised for side in (first, second)]
    turned = (states[1] and not states[0] and organised[0]) or (organised[1] and not organised[0])
    return (second, first) if turned else (first, second)


def type_of_violence(a: Sequence[Party], b: Sequence[Party]) -> int | None:
    """1 state-based, 2 non-state, 3 one-sided; null where no side is an organised actor or one is missing."""
    if not a or not b or not a[0].organised:
        return None
    if b[0].organised:
        return STATE_BASED if Sort.STATE in (a[0].sort, b[0].sort) else NON_STATE
    return ONE_SIDED if b[0].sort in (Sort.CIVILIANS, Sort.PROTESTERS, Sort.RIOTERS, Sort.BODY) else None


def priogrid(latitude: float, longitude: float) -> int:
    """The PRIO-GRID cell of a point: half degrees, counted from the south-west, 720 to a row."""
    row = min(359, math.floor((latitude + 90) * 2))
    column = min(719, math.floor((longitude + 180) * 2))
    return row * 720 + column + 1


def _names(side: Sequence[Party]) -> frozenset[str]:
    return frozenset(party.name.casefold() for party in side)


def _cells(
    happening: Happening,
    sides: tuple[Sequence[Party], Sequence[Party]],
    facts: tuple[int, Days, Toll],
) -> dict[str, Cell]:
    violence, days, toll = facts
    codes = codes_of(happening.country)
    a = sides[0][0]
    b = sides[1][0]
    side_a, side_b = _side_name(a, codes), "Civilians" if violence == ONE_SIDED else _side_name(b, codes)
    return {
        "id": number_id(happening.id),
        "relid": happening.id,
        "year": days.first.year,
        "code_status": CODE_STATUS,
        "type_of_violence": violence,
        "dyad_name": f"{side_a} - {side_b}",
        "side_a_new_id": a.ucdp,
        "side_a": side_a,
        "side_b_new_id": CIVILIANS_ID if violence == ONE_SIDED else b.ucdp,
        "side_b": side_b,
        **_source_cells(happening),
        **_where_cells(happening, codes),
        "event_clarity": 1 if days.ucdp <= 3 else 2,
        "date_prec": days.ucdp,
        "date_start": f"{days.first} 00:00:00.000",
        "date_end": f"{days.last} 00:00:00.000",
        **dict(zip(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), toll.sides, strict=True)),
        "best": toll.best,
        "high": toll.high,
        "low": toll.low,
        "gwnoa": _state_number(a, codes),
        "gwnob": "" if violence == ONE_SIDED else _state_number(b, codes),
        **dict.fromkeys(_EMPTY, ""),
    }


_EMPTY: Final = tuple(
    "active_year conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id side_a_dset_id"
    " side_b_dset_id adm_2".split()
)
"""What only UCDP can say: its numbers of conflicts and dyads, and whether a dyad is active in the year."""


def _source_cells(happening: Happening) -> dict[str, Cell]:
    """The reports as UCDP lists them, and in source_original whose word they rest on."""
    codings = {telling.coding.report: telling.coding for telling in happening.tellings}.values()
    articles = []
    for coding in codings:
        office = flat(coding.outlet or coding.report)
        articles.append(f'"{office},{coding.published or ""},{flat(coding.title)}"'.replace(";", ","))
    origins = happening.incident.origins if happening.incident else None
    roots = happening.roots
    return {
        "number_of_sources": (origins.likely if origins else len(roots)) or -1,
        "source_article": ";".join(articles),
        "source_office": ";".join(
            dict.fromkeys(flat(c.outlet or c.report).replace(";", ",") for c in codings)
        ),
        "source_date": ";".join(str(c.published) for c in codings if c.published),
        "source_headline": ";".join(flat(c.title).replace(";", ",") for c in codings if c.title),
        "source_original": ";".join(root.replace(";", ",") for root in roots),
    }


def _where_cells(happening: Happening, codes: CountryCodes | None) -> dict[str, Cell]:
    place = happening.place
    point = event_place(place)
    known = isinstance(point.latitude, float) and isinstance(point.longitude, float)
    return {
        "where_prec": place.precision.ucdp if place and place.precision else "",
        "where_coordinates": flat(place.canonical or place.text) if place else "",
        "where_description": flat(place.text) if place else "",
        "adm_1": place.admin1 if place else "",
        "latitude": point.latitude,
        "longitude": point.longitude,
        "geom_wkt": f"POINT ({point.longitude} {point.latitude})" if known else "",
        "priogrid_gid": priogrid(float(point.latitude), float(point.longitude)) if known else "",
        "country": codes.ucdp_name if codes else "",
        "country_id": codes.gw if codes else "",
        "region": codes.ucdp_region if codes else "",
    }


def _side_name(party: Party, codes: CountryCodes | None) -> str:
    """`Government of Syria` for a state whose country is known or the place's, else the party's name."""
    if party.sort is not Sort.STATE:
        return party.name
    home = _home(party, codes)
    return f"Government of {home.ucdp_name}" if home else party.name


def _state_number(party: Party, codes: CountryCodes | None) -> str:
    home = _home(party, codes) if party.sort is Sort.STATE else None
    return home.gw if home else ""


def _home(party: Party, codes: CountryCodes | None) -> CountryCodes | None:
    if party.country:
        return codes_of(party.country)
    # Soldiers without a name are those of the country where it happened; a named state body may be foreign.
    return codes if party.kind is EntityKind.PEOPLE else None


_LOST: Final = {
    below("codings", "url language engine engine_version"): "GED has no column for it",
    below("codings.claims", "evidence cue certainty span"): "GED has no column for it",
    below(
        "codings.claims", "trigger mode"
    ): "GED has three types of violence and no other word for what was done",
    "codings.claims.place.geonames incidents.place.geonames": "GED has no column for it",
    "codings.claims.place.precision.acled incidents.place.precision.acled": "GED has a precision of its own",
    "codings.claims.time.text incidents.time.text": "GED has days and a class of precision instead",
    "incidents.disputes": "GED has low, best and high, and no other place for what reports say differently",
    "incidents.origins.sentence": "GED has no column for it",
}
_PART: Final = {
    "codings.report": "as source_office, where no outlet is known, and in the relid",
    "codings.outlet codings.published codings.title": "joined with those of other reports by “;”",
    "codings.entities": "the name of each side, its UCDP id where the lexicon has one",
    "codings.claims.id": "in the relid, where nothing is merged",
    "codings.claims.type": "assaults and coercion that killed, as one of three types of violence",
    "codings.claims.status codings.claims.negated": "what did not happen, or not yet, is left out",
    "codings.claims.roles": "two sides; the state stands first",
    "codings.claims.counts": "deaths only, by side, with low, best and high",
    "codings.claims.time": "days, with a class of precision",
    "codings.claims.place": "as cells on one line; the country by name and number",
    "codings.claims.sources": "the ultimate sources; who relayed them is lost",
    "incidents.origins": "their names, and how many are likely independent",
    "incidents.claims": "their deaths and reports, without their ids",
    "incidents.parties": "decide who stands first",
    "incidents.type": "assaults and coercion that killed, as one of three types of violence",
    "incidents.time": "days, with a class of precision",
    "incidents.place": "as cells on one line; the country by name and number",
}
