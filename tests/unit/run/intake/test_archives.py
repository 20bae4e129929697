from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import archives
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.model import Refusal, Report
from stemma.read.options import ReadOptions
from stemma.run.intake import IntakeOptions, gather_reports, make_gathering
from stemma.run.intake.files import read_path
from stemma.run.intake.gathering import Passed


def items_of(path: Path, **limits: Any) -> list[Report | Refusal | Passed]:
    return list(read_path(path, "x", make_gathering(limits=IntakeOptions(**limits))))


def kinds(items: list[Any]) -> list[str]:
    return [item.code if not isinstance(item, Report) else "report" for item in items]


def test_the_pages_of_a_warc_are_reports_with_address_and_time(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(b"".join(archives.warc_of(2)))
    reports = [item for item in gather_reports([path]) if isinstance(item, Report)]
    assert [report.id for report in reports] == ["news/3", "news/5"]
    assert reports[1].header.url == "https://coast-daily.example/2019/05/04/note-1"
    assert reports[1].media_type == "text/html"
    assert reports[1].charset == "utf-8"
    assert reports[1].content == archives.story(1).encode()
    assert str(reports[1].retrieved) == "2020-01-02 03:04:05+00:00"
    assert kinds(items_of(path)) == ["not-a-page", "not-a-page", "report", "not-a-page", "report"]


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (archives.warc_record("https://a.example/", b"x", status=404), "not-a-page"),
        (archives.warc_record("https://a.example/", b"x", media_type="image/png"), "not-a-page"),
        (archives.warc_record("https://a.example/", b"", kind="revisit"), "revisit"),
        (archives.warc_record("https://a.example/", b" \n"), "empty"),
        (archives.warc_record("https://a.example/", b"no gzip", http="Content-Encoding: gzip\r\n"), "damaged"),  # noqa: E501
        (archives.warc_record("https://a.example/", b"a" * 5000), "too-large"),
        (archives.warc_record("https://a.example/", gzip.compress(b"a" * 5000), http="Content-Encoding: gzip\r\n"),  # noqa: E501
         "too-large"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_said_to_be_none(tmp_path: Path, record: bytes, code: str) -> None:
    path = tmp_path / "news.warc"
    path.write_bytes(record + archives.warc_record("https://a.example/b", b"<p>All is well.</p>"))
    items = list(read_path(path, "x", make_gathering(options=ReadOptions(max_bytes=4000))))
    assert kinds(items) == [code, "report"]


def test_answers_in_pieces_and_packed_are_put_together(tmp_path: Path) -> None:
    path = tmp_path / "news.warc"
    packed = gzip.compress(b"<p>The bridge is open.</p>")
    path.write_bytes(
        archives.warc_record("https://a.example/1", packed, http="Content-Encoding: gzip\r\n")
        + archives.warc_record(
            "https://a.example/2",
            b"5\r\nThe b\r\n5\r\nridge\r\n0\r\n\r\n",
            http="Transfer-Encoding: chunked\r\n",
        )
    )
    assert [item.content for item in items_of(path) if isinstance(item, Report)] == [
        b"<p>The bridge is open.</p>",
        b"The bridge",
    ]


def test_a_damaged_record_costs_itself_and_is_counted(tmp_path: Path) -> None:
    records = archives.warc_of(4)
    broken = bytearray(records[4])
    broken[30:60] = bytes(30)
    path = tmp_path / "news.warc.gz"
    path.write_bytes(b"".join([*records[:4], bytes(broken), *records[5:]]))
    items = items_of(path)
    assert kinds(items)[:4] == ["not-a-page", "not-a-page", "report", "not-a-page"]
    assert kinds(items)[4] == "damaged"
    left = [item for item in items if isinstance(item, Report)]
    assert [report.content for report in left] == [archives.story(n).encode() for n in (0, 2, 3)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_is_cut_off_says_so(tmp_path: Path, packed: bool) -> None:
    records = archives.warc_of(2)
    content = b"".join(records if packed else map(gzip.decompress, records))
    path = tmp_path / ("news.warc.gz" if packed else "news.warc")
    path.write_bytes(content[:-60])
    assert kinds(items_of(path)) == ["not-a-page", "not-a-page", "report", "not-a-page", "damaged"]
    assert "cut off" in items_of(path)[-1].what  # type: ignore[union-attr]


@settings(max_examples=60)
@given(st.data())
def test_no_damage_loses_what_comes_before_it_or_raises(tmp_path_factory: Any, data: st.DataObject) -> None:
    records = archives.warc_of(3)
    content = bytearray(b"".join(records))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.mktemp("damage") / "news.warc.gz"
    path.write_bytes(bytes(content))
    whole, sizes = 0, 0
    for record in records:
        sizes += len(record)
        whole += sizes <= at
    items = items_of(path)
    before = [item.content for item in items[:whole] if isinstance(item, Report)]
    assert before == [archives.story(n).encode() for n in range(max(0, whole - 1) // 2)]


def pack(name: str, content: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.compress(content)
    if name.endswith(".bz2"):
        return bz2.compress(content)
    if name.endswith(".xz"):
        return lzma.compress(content)
    from fastwarc import ZstdWriter

    out = io.BytesIO()
    writer = ZstdWriter(out)
    writer.write(content)
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz", "zst"])
def test_rows_are_read_packed_as_they_are_read_plain(tmp_path: Path, ending: str) -> None:
    rows = b"".join(json.dumps({"text": f"Note {n}"}).encode() + b"\n" for n in range(300))
    (tmp_path / "plain.jsonl").write_bytes(rows)
    path = tmp_path / f"rows.jsonl.{ending}"
    path.write_bytes(pack(path.name, rows))
    plain = [item.content for item in gather_reports([tmp_path / "plain.jsonl"]) if isinstance(item, Report)]
    packed = [item for item in gather_reports([path]) if isinstance(item, Report)]
    assert [item.content for item in packed] == plain
    assert packed[2].id == "rows/3"


def zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_is_read_like_the_folder_that_it_was(tmp_path: Path) -> None:
    members = {
        "seed/b.txt": b"The road is open again.",
        "seed/b.json": json.dumps({"outlet": "The Coast Daily", "published": "2019-05-04"}).encode(),
        "seed/a.jsonl": b'{"text": "One."}\n{"text": "Two."}\n',
        "seed/picture.png": b"\x89PNG",
        "seed/odd.docx": b"PK",
        ".hidden/x.txt": b"no",
    }
    path = tmp_path / "all.zip"
    path.write_bytes(zip_of(members))
    items = items_of(path)
    assert kinds(items) == ["report", "report", "report", "unknown-format", "not-a-page"]
    named = [item for item in items if isinstance(item, Report)]
    assert [item.id for item in named] == ["x/seed/a/1", "x/seed/a/2", "x/seed/b"]
    assert named[2].header.outlet == "The Coast Daily"
    assert not [item for item in gather_reports([path]) if isinstance(item, Passed)]


def test_a_member_of_a_zip_without_a_name_costs_itself(tmp_path: Path) -> None:
    # Found by fuzzing: the library's own question, whether a member is a folder, fails for it.
    path = tmp_path / "all.zip"
    # A name ends at its first zero byte.
    whole = zip_of({"QQQQ": b"Nobody.", "a.txt": b"The road is open again."}).replace(b"QQQQ", b"\0QQQ")
    path.write_bytes(whole)
    items = items_of(path)
    assert kinds(items) == ["damaged", "report"]
    assert isinstance(items[0], Refusal)
    assert "no name" in items[0].what


def test_a_wacz_gives_the_pages_of_its_warcs(tmp_path: Path) -> None:
    path = tmp_path / "crawl.wacz"
    path.write_bytes(
        zip_of({
            "archive/data.warc.gz": b"".join(archives.warc_of(2)),
            "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "https://a.example", "text": "One."}\n',  # noqa: E501
            "datapackage.json": b"{}",
        })
    )  # fmt: skip
    items = list(gather_reports([path]))
    assert [item.id for item in items if isinstance(item, Report)] == [
        "crawl/archive/data/3",
        "crawl/archive/data/5",
    ]


def tar_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize("name", ["all.tar", "all.tar.gz", "all.tgz"])
def test_a_tar_is_read_member_by_member(tmp_path: Path, name: str) -> None:
    members = {"a/news.warc.gz": b"".join(archives.warc_of(1)), "b.txt": b"The road is open."}
    content = tar_of(members)
    path = tmp_path / name
    path.write_bytes(content if name.endswith(".tar") else gzip.compress(content))
    assert [item.id for item in items_of(path) if isinstance(item, Report)] == ["x/a/news/3", "x/b"]


def test_mail_is_read_by_message(tmp_path: Path) -> None:
    box = (
        b"From a@b.example Sat May  4 10:00:00 2019\r\n"
        b"From: The Coast Daily <desk@coast.example>\r\nSubject: =?utf-8?q?Caf=C3=A9_shelled?=\r\n"
        b"Date: Sat, 4 May 2019 10:00:00 +0200\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"
        b"The caf\xe9 was shelled.\r\n\r\n>From the roof they saw it.\r\n\r\n"
        b"From c@d.example Sat May  4 11:00:00 2019\r\nSubject: Two\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"  # noqa: E501
        b"--B\r\nContent-Type: text/html\r\n\r\n<p>The bridge fell.</p>\r\n--B\r\n"
        b"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nattached\r\n--B--\r\n"
    )
    path = tmp_path / "desk.mbox"
    path.write_bytes(box)
    first, second = [item for item in items_of(path) if isinstance(item, Report)]
    assert first.header.title == "Café shelled"
    assert first.header.outlet == "The Coast Daily"
    assert str(first.header.published) == "2019-05-04"
    assert first.charset == "iso-8859-1"
    assert b"caf\xe9" in first.content
    assert b"\nFrom the roof" in first.content
    assert second.media_type == "text/html"
    assert b"attached" not in second.content
    (tmp_path / "one.eml").write_bytes(box.split(b"\r\n", 1)[1].split(b"\r\nFrom c@d")[0])
    assert [item.id for item in items_of(tmp_path / "one.eml") if isinstance(item, Report)] == ["x"]


@given(st.binary(max_size=600))
def test_no_mail_raises(tmp_path_factory: Any, content: bytes) -> None:
    path = tmp_path_factory.mktemp("mail") / "one.eml"
    path.write_bytes(b"Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n--a\n" + content)
    assert len(items_of(path)) == 1


@pytest.mark.parametrize("name", ["bomb.jsonl.gz", "bomb.txt.bz2", "bomb.warc.gz", "bomb.zip", "bomb.tar.gz"])
def test_a_bomb_is_stopped_early(tmp_path: Path, name: str) -> None:
    zeros = bytes(30_000_000)
    path = tmp_path / name
    if name == "bomb.zip":
        path.write_bytes(zip_of({"a.jsonl": zeros}))
    elif name == "bomb.tar.gz":
        path.write_bytes(gzip.compress(tar_of({"a.jsonl": zeros})))
    else:
        path.write_bytes(pack(name, zeros))
    codes = kinds(items_of(path, free_bytes=1_000_000))
    assert codes == ["bomb"] if name != "bomb.txt.bz2" else codes[-1] in ("bomb", "too-large")


def test_archives_within_archives_end_somewhere(tmp_path: Path) -> None:
    content = zip_of({"a.txt": b"The road is open."})
    for _ in range(6):
        content = zip_of({"a.zip": content})
    path = tmp_path / "deep.zip"
    path.write_bytes(content)
    assert kinds(items_of(path)) == ["too-deep"]
    assert kinds(items_of(path, max_depth=9)) == ["report"]


def test_an_archive_of_too_many_members_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(zip_of({f"{n}.txt": b"The road is open." for n in range(9)}))
    assert kinds(items_of(path, max_members=5)) == ["report"] * 5 + ["bomb"]


@settings(max_examples=40)
@given(
    st.sampled_from(
        [".zip", ".tar", ".warc", ".wacz", ".jsonl.gz", ".jsonl.zst", ".csv.xz", ".mbox", ".pdf"]
    ),
    st.binary(),
)
def test_no_bytes_raise(tmp_path_factory: Any, ending: str, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / f"any{ending}"
    path.write_bytes(content)
    items_of(path)
