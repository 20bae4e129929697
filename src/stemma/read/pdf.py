"""PDF: the text layer, its lines joined to paragraphs again; running heads and page numbers left out."""

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
    """The document of a PDF's text layer.

    Raises `ReadError`, whose `code` is `no-pdf-reader`, `broken-pdf` or `no-text-layer`.
    """
    pages, title, cut = _pages(report)
    lines = _without_edges(pages)
    paragraphs = [one for page in lines for one in _paragraphs(page)]
    paragraphs = list(_over_pages(paragraphs))
    if not any(char.isalpha() for paragraph in paragraphs for char in paragraph):
        raise ReadError(
            "this PDF has pictures of pages and no text",
            where=report.address,
            mend="recognise its text first (ocrmypdf does) and give what comes out",
            code="no-text-layer",
        )
    header = Header(title=title) if title else Header()
    known = report.header.title or title
    text, blocks = lay_out(tidy([Paragraph(one) for one in paragraphs], known), known)
    note = Note(code="pdf-in-part", text=f"Only the first {len(pages)} pages of the PDF are read.")
    return finish_document(report, text, blocks, header, notes=(note,) if cut else (), options=options)


def _pages(report: Report) -> tuple[list[list[str]], str | None, bool]:
    """The lines of each page, the title that the file gives itself, and whether pages are left out."""
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
    size = 0
    try:
        for number in range(min(len(pdf), MOST_PAGES)):
            found = _text_of(pdf, number)
            pages.append([" ".join(line.split()) for line in found.splitlines()])
            size += len(found)
            if size > MOST_CHARACTERS:
                break
        title = _title(pdf.get_metadata_dict().get("Title", ""))
        return pages, title, len(pages) < len(pdf)
    finally:
        pdf.close()


def _text_of(pdf: Any, number: int) -> str:
    import pypdfium2

    try:
        page = pdf[number]
        text: str = page.get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        # One broken page of a long report costs itself only.
        return ""
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
