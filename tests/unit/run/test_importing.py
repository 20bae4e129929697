"""Imports into a casebook and a lexicon: what an export wrote comes back, twice adds nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from full_record import full_wire
from round_trip import written

from stemma.export.acled import AcledFormat
from stemma.export.ftm import Ftm
from stemma.export.polecat import PolecatFormat
from stemma.export.ucdp import UcdpFormat
from stemma.importing import Address
from stemma.lexicon.actors import find_actors
from stemma.model import Record
from stemma.names.actor import forget_actors
from stemma.run.importing import Imported, import_lexicon, import_rows, list_addresses
from stemma.run.recording import record_of
from stemma.store import StoreOptions, open_casebook
from stemma.store.protocol import Store

EXAMPLES = Path(__file__).parents[3] / "examples" / "import"
ROWS = {"acled": "acled.csv", "ucdp": "ucdp.csv", "polecat": "polecat.tsv"}
FORMATS = {"acled": AcledFormat(), "ucdp": UcdpFormat(), "polecat": PolecatFormat()}

KEPT = {
    "acled": (
        "event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 actor2"
        " interaction civilian_targeting iso region country admin1 location latitude longitude geo_precision"
        " fatalities inter1 inter2"
    ),
    "ucdp": (
        "type_of_violence side_a side_b source_original adm_1 latitude longitude country country_id region"
        " date_prec date_start date_end low high where_prec priogrid_gid"
    ),
    "polecat": (
        "Event_Date|Event_Type|Event_Mode|Actor_Name|Recipient_Name|Primary_Actor_Sector"
        "|Country|Latitude|Longitude|GeoNames_ID|Publication_Date|Quad_Code"
    ),
}
"""The columns that come back as they were when a row is imported and exported again; the rest is lost or
computed anew, as the losses say: a month comes back as its middle day, best as low."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_casebook(StoreOptions(str(tmp_path / "a.casebook")), create=True) as held:
        yield held


@pytest.fixture(autouse=True)
def _own_lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STEMMA_ACTORS", str(tmp_path / "own" / "actors.csv"))
    forget_actors()
    yield
    monkeypatch.undo()
    forget_actors()


def table(path: Path, format: str) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t" if format == "polecat" else ","))


@pytest.mark.parametrize("format", ROWS)
def test_imported_twice_is_imported_once_and_a_changed_row_is_a_version(
    format: str, store: Store, tmp_path: Path
) -> None:
    path = EXAMPLES / ROWS[format]
    number = len(table(path, format))
    first, again, later = Imported("reports"), Imported("reports"), Imported("reports")
    assert list(import_rows(store, format, [str(path)], first)) == []
    assert list(import_rows(store, format, [str(path)], again)) == []
    assert (first.new, first.known) == (number, 0)
    assert (again.new, again.known) == (0, number)
    changed = tmp_path / path.name
    changed.write_text(path.read_text("utf-8").replace("35.8136", "35.8137"), "utf-8")
    assert list(import_rows(store, format, [str(changed)], later)) == []
    assert (later.new, later.known) == (1, number - 1)
    assert len(store.report_ids()) == number


@pytest.mark.parametrize("format", ROWS)
def test_rows_exported_again_keep_what_no_loss_names(format: str, store: Store, tmp_path: Path) -> None:
    path = EXAMPLES / ROWS[format]
    list(import_rows(store, format, [str(path)], Imported("reports")))
    record = Record(codings=tuple(store.codings()))
    out = tmp_path / path.name
    out.write_bytes(written(FORMATS[format], record).files[""].getvalue())
    sign = "|" if "|" in KEPT[format] else None
    columns = [name.replace("_", " ") if sign else name for name in KEPT[format].split(sign)]

    def rows(path: Path) -> list[tuple[str, ...]]:
        return sorted(tuple(row[column] for column in columns) for row in table(path, format))

    assert rows(out) == rows(path)


