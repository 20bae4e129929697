"""Parsing hostile pages, and the paragraphs that are there when the extractor finds no article."""

from __future__ import annotations

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
