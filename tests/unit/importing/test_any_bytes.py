"""No importer falls over, whatever the bytes: items and refusals, each refusal one line."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.export.acled import COLUMNS as ACLED
from stemma.export.polecat import COLUMNS as POLECAT
from stemma.export.ucdp import COLUMNS as UCDP
from stemma.importing import read_import
from stemma.importing.formats import list_importers
from stemma.model import Refusal

NAMES = [one.name for one in list_importers()]
HEADS = {
    "acled": (",".join(ACLED) + "\n").encode(),
    "ucdp": (",".join(UCDP) + "\n").encode(),
    "polecat": ("\t".join(POLECAT) + "\n").encode(),
    "gdelt": b"",
}
CELLS = st.sampled_from(
    [
        "",
        "1",
        "2021-10-12",
        "Attack",
        "Protests",
        "ASSAULT",
        "-1e999",
        "nan",
        "=1+1",
        "\u202e",
        "a;b",
        "\x00",
        "7",
        "é",
    ]
)
WIDTHS = {"acled": (31, ","), "ucdp": (49, ","), "polecat": (40, "\t"), "gdelt": (61, "\t")}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "data text annotations result value start end labels type id from_id to_id meta choices"
                " schema properties name _source content metadata hits bodyText title".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def check(format: str, content: bytes, ending: str = ".csv") -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{ending}")
        path.write_bytes(content)
        if format == "brat":
            path.with_suffix(".ann").write_bytes(content)
            path.with_suffix(".txt").write_bytes(content[: len(content) // 2])
        for item in read_import(format, path):
            if isinstance(item, Refusal):
                assert "\n" not in item.line()
                assert item.mend


@pytest.mark.parametrize("format", NAMES)
@settings(max_examples=30)
@given(content=st.binary(max_size=200))
def test_any_bytes(format: str, content: bytes) -> None:
    check(format, content)
    check(format, HEADS.get(format, b"") + content)


@pytest.mark.parametrize("format", WIDTHS)
@settings(max_examples=40)
@given(data=st.data())
def test_any_cells(format: str, data: st.DataObject) -> None:
    width, sign = WIDTHS[format]
    cells = data.draw(st.lists(CELLS, min_size=width, max_size=width))
    check(format, HEADS[format] + sign.join(cells).encode() + b"\n")


@pytest.mark.parametrize("format", ["labelstudio", "ftm", "openaleph", "datashare"])
@settings(max_examples=40)
@given(value=json_values)
def test_any_json(format: str, value: object) -> None:
    import json

    check(format, json.dumps(value).encode(), ".json")
    check(format, json.dumps([value]).encode(), ".json")


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "A_ [REB]",
                "+B_",
                "\t[AFGREB 990101]",
                "[",
                "\t[]",
                "# x",
                "C",
                "D_ [AFGGOV <820701]",
                "\t+E",
                "X_ [ZZZREB >1]",
            ]
        )
    )
)
def test_any_dictionary(lines: list[str]) -> None:
    check("petrarch", "\n".join(lines).encode(), ".txt")


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "T1\tASSAULT 0 3\tabc",
                "T2\tgroup 1 2;4 9\tx",
                "E1\tASSAULT:T1 actor:T2",
                "E2\tX:T9",
                "A1\tnegated E1",
                "A2\tstatus E1 future",
                '#1\tAnnotatorNotes E1\t{"report":1,"claim":{"id":[]}}',
                "#2\tAnnotatorNotes T2\t[1]",
                "R1\tx Arg1:T1 Arg2:T2",
                "nonsense",
                "T3\tplace 5 4\tx",
                "T4\tplace 0 99999\tx",
            ]
        )
    )
)
def test_any_standoff(lines: list[str]) -> None:
    check("brat", "\n".join(lines).encode(), ".ann")
