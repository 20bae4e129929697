"""PDF: the text layer, its lines joined to paragraphs again; running heads and page numbers left out.

A page that is a picture is recognised (`stemma.read.ocr`) where that was asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from stemma.errors import ReadError
from stemma.model import Document, Header, Note, Report
from stemma.read.finish import finish_document
from stemma.read.layout import Paragraph, lay_out, tidy
from stemma.read.options import ReadOptions

MAGIC: Final = b"%PDF-"
MOST_PAGES: Final = 1_000
"""Pages of a PDF that are read: a report of more is a book."""
MOST_CHARACTERS: Final = 4_000_000
EDGE_LINES: Final = 2
"""Lines at the top and the foot of a page among which running heads are looked for."""
EDGE_PAGES: Final = 3
"""Pages from which on a line that stands at the edge of half of them is a running head."""
FEW_LETTERS: Final = 20
"""A page with fewer in its text layer, and with a picture, is a scan: scanners stamp a number or a name."""
SHORT_LINE: Final = 0.8
"""A line of less than this share of the page's usual length may end a paragraph."""

_ENDED: Final = re.compile(r"[.!?:…][\"”’»)\]]*$")
_NUMBER_ALONE: Final = re.compile(
    r"(?:page|p\.)? ?[-–—]? ?\d{1,4} ?[-–—]?(?: ?(?:of|/) ?\d{1,4})?", re.IGNORECASE
)
_HYPHEN: Final = "\x02"
"""What pdfium gives for a hyphen with which a line breaks a word."""
_BROKEN: Final = re.compile(r"([^\W\d_])[-\u00ad]$")


def read_pdf(report: Report, options: ReadOptions) -> Document:
    """The document of a PDF's text layer, and of what was recognised in pages that are pictures.

    Raises `ReadError`, whose `code` is `no-pdf-reader`, `broken-pdf`, `no-text-layer` or `no-ocr`.
    """
    pages, title, cut, pictures = _pages(report, options)
    notes = [Note(code="pdf-in-part", text=f"Only the first {len(pages)} pages of the PDF are read.")]
    notes = (notes if cut else []) + _seen(report, pages, pictures, options)
    lines = _without_edges(pages)
    paragraphs = [one for page in lines for one in _paragraphs(page)]
    paragraphs = list(_over_pages(paragraphs))
    if not any(char.isalpha() for paragraph in paragraphs for char in paragraph):
        raise _no_text(report, notes, options)
    header = Header(title=title) if title else Header()
    known = report.header.title or title
    text, blocks = lay_out(tidy([Paragraph(one) for one in paragraphs], known), known)
    return finish_document(report, text, blocks, header, notes=tuple(notes), options=options)


def _no_text(report: Report, notes: Sequence[Note], options: ReadOptions) -> ReadError:
    what = "this PDF has pictures of pages and no text"
    mend = "have its text recognised with --ocr eng, or whatever language it is in"
    if options.ocr:
        why = [note.text.rstrip(".") for note in notes if note.code == "pages-not-read"]
        what = "no text was recognised in this PDF" + "".join(f" ({one})" for one in why)
        mend = "look at it, and at the language given with --ocr"
    return ReadError(what, where=report.address, mend=mend, code="no-text-layer")


def _seen(report: Report, pages: list[list[str]], pictures: list[int], options: ReadOptions) -> list[Note]:
    """Puts what was recognised in place of the pages that are pictures; notes what was, and what was not."""
    if not pictures:
        return []
    if not options.ocr:
        return [_not_read(pictures, "--ocr recognises it")]
    from stemma.read.ocr import recognise, version

    found = recognise(report.content, pictures, options, report.address)
    read = [number for number, lines in found.lines.items() if any(map(str.isalpha, "".join(lines)))]
    for number in read:
        pages[number] = [" ".join(line.split()) for line in found.lines[number]]
    notes = []
    if read:
        text = (
            f"The text of {_numbers(read)} of the PDF was recognised in pictures "
            f"(tesseract {version()}, {options.ocr}): letters and figures may be wrong."
        )
        notes.append(Note(code="text-recognised", text=text))
    if found.left:
        notes.append(_not_read(found.left, found.why))
    return notes


def _not_read(pages: Sequence[int], why: str) -> Note:
    said = _numbers(pages).capitalize()
    are = "are pictures" if len(pages) > 1 else "is a picture"
    return Note(code="pages-not-read", text=f"{said} of the PDF {are}, whose text is not read: {why}.")


def _numbers(pages: Sequence[int]) -> str:
    """Pages as a person counts them: `pages 1, 4 to 6`."""
    parts: list[list[int]] = []
    for number in sorted(pages):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    said = ", ".join(f"{a + 1}" if a == b else f"{a + 1} to {b + 1}" for a, b in parts)
    return f"pages {said}" if len(pages) > 1 else f"page {said}"


