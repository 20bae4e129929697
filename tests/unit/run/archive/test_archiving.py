from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import archives
import pytest

from stemma.errors import StemmaError, UsageError
from stemma.run import Reading, read_paths
from stemma.run.archive.archiving import Archived, archive_paths
from stemma.run.archive.options import ArchiveOptions
from stemma.run.archive.scanning import reports_of
from stemma.run.archive.tables import read_rows


def run(path: Path, out: Path, **more: Any) -> Archived:
    options = more.pop("options", ArchiveOptions(reports=4))
    return archive_paths([str(path)], str(out), options=options, **more)


def tables(out: Path) -> dict[str, str]:
    paths = sorted(out.glob("reports/*/*.parquet"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def codings(out: Path) -> list[str]:
    return sorted(row["coding"] for path in out.glob("reports/*/*.parquet") for row in read_rows(path))


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]


def test_the_result_is_that_of_reading_whoever_does_the_work(plug: None, warc: Path, tmp_path: Path) -> None:
    plain = [one.coding.wire_json() for one in read_paths([str(warc)]) if isinstance(one, Reading)]
    found = run(warc, tmp_path / "one", workers=1)
    run(warc, tmp_path / "two", workers=2)
    assert found.outcomes == {"read": 12, "refused": 0, "duplicate": 1, "not-a-page": 14}
    assert tables(tmp_path / "one") == tables(tmp_path / "two")
    assert len(tables(tmp_path / "one")) == 4
    # The page fetched twice is the last; reading one by one takes it in.
    assert codings(tmp_path / "one") == sorted(plain[:-1])
    assert lines(tmp_path / "one") == lines(tmp_path / "two")


def test_the_manifest_says_of_each_record_what_became_of_it(plug: None, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The bridge over the Orr is open again, the mayor said.\n")
    (tmp_path / "in" / "b.txt").write_text("The engine will explode at this report, and nothing else does.\n")
    (tmp_path / "in" / "c.jsonl").write_text('{"text": "The port is shut, sailors said."}\nno json\n')
    (tmp_path / "in" / "d.warc").write_bytes(archives.warc_record("https://a.example", b"x", status=404))
    (tmp_path / "in" / "e.docx").write_text("no")
    run(tmp_path / "in", tmp_path / "out")
    found = lines(tmp_path / "out")
    assert [(line["outcome"], line.get("code")) for line in found] == [
        ("refused", "unknown-format"),
        ("read", None),
        ("refused", "internal-error"),
        ("read", None),
        ("refused", "broken-json"),
        ("not-a-page", None),
    ]
    assert found[1]["report"] == "a"
    assert found[1]["claims"] == 1
    assert found[5]["why"] == "an answer with status 404"
    assert not list((tmp_path / "out").glob("**/*.tmp-*"))


def test_ids_that_repeat_are_told_apart_as_in_a_plain_run(plug: None, tmp_path: Path) -> None:
    rows = [{"id": f"r{n % 3}", "text": f"Note {n}: the road to Velin is open."} for n in range(9)]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    run(path, tmp_path / "out", options=ArchiveOptions(reports=2))
    plain = [one.coding.wire_json() for one in read_paths([str(path)]) if isinstance(one, Reading)]
    assert codings(tmp_path / "out") == sorted(plain)
    assert "r2~3" in {line["report"] for line in lines(tmp_path / "out")}


def test_what_is_done_is_not_done_again(plug: None, warc: Path, tmp_path: Path) -> None:
    first = run(warc, tmp_path / "out")
    before = tables(tmp_path / "out")
    gone = next((tmp_path / "out" / "done").glob("reports/*/00000001.json"))
    gone.unlink()
    again = run(warc, tmp_path / "out")
    assert (first.again, again.again) == (0, 3)
    assert again.outcomes == first.outcomes
    assert tables(tmp_path / "out") == before


def test_another_run_is_not_mixed_in(plug: None, warc: Path, tmp_path: Path) -> None:
    run(warc, tmp_path / "out")
    with pytest.raises(UsageError, match=r"holds another run \(other options\)"):
        run(warc, tmp_path / "out", options=ArchiveOptions(reports=5))
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "news.warc.gz").write_bytes(warc.read_bytes())
    with pytest.raises(UsageError, match=r"holds another run \(other files\)"):
        run(tmp_path / "more", tmp_path / "out")
    (tmp_path / "killed").mkdir()
    (tmp_path / "killed" / "plan.json.tmp-77").write_text("{")
    assert run(warc, tmp_path / "killed").outcomes["read"] == 12
    assert not list((tmp_path / "killed").glob("*.tmp-*"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="something else"):
        run(warc, tmp_path / "full")


def test_nothing_under_the_paths_takes_no_folder(plug: None, warc: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    out = tmp_path / "out"
    for nothing in (tmp_path / "in", tmp_path / "mistyped.warc.gz"):
        with pytest.raises(UsageError) as error:
            run(nothing, out)
        assert str(nothing) in error.value.line()
        assert not out.exists()
    assert run(warc, out).outcomes["read"] == 12


def test_a_folder_that_cannot_be_written_is_one_line(plug: None, warc: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StemmaError):
        run(warc, tmp_path / "out")


@pytest.mark.slow
def test_five_thousand_reports_are_the_same_by_one_two_and_four_workers(plug: None, tmp_path: Path) -> None:
    path = tmp_path / "news.warc"
    path.write_bytes(b"".join(archives.plain_page(number) for number in range(5_000)))
    plain = [one.coding.wire_json() for one in read_paths([str(path)]) if isinstance(one, Reading)]
    options = ArchiveOptions(reports=300)
    for workers in (1, 2, 4):
        found = run(path, tmp_path / str(workers), workers=workers, options=options)
        assert found.outcomes == {"read": 5_000, "refused": 0, "duplicate": 0, "not-a-page": 0}
        assert codings(tmp_path / str(workers)) == sorted(plain)
    one, two, four = (tables(tmp_path / str(workers)) for workers in (1, 2, 4))
    assert one == two == four
    assert len(one) == 40
    manifests = {(tmp_path / str(workers) / "manifest.jsonl").read_bytes() for workers in (1, 2, 4)}
    assert len(manifests) == 1


@pytest.mark.parametrize(
    ("most", "reports", "expected"),
    [(200, 240, 10), (200, 6_000, 150), (200, 10**8, 200), (4, 14, 4), (200, 0, 10)],
)
def test_few_reports_are_cut_fine_enough_for_two_workers(most: int, reports: int, expected: int) -> None:
    assert reports_of(most, reports) == expected
