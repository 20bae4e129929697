"""Report -> Document: `read_document`."""

from __future__ import annotations

from stemma.errors import ReadError
from stemma.model import Document, Report
from stemma.read.options import ReadOptions

__all__ = ["ReadOptions", "read_document"]


def read_document(report: Report, options: ReadOptions | None = None) -> Document:
    """The document of `report`: its readable text with stable offsets, cut into passages.

    What the report's header gives goes before what page and text say of themselves; where the two
    differ, or something had to be guessed or mended, a note says so. Raises `ReadError`, whose
    `code` is one of `empty`, `binary`, `undecodable`, `too-large`, `no-text`, `consent-wall`,
    `no-pdf-reader`, `broken-pdf`, `no-text-layer`.
    """
    options = options or ReadOptions()
    if len(report.content) > options.max_bytes:
        raise ReadError(
            f"the report has {len(report.content):,} bytes, more than {options.max_bytes:,}",
            where=report.address,
            mend="split it, or give JSON lines or CSV with one report per row",
            code="too-large",
        )
    if is_html(report):
        from stemma.read.html import read_html

        return read_html(report, options)
    if is_pdf(report):
        from stemma.read.pdf import read_pdf

        return read_pdf(report, options)
    if report.media_type == "text/markdown":
        from stemma.read.markdown import read_markdown

        return read_markdown(report, options)
    from stemma.read.plain import read_plain

    return read_plain(report, options)


def is_html(report: Report) -> bool:
    """True for a report that is HTML, by its media type or, where that is plain text, by its start."""
    if report.media_type == "text/html":
        return True
    start = report.content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return report.media_type == "text/plain" and start.startswith((b"<!doctype html", b"<html", b"<?xml"))


def is_pdf(report: Report) -> bool:
    """True for a report that is a PDF file, whatever it is called."""
    return report.media_type == "application/pdf" or report.content.startswith(b"%PDF-")
