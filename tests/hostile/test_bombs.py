"""Small files that would like to be large: each is read by a process of little memory and little time."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import archives
import bounded
import pytest

MEBIBYTE = 1024 * 1024
MEMORY = 400
"""MiB above what the program itself takes."""
MUCH = 600 * MEBIBYTE
SECONDS = 60
"""Of processor; each takes one to ten."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="limits of a process as Linux has them"),
]


def told(path: Path) -> list[str]:
    """What became of the file, a line each; fails where the process did."""
    done = subprocess.run(
        [sys.executable, bounded.__file__, str(path), str(MEMORY), str(SECONDS)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{done.returncode}: {done.stderr[-400:]}"
    return done.stdout.splitlines()


def codes(path: Path) -> list[str]:
    return [line.split()[0] for line in told(path)]


def zeros(size: int) -> Iterator[bytes]:
    for _ in range(size // MEBIBYTE):
        yield bytes(MEBIBYTE)


def gzipped(pieces: Iterator[bytes]) -> bytes:
    out = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*map(out.compress, pieces), out.flush()])


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def gzip_of_much() -> bytes:
    return gzipped(zeros(MUCH))


def gzip_of_gzip() -> bytes:
    return gzip.compress(gzip_of_much())


def zip_of_much() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.jsonl", "w") as member:
        for piece in zeros(MUCH):
            member.write(piece)
    return out.getvalue()


def zip_whose_members_share_their_bytes() -> bytes:
    """A thousand names for one member of 4 MiB, as in the bombs that need no nesting."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", b"a" * 4 * MEBIBYTE)
        first = archive.infolist()[0]
        for number in range(1, 1000):
            info = zipfile.ZipInfo(f"{number}.txt")
            info.header_offset, info.CRC = first.header_offset, first.CRC
            info.compress_type, info.compress_size = first.compress_type, first.compress_size
            info.file_size = first.file_size
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
    return out.getvalue()


def tar_with_a_long_header() -> bytes:
    head = tarfile.TarInfo("x")
    head.type, head.size = tarfile.XHDTYPE, MUCH

    def pieces() -> Iterator[bytes]:
        yield head.tobuf()
        yield from zeros(MUCH)

    return gzipped(pieces())


def warc_whose_answer_is_a_bomb() -> bytes:
    packed = gzip_of_much()
    return archives.warc_record("https://a.example/", packed, http="Content-Encoding: gzip\r\n")


def mail_of_many_parts_in_parts() -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(20_000))
    return b"Subject: x\r\n" + head.encode() + b"\r\nThe army left.\r\n"


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("name", "make", "wanted"),
    [
        ("a.jsonl.gz", gzip_of_much, {"bomb", "too-large"}),
        ("a.jsonl.gz.gz", gzip_of_gzip, {"bomb", "too-large"}),
        ("a.zip", zip_of_much, {"bomb", "too-large"}),
        ("a.zip", zip_whose_members_share_their_bytes, {"bomb", "damaged"}),
        ("a.tar.gz", tar_with_a_long_header, {"damaged"}),
        ("a.warc", warc_whose_answer_is_a_bomb, {"too-large", "damaged"}),
        ("a.eml", mail_of_many_parts_in_parts, {"broken-mail", "empty", "read"}),
    ],
)
def test_an_archive_of_little_that_unpacks_to_much(
    tmp_path: Path, name: str, make: Callable[[], bytes], wanted: set[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    lines = told(path)
    assert lines[-1].split()[0] in wanted, lines[-1]
    assert len(lines[-1]) < 400


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt", "a.mbox", "a.warc"])
def test_a_line_without_an_end(tmp_path: Path, name: str) -> None:
    """A file with a hole: it takes no disk, and reads as zeros without a line's end."""
    path = tmp_path / name
    with path.open("wb") as file:
        file.write({"a.csv": b"id,text\n1,", "a.mbox": b"From a\n"}.get(name, b""))
        file.truncate(1024 * MEBIBYTE if name in ("a.csv", "a.txt") else MUCH)
    assert codes(path)[0] in {"too-large", "damaged", "broken-csv"}


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "The army left." + "</div>" * 100_000,
        "<p>The army left.</p>" + "<b>" * 100_000,
        "<table><tr><td>" * 30_000 + "The army left.",
        f'<!DOCTYPE html [<!ENTITY e0 "ha">{ENTITIES}]><p>The army left.</p><p>&e11;</p>',
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ha">{ENTITIES}]><html><p>The army left. &e11;</p></html>',  # noqa: E501
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>The army left.</p><p>&x;</p>',
        "<p>The army left.</p><p " + 'a="b" ' * 200_000 + ">",
        "<p>The army left.</p><p>" + "a" * 1_000_000,
        "<p>The army left.</p>" + "&#x41;" * 500_000,
    ],
    ids=["deep", "unclosed", "tables", "entities", "xml", "file", "attributes", "letters", "references"],
)
def test_a_page_that_would_like_to_grow(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    (line,) = told(path)
    said, length = line.split()[:2]
    assert said == "read", line
    assert int(length) <= max(len(page), 1000)


def test_an_entity_reads_no_file_of_this_machine(tmp_path: Path) -> None:
    from stemma.model import Report
    from stemma.read import read_document

    (tmp_path / "secret").write_text("the-secret-word", "utf-8")
    address = (tmp_path / "secret").as_uri()
    for start in ("", '<?xml version="1.0"?>'):
        page = (
            f'{start}<!DOCTYPE html [<!ENTITY x SYSTEM "{address}">]><html><p>The army left. &x;</p></html>'
        )
        report = Report(id="a", address="a", media_type="text/html", content=page.encode())
        assert "the-secret-word" not in read_document(report).text
