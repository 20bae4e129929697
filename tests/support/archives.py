"""Archives made for tests: records of WARC files, PDFs, boxes of mail."""

from __future__ import annotations

import gzip


def story(number: int) -> str:
    """A page of a few sentences of our own; each is unlike the others."""
    towns = ("Velin", "Oskar Bay", "Tamarsk", "Port Ellis", "Narra")
    town = towns[number % len(towns)]
    return (
        f"<html lang='en'><head><title>Note {number} from {town}</title></head><body><article>"
        f"<h1>Note {number} from {town}</h1>"
        f"<p>Soldiers of the northern army shelled the market of {town} on 3 May 2019 and killed "
        f"{number + 2} people, the mayor said.</p><p>The army denied it. House number {number} was burnt "
        "down, residents told the Coast Daily.</p></article></body></html>"
    )


def warc_record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    status: int = 200,
    media_type: str = "text/html; charset=utf-8",
    http: str = "",
) -> bytes:
    """One record of a WARC file, not compressed."""
    block = body
    content_type = "text/plain"
    if kind in ("response", "revisit"):
        head = (
            f"HTTP/1.1 {status} OK\r\nContent-Type: {media_type}\r\n{http}Content-Length: {len(body)}\r\n\r\n"
        )
        block = head.encode() + body
        content_type = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc_of(number: int, *, first: int = 0) -> list[bytes]:
    """A WARC file's records, each compressed by itself: its info, then a request and an answer a page."""
    records = [warc_record("", b"software: none", kind="warcinfo")]
    for one in range(first, first + number):
        url = f"https://coast-daily.example/2019/05/04/note-{one}"
        records.append(warc_record(url, b"GET / HTTP/1.1\r\n\r\n", kind="request"))
        records.append(warc_record(url, story(one).encode()))
    return [gzip.compress(record, 6, mtime=0) for record in records]


def pdf_of(pages: list[list[str]]) -> bytes:
    """A small PDF with a text layer: the lines of each page, set in Helvetica from the top."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    font = 3
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for lines in pages:
        text = "BT /F1 11 Tf 14 TL 60 760 Td " + " ".join(
            "({}) Tj T*".format(line.replace("\\", "").replace("(", "").replace(")", "")) for line in lines
        )
        stream = (text + " ET").encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        contents = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 %d 0 R >> >> "
            b"/Contents %d 0 R >>" % (font, contents)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    out = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
