"""Tables whose header would like to be a script, a formula, a command of the terminal, or endless."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pytest

from stemma.importing import Entry, read_import
from stemma.model import Refusal

HOSTILE = {
    "script": '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
    "formula": '=HYPERLINK("http://x","y")',
    "terminal": "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b2J",
    "bidi": "\u202enotes\u202c\u2066",
    "lines": "a\r\nb\u2028c",
    "zero": "a\x00b",
    "half a letter": "\ud800",
    "long": "x" * 90_000,
}
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What a terminal would obey; a line feed parts paragraphs."""


def _table(path: Path, examples: Path, *, more: str, broken: str = "") -> Path:
    """The example of ACLED with one column more; `broken` takes the place of the event's id."""
    with (examples / "acled.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if broken:
        header[header.index("event_id_cnty")] = broken
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        csv.writer(file).writerows([[*header, more], *([*row, "cell"] for row in rows)])
    return path


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_column_beside_the_known_ones_is_text_and_no_value(
    name: str, examples: Path, tmp_path: Path
) -> None:
    found = list(read_import("acled", _table(tmp_path / "a.csv", examples, more=name)))
    usual = list(read_import("acled", examples / "acled.csv"))
    assert len(found) == len(usual) > 0
    for entry, other in zip(found, usual, strict=True):
        assert isinstance(entry, Entry)
        assert isinstance(other, Entry)
        assert not CONTROLS.search(entry.document.text)
        for claim, before in zip(entry.coding.claims, other.coding.claims, strict=True):
            assert (claim.type, claim.roles, claim.counts) == (before.type, before.roles, before.counts)
            assert entry.document.text[claim.span.start : claim.span.end] == claim.evidence == before.evidence


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_header_is_refused_in_one_plain_line(name: str, examples: Path, tmp_path: Path) -> None:
    (refusal,) = read_import("acled", _table(tmp_path / "a.csv", examples, more="more", broken=name))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "no-column"
    assert len(refusal.line()) < 700
    assert not CONTROLS.search(refusal.line())
    assert refusal.mend


def test_a_header_without_end_is_refused_at_once(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    for content in (b"," * 10_000_000, b'"' + b"x," * 5_000_000, b"\xff" * 1_000_000):
        table.write_bytes(content)
        begin = time.process_time()
        found = list(read_import("acled", table))
        assert found
        assert all(isinstance(one, Refusal) and len(one.line()) < 700 for one in found)
        assert time.process_time() - begin < 3, "seconds of processor"


def test_the_same_column_twice_is_no_way_around_a_check(examples: Path, tmp_path: Path) -> None:
    found = list(read_import("acled", _table(tmp_path / "a.csv", examples, more="event_date")))
    assert found
    assert all(isinstance(one, Refusal) for one in found), "the last one wins, and is no day"
