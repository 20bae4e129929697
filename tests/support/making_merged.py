"""Strategies for the nouns of the merged record."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from stemma.model import (
    Alignment,
    ClaimAt,
    Dependence,
    Descent,
    Dispatch,
    Dispute,
    EntityAt,
    Incident,
    Lineage,
    Merging,
    Noun,
    Origin,
    Origins,
    Party,
    Statement,
    Tie,
    Version,
)
from stemma.model.vocabulary import ClaimType, EntityKind, SourceKind


def merged_strategies(
    texts: st.SearchStrategy[str],
    ids: st.SearchStrategy[str],
    spans: st.SearchStrategy[Any],
    times: st.SearchStrategy[Any],
    places: st.SearchStrategy[Any],
) -> dict[type[Noun], st.SearchStrategy[Any]]:
    """A strategy for each noun of lineages and incidents, made of those of the other nouns."""

    def few(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
        return st.lists(items, max_size=2).map(tuple)

    maybe = st.none() | texts
    scores = st.floats(0, 1)
    alignments = st.builds(Alignment, span=spans, other=spans)
    dependences = st.builds(
        Dependence,
        report=ids,
        parent=texts,
        kind=st.sampled_from(Descent),
        credited=st.booleans(),
        reason=texts,
        score=scores,
        cue=st.none() | spans,
        alignments=few(alignments),
    )
    dispatches = st.builds(Dispatch, parent=texts, reports=few(ids), reason=texts)
    claims_at = st.builds(ClaimAt, report=ids, claim=ids)
    merging = st.builds(Merging, left=claims_at, right=claims_at, reason=texts, score=scores)
    origin = st.builds(
        Origin,
        name=texts,
        kind=st.sampled_from(SourceKind),
        institution=maybe,
        anonymous=st.booleans(),
        held=st.booleans(),
        reports=few(ids),
    )
    counted = st.integers(0, 9)
    origins = st.builds(
        Origins,
        origins=few(origin),
        low=counted,
        likely=counted,
        high=counted,
        reasons=few(texts),
        sentence=texts,
    )
    versions = st.builds(
        Version,
        value=texts,
        claims=few(claims_at),
        reports=few(ids),
        origins=few(texts),
        said=maybe,
        withdrawn=st.booleans(),
    )
    disputes = st.builds(Dispute, attribute=texts, of=maybe, kind=texts, versions=few(versions), note=texts)
    statements = st.builds(
        Statement, attribute=texts, of=maybe, claims=few(claims_at), reports=few(ids), origins=origins
    )
    incidents = st.builds(
        Incident,
        id=ids,
        type=st.sampled_from(ClaimType),
        title=texts,
        claims=few(claims_at),
        merged=few(merging),
        parties=st.dictionaries(texts, few(texts), max_size=2),
        time=st.none() | times,
        place=st.none() | places,
        part_of=st.none() | ids,
        origins=origins,
        disputes=few(disputes),
        statements=few(statements),
        told=few(ids),
    )
    entities_at = st.builds(EntityAt, report=ids, entity=ids)
    parties = st.builds(
        Party,
        key=ids,
        name=texts,
        kind=st.sampled_from(EntityKind),
        names=few(texts),
        under=few(ids),
        at=few(entities_at),
    )
    days = st.none() | st.dates()
    partial = st.none() | st.sampled_from(["2016", "2016-12", "2016-12-04"])
    ties = st.builds(
        Tie,
        type=st.sampled_from(ClaimType),
        party=ids,
        party_name=texts,
        other=ids,
        other_name=texts,
        titles=few(texts),
        start=partial,
        end=partial,
        first_told=days,
        last_told=days,
        ended=st.booleans(),
        ended_by=days,
        hedged=st.booleans(),
        claims=few(claims_at),
        denials=few(claims_at),
        denied_by=few(texts),
        origins=origins,
    )
    return {
        Alignment: alignments,
        ClaimAt: claims_at,
        Dependence: dependences,
        Dispatch: dispatches,
        Dispute: disputes,
        EntityAt: entities_at,
        Incident: incidents,
        Lineage: st.builds(Lineage, dependences=few(dependences), dispatches=few(dispatches)),
        Merging: merging,
        Origin: origin,
        Origins: origins,
        Party: parties,
        Statement: statements,
        Tie: ties,
        Version: versions,
    }
