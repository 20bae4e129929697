"""Claims as schema.org JSON-LD; a ClaimReview only where a person rated the claim.

Stemma gives no verdict of its own. A person's is a judgement with the verdict `note` on the subject
`REPORT#CLAIM/rating`: its value is the rating in words, or an object with `alternateName` and, if wished,
`ratingValue`, `bestRating`, `worstRating` and `url`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stemma.export.declared import below, losses_of
from stemma.export.options import ExportOptions
from stemma.export.phrases import (
    chain_words,
    entities_of,
    hedge_words,
    joined,
    safe_json,
    ultimate,
    web_address,
)
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.told import HEDGED, HEDGES, OFFSETS
from stemma.export.turtle import iri
from stemma.model import Claim, Coding, Entity, Judgement, Place, Source, SourceKind, Time, standing

RATING: Final = "/rating"
_FIELDS: Final = ("alternateName", "ratingValue", "bestRating", "worstRating")
_PEOPLE: Final = (SourceKind.PERSON, SourceKind.OFFICIAL)
_BODIES: Final = (SourceKind.ORGANISATION, SourceKind.GROUP, SourceKind.OUTLET)

_LOSSES: Final = losses_of(
    {
        below("codings", "agencies document_hash engine engine_version notes"): "no property for it",
        below("codings.entities", "kind names mentions"): "only an author's canonical name is kept",
        below("codings.claims", "type mode trigger roles counts readings score notes"): "the words say it",
        f"codings.claims.span {OFFSETS}": "a Claim has no offsets",
        below("codings.claims.time", "text span edtf anchor"): "only the interval is kept",
        below(
            "codings.claims.place", "span admin1 precision reason alternatives"
        ): "a name and a point are kept",
        below("codings.claims.sources", "cue span cue_span score"): "an author is a name",
        "lineage": "schema.org has no word for who copies whom",
        "incidents": "a Claim stands alone",
    },
    {
        below("codings.entities", "id canonical"): "only an author's canonical name is kept",
        HEDGES: HEDGED,
        "codings.claims.place.text": "only where there is no canonical name",
        below("codings.claims.sources", "text kind parallel entity"): (
            "the ultimate sources are authors; the chain is told in words"
        ),
        "judgements": "only ratings are kept",
    },
)


class Claimreview:
    """One JSON-LD graph of claims, and of reviews where people gave ratings."""

    name = "claimreview"
    description = (
        "schema.org Claim as JSON-LD for fact-checkers, and ClaimReview where a person rated a claim; never "
        "a rating of the machine's."
    )
    suffix = ".jsonld"
    tables: tuple[str, ...] = ()
    merged = False
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What schema.org has no property for."""
        return _LOSSES

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes each claim, with its reviews after it."""
        ratings = _ratings(stock)
        rows = 0
        with target.open() as out:
            out.write(b'{"@context":"https://schema.org","@graph":[')
            for thing in _things(stock, ratings):
                out.write((b",\n" if rows else b"\n") + safe_json(thing).encode())
                rows += 1
            out.write(b"\n]}\n")
        return Written(rows)


def _ratings(stock: Stock) -> Mapping[str, list[Judgement]]:
    """The last rating of each person, by the claim's path."""
    last: dict[tuple[str, str], Judgement] = {}
    for judgement in standing(stock.judgements):
        if judgement.subject.endswith(RATING) and judgement.verdict == "note":
            last[judgement.subject.removesuffix(RATING), judgement.person] = judgement
    found: dict[str, list[Judgement]] = defaultdict(list)
    for (path, _), judgement in last.items():
        if _rating(judgement.value):
            found[path].append(judgement)
    return found


def _rating(value: Any) -> dict[str, Any] | None:
    """The rating as schema.org has it; null where the judgement gives none."""
    if isinstance(value, str) and value.strip():
        return {"@type": "Rating", "alternateName": value}
    if isinstance(value, Mapping) and isinstance(value.get("alternateName"), str):
        kept = {name: value[name] for name in _FIELDS if isinstance(value.get(name), str | int | float)}
        return {"@type": "Rating", **kept}
    return None


def _things(stock: Stock, ratings: Mapping[str, list[Judgement]]) -> Iterator[dict[str, Any]]:
    for coding in stock.codings:
        entities = entities_of(coding)
        for claim in coding.claims:
            made = _claim(coding, claim, entities)
            yield made
            for judgement in ratings.get(f"{coding.report}#{claim.id}", ()):
                yield _review(claim, made["@id"], judgement)


def _claim(coding: Coding, claim: Claim, entities: Mapping[str, Entity]) -> dict[str, Any]:
    authors = [_author(source, entities) for source in ultimate(claim)]
    if not authors and coding.outlet:
        authors = [{"@type": "Organization", "name": coding.outlet}]
    return _given(
        {
            "@type": "Claim",
            "@id": iri("claim", coding.report, claim.id)[1:-1],
            "identifier": claim.id,
            "text": claim.evidence,
            "description": joined([hedge_words(claim), chain_words(claim.sources)], ". "),
            "author": authors,
            "appearance": _report(coding),
            "temporalCoverage": _interval(claim.time),
            "contentLocation": _location(claim.place),
        }
    )


def _author(source: Source, entities: Mapping[str, Entity]) -> dict[str, Any]:
    kind = "Person" if source.kind in _PEOPLE else "Organization" if source.kind in _BODIES else "Thing"
    entity = entities.get(source.entity) if source.entity is not None else None
    name = entity.canonical if entity else None
    return _given(
        {"@type": kind, "name": source.text, "alternateName": name if name != source.text else None}
    )


def _report(coding: Coding) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": coding.outlet} if coding.outlet is not None else None
    return _given(
        {
            "@type": "CreativeWork",
            "@id": iri("report", coding.report)[1:-1],
            "identifier": coding.report,
            "headline": coding.title,
            "url": web_address(coding.url),
            "publisher": publisher,
            "datePublished": coding.published.isoformat() if coding.published else None,
            "inLanguage": coding.language,
        }
    )


def _interval(time: Time | None) -> str | None:
    """The interval of ISO 8601, `..` for an open end; null where both are open."""
    if time is None or not (time.start or time.end):
        return None
    return f"{time.start or '..'}/{time.end or '..'}"


def _location(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    point = None
    if place.latitude is not None and place.longitude is not None:
        ends = {"latitude": place.latitude, "longitude": place.longitude}
        point = {"@type": "GeoCoordinates", **ends}
    country = {"@type": "PostalAddress", "addressCountry": place.country} if place.country else None
    number = str(place.geonames) if place.geonames else None
    name = place.canonical or place.text
    return _given({"@type": "Place", "name": name, "address": country, "geo": point, "identifier": number})


def _review(claim: Claim, id: str, judgement: Judgement) -> dict[str, Any]:
    url = judgement.value.get("url") if isinstance(judgement.value, Mapping) else None
    return _given(
        {
            "@type": "ClaimReview",
            "claimReviewed": claim.evidence,
            "itemReviewed": {"@id": id},
            "author": {"@type": "Person", "name": judgement.person},
            "datePublished": judgement.at.isoformat(),
            "reviewRating": _rating(judgement.value),
            "reviewBody": judgement.reason,
            "url": web_address(url) if isinstance(url, str) else None,
        }
    )


def _given(pairs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value not in (None, "", [])}
