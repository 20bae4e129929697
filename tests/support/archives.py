"""Archives made for tests: records of WARC files, PDFs, boxes of mail."""

from __future__ import annotations

import gzip
import zlib


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


def plain_page(number: int, more: str = "") -> bytes:
    """A record of plain text, so that processes need not load what reads HTML."""
    text = f"House {number} of Velin burnt down.\n\nGuard {number} said so on the third of May. {more}\n"
    url = f"https://coast.example/{number}"
    return warc_record(url, text.encode(), media_type="text/plain; charset=utf-8")


def warc_of(number: int, *, first: int = 0) -> list[bytes]:
    """A WARC file's records, each compressed by itself: its info, then a request and an answer a page."""
    records = [warc_record("", b"software: none", kind="warcinfo")]
    for one in range(first, first + number):
        url = f"https://coast-daily.example/2019/05/04/note-{one}"
        records.append(warc_record(url, b"GET / HTTP/1.1\r\n\r\n", kind="request"))
        records.append(warc_record(url, story(one).encode()))
    return [gzip.compress(record, 6, mtime=0) for record in records]


def scan_of(content: bytes) -> list[tuple[int, int, bytes]]:
    """Each page of a PDF as a scanner has it: its width and height in dots, its shades of grey, packed."""
    import pypdfium2

    found = []
    for page in pypdfium2.PdfDocument(content):
        bitmap = page.render(scale=2, grayscale=True)
        rows = bytes(bitmap.buffer)
        kept = b"".join(rows[at * bitmap.stride :][: bitmap.width] for at in range(bitmap.height))
        found.append((bitmap.width, bitmap.height, zlib.compress(kept)))
    return found


def pdf_of(pages: list[list[str] | tuple[int, int, bytes]]) -> bytes:
    """A small PDF: of lines a page with a text layer, set in Helvetica from the top; of a scan a picture."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    font = 3
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for lines in pages:
        if isinstance(lines, tuple):
            kids.append(_picture_page(objects, *lines))
            continue
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


def _picture_page(objects: list[bytes], width: int, height: int, packed: bytes) -> int:
    """Adds a page that shows a picture and nothing else; gives its number."""
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(packed), packed)
    )
    picture = len(objects)
    stream = b"595 0 0 842 0 0 cm /Im1 Do"
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im1 %d 0 R >> >> "
        b"/Contents %d 0 R >>" % (picture, picture + 1)
    )
    return len(objects)
