"""Feeds and sitemaps -> addresses of pages. A feed is hostile text: sizes are held, nothing is obeyed."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

MOST_ADDRESSES: Final = 50_000
"""Entries of one sitemap that are looked at, as the protocol of sitemaps has it; the newest are taken."""
MOST_ENTRIES: Final = 2_000
"""Entries of a feed; the parser takes 3 ms for each. Feeds of news have 10 to 100."""
MOST_TAGS: Final = 200_000
"""Tags of a feed: 100 entries with whole articles in them have some 20,000."""
LONGEST: Final = 2_000
"""Letters of an address."""
EARLIEST: Final = 1990
"""No page of the web is older."""


_TAG: Final = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)")


class FeedError(Exception):
    """What cannot be read as a feed, in words."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: the page's address; `published` where the feed says it and it can be true; `stated` is all
    that the feed says of the page's version, so that another `stated` means another version."""

    address: str
    published: datetime.date | None = None
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """`kind` is `feed`, `sitemap` or `index` (a sitemap of sitemaps); `nameless` entries had no address."""

    kind: str
    title: str
    items: tuple[Item, ...]
    nameless: int = 0
    repeated: int = 0


def parse_feed(body: bytes, address: str, today: datetime.date, most: int) -> Feed:
    """The entries of an RSS, Atom or JSON feed or a sitemap, `most` at most, each address once.

    Relative addresses count from `address`. Dates after `today` (and a day of grace for time zones) and
    before the web are left out. Raises `FeedError`.
    """
    plain = body.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not plain:
        raise FeedError("it is empty")
    if b"<!ENTITY" in plain:
        # No feed of our time declares entities; those that do make gigabytes of a few lines.
        raise FeedError("it declares entities of its own, which no feed needs")
    if plain[:1] == b"{":
        kind, title, found = "feed", *_json_feed(body)
    elif (root := _root(plain)) in ("sitemapindex", "urlset"):
        kind, found = _sitemap(body)
        title = ""
    elif plain[:1] != b"<" or root == "html":
        raise FeedError("it is no feed: give the address of the feed, not that of the page")
    else:
        if plain.count(b"<item") + plain.count(b"<entry") > MOST_ENTRIES or plain.count(b"<") > MOST_TAGS:
            raise FeedError(f"it has more than {MOST_ENTRIES:,} entries or {MOST_TAGS:,} tags")
        kind, title, found = "feed", *_feed(body)
    return _tidy(kind, title, found, address, today, most)


def _root(plain: bytes) -> str:
    """The name of the first tag, in small letters: servers say `text/html` of feeds, and the reverse."""
    found = _TAG.search(plain[:20_000])
    return found[1].decode("ascii").lower() if found else ""


Raw = tuple[str, datetime.date | None, str]
"""Address as written, date, what it states of its version."""


def _tidy(  # noqa: PLR0917 - what was found, and how it is to be taken
    kind: str, title: str, found: list[Raw], base: str, today: datetime.date, most: int
) -> Feed:
    latest = today + datetime.timedelta(days=1)
    items: dict[str, Item] = {}
    nameless = repeated = 0
    for written, published, stated in found:
        try:
            # Nothing, joined to the feed's address, would be the feed itself.
            address = urljoin(base, written.strip()).partition("#")[0] if written.strip() else ""
        except ValueError:
            address = ""
        if not address.startswith(("http://", "https://")) or len(address) > LONGEST:
            nameless += 1
            continue
        if address in items:
            repeated += 1
            continue
        day = published if published and published.year >= EARLIEST and published <= latest else None
        items[address] = Item(address, day, stated[:200])
    kept = list(items.values())
    if kind != "feed":
        # A sitemap is in no order: the newest first, and as written where nothing says so.
        kept.sort(key=lambda item: item.published or datetime.date.min, reverse=True)
    return Feed(kind, " ".join(title.split())[:200], tuple(kept[:most]), nameless, repeated)


def _feed(body: bytes) -> tuple[str, list[Raw]]:
    import feedparser

    try:
        # Bytes, never an address: the parser would fetch it by itself.
        parsed = feedparser.parse(_Bytes(body), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:
        # Another's parser on a hostile text: whatever it stumbles over, the other feeds go on.
        raise FeedError(f"it cannot be read ({type(error).__name__})") from error
    entries = parsed.get("entries", [])
    if not entries and not parsed.get("version"):
        raise FeedError("it is no feed that we know (RSS, Atom, JSON Feed, sitemap)")
    title = str(parsed.get("feed", {}).get("title", ""))
    return title, [_entry(entry) for entry in entries]


class _Bytes:
    """What the parser takes for an open file."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, size: int = -1) -> bytes:
        """The whole content once, then nothing."""
        content, self._content = self._content, b""
        return content


def _entry(entry: Any) -> Raw:
    written = str(entry.get("link") or "")
    if not written and str(entry.get("id") or "").startswith(("http://", "https://")):
        written = str(entry["id"])
    # `in` first: asked for what is not there, the parser gives the other date and warns of it.
    said = {name: entry[name] for name in ("updated", "published") if name in entry}
    when = next((entry[key] for key in ("published_parsed", "updated_parsed") if key in entry), None)
    stated = str(said.get("updated") or said.get("published") or "")
    return written, _date(when[:3] if when else None), stated


def _date(parts: Any) -> datetime.date | None:
    try:
        return datetime.date(*parts) if parts else None
    except (TypeError, ValueError, OverflowError):
        return None


def _said_date(said: object) -> datetime.date | None:
    """`2017-02-07` and what may stand behind it."""
    try:
        return datetime.date.fromisoformat(str(said).strip()[:10])
    except ValueError:
        return None


def _json_feed(body: bytes) -> tuple[str, list[Raw]]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedError("it begins like a JSON Feed and cannot be read") from error
    entries = feed.get("items")
    if not isinstance(entries, list):
        raise FeedError("it is no JSON Feed: it has no list of items")
    found = []
    for entry in entries:
        if isinstance(entry, dict):
            published, modified = entry.get("date_published"), entry.get("date_modified")
            said = str(modified or published or "")
            found.append((str(entry.get("url") or ""), _said_date(published or modified), said))
    return str(feed.get("title") or ""), found


def _sitemap(body: bytes) -> tuple[str, list[Raw]]:
    from lxml import etree  # type: ignore[import-untyped]

    # No entities, no DTD, no network, no endless depth.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedError("it is a damaged sitemap") from error
    if root is None:
        raise FeedError("it is a damaged sitemap")
    # By hand: a parser that mends what is broken gives out names that it takes back from nobody.
    kind = "index" if str(root.tag).rpartition("}")[2] == "sitemapindex" else "sitemap"
    return kind, list(_places(root))


def _places(root: Any) -> Iterator[Raw]:
    for number, place in enumerate(root):
        if number >= MOST_ADDRESSES:
            return
        if not isinstance(place.tag, str):
            continue
        said = {
            str(part.tag).rpartition("}")[2]: (part.text or "").strip()
            for part in place.iter()
            if isinstance(part.tag, str)
        }
        day = _said_date(said.get("publication_date")) or _said_date(said.get("lastmod"))
        yield said.get("loc", ""), day, said.get("lastmod", "")
