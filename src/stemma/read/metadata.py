"""What a page says of itself: JSON-LD, OpenGraph and meta elements. Nothing is inferred from the story."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from stemma.lexicon.outlets import find_outlet
from stemma.model import Header
from stemma.read.dates import parse_date

LD_AT_MOST: Final = 500_000
"""Longer JSON-LD is a catalogue, not an article."""

LD_DEPTH: Final = 12

_ARTICLE: Final = re.compile(r"(?:Article|NewsArticle|Report|BlogPosting|Posting|Review|WebPage)$")
_BEST: Final = re.compile(r"(?:NewsArticle|ReportageNewsArticle|Article|BlogPosting|AnalysisNewsArticle)$")

_PUBLISHED: Final = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "rbpubdate",
    "citation_publication_date",
)
_AUTHOR: Final = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "byline",
)
_SITE: Final = ("og:site_name", "application-name", "publisher", "dc.publisher", "cre", "twitter:site")
_TITLE: Final = (
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "headline",
    "title",
)


def read_page_header(tree: HtmlElement) -> Header:
    """What the page says: outlet, title, day of publication, byline, language and address."""
    metas = _metas(tree)
    article = _linked_article(tree)
    title = _first(article.get("headline"), *(metas.get(name) for name in _TITLE)) or _heading(tree)
    site = _first(*(metas.get(name) for name in _SITE[:1]), _name_of(article.get("publisher")))
    site = site or _first(*(metas.get(name) for name in _SITE[1:-1]))
    return Header(
        title=_without_site(title, site),
        outlet=_outlet(site),
        published=_published(tree, article, metas),
        byline=_authors(article.get("author")) or _first(*(_person(metas.get(name)) for name in _AUTHOR)),
        language=_language(tree, article),
        url=_address(tree, metas, article),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            metas.setdefault(name.strip().lower(), " ".join(content.split())[:1000])
    return metas


def _linked_article(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object of the page's article; empty where there is none."""
    best: dict[str, Any] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = script.text or ""
        if not source.strip() or len(source) > LD_AT_MOST:
            continue
        try:
            data = json.loads(source.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data, 0):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            names = [kind for kind in kinds if isinstance(kind, str)]
            if any(_BEST.search(name) for name in names):
                return node
            if not best and any(_ARTICLE.search(name) for name in names):
                best = node
    return best


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > LD_DEPTH:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(data.get(key), depth + 1)
    elif isinstance(data, list):
        for item in data[:200]:
            yield from _nodes(item, depth + 1)


def _name_of(value: Any) -> str | None:
    if isinstance(value, list):
        return next(filter(None, map(_name_of, value)), None)
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split())[:200] or None if isinstance(value, str) else None


def _authors(value: Any) -> str | None:
    values = value if isinstance(value, list) else [value]
    names = [name for name in (_person(_name_of(item)) for item in values) if name]
    return ", ".join(dict.fromkeys(names)) or None


def _person(value: str | None) -> str | None:
    """A name, not the address of a profile page that some sites give instead."""
    if not value or value.startswith(("http", "@", "//")) or len(value) > 200:
        return None
    return re.sub(r"^(?:By|BY|by)\s+", "", value)


def _first(*values: Any) -> str | None:
    for value in values:
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())[:1000]
    return None


def _heading(tree: HtmlElement) -> str | None:
    headings = [_text(element) for element in tree.iter("h1")]
    headings = [heading for heading in headings if len(heading.split()) > 1]
    if len(headings) == 1:
        return headings[0][:500]
    title = next((_text(element) for element in tree.iter("title")), "")
    return title[:500] or None


def _without_site(title: str | None, site: str | None) -> str | None:
    """The title without the name of the site that many pages add to it."""
    if not title:
        return None
    parts = re.split(r"\s+[|–—•·-]\s+", title)
    if len(parts) > 1 and len(" ".join(parts[:-1]).split()) >= 3:
        last = parts[-1]
        if (site and last.casefold() in site.casefold()) or find_outlet(last):
            return title[: title.rindex(last)].rstrip(" |–—•·-")
    return title


def _outlet(site: str | None) -> str | None:
    if not site:
        return None
    known = find_outlet(site)
    return known.name if known else site


def _published(tree: HtmlElement, article: dict[str, Any], metas: dict[str, str]) -> Any:
    values = [article.get("datePublished"), *(metas.get(name) for name in _PUBLISHED)]
    for element in tree.iter("time"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('pubdate') or ''}"
        if element.get("datetime") and re.search(
            r"publi|pubdate|entry-date|posted|created", marks, re.IGNORECASE
        ):
            values.append(element.get("datetime"))
            break
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        values.append(element.get("datetime") or element.get("content") or _text(element))
        break
    for value in values:
        found = parse_date(value) if isinstance(value, str) else None
        if found:
            return found.date
    return None


def _language(tree: HtmlElement, article: dict[str, Any]) -> str | None:
    value = (
        tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or article.get("inLanguage")
    )
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", value) if isinstance(value, str) else None
    return match[1].lower() if match else None


def _address(tree: HtmlElement, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    links = (e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical")
    for value in (*links, metas.get("og:url"), article.get("url")):
        if isinstance(value, str) and re.match(r"https?://[^/\s]+", value.strip()):
            return value.strip()[:2000]
    return None


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
