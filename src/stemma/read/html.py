"""HTML: the article's own words out of the page, block by block."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

from stemma.errors import ReadError
from stemma.model import Document, Report
from stemma.read.blocks import Hint
from stemma.read.consent import is_consent_wall
from stemma.read.decode import decode_report
from stemma.read.finish import finish_document
from stemma.read.layout import Paragraph, lay_out, tidy
from stemma.read.options import ReadOptions

CAPTION_AT_MOST: Final = 900

_NEVER_TEXT: Final = ("script", "style", "template", "noscript", "svg", "math", "object", "embed", "iframe")

_BLOCKS: Final = {"p", "head", "quote", "item", "row", "code", "ab", "fw"}
_BREAK: Final = "\x1e"
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_html(report: Report, options: ReadOptions) -> Document:
    """The document of a page; raises `ReadError` (`no-text`, `consent-wall`)."""
    from stemma.read.metadata import read_page_header
    from stemma.read.tree import deep_paragraphs, parse_page, plain_paragraphs

    decoded = decode_report(report)
    tree = parse_page(decoded.text)
    if tree is None:
        raise _no_text(report)
    page = read_page_header(tree)
    title = report.header.title or page.title
    paragraphs = _extract(decoded.text, tree, page.url) or [
        # The extractor has changed the tree: the plain paragraphs come from a fresh one.
        Paragraph(text)
        for text in plain_paragraphs(parse_page(decoded.text))
    ]
    paragraphs = paragraphs or [Paragraph(text) for text in deep_paragraphs(decoded.text)]
    paragraphs = tidy(paragraphs, title)
    story = "\n".join(one.text for one in paragraphs)
    if is_consent_wall(title or "", story):
        raise ReadError(
            "the page behind the consent wall is not in the file",
            where=report.address,
            mend="open it in a browser, consent, and save the article itself",
            code="consent-wall",
        )
    if not story.strip():
        raise _no_text(report)
    text, blocks = lay_out(paragraphs, title)
    return finish_document(report, text, blocks, page, notes=decoded.notes, options=options)


def _no_text(report: Report) -> ReadError:
    return ReadError(
        "the page holds no readable text",
        where=report.address,
        mend="save the page after it has loaded, or save its text",
        code="no-text",
    )


def _extract(source: str, tree: Any, url: str | None) -> list[Paragraph]:
    """The article's paragraphs by trafilatura; empty where it finds none or fails."""
    from lxml import etree  # type: ignore[import-untyped]
    from trafilatura import bare_extraction

    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    mark = "cap" + hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()[:12]
    _mark_captions(tree, mark)
    try:
        found = bare_extraction(
            tree,
            url=url,
            include_comments=False,
            include_tables=True,
            favor_precision=True,
            with_metadata=False,
        )
    except Exception:
        # Hostile markup may break any parser; the plain paragraphs are read then.
        return []
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return [one for one in _paragraphs(found.body, mark) if one.text]


def _mark_captions(tree: Any, mark: str) -> None:
    """Turns captions into paragraphs that begin with `mark`: the extractor drops captions as such."""
    from lxml.html import Element  # type: ignore[import-untyped]

    for number, caption in enumerate(list(tree.iter("figcaption"))):
        text = " ".join(caption.text_content().split())
        parent = caption.getparent()
        if parent is None or not text or len(text) > CAPTION_AT_MOST:
            continue
        figure = parent
        while figure is not None and figure.tag != "figure":
            figure = figure.getparent()
        anchor = figure if figure is not None else caption
        place = anchor.getparent()
        if place is None:
            continue
        paragraph = Element("p")
        # The parser lets through what it takes from nobody else.
        paragraph.text = f"{mark}x{number}x {_NO_XML.sub('', text)}"
        paragraph.tail = _NO_XML.sub("", anchor.tail or "") or None
        anchor.tail = None
        place.insert(place.index(anchor) + 1, paragraph)
        caption.drop_tree()


def _paragraphs(body: Any, mark: str) -> Iterator[Paragraph]:
    for element, quoted in _walk(body):
        hint = Hint.NONE
        if quoted:
            hint = Hint.QUOTE
        elif element.tag == "head":
            hint = Hint.HEADING
        for line in _lines(element):
            if mark in line:
                caption = re.sub(rf"{mark}x\d+x\s*", "", line)
                yield Paragraph(caption, Hint.CAPTION)
            else:
                yield Paragraph(line, hint)


def _walk(body: Any) -> Iterator[tuple[Any, bool]]:
    """The elements that are paragraphs, in order, each with whether it stands in a quotation."""
    stack = [(child, False) for child in reversed(body)]
    if body.text and body.text.strip():
        yield body, False
    while stack:
        element, quoted = stack.pop()
        if not isinstance(element.tag, str):
            continue
        quoted = quoted or element.tag == "quote"
        inner = [child for child in element if isinstance(child.tag, str) and _holds_blocks(child)]
        if inner and not (element.text or "").strip() and all(not (c.tail or "").strip() for c in element):
            stack.extend((child, quoted) for child in reversed(element))
        else:
            yield element, quoted


def _holds_blocks(element: Any) -> bool:
    return element.tag in _BLOCKS or element.tag in {"list", "table"}


def _lines(element: Any) -> Iterator[str]:
    parts: list[str] = []
    _collect(element, parts, element.tag)
    for line in "".join(parts).split(_BREAK):
        yield " ".join(line.split())


def _collect(element: Any, parts: list[str], tag: str) -> None:
    """The words of an element; what are blocks or breaks within it are parted by `_BREAK`."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        block = isinstance(node.tag, str) and node is not element and _holds_blocks(node)
        if leaving:
            if block:
                parts.append(_BREAK)
            elif node.tag == "cell":
                parts.append(" ")
            if node is not element:
                parts.append(node.tail or "")
            continue
        if not isinstance(node.tag, str):
            parts.append(node.tail or "" if node is not element else "")
            continue
        if block or node.tag == "lb":
            parts.append(_BREAK)
        parts.append(node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
