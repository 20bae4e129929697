from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from network import LABELS, Sheet, WordStates, make_document, make_heads

from stemma.extract.local import decode
from stemma.extract.local.decode import Draft, decode_claims, find_triggers
from stemma.extract.local.heads import Heads
from stemma.extract.local.scores import Scores, score_document
from stemma.extract.local.thresholds import Thresholds
from stemma.extract.local.words import split_words

TEXT = " ".join(
    f"The army of region{k} shelled town{k * 7} on day{k} and killed {k} men, people{k * 3} said. They fled."
    for k in range(12)
)


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> Heads:
    return make_heads(tmp_path_factory.mktemp("model"))


def scored(heads: Heads, text: str = TEXT) -> Scores:
    document = make_document(text)
    return score_document(document, split_words(text), WordStates(), heads, 0.2)


def unmuted(scores: Scores) -> np.ndarray:
    return np.zeros(len(scores.words), dtype=bool)


def triggers_of(inside: list[float], mute: tuple[int, ...] = (), **given: float) -> list[tuple]:
    mask = np.zeros(len(inside), dtype=bool)
    mask[list(mute)] = True
    chances = np.array([inside], dtype=np.float32).T
    found = find_triggers(chances, Thresholds(), mask, **given)
    columns = (found.starts, found.ends, found.types, found.scores.round(3))
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_a_run_of_words_is_one_trigger() -> None:
    found = triggers_of([0.9, 0.6, 0.1, 0.7, 0.8, 0.6])
    assert [(a, b) for a, b, *_ in found] == [(0, 1), (3, 5)]
    assert [score for *_, score in found] == pytest.approx([0.9, 0.8], abs=1e-3)
    assert triggers_of([0.1, 0.4]) == []


def test_muted_words_carry_no_trigger() -> None:
    assert [(a, b) for a, b, *_ in triggers_of([0.9, 0.9, 0.9], mute=(1,))] == [(0, 0), (2, 2)]
    assert triggers_of([0.9], mute=(0,)) == []


def test_a_least_score_leaves_triggers_out_and_cuts_none_short() -> None:
    inside = [0.9, 0.6, 0.1, 0.55, 0.1, 0.3]
    assert [(a, b) for a, b, *_ in triggers_of(inside, min_score=0.8)] == [(0, 1)]
    assert [(a, b) for a, b, *_ in triggers_of(inside, min_score=0.3)] == [(0, 1), (3, 3), (5, 5)]


def outline(drafts: list[Draft]) -> dict[tuple, float]:
    return {(d.start, d.end, d.type, k.span, k.label): k.score for d in drafts for k in d.links}


def test_links_do_not_depend_on_how_many_are_scored_at_once(
    heads: Heads, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = scored(heads)
    limits = Thresholds(role=0.3, source=0.3)
    whole = outline(decode_claims(heads, scores, limits, unmuted(scores)))
    assert len(whole) > 10
    monkeypatch.setattr(decode, "PAIRS", 1)
    parts = outline(decode_claims(heads, scores, limits, unmuted(scores)))
    assert parts.keys() == whole.keys()
    assert parts == pytest.approx(whole, abs=1e-4)


def test_links_stay_within_reach_and_above_their_floors(heads: Heads) -> None:
    scores = scored(heads)
    limits = Thresholds(reach=10, role=0.3, needed=0.25, source=0.35, count=0.3)
    drafts = decode_claims(heads, scores, limits, unmuted(scores))
    links = [(draft, link) for draft in drafts for link in draft.links]
    assert links
    for draft, link in links:
        start = int(scores.spans.starts[link.span])
        assert draft.start - 10 <= start <= draft.end + 10
        label = "count" if link.label.startswith("count:") else link.label
        # A faint source is kept for another reading of the chain.
        label = "doubt" if label == "source" else label
        # The first pass keeps a role for which its type may yet look harder.
        assert link.score >= np.float32(getattr(limits, label, limits.needed))


def test_spans_under_one_label_do_not_overlap(heads: Heads) -> None:
    scores = scored(heads)
    drafts = decode_claims(heads, scores, Thresholds(role=0.1), unmuted(scores))
    for draft in drafts:
        for label in LABELS["links"]:
            spans = sorted(
                (int(scores.spans.starts[link.span]), int(scores.spans.ends[link.span]))
                for link in draft.linked(label)
            )
            assert all(one[1] < two[0] for one, two in pairwise(spans)), (label, spans)


def test_linked_gives_the_best_first() -> None:
    sheet = Sheet(make_document("Rebels shelled Arra and Borra."), {"Arra": "place", "Borra": "place"})
    draft = sheet.draft("shelled", place=["Arra", "Borra"])
    draft.links[1].score = 0.9
    assert [link.span for link in draft.linked("place")] == [sheet.index["Borra"], sheet.index["Arra"]]


def test_a_text_without_triggers_has_no_claims(tmp_path: Path) -> None:
    heads = make_heads(tmp_path, **{"trigger.bias": np.full(2 * len(LABELS["types"]), -50.0)})
    scores = scored(heads)
    assert decode_claims(heads, scores, Thresholds(), unmuted(scores)) == []
