from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stemma.errors import UsageError
from stemma.run.archive.archiving import archive_paths
from stemma.run.archive.merging import merge_archive, merged_records
from stemma.run.archive.options import ArchiveOptions
from stemma.run.archive.spark import open_session


def spark_or_skip() -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed (extra `spark`)")
    if shutil.which("java") is None:
        pytest.skip("there is no Java runtime")


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("reports/*/*.parquet"))}


def test_spark_gives_the_same_bytes_and_the_same_circles(plug: None, warc: Path, tmp_path: Path) -> None:
    spark_or_skip()
    options = ArchiveOptions(reports=4)
    here = archive_paths([str(warc)], str(tmp_path / "here"), options=options)
    there = archive_paths([str(warc)], str(tmp_path / "there"), options=options, cluster="local[2]")
    assert here.outcomes == there.outcomes
    assert contents(tmp_path / "here") == contents(tmp_path / "there")
    assert (tmp_path / "here/manifest.jsonl").read_bytes() == (tmp_path / "there/manifest.jsonl").read_bytes()
    local = merge_archive(str(tmp_path / "here"))
    cluster = merge_archive(str(tmp_path / "there"), cluster="local[2]")
    assert local == cluster
    assert sorted(merged_records(str(tmp_path / "here")), key=str) == sorted(
        merged_records(str(tmp_path / "there")), key=str
    )


def test_without_spark_the_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(UsageError, match=r"stemma-record\[spark\]"):
        open_session("local[2]")
