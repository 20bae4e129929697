"""Nouns for tests: strategies that make any, and short ways to make a plain one."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from making_merged import merged_strategies

from stemma.model import (
    Certainty,
    Claim,
    ClaimType,
    Coding,
    Count,
    Counted,
    Document,
    Entity,
    EntityKind,
    Evidence,
    Header,
    Incident,
    Judgement,
    Lineage,
    Mention,
    Note,
    Noun,
    OtherPlace,
    Passage,
    PassageKind,
    Place,
    Precision,
    Reading,
    Record,
    Refusal,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Status,
    Time,
    hash_bytes,
)

texts = st.text(max_size=12)
maybe_texts = st.none() | texts
ids = st.text("abc123/é", min_size=1, max_size=3)
scores = st.none() | st.floats(0, 1)
dates = st.none() | st.dates()
moments = st.datetimes(timezones=st.none() | st.just(datetime.UTC))
hashes = st.binary(max_size=4).map(hash_bytes)
spans = st.tuples(st.integers(0, 90), st.integers(0, 90)).map(lambda p: Span(start=min(p), end=max(p)))
maybe_spans = st.none() | spans
notes = st.builds(Note, code=st.sampled_from(["no-date", "mojibake-repaired", "a1"]), text=texts)
note_lists = st.lists(notes, max_size=2).map(tuple)


@st.composite
def partial_dates(draw: st.DrawFn) -> str:
    day = draw(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))).isoformat()
    return day[: draw(st.sampled_from([4, 7, 10]))]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)

mentions = st.builds(Mention, text=texts, span=spans, kind=st.sampled_from(EntityKind), score=scores)
entities = st.builds(
    Entity,
    id=ids,
    kind=st.sampled_from(EntityKind),
    names=st.lists(texts, max_size=3).map(tuple),
    canonical=maybe_texts,
    mentions=st.lists(mentions, max_size=2).map(tuple),
)
counts = st.builds(
    Count,
    entity=st.none() | ids,
    what=st.sampled_from(Counted),
    text=texts,
    low=st.none() | st.integers(0, 10**6),
    high=st.none() | st.integers(0, 10**6),
    span=maybe_spans,
)
times = st.builds(
    Time,
    text=texts,
    start=st.none() | partial_dates(),
    end=st.none() | partial_dates(),
    span=maybe_spans,
    edtf=st.none() | st.sampled_from(["2016-12~", "[..2017-02-07]", "201X", "2016-06/.."]),
    anchor=dates,
)
maybe_countries = st.none() | st.sampled_from(["SY", "PS", "CO"])
precisions = st.builds(Precision, ucdp=st.integers(1, 7), acled=st.none() | st.integers(1, 3))
other_places = st.builds(
    OtherPlace,
    canonical=texts,
    country=maybe_countries,
    geonames=st.none() | st.integers(1, 10**8),
    reason=texts,
)
places = st.builds(
    Place,
    text=texts,
    canonical=maybe_texts,
    country=maybe_countries,
    span=maybe_spans,
    geonames=st.none() | st.integers(1, 10**8),
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    admin1=maybe_texts,
    precision=st.none() | precisions,
    reason=maybe_texts,
    alternatives=st.lists(other_places, max_size=2).map(tuple),
)
sources = st.builds(
    Source,
    text=texts,
    entity=st.none() | ids,
    kind=st.sampled_from(SourceKind),
    cue=maybe_texts,
    parallel=st.booleans(),
    span=maybe_spans,
    cue_span=maybe_spans,
    score=scores,
)
readings = st.builds(Reading, sources=st.lists(sources, max_size=2).map(tuple), reason=texts, score=scores)
claims = st.builds(
    Claim,
    id=ids,
    type=st.sampled_from(ClaimType),
    mode=maybe_texts,
    evidence=texts,
    trigger=texts,
    roles=st.dictionaries(st.sampled_from(Role), st.lists(ids, max_size=2).map(tuple), max_size=3),
    counts=st.lists(counts, max_size=2).map(tuple),
    time=st.none() | times,
    place=st.none() | places,
    sources=st.lists(sources, max_size=2).map(tuple),
    readings=st.lists(readings, max_size=2).map(tuple),
    status=st.sampled_from(Status),
    negated=st.booleans(),
    certainty=st.sampled_from(Certainty),
    cue=maybe_texts,
    span=maybe_spans,
    trigger_span=maybe_spans,
    cue_span=maybe_spans,
    role_spans=st.dictionaries(st.sampled_from(Role), st.lists(spans, max_size=2).map(tuple), max_size=2),
    score=scores,
    notes=note_lists,
)
codings = st.builds(
    Coding,
    report=ids,
    outlet=maybe_texts,
    published=dates,
    entities=st.lists(entities, max_size=4).map(tuple),
    claims=st.lists(claims, max_size=4).map(tuple),
    title=maybe_texts,
    url=maybe_texts,
    language=maybe_texts,
    agencies=st.lists(texts, max_size=2).map(tuple),
    document_hash=st.none() | hashes,
    engine=maybe_texts,
    engine_version=maybe_texts,
    notes=note_lists,
)
headers = st.builds(
    Header,
    outlet=maybe_texts,
    title=maybe_texts,
    published=dates,
    byline=maybe_texts,
    language=maybe_texts,
    url=maybe_texts,
)
reports = st.builds(
    Report,
    id=ids,
    address=texts,
    media_type=st.sampled_from(["text/plain", "text/html", "text/markdown"]),
    content=st.binary(max_size=40),
    charset=maybe_texts,
    header=headers,
    retrieved=st.none() | moments,
)
passages = st.builds(
    Passage, kind=st.sampled_from(PassageKind), span=spans, outlet=maybe_texts, outlet_span=maybe_spans
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.text(max_size=60))
    kept = [passage for passage in draw(st.lists(passages, max_size=3)) if passage.span.end <= len(text)]
    return Document(
        report=draw(ids),
        report_hash=draw(hashes),
        text=text,
        passages=tuple(kept),
        title=draw(maybe_texts),
        outlet=draw(maybe_texts),
        url=draw(maybe_texts),
        published=draw(dates),
        byline=draw(maybe_texts),
        language=draw(maybe_texts),
        agencies=tuple(draw(st.lists(texts, max_size=2))),
        notes=draw(note_lists),
    )


judgements = st.builds(
    Judgement,
    subject=texts,
    verdict=st.sampled_from(["accept", "reject", "correct", "same", "not-same", "note"]),
    value=json_values,
    person=texts,
    at=moments,
    reason=maybe_texts,
)
refusals = st.builds(Refusal, where=texts, code=texts, what=texts, mend=texts)

MERGED = merged_strategies(texts, ids, spans, times, places)

STRATEGIES: dict[type[Noun], st.SearchStrategy[Any]] = {
    **MERGED,
    Claim: claims,
    Coding: codings,
    Count: counts,
    Document: documents(),
    Entity: entities,
    Evidence: st.builds(Evidence, value=texts, text=texts, span=spans),
    Header: headers,
    Judgement: judgements,
    Mention: mentions,
    Note: notes,
    Passage: passages,
    OtherPlace: other_places,
    Place: places,
    Precision: precisions,
    Reading: readings,
    Record: st.builds(
        Record,
        lineage=MERGED[Lineage],
        incidents=st.lists(MERGED[Incident], max_size=2).map(tuple),
        codings=st.lists(codings, max_size=2).map(tuple),
        judgements=st.lists(judgements, max_size=2).map(tuple),
    ),
    Refusal: refusals,
    Report: reports,
    Source: sources,
    Span: spans,
    Time: times,
}


def bundle(id: str, text: str = "", **given: Any) -> tuple[Report, Document, Coding]:
    """A report of this text with its document and a coding; `given` goes into the coding."""
    text = text or f"Text of {id}."
    report = Report(id=id, address=f"in/{id}.txt", media_type="text/plain", content=text.encode())
    document = Document(report=id, report_hash=report.bytes_hash(), text=text)
    coding = Coding(report=id, document_hash=document.content_hash(), **given)
    return report, document, coding


def shared_gold() -> list[Path]:
    """The gold files beside the checkout, or those of the folder that STEMMA_SHARED names."""
    beside = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("STEMMA_SHARED", beside)) / "gold"
    found = [path for part in ("dev", "train") for path in sorted((folder / part).glob("*.json"))]
    return [path for path in found if path.name != "index.json"]


def load_gold() -> list[dict[str, Any]]:
    """The gold codings; skips the test where there are none."""
    paths = shared_gold()
    if not paths:
        pytest.skip("no gold codings beside the checkout (set STEMMA_SHARED to the shared folder)")
    return [json.loads(path.read_text("utf-8")) for path in paths]
