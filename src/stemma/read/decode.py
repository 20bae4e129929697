"""From bytes to text: encoding, line ends, and the few repairs that are made, each with a note."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from stemma.errors import ReadError
from stemma.model import Note, Report

REPLACEMENT: Final = "\ufffd"

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file or an Office document"),
    (b"PK\x05\x06", "a ZIP file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"RIFF", "a media file"),
    (b"OggS", "a media file"),
    (b"ID3", "a sound file"),
    (b"{\\rtf", "a rich text file"),
)

BINARY_SHARE: Final = 0.005
"""Above this share of NULs and other control characters a file is no text (a picture has 5 % or more;
one broken byte in a page of text has 0.05 %)."""

LOST_SHARE: Final = 0.02
"""Above this share of characters that the encoding could not decode, the text is not worth reading."""

_META_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_SUSPECT: Final = re.compile("[\u00c2-\u00f4√¬Γ╨╤ВГРС][^\x00-\x7f]")
"""How the first byte of a wrongly decoded character looks, with its next; a cheap test before ftfy's."""

_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A report's text with LF line ends, and what was mended on the way."""

    text: str
    notes: tuple[Note, ...]


def decode_report(report: Report) -> Decoded:
    """The text of `report`; raises `ReadError` (`empty`, `binary`, `undecodable`).

    Nothing is stripped or composed: apart from the repairs that the notes name, a byte order mark
    that is dropped and line ends that become LF, the characters are those of the bytes.
    """
    content = report.content
    if not content.strip():
        raise ReadError(
            "the report is empty", where=report.address, mend="give a file with text", code="empty"
        )
    _refuse_magic(content, report.address)
    notes: list[Note] = []
    text = _decode(content, report, notes)
    text = _without_nulls(text, report.address, notes)
    text = _without_surrogates(text, notes)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _repaired(text, notes)
    if not text.strip():
        raise ReadError(
            "the report is empty", where=report.address, mend="give a file with text", code="empty"
        )
    return Decoded(text, tuple(notes))


def decode_loosely(content: bytes) -> str:
    """The text of `content` for a short value such as a title; never fails."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _refuse_magic(content: bytes, address: str) -> None:
    for magic, name in _MAGIC:
        if content.startswith(magic):
            raise ReadError(
                f"this is {name}, not text", where=address, mend="save it as text or HTML", code="binary"
            )


def _decode(content: bytes, report: Report, notes: list[Note]) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    wide = _wide_encoding(content)
    if wide:
        notes.append(Note(code="encoding-guessed", text=f"The encoding was taken to be {wide}."))
        return content.decode(wide, "replace")
    declared = report.charset or _declared_in_page(content, report.media_type)
    if declared:
        text = _decode_as(declared, content)
        if text is not None:
            return text
        notes.append(Note(code="encoding-wrong", text=f"The report is not in {declared}, as it says."))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return _detect(content, report.address, notes)


def _decode_as(name: str, content: bytes) -> str | None:
    from resiliparse.parse.encoding import map_encoding_to_html5

    # A page that says latin-1 means cp1252, as every browser reads it.
    mapped = map_encoding_to_html5(name) or name
    try:
        return content.decode(mapped)
    except (UnicodeError, LookupError):
        return None


def _declared_in_page(content: bytes, media_type: str) -> str | None:
    if media_type != "text/html":
        return None
    match = _META_CHARSET.search(content[:4096])
    return match[1].decode("ascii", "replace") if match else None


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of a Latin text is NUL."""
    sample = content[:2000]
    if len(sample) < 8:
        return None
    even, odd = sample[::2].count(0) * 2 / len(sample), sample[1::2].count(0) * 2 / len(sample)
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    if even > 0.6 and odd < 0.1:
        return "utf-16-be"
    return None


def _detect(content: bytes, address: str, notes: list[Note]) -> str:
    from resiliparse.parse.encoding import detect_encoding

    lossy = content.decode("utf-8", "replace")
    # One broken byte in a long UTF-8 text is a broken byte, not another encoding.
    foreign = sum(byte > 0x7F for byte in content)
    lost = lossy.count(REPLACEMENT)
    if lost * 20 < foreign:
        notes.append(Note(code="bytes-lost", text=f"{lost} places could not be decoded as UTF-8."))
        return lossy
    name = detect_encoding(content) or "cp1252"
    if name == "utf-8":
        name = "cp1252"
    try:
        text = content.decode(name, "replace")
    except LookupError:
        name, text = "cp1252", content.decode("cp1252", "replace")
    odd = text.count(REPLACEMENT) + len(_CONTROLS.findall(text))
    if odd > LOST_SHARE * len(text):
        raise ReadError(
            "the encoding cannot be told", where=address, mend="save the file as UTF-8", code="undecodable"
        )
    notes.append(Note(code="encoding-guessed", text=f"The encoding was taken to be {name}."))
    return text


def _without_nulls(text: str, address: str, notes: list[Note]) -> str:
    controls = len(_CONTROLS.findall(text))
    if controls > max(1, BINARY_SHARE * len(text)) or (controls and len(text) < 50):
        raise ReadError(
            "this is a binary file, not text", where=address, mend="save it as text or HTML", code="binary"
        )
    if "\x00" in text:
        notes.append(Note(code="nulls-replaced", text="NUL characters were replaced by U+FFFD."))
        text = text.replace("\x00", REPLACEMENT)
    return text


def _without_surrogates(text: str, notes: list[Note]) -> str:
    mended, count = _SURROGATES.subn(REPLACEMENT, text)
    if count:
        notes.append(
            Note(code="surrogates-replaced", text=f"{count} lone surrogates were replaced by U+FFFD.")
        )
    return mended


def _repaired(text: str, notes: list[Note]) -> str:
    """The text with its mojibake undone, line by line, only where a line looks garbled."""
    if not _SUSPECT.search(text):
        return text
    from ftfy import TextFixerConfig, fix_text
    from ftfy.badness import badness

    config = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        # Quotations are evidence: their marks stay as written.
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    lines = text.split("\n")
    mended = 0
    for number, line in enumerate(lines):
        if not _SUSPECT.search(line) or not badness(line):
            continue
        fixed = fix_text(line, config)
        # A repair that only brings a replacement mark to light restores no word and moves the offsets.
        lossy = fixed.count(REPLACEMENT) > line.count(REPLACEMENT)
        if not lossy and fixed != line and "\n" not in fixed and badness(fixed) < badness(line):
            lines[number] = fixed
            mended += 1
    if not mended:
        return text
    notes.append(Note(code="mojibake-repaired", text=f"Garbled characters were repaired in {mended} lines."))
    return "\n".join(lines)
