"""What `bench/fuzz.py` fuzzes, with seeds: each target takes bytes and lets through what it did not promise.

Without seeds of its own format a target does not get past the first letters in minutes.
"""

from __future__ import annotations

import datetime
import gzip
import io
import json
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

Target = Callable[[bytes], object]

KINDS = {"text": "text/plain", "html": "text/html", "markdown": "text/markdown", "pdf": "application/pdf"}
ENDINGS = (
    *(".jsonl", ".json", ".csv", ".tsv", ".zip", ".wacz", ".tar", ".tgz"),
    *(".warc", ".warc.gz", ".mbox", ".eml", ".jsonl.gz", ".jsonl.zst"),
)
WORDS = (
    "BEIRUT (Reuters) - At least 12 soldiers were killed on Monday, 4 May 2019, the army said.",
    "three days ago, between 1 and 2 p.m., late March 2017; the night of 3-4 May; during Ramadan",
    "31.28, 34.25; 31°16'48\"N 34°15'E; 36R XV 12345 67890; UTM 36N 612000 3462000; 40 km north of Rafah",
    "one and a half dozen; two-thirds of 300; between 10,000 and 1.2 million; scores; no fewer than 1,2",
    "Col. Abu Omar al-Shami, the 104th Brigade's commander; the U.S.-backed Syrian Democratic Forces (SDF)",
    "2019-05-04T12:30Z, 04/05/19, 5 Shawwal 1440, Easter Sunday 2024, 31 February, 24:61, 0000",
)
FEEDS = (
    '<rss version="2.0"><channel><title>T</title><item><link>https://a.example/1</link>'
    "<pubDate>Sat, 04 May 2019 10:00:00 GMT</pubDate><guid>1</guid></item></channel></rss>",
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/1"/><updated>2019-05-04T10:00:00Z'
    "</updated></entry></feed>",
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc>'
    "<lastmod>2019-05-04</lastmod></url></urlset>",
    "<sitemapindex><sitemap><loc>/s.xml</loc></sitemap></sitemapindex>",
    '{"version": "https://jsonfeed.org/version/1", "title": "T", "items": [{"url": "https://a.example/1"}]}',
)
ANSWER = {
    "claims": [
        {
            "type": "ASSAULT",
            "sentence": "The army shelled Rafah.",
            "parties": [{"role": "INITIATOR", "words": "The army", "kind": "ORGANISATION"}],
            "counts": [{"words": "12", "what": "KILLED"}],
            "chain": [{"words": "the army", "kind": "ACTOR"}],
        }
    ]
}
TOKENS = (
    *("<p>", "</p>", "<!--", "-->", "<![CDATA[", "&#x10FFFF;", "<table><tr><td>", '<meta charset="utf-16">'),
    *('{"', '":', "[[", "\\ud800", "NaN", "1e999", "null", '""', ",,,", "\r\n", "\x00", "\u2028", "\ufeff"),
    *(
        "WARC/1.0",
        "Content-Length:",
        "Content-Encoding: gzip",
        "Transfer-Encoding: chunked",
        "From ",
        "PK\x03",
    ),
    *(
        "Content-Type: multipart/mixed; boundary=a",
        "=?utf-8?B?4pyT?=",
        "--a",
        "2019-05-04",
        "Monday",
        "Ramadan",
    ),
    *(
        "ago",
        "between",
        "and",
        "late",
        "dozen",
        "hundred",
        "million",
        "half",
        "°",
        "km",
        "north of",
        "UTM",
        "36R",
    ),
)
"""What stands in the formats and is found by chance too seldom."""


def targets() -> dict[str, Target]:
    """All targets, by name."""
    return {**_readers(), **_imports(), **_values(), **_wires(), **_feeds()}


def _readers() -> dict[str, Target]:
    from stemma.errors import ReadError
    from stemma.model import Report
    from stemma.read import ReadOptions, read_document
    from stemma.run.intake import make_gathering
    from stemma.run.intake.files import read_path

    folder = Path(tempfile.mkdtemp())

    def document(media_type: str) -> Target:
        def read(content: bytes) -> None:
            with suppress(ReadError):
                report = Report(id="a", address="a", media_type=media_type, content=content)
                read_document(report, ReadOptions(detect_language=False))

        return read

    def file(ending: str) -> Target:
        def read(content: bytes) -> None:
            path = folder / f"a{ending}"
            path.write_bytes(content)
            list(read_path(path, "x", make_gathering()))

        return read

    return {
        **{name: document(kind) for name, kind in KINDS.items()},
        **{f"file-{ending.strip('.')}": file(ending) for ending in ENDINGS},
    }


def _imports() -> dict[str, Target]:
    from stemma.importing import read_import
    from stemma.importing.formats import list_importers

    folder = Path(tempfile.mkdtemp())

    def importing(format: str) -> Target:
        def read(content: bytes) -> None:
            path = folder / "a.json"
            path.write_bytes(content)
            list(read_import(format, path))

        return read

    return {f"import-{one.name}": importing(one.name) for one in list_importers()}


