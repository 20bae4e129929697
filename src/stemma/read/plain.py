"""Plain text: the document's text is the file's text."""

from __future__ import annotations

from stemma.model import Document, Header, Report
from stemma.read.blocks import cut_blocks
from stemma.read.decode import decode_report
from stemma.read.finish import finish_document
from stemma.read.options import ReadOptions


def read_plain(report: Report, options: ReadOptions) -> Document:
    """The document of a plain text; raises `ReadError`."""
    decoded = decode_report(report)
    return finish_document(
        report, decoded.text, cut_blocks(decoded.text), Header(), notes=decoded.notes, options=options
    )
