"""`stemma gazetteer` in a process of its own: lines, streams and statuses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROW = "\t".join(
    [
        "9",
        "Qarn Sharmut",
        "",
        "",
        "35.9",
        "36.7",
        "P",
        "PPL",
        "SY",
        "",
        "",
        "",
        "",
        "",
        "5",
        "",
        "",
        "",
        "2024-01-31",
    ]
)


def stemma(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "STEMMA_GAZETTEER": str(folder / "own.sqlite"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "stemma", "gazetteer", *words],
        capture_output=True, text=True, env=environment, check=False, cwd=folder,
    )  # fmt: skip


def test_a_bad_file_beside_a_good_one_is_one_line_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ROW + "\n", "utf-8")
    (tmp_path / "cut.txt").write_text(ROW + "\n" + ROW[:40], "utf-8")

    done = stemma(tmp_path, "add", "cut.txt", "missing.txt", "good.txt")

    assert done.returncode == 1
    assert done.stdout == "added: good.txt, 1 places\n"
    first, second = done.stderr.splitlines()
    assert "cut.txt, line 2" in first
    assert "nothing of this file is kept" in first
    assert "missing.txt" in second
    assert "good.txt: 1 places (GeoNames)" in stemma(tmp_path, "status").stdout


def test_what_is_not_there_cannot_be_removed(tmp_path: Path) -> None:
    done = stemma(tmp_path, "remove", "x.txt")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
