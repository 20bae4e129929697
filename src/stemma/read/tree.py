"""Parsing hostile pages, and the paragraphs that are there when the extractor finds no article."""

from __future__ import annotations

import re
from typing import Any, Final

_DROPPED: Final = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "head",
        "nav",
        "aside",
    }
    | {"footer", "form", "button", "select", "textarea"}
)
_PARAGRAPHS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "li", "blockquote", "td", "pre", "article", "main", "div"}
)


DEPTH: Final = 255
"""lxml drops what is nested more deeply than this."""

_OPENED: Final = re.compile(r"<(?:div|span|section|table|font|center|ul|blockquote)\b", re.IGNORECASE)

_SUBSET: Final = re.compile(r"(<!DOCTYPE[^<>\[]{0,300})\[[^\]]{0,100000}\]\s*>", re.IGNORECASE)
"""The part of a document type that declares entities: nothing of it is expanded, nor read as text."""


def parse_page(source: str) -> Any | None:
    """The element tree of a page, without scripts' effects or network; `None` where there is none."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        recover=True,
        huge_tree=False,
    )
    try:
        source = _SUBSET.sub(r"\1>", source[:200_000]) + source[200_000:]
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree


def plain_paragraphs(tree: Any) -> list[str]:
    """The texts of the page's paragraphs, navigation and forms apart, each once, in order."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            if node.tag in _PARAGRAPHS or node.tag == "br":
                parts.append("\n")
            parts.append(node.tail or "")
            continue
        if not isinstance(node.tag, str) or node.tag in _DROPPED:
            parts.append(node.tail or "")
            continue
        if node.tag in _PARAGRAPHS:
            parts.append("\n")
        parts.append(node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return list(dict.fromkeys(line for line in lines if any(char.isalnum() for char in line)))


def deep_paragraphs(source: str) -> list[str]:
    """The texts of a page that is nested more deeply than lxml follows; empty for any other page."""
    if len(_OPENED.findall(source)) < DEPTH:
        return []
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(source, main_content=False, alt_texts=False, links=False, form_fields=False)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return list(dict.fromkeys(line for line in lines if any(char.isalnum() for char in line)))
