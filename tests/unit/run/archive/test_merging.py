from __future__ import annotations

from pathlib import Path
from typing import Any

import archives
import pytest

from stemma.errors import UsageError
from stemma.run import add_paths
from stemma.run.api import open_casebook
from stemma.run.archive.archiving import archive_paths
from stemma.run.archive.merging import merge_archive, merged_records
from stemma.run.archive.options import ArchiveOptions
from stemma.run.keeping import bring_up_to_date


def test_an_archive_is_merged_to_what_a_casebook_of_it_is(
    plug: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(b"".join(archives.warc_of(15)))
    out = str(tmp_path / "out")
    archive_paths([str(path)], out, options=ArchiveOptions(reports=4))
    merged = merge_archive(out, workers=2)
    found = sorted(record.wire_json() for _, record in merged_records(out))
    assert merged.reports == 15
    assert merged.circles == len(found) > 1
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        assert len(list(add_paths([str(path)], store))) == 15
        bring_up_to_date(store)
        assert found == sorted(record.wire_json() for record in store.merged())
    assert merge_archive(out) == merged


def test_merging_again_after_a_stop_goes_on(plug: None, warc: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("stemma.run.archive.merging.PORTION", 3)
    out = tmp_path / "out"
    archive_paths([str(warc)], str(out), options=ArchiveOptions(reports=4))
    first = merge_archive(str(out))
    before = sorted(merged_records(str(out)), key=str)
    next(out.glob("done/merged/*/*.json")).unlink()
    told: list[int] = []
    assert merge_archive(str(out), tell=lambda done, total: told.append(done)) == first
    assert len(told) == 1
    assert sorted(merged_records(str(out)), key=str) == before


def test_only_a_finished_run_is_merged(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(UsageError, match="no finished run"):
        merge_archive(str(tmp_path))