def _pages(report: Report, options: ReadOptions) -> tuple[list[list[str]], str | None, bool, list[int]]:
    """The lines of each page, the title that the file gives itself, whether pages are left out, and the
    pages that are pictures."""
    try:
        import pypdfium2
    except ImportError as error:
        raise ReadError(
            "reading PDF needs pypdfium2",
            where=report.address,
            mend="install it with: pip install 'stemma-record[pdf]'",
            code="no-pdf-reader",
        ) from error
    try:
        pdf = pypdfium2.PdfDocument(report.content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise ReadError(
            "this PDF is locked with a password" if locked else "this PDF is damaged",
            where=report.address,
            mend="unlock it and save it anew" if locked else "get the file anew",
            code="broken-pdf",
        ) from error
    pages: list[list[str]] = []
    pictures: list[int] = []
    size = 0
    try:
        for number in range(min(len(pdf), MOST_PAGES)):
            found, is_picture = _text_of(pdf, number, bool(options.ocr))
            if is_picture:
                pictures.append(number)
            pages.append([" ".join(line.split()) for line in found.splitlines()])
            size += len(found)
            if size > MOST_CHARACTERS:
                break
        title = _title(pdf.get_metadata_dict().get("Title", ""))
        return pages, title, len(pages) < len(pdf), pictures
    finally:
        pdf.close()


def _text_of(pdf: Any, number: int, outlines: bool) -> tuple[str, bool]:
    """The text layer of a page, and whether the page is a picture: a picture and next to no letters."""
    import pypdfium2

    try:
        page = pdf[number]
        text: str = page.get_textpage().get_text_bounded()
        is_picture = sum(map(str.isalpha, text)) < FEW_LETTERS and _has_picture(page, outlines)
    except pypdfium2.PdfiumError:
        # One broken page of a long report costs itself only.
        return "", False
    return _clean(text), is_picture


def _has_picture(page: Any, outlines: bool) -> bool:
    """True where a picture is on a page; with `outlines` also where something is drawn, as letters may be."""
    from pypdfium2 import raw

    kinds = (raw.FPDF_PAGEOBJ_IMAGE, *((raw.FPDF_PAGEOBJ_PATH,) if outlines else ()))
    return any(True for _ in page.get_objects(filter=kinds))


def _clean(text: str) -> str:
    return text.replace(_HYPHEN, "").encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _title(said: str) -> str | None:
    """The title that a file gives itself, where it is one: many programs write the file's name there."""
    title = " ".join(said.encode("utf-8", "replace").decode("utf-8").replace("\0", " ").split())
    is_name = re.search(
        r"\.(?:docx?|pdf|indd|odt|rtf|tex)$|^(?:microsoft word|untitled)", title, re.IGNORECASE
    )
    return title if len(title.split()) > 2 and len(title) < 300 and not is_name else None


def _without_edges(pages: Sequence[list[str]]) -> list[list[str]]:
    """The pages' lines without page numbers and what is repeated at the edges of at least half of them."""
    counts = Counter(key for page in pages for key in {_edge_key(page[at]) for at in _edges(page)})
    least = max(EDGE_PAGES, (len(pages) + 1) // 2)
    kept = []
    for page in pages:
        out = {
            at
            for at in _edges(page)
            if counts[_edge_key(page[at])] >= least or _NUMBER_ALONE.fullmatch(page[at])
        }
        kept.append([line for at, line in enumerate(page) if at not in out])
    return kept


def _edges(page: Sequence[str]) -> list[int]:
    filled = [at for at, line in enumerate(page) if line]
    return sorted({*filled[:EDGE_LINES], *filled[-EDGE_LINES:]})


def _edge_key(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    words = ""
    for line in lines:
        if not line:
            if words and _ENDED.search(words):
                yield words
                words = ""
            continue
        words = _joined(words, line)
        if _ENDED.search(line) and len(line) < usual * SHORT_LINE:
            yield words
            words = ""
    if words:
        yield words


def _over_pages(paragraphs: Sequence[str]) -> Iterator[str]:
    """The paragraphs, one that a page's end cut in two made whole."""
    words = ""
    for paragraph in paragraphs:
        if words and not _ENDED.search(words) and paragraph[:1].islower():
            words = _joined(words, paragraph)
            continue
        if words:
            yield words
        words = paragraph
    if words:
        yield words


def _joined(words: str, line: str) -> str:
    """Two lines as one; a word that the line's end broke is whole again."""
    if not words:
        return line
    if _BROKEN.search(words) and line[:1].islower():
        return _BROKEN.sub(r"\1", words) + line
    return f"{words} {line}"
