"""Markdown: the words without the marks, block by block; front matter is the report's own header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from stemma.model import Document, Header, Report
from stemma.read.blocks import Hint
from stemma.read.dates import parse_date
from stemma.read.decode import decode_report
from stemma.read.finish import finish_document
from stemma.read.layout import Paragraph, lay_out, tidy
from stemma.read.options import ReadOptions
from stemma.read.plain import read_plain

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT: Final = re.compile(r"\A---[ \t]*\n(?P<lines>(?:[^\n]*\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD: Final = re.compile(r"(?P<key>[A-Za-z_]+)\s*:\s*(?P<value>.+)")
_KEYS: Final = {
    "title": "title",
    "outlet": "outlet",
    "source": "outlet",
    "publisher": "outlet",
    "site": "outlet",
    "published": "published",
    "date": "published",
    "byline": "byline",
    "author": "byline",
    "language": "language",
    "lang": "language",
    "url": "url",
    "link": "url",
}


def read_markdown(report: Report, options: ReadOptions) -> Document:
    """The document of a Markdown text; of the bare text where its marks leave no words."""
    from markdown_it import MarkdownIt

    decoded = decode_report(report)
    page, body = _front_matter(decoded.text)
    tokens = MarkdownIt("commonmark", {"html": True}).parse(body)
    paragraphs = list(_paragraphs(tokens))
    title = report.header.title or page.title
    if title is None and paragraphs and paragraphs[0].hint is Hint.HEADING:
        title = paragraphs[0].text
        page = Header(title=title).over(page)
    paragraphs = tidy(paragraphs, title)
    if not paragraphs and not title:
        return read_plain(report, options)
    text, blocks = lay_out(paragraphs, title)
    return finish_document(report, text, blocks, page, notes=decoded.notes, options=options)


def _front_matter(text: str) -> tuple[Header, str]:
    """The header that a Markdown file begins with, as sites keep it, and the rest."""
    match = _FRONT.match(text)
    if not match:
        return Header(), text
    values: dict[str, object] = {}
    for line in match["lines"].split("\n"):
        field = _FIELD.match(line)
        name = _KEYS.get(field["key"].lower()) if field else None
        if not field or not name or name in values:
            continue
        value = field["value"].strip().strip("\"'").strip()
        if name == "published":
            found = parse_date(value)
            if found:
                values[name] = found.date
        elif value:
            values[name] = value
    return Header.model_validate(values), text[match.end() :]


def _paragraphs(tokens: list[Token]) -> Iterator[Paragraph]:
    quoted = 0
    heading = False
    for token in tokens:
        if token.type == "blockquote_open":
            quoted += 1
        elif token.type == "blockquote_close":
            quoted -= 1
        elif token.type == "heading_open":
            heading = True
        elif token.type == "heading_close":
            heading = False
        elif token.type == "inline":
            hint = Hint.QUOTE if quoted else Hint.HEADING if heading else Hint.NONE
            yield from _inline(token, hint)
        elif token.type in ("fence", "code_block"):
            yield Paragraph(" ".join(token.content.split()), hint=Hint.QUOTE if quoted else Hint.NONE)
        elif token.type == "html_block":
            words = re.sub(
                r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", " ", token.content, flags=re.S | re.I
            )
            yield Paragraph(" ".join(words.split()))


def _inline(token: Token, hint: Hint) -> Iterator[Paragraph]:
    """The words of a paragraph; a picture's description is a caption of its own."""
    words: list[str] = []
    captions: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type == "image":
            captions.append(child.content)
    yield Paragraph(" ".join("".join(words).split()), hint)
    for caption in captions:
        if len(caption.split()) > 3:
            yield Paragraph(" ".join(caption.split()), Hint.CAPTION)