@pytest.mark.parametrize("format", ROWS)
def test_what_an_export_writes_is_taken_without_a_refusal(format: str, store: Store, tmp_path: Path) -> None:
    wire = full_wire()
    for claim in wire["codings"][0]["claims"]:
        claim.update(status="actual", negated=False)
    wire["incidents"] = []
    out = tmp_path / "out.csv"
    out.write_bytes(written(FORMATS[format], Record.from_wire(wire)).files[""].getvalue())
    done = Imported("reports")
    assert list(import_rows(store, format, [str(out)], done)) == []
    assert done.new == 1
    (coding,) = store.codings()
    claim = coding.claims[0]
    assert claim.type == "ASSAULT"
    assert claim.place
    assert (claim.place.latitude, claim.place.longitude, claim.place.country) == (34.5, 36.25, "SY")
    assert claim.time
    assert claim.time.start
    assert claim.time.start <= "2021-10-12"
    names = {name for entity in coding.entities for name in entity.names}
    assert "Tolvar Free Front" in names
    if format != "polecat":
        assert [(count.low, count.what) for count in claim.counts] == [(16, "killed")]


def test_two_rows_of_one_dataset_are_never_one_incident(store: Store, tmp_path: Path) -> None:
    head, first, *_ = (EXAMPLES / "acled.csv").read_text("utf-8").splitlines()
    again = first.replace("SYR90001", "SYR90009").replace("-12,2021", "-13,2021")
    path = tmp_path / "a.csv"
    path.write_text("\n".join([head, first, again]) + "\n", "utf-8")
    assert list(import_rows(store, "acled", [str(path)], Imported("reports"))) == []
    assert [len(one.claims) for one in record_of(store).incidents] == [1, 1]
    # What another dataset tells of the same day may be the same happening.
    list(import_rows(store, "polecat", [str(EXAMPLES / "polecat.tsv")], Imported("reports")))
    assert max(len(one.claims) for one in record_of(store).incidents) == 2


def test_ftm_bodies_come_back_as_actors_and_people_do_not(tmp_path: Path) -> None:
    path = tmp_path / "entities.ftm.json"
    path.write_text(written(Ftm(), Record.from_wire(full_wire())).text("entities.ftm.json"), "utf-8")
    done = Imported("actors")
    assert list(import_lexicon("ftm", [str(path)], done)) == []
    found = find_actors("Tolvar Free Front")
    assert [actor.canonical for actor in found] == ["Tolvar Free Front"]
    assert {"Rebels", "the others"} <= set(found[0].aliases)
    assert found[0].ground == "your own: entities.ftm.json"
    assert find_actors("Rado Senn") == ()
    assert done.new == 2
    assert list(import_lexicon("ftm", [str(path)], again := Imported("actors"))) == []
    assert (again.new, again.known) == (0, 2)


def test_the_example_dictionaries_and_entities_go_into_the_lexicon() -> None:
    done = Imported("actors")
    assert list(import_lexicon("petrarch", [str(EXAMPLES / "actors.petrarch.txt")], done)) == []
    (front,) = find_actors("Tolvar Liberation Column")
    assert (front.kind, front.country, front.start, front.end) == ("group", "SY", 2014, 2019)
    assert front.aliases == ("Column of Tolvar", "TLC")
    # A name that the program knows gets the others; people and countries stay out.
    assert find_actors("Harakat of the Example")[0].canonical == "Hamas"
    assert find_actors("Rado Senn") == ()
    list(import_lexicon("ftm", [str(EXAMPLES / "entities.ftm.json")], done))
    (unit,) = find_actors("Kolmaz Guard Battalion")
    assert (unit.parent, unit.kind, unit.member_of[0].of) == ("Kolmaz Guard", "group", "Kolmaz Guard")
    assert (unit.member_of[0].start, unit.member_of[0].end) == (2016, 2018)


def test_addresses_of_gdelt_once_each_with_all_codes() -> None:
    found: list[Address] = []
    files = [str(EXAMPLES / name) for name in ("gdelt.export.CSV", "gdelt.mentions.CSV")]
    refused = list(list_addresses("gdelt", files, found))
    assert [one.url for one in found] == ["https://herald.example/ariha", "https://longitude.example/2"]
    assert found[0].codes == ("190", "193")
    assert len(found[0].events) == 2
    assert [one.where.rpartition(":")[2] for one in refused] == ["3, column 61"]
