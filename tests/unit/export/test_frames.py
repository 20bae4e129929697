from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import polars
import pytest

from stemma.errors import UsageError
from stemma.export.frames import (
    CLAIMS,
    DISPUTES,
    INCIDENTS,
    LINEAGE,
    REPORTS,
    TIES,
    pandas_frame,
    polars_frame,
)
from stemma.export.ledger import columns_of
from stemma.export.ledger_table import Column, Table

ODD = Table(
    "odd",
    "one row",
    (
        Column("words", "text", "", lambda row: row.words),
        Column("whole", "integer", "", lambda row: row.whole),
        Column("part", "number", "", lambda row: row.part),
        Column("yes", "boolean", "", lambda row: row.yes),
        Column("published", "text", "", lambda row: row.day),
    ),
)
ROWS = [
    SimpleNamespace(words="a\ud800b", whole=2**53 + 1, part=1, yes=False, day="0001-01-01"),
    SimpleNamespace(words=None, whole=None, part=None, yes=None, day=None),
]


@pytest.mark.parametrize("table", [CLAIMS, INCIDENTS, DISPUTES, LINEAGE])
def test_columns_are_those_of_the_ledger_without_rows_too(table: Table) -> None:
    assert tuple(pandas_frame(table, []).columns) == columns_of(table.name)
    assert tuple(polars_frame(table, []).columns) == columns_of(table.name)


@pytest.mark.parametrize("table", [CLAIMS, INCIDENTS, DISPUTES, LINEAGE, REPORTS, TIES])
def test_types_do_not_hang_on_the_rows(table: Table) -> None:
    kinds = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
    days = {"published", "time_anchor", "first_told", "last_told"}
    frame = pandas_frame(table, [])
    for column in table.columns:
        wanted = "datetime64[s]" if column.name in days else kinds[column.type]
        assert str(frame[column.name].dtype) == wanted, column.name
    schema = polars_frame(table, []).schema
    for column in table.columns:
        kind = polars.Date if column.name in days else None
        plain = {
            "text": polars.String, "integer": polars.Int64,
            "number": polars.Float64, "boolean": polars.Boolean,
        }  # fmt: skip
        assert schema[column.name] == (kind or plain[column.type])


def test_what_nobody_says_is_missing_and_numbers_stay_whole() -> None:
    frame = pandas_frame(ODD, ROWS)
    assert frame["whole"][0] == 2**53 + 1
    assert frame["words"][0] == "a\\ud800b"
    assert frame.iloc[1].isna().all()
    assert frame["published"][0].year == 1
    rows = polars_frame(ODD, ROWS).rows()
    assert rows[0][:4] == ("a\\ud800b", 2**53 + 1, 1.0, False)
    assert rows[1] == (None,) * 5


@pytest.mark.parametrize(("library", "make"), [("pandas", pandas_frame), ("polars", polars_frame)])
def test_without_the_library_one_line_says_what_to_install(
    library: str, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=rf"to_{library}: .*pip install 'stemma-record\[{library}\]'"):
        make(CLAIMS, [])
