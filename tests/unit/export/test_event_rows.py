"""The rules of the datasets: deaths, sides, days, cells, ids."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.export.acled import acled_row
from stemma.export.acled_vocabulary import SUB_EVENTS
from stemma.export.days import days_of
from stemma.export.event_rows import number_id
from stemma.export.happenings import Happening, happenings
from stemma.export.options import ExportOptions
from stemma.export.plover import plover_record
from stemma.export.protocol import Stock
from stemma.export.sheets import FORMULA_STARTS, safe_cell
from stemma.export.tolls import least, toll_of
from stemma.export.ucdp import priogrid, ucdp_row
from stemma.lexicon.countries import list_countries
from stemma.lexicon.country_codes import codes_of
from stemma.model import Count, Record, Time

ENTITIES = [
    {"id": "rebels", "kind": "group", "names": ["Tolvar Free Front"]},
    {"id": "army", "kind": "government", "names": ["Syrian army"]},
    {"id": "soldiers", "kind": "people", "names": ["three soldiers"]},
    {"id": "people", "kind": "people", "names": ["16 people"]},
    {"id": "gunmen", "kind": "people", "names": ["gunmen"]},
    {"id": "marchers", "kind": "people", "names": ["protesters"]},
]
PLACE = {
    "text": "Kolmaz",
    "country": "SY",
    "latitude": 34.5,
    "longitude": 36.25,
    "precision": {"ucdp": 1, "acled": 1},
}


def count(entity: str | None, text: str, low: int | None, high: int | None = None) -> dict[str, Any]:
    return {"entity": entity, "what": "killed", "text": text, "low": low, "high": high}


def happening(**given: Any) -> Happening:
    claim = {
        "id": "c1",
        "type": "ASSAULT",
        "mode": "shooting",
        "evidence": "The Front killed 16 people.",
        "trigger": "killed",
        "roles": {"actor": ["rebels"], "victim": ["people"]},
        "time": {"text": "on Tuesday", "start": "2021-10-12", "end": "2021-10-12"},
        "place": PLACE,
        **given,
    }
    coding = {"report": "r1", "outlet": "Reuters", "entities": ENTITIES, "claims": [claim]}
    stock = Stock.of(Record.from_wire({"codings": [coding]}))
    [found] = happenings(stock, ExportOptions())
    return found


def acled(**given: Any) -> Any:
    return acled_row(happening(**given), ExportOptions())


@pytest.mark.parametrize(
    ("text", "low", "figure"),
    [
        ("dozens", 24, 12),
        ("Hundreds", 200, 100),
        ("tens", 20, 10),
        ("tens of thousands", 20000, 20000),
        ("at least 30", 30, 30),
        ("up to 30", None, 0),
        ("hundreds of thousands", 200000, 200000),
    ],
)
def test_words_count_as_little_as_they_may(text: str, low: int | None, figure: int) -> None:
    assert least(Count.from_wire({"what": "killed", "text": text, "low": low})) == figure


def test_a_total_holds_its_parts_and_sides_are_added() -> None:
    counts = [count("people", "16", 16, 16), count("people", "seven", 7, 7), count("rebels", "two", 2, 2)]
    found = happening(counts=counts)
    toll = toll_of(found, frozenset({"tolvar free front"}))
    assert toll is not None
    assert (toll.low, toll.best, toll.high, toll.sides) == (18, 18, 18, (2, 0, 16, 0))


def test_a_figure_of_nobody_in_particular_is_the_total() -> None:
    toll = toll_of(happening(counts=[count(None, "20", 20, 20), count("people", "16", 16, 16)]))
    assert toll is not None
    assert (toll.best, toll.sides) == (20, (0, 0, 16, 4))


def test_no_figure_is_no_toll_and_acled_writes_zero() -> None:
    assert toll_of(happening()) is None
    assert acled()["fatalities"] == 0


@pytest.mark.parametrize(
    ("given_", "event", "sub"),
    [
        ({}, "Violence against civilians", "Attack"),
        ({"roles": {"actor": ["rebels"], "recipient": ["army"]}}, "Battles", "Armed clash"),
        ({"mode": "airstrike"}, "Explosions/Remote violence", "Air/drone strike"),
        ({"mode": "suicide-bombing"}, "Explosions/Remote violence", "Suicide bomb"),
        ({"mode": "rocket"}, "Explosions/Remote violence", "Shelling/artillery/missile attack"),
        (
            {"type": "COERCE", "mode": "kidnap"},
            "Violence against civilians",
            "Abduction/forced disappearance",
        ),
        ({"type": "COERCE", "mode": "arrest"}, "Strategic developments", "Arrests"),
        ({"type": "PROTEST", "mode": None, "trigger": "marched"}, "Protests", "Peaceful protest"),
        ({"type": "PROTEST", "mode": None, "trigger": "rioted"}, "Riots", "Violent demonstration"),
        (
            {"roles": {"actor": ["army"], "victim": ["marchers"]}},
            "Protests",
            "Excessive force against protesters",
        ),
        ({"type": "AGREE", "mode": None}, "Strategic developments", "Agreement"),
    ],
)
def test_acled_events(given_: dict[str, Any], event: str, sub: str) -> None:
    row = acled(**given_)
    assert (row["event_type"], row["sub_event_type"]) == (event, sub)
    assert sub in SUB_EVENTS[event]


def test_acled_has_25_sub_events() -> None:
    assert sum(map(len, SUB_EVENTS.values())) == 25


def test_acled_actors_and_interaction() -> None:
    row = acled(roles={"actor": ["gunmen"], "recipient": ["army"]})
    assert (row["actor1"], row["assoc_actor_1"], row["inter1"]) == (
        "Unidentified Armed Group (Syria)",
        "gunmen",
        3,
    )
    assert (row["inter2"], row["interaction"]) == (1, "13")
    assert acled()["civilian_targeting"] == "Civilian targeting"
    assert acled(roles={"actor": ["rebels"]})["interaction"] == "20"


def test_acled_says_where_and_how_precisely() -> None:
    row = acled(time={"text": "last week", "start": "2021-10-04", "end": "2021-10-10"})
    assert (row["event_date"], row["time_precision"], row["iso"], row["region"]) == (
        "2021-10-07",
        2,
        "760",
        "Middle East",
    )
    assert (row["location"], row["latitude"], row["geo_precision"]) == ("Kolmaz", 34.5, 1)
    assert row["event_id_cnty"].startswith("SYR")


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        ({"type": "LEADS"}, "a tie, not an event"),
        ({"negated": True}, "said not to have happened"),
        ({"status": "future"}, "planned or hypothetical"),
        ({"time": None}, "no date, or none within a month"),
        ({"type": "CONSULT", "mode": None}, "ACLED codes no event for CONSULT"),
    ],
)
def test_what_acled_has_no_row_for(given_: dict[str, Any], reason: str) -> None:
    assert acled(**given_) == reason


def test_acled_notes_keep_hedge_and_source() -> None:
    source = {"text": "residents", "kind": "anonymous"}
    notes = acled(certainty="probable", cue="reportedly", sources=[source])["notes"]
    assert "[reportedly (probable)]" in notes
    assert "Reuters, on the word of residents" in notes


def test_ucdp_tells_three_types_of_violence() -> None:
    died = [count("people", "16", 16, 20)]
    one_sided: Any = ucdp_row(happening(counts=died))
    assert (one_sided["type_of_violence"], one_sided["side_a"], one_sided["side_b"]) == (
        3,
        "Tolvar Free Front",
        "Civilians",
    )
    assert (one_sided["deaths_civilians"], one_sided["low"], one_sided["best"], one_sided["high"]) == (
        16,
        16,
        16,
        20,
    )
    both = {"actor": ["rebels"], "recipient": ["army"]}
    state: Any = ucdp_row(happening(roles=both, counts=[count("soldiers", "three", 3, 3)]))
    assert (state["type_of_violence"], state["side_a"], state["gwnoa"]) == (1, "Government of Syria", "652")
    assert ucdp_row(happening(roles={"actor": ["gunmen"], "victim": ["people"]}, counts=died)) == (
        "no organised actor, or no second side"
    )
    assert ucdp_row(happening()) == "no death"


def test_ucdp_days_and_cells() -> None:
    row: Any = ucdp_row(happening(counts=[count("people", "16", 16)]))
    assert (row["date_start"], row["date_prec"]) == ("2021-10-12 00:00:00.000", 1)
    assert row["geom_wkt"] == "POINT (36.25 34.5)"
    assert row["number_of_sources"] == -1


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    # The grid has 720 columns of half a degree, numbered from 90 S, 180 W; the last cell is 259,200.
    [(-90, -180, 1), (-89.9, -179.4, 2), (-89.4, -180, 721), (90, 180, 259_200), (0.1, 0.1, 129_961)],
)
def test_cells_of_prio_grid(latitude: float, longitude: float, cell: int) -> None:
    assert priogrid(latitude, longitude) == cell


def test_plover_has_type_mode_and_quad() -> None:
    found: Any = plover_record(happening(type="COERCE", mode="kidnap"), ExportOptions())
    assert (found["event"], found["mode"], found["quad_code"]) == (["ASSAULT"], ["abduct"], 4)
    assert found["actor"][0]["sector"] == "REB"
    assert found["event_loc"]["country_code"] == "SYR"


@pytest.mark.parametrize(
    ("start", "end", "acled_class", "ucdp_class"),
    [
        ("2021-10-12", "2021-10-12", 1, 1),
        ("2021-10-11", "2021-10-16", 2, 2),
        ("2021-10-11", "2021-10-17", 2, 3),
        ("2021-10", "2021-10", 3, 4),
        ("2020-02", "2020-02", 3, 4),
        ("2021", "2021", None, 5),
    ],
)
def test_days_and_their_precision(start: str, end: str, acled_class: int | None, ucdp_class: int) -> None:
    days = days_of(Time(text="then", start=start, end=end))
    assert days is not None
    assert (days.acled, days.ucdp) == (acled_class, ucdp_class)


@pytest.mark.parametrize(
    ("start", "end"), [(None, "2021"), ("2021-02-31", "2021-03-01"), ("2021-13", "2021-13")]
)
def test_what_is_no_stretch_of_days(start: str | None, end: str) -> None:
    assert days_of(Time(text="then", start=start, end=end)) is None


@given(st.text())
def test_a_cell_never_starts_a_formula_and_can_be_read_back(text: str) -> None:
    cell = safe_cell(text)
    assert isinstance(cell, str)
    assert not cell.startswith(FORMULA_STARTS)
    guarded = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS)
    assert (cell[1:] if guarded else cell) == text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def test_numbers_of_ids_are_stable_and_fit_a_double() -> None:
    assert number_id("r1#c1") == number_id("r1#c1") != number_id("r1#c2")
    assert len(number_id("é\ud800")) == 15


def test_each_country_has_codes_of_its_own() -> None:
    found = [codes_of(country.code) for country in list_countries()]
    assert None not in found
    for name in ("alpha3", "numeric", "gw", "cow"):
        values = [getattr(codes, name) for codes in found if getattr(codes, name)]
        assert len(values) == len(set(values)), name
    syria, germany = codes_of("SY"), codes_of("DE")
    assert syria is not None
    assert germany is not None
    assert (syria.alpha3, syria.numeric, syria.gw) == ("SYR", "760", "652")
    assert (germany.gw, germany.cow) == ("260", "255")