def _values() -> dict[str, Target]:
    from stemma.extract.value.clock import clock_of
    from stemma.extract.value.counts import read_count
    from stemma.extract.value.numbers import number_of
    from stemma.extract.value.place_coordinates import find_coordinates, find_distance
    from stemma.extract.value.place_focus import focus_of
    from stemma.extract.value.place_grid import find_mgrs, find_utm
    from stemma.extract.value.place_locate import locate_place
    from stemma.extract.value.times import read_when
    from stemma.extract.value.timex import find_times

    day = datetime.date(2019, 5, 4)

    def words(*of: Callable[[str], object]) -> Target:
        def read(content: bytes) -> None:
            text = content.decode("utf-8", "replace")
            for one in of:
                one(text)

        return read

    def place(text: str) -> None:
        name, _, around = text.partition("\n")
        locate_place(name, around)
        focus_of(text)

    def when(text: str) -> None:
        said, _, around = text.partition("\n")
        for anchor in (day, None):
            read_when(said, anchor, around=around)

    return {
        "count": words(read_count, number_of),
        "coordinates": words(find_coordinates, find_distance, find_utm, find_mgrs),
        "place": words(place),
        "time": words(when, clock_of),
        "times": words(lambda said: find_times(said, day)),
    }


def _wires() -> dict[str, Target]:
    from pydantic import ValidationError

    from stemma.extract.llm.align import Aligner
    from stemma.extract.llm.form import FormError, read_answer
    from stemma.extract.llm.wires import ChatCompletions, Messages, WireError
    from stemma.model import Coding, Document, Judgement, Span

    def wire(content: bytes) -> None:
        for noun in (Coding, Document, Judgement):
            with suppress(ValidationError, ValueError):
                noun.from_wire(content)

    def answer(content: bytes) -> None:
        with suppress(FormError):
            read_answer(content.decode("utf-8", "replace"), cut=bool(content[:1] == b"!"))
        with suppress(ValueError, RecursionError):
            body = json.loads(content)
            for one in (ChatCompletions("a.example"), Messages()):
                with suppress(WireError):
                    one.answer(body)

    def align(content: bytes) -> None:
        said, _, text = content.decode("utf-8", "replace").partition("\n")
        hit = Aligner(text).find(said, Span(start=0, end=len(text)), 0, fuzzy=True)
        assert hit is None or 0 <= hit.span.start <= hit.span.end <= len(text)

    return {"wire": wire, "llm-answer": answer, "llm-align": align}


def _feeds() -> dict[str, Target]:
    from stemma.run.watch.feeds import FeedError, parse_feed
    from stemma.run.watch.guard import Refused
    from stemma.run.watch.robots import Rules
    from stemma.run.watch.unpacking import unpack_body

    day = datetime.date(2019, 5, 4)

    def feed(content: bytes) -> None:
        with suppress(FeedError):
            parse_feed(content, "https://a.example/feed", day, 200)

    def robots(content: bytes) -> None:
        Rules.of(200, content).allows("https://a.example/private/a?b=c")

    def packed(content: bytes) -> None:
        for encoding in ("gzip", "deflate", "gzip, deflate"):
            with suppress(Refused):
                assert len(unpack_body(content, encoding, 100_000)) <= 100_000

    return {"feed": feed, "robots": robots, "unpacking": packed}


def seeds_of(name: str) -> Iterator[bytes]:
    """What the fuzzing of a target begins with."""
    for text in (*WORDS, *(FEEDS if name == "feed" else ())):
        yield text.encode()
    for path in sorted((ROOT / "examples").rglob("*")):
        own = path.parent.name == "import" and name.startswith("import-") and _named(name, path)
        if path.is_file() and (own or (path.parent.name == "reports" and not name.startswith("import-"))):
            yield path.read_bytes()[:LONGEST]
    if name == "wire":
        yield from (path.read_bytes() for path in sorted((ROOT / "examples" / "codings").glob("*.json")))
    yield from _made(name)


LONGEST = 4096
"""Bytes that an input may have."""


def _named(name: str, path: Path) -> bool:
    kind = name.removeprefix("import-")
    return kind in path.name


def _made(name: str) -> Iterator[bytes]:
    from archives import pdf_of, plain_page

    table = b'{"id": "a", "text": "The army left.", "published": "2019-05-04"}\n'
    letter = b"From a\nSubject: =?utf-8?Q?x?=\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>A.</p>\n"
    if name.endswith(("zip", "wacz")):
        yield _zip({"a.jsonl": table, "b/c.txt": b"The army left."})
        yield _zip({"archive/a.warc": plain_page(1), "datapackage.json": b"{}"})
        yield _zip({"a.zip": _zip({"b.html": b"<p>The army left.</p>"})})
    elif name.endswith(("tar", "tgz")):
        packed = _tar({"a.jsonl": table, "b/c.txt": b"The army left."})
        yield gzip.compress(packed) if name.endswith("tgz") else packed
    elif "warc" in name:
        yield gzip.compress(plain_page(1)) if name.endswith("gz") else plain_page(1)
    elif name.endswith("pdf"):
        yield pdf_of([["The army left."], ["It came back."]])
    elif name.endswith((".gz", "unpacking")):
        yield gzip.compress(table)
    elif name.endswith(".zst"):
        # One frame with one block that is not compressed (RFC 8878).
        block = (1 | len(table) << 3).to_bytes(3, "little")
        yield b"\x28\xb5\x2f\xfd\x20" + bytes([len(table)]) + block + table
    elif name.endswith(("eml", "mbox")):
        yield letter
    elif name == "robots":
        yield b"User-agent: *\nDisallow: /private*$\nCrawl-delay: 1.5\nAllow: /\n"
    elif name.startswith("llm"):
        yield json.dumps(ANSWER).encode()
        yield json.dumps({"choices": [{"message": {"content": json.dumps(ANSWER)}}]}).encode()


def _zip(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return whole.getvalue()


def _tar(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return whole.getvalue()
