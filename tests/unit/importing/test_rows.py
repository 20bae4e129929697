"""Rows of ACLED, UCDP and POLECAT: every value from its characters, bad rows one line, nothing lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from stemma.export.acled import COLUMNS as ACLED_COLUMNS
from stemma.export.polecat import COLUMNS as POLECAT_COLUMNS
from stemma.export.ucdp import COLUMNS as UCDP_COLUMNS
from stemma.importing import Entry, read_import
from stemma.importing.acled import SUB_EVENTS
from stemma.importing.formats import find_importer
from stemma.importing.reading import unguarded
from stemma.model import MODES, ClaimType, Counted, PassageKind, Refusal, Role

FILES = {"acled": "acled.csv", "ucdp": "ucdp.csv", "polecat": "polecat.tsv"}


def entries(format: str, path: Path) -> list[Entry]:
    found = list(read_import(format, path))
    assert all(isinstance(one, Entry) for one in found), found
    return [one for one in found if isinstance(one, Entry)]


def changed(tmp_path: Path, examples: Path, format: str, **cells: str) -> Path:
    """The example with these cells of its first row changed."""
    delimiter = "\t" if format == "polecat" else ","
    rows = list(csv.reader((examples / FILES[format]).open(newline=""), delimiter=delimiter))
    for column, cell in cells.items():
        rows[1][rows[0].index(column)] = cell
    path = tmp_path / FILES[format]
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


@pytest.mark.parametrize(
    ("format", "columns"), [("acled", ACLED_COLUMNS), ("ucdp", UCDP_COLUMNS), ("polecat", POLECAT_COLUMNS)]
)
def test_the_examples_have_the_public_headers(format: str, columns: tuple[str, ...], examples: Path) -> None:
    delimiter = "\t" if format == "polecat" else ","
    with (examples / FILES[format]).open(newline="") as file:
        assert tuple(next(csv.reader(file, delimiter=delimiter))) == columns


@pytest.mark.parametrize("format", FILES)
def test_every_value_points_at_its_characters(format: str, examples: Path) -> None:
    for entry in entries(format, examples / FILES[format]):
        text = entry.document.text
        (claim,) = entry.coding.claims
        grounds = list(claim.grounds())
        named = {ground.value for ground in grounds}
        assert {"evidence", "trigger", "time.text", "place.text"} <= named
        assert all(ground.span.of(text) == ground.text for ground in grounds)
        assert all(count.span and count.span.of(text) == count.text for count in claim.counts)
        assert all(source.span and source.span.of(text) == source.text for source in claim.sources)
        for entity in entry.coding.entities:
            assert [mention.span.of(text) for mention in entity.mentions]
            assert all(mention.span.of(text) == mention.text for mention in entity.mentions)
        for role, spans in claim.role_spans.items():
            names = [entry.coding.entity(party).names[0] for party in claim.roles[role]]
            assert [span.of(text) for span in spans] == names
        assert entry.coding.document_hash == entry.document.content_hash()
        assert entry.document.report_hash == entry.report.bytes_hash()


@pytest.mark.parametrize("format", FILES)
def test_every_cell_stands_in_the_text(format: str, examples: Path) -> None:
    delimiter = "\t" if format == "polecat" else ","
    with (examples / FILES[format]).open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter=delimiter))
    for row, entry in zip(rows, entries(format, examples / FILES[format]), strict=True):
        lines = entry.document.text.splitlines()
        for column, cell in row.items():
            assert not cell or f"{column.lower()}: {cell}" in lines


def test_a_row_of_acled(examples: Path) -> None:
    first, second, third = entries("acled", examples / "acled.csv")
    claim = first.coding.claims[0]
    assert (first.report.id, first.coding.outlet, str(first.coding.published)) == (
        "acled/SYR90001",
        "ACLED",
        "2021-10-18",
    )
    assert (claim.type, claim.mode, claim.trigger) == (ClaimType.ASSAULT, "clash", "Armed clash")
    assert claim.time
    assert (claim.time.start, claim.time.end) == ("2021-10-12", "2021-10-12")
    assert claim.place
    assert (claim.place.latitude, claim.place.longitude, claim.place.country) == (35.8136, 36.6092, "SY")
    assert claim.place.precision
    assert claim.place.precision.acled == 1
    assert [(count.what, count.low, count.high) for count in claim.counts] == [(Counted.KILLED, 3, 3)]
    assert [source.text for source in claim.sources] == ["Lakeside Herald", "Longitude"]
    assert [source.parallel for source in claim.sources] == [False, True]
    week, month = second.coding.claims[0].time, third.coding.claims[0].time
    assert week
    assert month
    assert (week.start, week.end, month.start) == ("2021-10-11", "2021-10-17", "2021-10")
    assert second.coding.claims[0].parties(Role.VICTIM)
    assert third.coding.claims[0].counts == ()
    assert third.coding.claims[0].evidence.startswith("=In October")


def test_only_the_prose_of_a_row_is_a_story(examples: Path) -> None:
    first = entries("acled", examples / "acled.csv")[0].document
    (body,) = first.passages_of(PassageKind.BODY)
    assert body.span.of(first.text) == first.text.split("notes: ")[1].split("\n")[0]
    assert all(first.passage_at(offset) for offset in range(len(first.text)))


def test_a_row_of_ucdp(examples: Path) -> None:
    first, second = entries("ucdp", examples / "ucdp.csv")
    claim = first.coding.claims[0]
    # All the dead are of side A: one figure with its range.
    (count,) = claim.counts
    assert (count.low, count.high, count.text) == (3, 6, "best: 4\nhigh: 6\nlow: 3")
    assert count.entity
    assert first.coding.entity(count.entity).names == ("Government of Syria",)
    assert [(source.text, source.kind.value, source.parallel) for source in claim.sources] == [
        ("residents", "anonymous", False),
        ("Longitude", "outlet", False),
        ("Lakeside Herald", "outlet", True),
    ]
    later = second.coding.claims[0]
    assert later.time
    assert (later.time.start, later.time.end) == ("2021-10-13", "2021-10-15")
    assert later.parties(Role.VICTIM)


def test_dead_of_several_sides_are_counts_of_their_own(examples: Path, tmp_path: Path) -> None:
    cells = {"deaths_a": "2", "deaths_b": "1", "deaths_civilians": "1"}
    claim = entries("ucdp", changed(tmp_path, examples, "ucdp", **cells))[0].coding.claims[0]
    found = {count.entity: (count.low, count.high) for count in claim.counts}
    assert found == {None: (3, 6), "e1": (2, 2), "e2": (1, 1), "civilians": (1, 1)}


@pytest.mark.parametrize(
    ("format", "cells", "column"),
    [
        ("acled", {"event_date": "31 February 2021"}, "event_date"),
        ("acled", {"latitude": "95"}, "latitude"),
        ("acled", {"longitude": "east"}, "longitude"),
        ("acled", {"fatalities": "-3"}, "fatalities"),
        ("acled", {"fatalities": "9" * 400}, "fatalities"),
        ("acled", {"sub_event_type": "Duel"}, "sub_event_type"),
        ("acled", {"event_id_cnty": ""}, "event_id_cnty"),
        ("acled", {"event_date": "0001-01-01", "time_precision": "2"}, "event_date"),
        ("acled", {"timestamp": "soon"}, "timestamp"),
        ("ucdp", {"best": "2"}, "best"),
        ("ucdp", {"date_end": "2020-01-01"}, "date_end"),
        ("ucdp", {"type_of_violence": "4"}, "type_of_violence"),
        ("ucdp", {"side_b": ""}, "side_b"),
        ("ucdp", {"where_prec": "8"}, "where_prec"),
        ("polecat", {"Event Type": "MEMBER_OF"}, "Event Type"),
        ("polecat", {"Event Date": "yesterday"}, "event date"),
    ],
)
def test_a_bad_row_is_one_line_and_the_rest_comes_in(
    format: str, cells: dict[str, str], column: str, examples: Path, tmp_path: Path
) -> None:
    path = changed(tmp_path, examples, format, **cells)
    found = list(read_import(format, path))
    refused = [one for one in found if isinstance(one, Refusal)]
    assert [one.where for one in refused] == [f"{path}:2, column {column}"]
    assert refused[0].mend
    assert "\n" not in refused[0].line()
    assert len(found) == len(entries(format, examples / FILES[format]))


def test_ragged_rows_foreign_bytes_and_missing_columns_are_told(examples: Path, tmp_path: Path) -> None:
    good = (examples / "acled.csv").read_bytes().splitlines(keepends=True)
    path = tmp_path / "a.csv"
    path.write_bytes(
        good[0] + b"x,y\n" + good[1].replace(b"residents", b"\xff").replace(b"said", b"\xff") + good[2]
    )
    found = list(read_import("acled", path))
    assert [one.code for one in found if isinstance(one, Refusal)] == ["ragged-row", "undecodable"]
    assert len(found) == 3
    path.write_text("id,date\n1,2\n")
    (refusal,) = read_import("acled", path)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "no-column"
    (refusal,) = read_import("acled", tmp_path / "none.csv")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "not-found"


def test_formulas_are_data_and_lose_only_the_guard_of_an_export(examples: Path, tmp_path: Path) -> None:
    notes = '=HYPERLINK("http://x")'
    path = changed(tmp_path, examples, "acled", notes="'" + notes)
    assert entries("acled", path)[0].coding.claims[0].evidence == notes
    assert [unguarded(cell) for cell in ("'=a", "''=a", "'tis", "=a")] == ["=a", "'=a", "'tis", "=a"]


def test_every_sub_event_is_a_type_with_a_mode_of_it() -> None:
    assert len(SUB_EVENTS) == 25
    assert all(mode is None or mode in MODES[kind] for kind, mode in SUB_EVENTS.values())


@pytest.mark.parametrize("format", FILES)
def test_the_losses_name_columns_of_the_file(format: str) -> None:
    columns = {"acled": ACLED_COLUMNS, "ucdp": UCDP_COLUMNS, "polecat": POLECAT_COLUMNS}[format]
    named = {column for loss in find_importer(format).losses() for column in loss.columns}
    assert named <= {column.lower() for column in columns}
