"""Texts that would trap a regular expression, or a reader, in years of work."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import patterns
import pytest

from stemma.model import Report
from stemma.read import read_document

LONG = 300_000
SECONDS = 10.0
"""Of processor: reading so many characters takes up to five on a busy machine, the square of them hours."""


@pytest.mark.slow
def test_no_pattern_takes_more_than_the_square_of_its_text() -> None:
    """500 characters a text: its square is nothing, its third power longer than a pattern may take here.

    What takes the square is used on a line or a name, or on texts of a bounded length; whole reports are
    read below.
    """
    done = subprocess.run(
        [sys.executable, patterns.__file__, "500", "0.3"],
        capture_output=True,
        text=True,
        timeout=500,
        check=True,
    )
    assert done.stdout == ""
    checked = re.match(r"(\d+) patterns", done.stderr)
    assert checked
    assert int(checked[1]) > 500


def test_a_trap_is_seen() -> None:
    assert patterns.trapped(re.compile(r"\s*,?\s*x?\s*y"), 900, 0.2)
    assert patterns.trapped(re.compile(r"(?:a+)+b"), 100, 0.2)
    assert not patterns.trapped(re.compile(r"a+b"), 500, 0.2)


@pytest.mark.parametrize("repeated", [" ", "\t", "<!--", "<", "![", "a", "A", "((", "> ", "(Photo ", "By A "])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "text/markdown"])
def test_a_report_of_one_thing_repeated_is_read_in_time(media_type: str, repeated: str) -> None:
    size = LONG if repeated.isspace() or repeated.startswith("<") else LONG // 10
    content = b"The army left.\n" + (repeated * (size // len(repeated))).encode() + b"\nIt came back.\n"
    begin = time.process_time()
    document = read_document(Report(id="a", address="a", media_type=media_type, content=content))
    assert time.process_time() - begin < SECONDS
    assert "The army left." in document.text
