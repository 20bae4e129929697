from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stemma.model import Claim, Coding, Entity, Source, SourceKind
from stemma.show import chain_words, links_of


def claim_with(*sources: dict[str, Any]) -> Claim:
    return Claim.from_wire(
        {"id": "c1", "type": "DENY", "evidence": "x", "trigger": "x", "sources": list(sources)}
    )


def words(*sources: dict[str, Any], entities: dict[str, Entity] | None = None) -> str:
    return chain_words(links_of(claim_with(*sources), entities or {}))


def test_the_chain_runs_from_the_ultimate_source_to_the_nearest() -> None:
    assert (
        words(
            {"text": "Palestinian sources", "kind": "anonymous"},
            {"text": "The Times of Israel", "kind": "outlet"},
        )
        == "Palestinian sources (anonymous) → The Times of Israel"
    )


def test_sources_side_by_side_are_one_link(coding: Coding) -> None:
    links = links_of(coding.claims[0], {})
    assert [[voice.text for voice in link] for link in links] == [["army", "residents"], ["Orlan News"]]
    assert chain_words(links) == "army + residents (anonymous) → Orlan News"


def test_a_parallel_source_at_the_head_starts_the_chain() -> None:
    assert words({"text": "A", "kind": "person", "parallel": True}) == "A"


def test_words_without_a_name_are_given_the_entitys_name(coding: Coding) -> None:
    entities = {entity.id: entity for entity in coding.entities}
    assert (
        chain_words(links_of(coding.claims[1], entities))
        == "the ministry (Ministry of Defence of Orlan) → State radio → Orlan News"
    )


def test_a_name_is_not_explained_by_another() -> None:
    entity = Entity.from_wire(
        {"id": "e1", "kind": "outlet", "names": ["AFP"], "canonical": "Agence France-Presse"}
    )
    assert words({"text": "AFP", "entity": "e1", "kind": "outlet"}, entities={"e1": entity}) == "AFP"


def test_posts_and_papers_are_marked() -> None:
    assert words({"text": "a tweet", "kind": "social"}) == "a tweet (post)"
    assert words({"text": "a leaked memo", "kind": "document"}) == "a leaked memo (document)"


def test_no_source_is_no_chain() -> None:
    assert links_of(claim_with(), {}) == ()
    assert words() == ""


@given(
    st.lists(
        st.builds(
            Source,
            text=st.text(min_size=1),
            kind=st.sampled_from(SourceKind),
            parallel=st.booleans(),
        )
    )
)
def test_every_source_is_kept_in_order(sources: list[Source]) -> None:
    claim = claim_with().model_copy(update={"sources": tuple(sources)})
    links = links_of(claim, {})
    kept = [voice for link in links for voice in link]
    assert [voice.text for voice in kept] == [" ".join(source.text.split()) for source in sources]
    behind = sum(1 for source in sources[1:] if not source.parallel)
    assert len(links) == (1 + behind if sources else 0)
