"""Exports of OpenAleph and Datashare: documents with their text and what is known of them, as reports."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from stemma.importing.gdelt import is_web
from stemma.importing.options import ImportOptions
from stemma.importing.protocol import Kind, Loss
from stemma.importing.reading import flat, read_objects, read_table, refuse
from stemma.model import Header, Note, Refusal, Report, hash_bytes

DOCUMENTS: Final = frozenset(
    "Document PlainText HyperText Pages Page Email Article Message Table Workbook Package Note".split()
)
"""Schemata of FollowTheMoney that may hold a text."""

LONGEST_ID: Final = 200
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LANGUAGES: Final = {
    "english": "en", "eng": "en", "french": "fr", "fra": "fr", "spanish": "es", "spa": "es", "arabic": "ar",
    "ara": "ar", "russian": "ru", "rus": "ru", "german": "de", "deu": "de", "ukrainian": "uk", "ukr": "uk",
    "portuguese": "pt", "por": "pt", "persian": "fa", "fas": "fa", "hebrew": "he", "heb": "he",
}  # fmt: skip


class OpenAlephImporter:
    """Entities of OpenAleph (or Aleph), one JSON object a line: those that are documents with a text."""

    name = "openaleph"
    kind = Kind.REPORTS
    description = "OpenAleph exports (FollowTheMoney documents): their text and metadata, read as reports."

    def losses(self) -> tuple[Loss, ...]:
        """What of the file does not come in."""
        return _ALEPH_LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[Report | Refusal]:
        """A report for each document with a text."""
        for item in read_objects(path, options):
            if isinstance(item, Refusal):
                yield item
                continue
            where, entity = item
            properties = entity.get("properties")
            if not isinstance(properties, Mapping):
                yield refuse(where, "this is no entity of FollowTheMoney", "give schema and properties")
            elif entity.get("schema") in DOCUMENTS:
                yield _aleph(where, entity, properties)


def _aleph(where: str, entity: Mapping[str, Any], properties: Mapping[str, Any]) -> Report | Refusal:
    markup = _first(properties, "bodyHtml") if not _first(properties, "bodyText", "rawText") else ""
    text = markup or "\n\n".join(_all(properties, "bodyText")) or _first(properties, "rawText", "indexText")
    return _report(
        "openaleph",
        where,
        str(entity.get("id") or ""),
        text,
        {
            "title": _first(properties, "title", "subject", "fileName", "name"),
            "outlet": _first(properties, "publisher"),
            "published": _first(properties, "publishedAt", "date", "authoredAt", "modifiedAt"),
            "byline": ", ".join(_all(properties, "author")),
            "language": _first(properties, "language", "detectedLanguage"),
            "url": _first(properties, "sourceUrl", "publisherUrl"),
        },
        markup=bool(markup),
    )


class DatashareImporter:
    """Documents of Datashare: JSON from its index, or a CSV with a column of text."""

    name = "datashare"
    kind = Kind.REPORTS
    description = "Datashare exports (JSON of its index, or CSV): text and metadata, read as reports."

    def losses(self) -> tuple[Loss, ...]:
        """What of the file does not come in."""
        return _SHARE_LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[Report | Refusal]:
        """A report for each document with a text."""
        if path.suffix.lower() == ".csv":
            for row in read_table(path, options, ("content",)):
                yield row if isinstance(row, Refusal) else _share(row.where, row.cells, {}, "")
            return
        for item in read_objects(path, options):
            if isinstance(item, Refusal):
                yield item
                continue
            where, found = item
            hits = found.get("hits")
            listed = hits.get("hits") if isinstance(hits, Mapping) else None
            for number, hit in enumerate(listed if isinstance(listed, list) else [found], start=1):
                place = f"{where}, hit {number}" if listed else where
                source = hit.get("_source", hit) if isinstance(hit, Mapping) else None
                if not isinstance(hit, Mapping) or not isinstance(source, Mapping):
                    yield refuse(place, "this is no document of Datashare", "give its JSON")
                elif source.get("type", "Document") == "Document":
                    metadata = source.get("metadata")
                    known = metadata if isinstance(metadata, Mapping) else {}
                    yield _share(place, source, known, str(hit.get("_id") or ""))


def _share(where: str, source: Mapping[str, Any], metadata: Mapping[str, Any], id: str) -> Report | Refusal:
    return _report(
        "datashare",
        where,
        id or _first(source, "documentid", "id", "path"),
        _first(source, "content", "content_translated"),
        {
            "title": _first(source, "title", "titlenorm") or _first(metadata, "tika_metadata_dc_title"),
            "outlet": _first(metadata, "tika_metadata_dc_publisher") or _first(source, "publisher"),
            "published": _first(source, "creationdate", "creationDate")
            or _first(metadata, "tika_metadata_dcterms_created"),
            "byline": _first(metadata, "tika_metadata_dc_creator") or _first(source, "author"),
            "language": _first(source, "language"),
            "url": _first(metadata, "tika_metadata_url") or _first(source, "url"),
        },
    )


def _report(
    format: str, where: str, id: str, text: str, known: dict[str, str], *, markup: bool = False
) -> Report | Refusal:
    if not text.strip():
        return refuse(where, "the document has no text", "export it with its text", "empty")
    content = text.encode("utf-8", "replace")
    name = flat(id)[:LONGEST_ID] or hash_bytes(content)[:16]
    notes = []
    day = _day(known["published"])
    if known["published"] and day is None:
        said = flat(known["published"])[:40]
        notes.append(Note(code="date-unreadable", text=f"The date {said!r} could not be read."))
    language = known["language"].strip().lower()
    try:
        header = Header(
            title=flat(known["title"]) or None,
            outlet=flat(known["outlet"]) or None,
            published=day,
            byline=flat(known["byline"]) or None,
            language=_LANGUAGES.get(language) or (language if re.fullmatch(r"[a-z]{2}", language) else None),
            url=known["url"] if is_web(known["url"]) else None,
        )
    except ValidationError:
        return refuse(where, "what is known of the document cannot be read", "look at it")
    return Report(
        id=f"{format}/{name}",
        address=where,
        media_type="text/html" if markup else "text/plain",
        content=content,
        charset="utf-8",
        header=header,
        notes=tuple(notes),
    )


def _day(words: str) -> datetime.date | None:
    match = _DAY.match(words.strip())
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _first(values: Mapping[str, Any], *names: str) -> str:
    return next((found[0] for name in names if (found := _all(values, name))), "")


def _all(values: Mapping[str, Any], name: str) -> list[str]:
    value = values.get(name)
    return [
        one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str) and one.strip()
    ]


_ALEPH_LOSSES: Final = (
    Loss(("entities that are no documents",), "people and companies go in with `stemma import ftm`"),
    Loss(
        ("fileSize", "contentHash", "parent", "folder", "other properties"), "a report has no place for them"
    ),
    Loss(
        ("publishedAt", "date", "authoredAt", "modifiedAt"), "the day of the first that is given", part=True
    ),
)
_SHARE_LOSSES: Final = (
    Loss(("named entities, tags, paths, hashes",), "a report has no place for them"),
    Loss(("creationDate",), "the day; it is the file's, which need not be that of publication", part=True),
)
