"""What is not listed as a loss comes back as it was, read by a second reader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from full_record import HOSTILE, full_record
from hypothesis import given, settings
from making import STRATEGIES
from mutations import event_wire, fate, values_of
from round_trip import Files, records, written

from stemma.export.acled import AcledFormat
from stemma.export.event_formats import event_formats
from stemma.export.jsonl import JsonlFormat
from stemma.export.ledger import TABLES
from stemma.export.ledger_csv import CsvFormat
from stemma.export.ledger_parquet import ParquetFormat
from stemma.export.options import ExportOptions
from stemma.export.plover import PloverFormat
from stemma.export.polecat import PolecatFormat
from stemma.export.protocol import Format, Stock
from stemma.export.sfm import SfmFormat
from stemma.export.sheets import FORMULA_STARTS
from stemma.export.ucdp import UcdpFormat
from stemma.model import Coding, Incident, Judgement, Lineage, Record

Rows = list[dict[str, Any]]


def sheet(files: Files, name: str, delimiter: str = ",") -> Rows:
    return list(csv.DictReader(io.StringIO(files.text(name), newline=""), delimiter=delimiter))


def bare(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    guarded = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS)
    return cell[1:] if guarded else cell


def values_at(wire: Any, path: str) -> list[Any]:
    """Every value under a path of the wire, in order; lists are gone through."""
    here = [wire]
    for step in path.split("."):
        below = []
        for one in here:
            found = one.get(step) if isinstance(one, dict) else None
            below += found if isinstance(found, list) else [found] if found is not None else []
        here = below
    return here


def ledger_values(files: Files, read: Callable[[Files, str], Rows]) -> dict[str, list[Any]]:
    """Path -> all values of the column that holds it, from the table that is closest to it."""
    found: dict[str, list[Any]] = {}
    for table in reversed(TABLES):
        rows = read(files, table.name)
        for column in table.columns:
            if column.path:
                found[column.path] = [row[column.name] for row in rows if row[column.name] not in ("", None)]
    return found


def csv_table(files: Files, name: str) -> Rows:
    return [{k: bare(v) for k, v in row.items()} for row in sheet(files, f"{name}.csv")]


def parquet_table(files: Files, name: str) -> Rows:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows: Rows = parquet.read_table(io.BytesIO(files.files[f"{name}.parquet"].getvalue())).to_pylist()
    return rows


def as_cell(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def kept_paths(format: Format) -> set[str]:
    return {path for path, _ in values_of(event_wire()) if fate(format.losses(), path) == "kept"}


@pytest.mark.parametrize("format", [CsvFormat(), ParquetFormat()], ids=lambda one: one.name)
def test_ledgers_give_back_what_they_do_not_list_as_lost(format: Format) -> None:
    if format.name == "parquet":
        pytest.importorskip("pyarrow")
    wire = event_wire()
    files = written(format, Record.from_wire(wire))
    typed = format.name == "parquet"
    found = ledger_values(files, parquet_table if typed else csv_table)
    of_spans = {path for path in kept_paths(format) if path in found}
    assert of_spans == kept_paths(format)
    for path in kept_paths(format):
        expected = [value if typed else as_cell(value) for value in values_at(wire, path) if value != ""]
        assert set(map(str, found[path])) == set(map(str, expected)), path


def test_lines_of_json_lose_nothing() -> None:
    for record in (full_record(), Record.from_wire(event_wire())):
        files = written(JsonlFormat(), record)
        back = Record(
            codings=tuple(map(Coding.from_wire, files.text("codings.jsonl").splitlines())),
            lineage=Lineage.from_wire(files.text("lineage.jsonl")),
            incidents=tuple(map(Incident.from_wire, files.text("incidents.jsonl").splitlines())),
            judgements=tuple(map(Judgement.from_wire, files.text("judgements.jsonl").splitlines())),
        )
        assert back == record


@settings(max_examples=30)
@given(STRATEGIES[Record])
def test_any_record_comes_back_from_lines_of_json(record: Record) -> None:
    files = written(JsonlFormat(), record)
    lines = files.text("codings.jsonl").split("\n")[:-1]
    assert tuple(map(Coding.from_wire, lines)) == record.codings


PLOVER = {
    "codings.report": "cite_info.citation",
    "codings.outlet": "cite_info.publication",
    "codings.title": "cite_info.title",
    "codings.url": "cite_info.url",
    "codings.language": "cite_info.language",
    "codings.engine": "coder",
    "codings.engine_version": "cite_info.version",
    "codings.claims.evidence": "text",
    "codings.claims.trigger": "event_text",
    "codings.claims.span.start": "text_info.start",
    "codings.claims.span.end": "text_info.end",
    "incidents.id": "id",
    **{
        f"{of}.{value}": f"event_loc.{name}"
        for of in ("codings.claims.place", "incidents.place")
        for value, name in (
            ("text", "extracted_place"),
            ("canonical", "resolved_place"),
            ("geonames", "geonameid"),
            ("latitude", "lat"),
            ("longitude", "lon"),
            ("admin1", "province"),
        )
    },
}


def test_plover_gives_back_what_it_does_not_list_as_lost() -> None:
    wire = event_wire()
    lines = written(PloverFormat(), Record.from_wire(wire)).text().splitlines()
    found = [json.loads(line) for line in lines]
    assert [one["id"] for one in found] == ["i1", "i3"]
    assert set(PLOVER) == kept_paths(PloverFormat())
    # The tie among the claims is no event.
    wire["codings"][0]["claims"] = [c for c in wire["codings"][0]["claims"] if c["type"] == "ASSAULT"]
    for path, name in PLOVER.items():
        values = {value for one in found for value in values_at(one, name)}
        assert values == set(values_at(wire, path)), path


POLECAT = {
    "codings.published": "Publication Date",
    "incidents.id": "Event ID",
    **{
        f"{of}.{value}": name
        for of in ("codings.claims.place", "incidents.place")
        for value, name in (("geonames", "GeoNames ID"), ("latitude", "Latitude"), ("longitude", "Longitude"))
    },
}
SFM = {
    "codings.report": ("sources.csv", "id"),
    "codings.published": ("sources.csv", "published"),
    "codings.title": ("sources.csv", "title"),
    "codings.url": ("sources.csv", "url"),
    "incidents.id": ("incidents.csv", "about_entity:ref:claim"),
}


def test_polecat_gives_back_what_it_does_not_list_as_lost() -> None:
    wire = event_wire()
    rows = sheet(written(PolecatFormat(), Record.from_wire(wire)), "", "\t")
    assert len(rows) == 2
    assert set(POLECAT) == kept_paths(PolecatFormat())
    for path, name in POLECAT.items():
        assert {row[name] for row in rows} == {str(value) for value in values_at(wire, path)}, path


def test_sfm_gives_back_what_it_does_not_list_as_lost() -> None:
    wire = event_wire()
    files = written(SfmFormat(), Record.from_wire(wire))
    assert set(SFM) == kept_paths(SfmFormat())
    for path, (name, column) in SFM.items():
        assert {row[column] for row in sheet(files, name)} == {str(v) for v in values_at(wire, path)}, path


def test_ucdp_keeps_the_id_and_acled_nothing_as_it_was() -> None:
    rows = sheet(written(UcdpFormat(), Record.from_wire(event_wire())), "")
    assert {row["relid"] for row in rows} == {"i1", "i3"}
    assert kept_paths(UcdpFormat()) == {"incidents.id"}
    assert kept_paths(AcledFormat()) == set()


@settings(max_examples=20)
@given(records())
@pytest.mark.parametrize("format", [f for f in event_formats() if f.name != "parquet"], ids=lambda f: f.name)
def test_any_record_is_written_and_no_row_has_a_cell_too_many(format: Format, record: Record) -> None:
    for claims in (False, True):
        files = Files()
        wrote = format.write(Stock.of(record), files, ExportOptions(claims=claims))
        assert wrote.rows >= 0
        for name in files.files:
            if format.suffix not in (".csv", ".tsv"):
                continue
            rows = list(
                csv.reader(
                    io.StringIO(files.text(name), newline=""),
                    delimiter="\t" if format.suffix == ".tsv" else ",",
                )
            )
            assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("format", [f for f in event_formats() if f.name != "parquet"], ids=lambda f: f.name)
def test_hostile_texts_start_no_formula(format: Format, hostile: str) -> None:
    files = written(format, full_record(hostile), options=ExportOptions(claims=True))
    if format.suffix in (".csv", ".tsv"):
        for name in files.files:
            text = io.StringIO(files.text(name), newline="")
            for row in csv.reader(text, delimiter="\t" if format.suffix == ".tsv" else ","):
                for cell in row:
                    number = cell.removeprefix("-").replace(".", "", 1).isdigit()
                    assert number or not cell.startswith(FORMULA_STARTS)
