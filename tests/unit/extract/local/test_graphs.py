from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from stemma.errors import EngineError
from stemma.extract.local import graphs
from stemma.extract.local.decode import decode_claims
from stemma.extract.local.encoder import Encoder
from stemma.extract.local.graphs import GraphHeads, load_heads
from stemma.extract.local.heads import Heads, SpanScores
from stemma.extract.local.scores import score_document
from stemma.extract.local.thresholds import Thresholds
from stemma.extract.local.words import MODEL_DIR, split_words
from stemma.model import Document, hash_bytes

TEXT = (
    "ARRA - Gunmen of the Valley Front killed two soldiers and wounded six others in the town of Arra on"
    " Friday, the army said. The Valley Front's spokesman, Tomas Reyl, told the Herald that it had not been"
    " its men. On Saturday police arrested three suspects near the border with Marland, according to the"
    " interior ministry, which accused Marland of arming the group since last year.\n"
)


@pytest.fixture(scope="module")
def plain() -> Heads:
    return Heads(MODEL_DIR / "heads.npz", MODEL_DIR / "heads.json")


@pytest.fixture(scope="module")
def fast() -> Heads:
    return load_heads(MODEL_DIR)


@pytest.fixture(scope="module")
def states() -> np.ndarray:
    return Encoder(MODEL_DIR / "encoder.onnx", 1).states(split_words(TEXT * 3))


def by_place(spans: SpanScores) -> dict[tuple[int, int], np.ndarray]:
    return dict(zip(zip(spans.starts.tolist(), spans.ends.tolist(), strict=True), spans.kinds, strict=True))


def test_the_graphs_are_those_of_the_heads() -> None:
    with np.load(MODEL_DIR / "graphs.npz") as stored:
        assert str(stored["heads"]) == hash_bytes((MODEL_DIR / "heads.npz").read_bytes()), (
            "run training/graphs.py: heads.npz has changed"
        )


def test_they_say_of_words_what_the_heads_say(plain: Heads, fast: Heads, states: np.ndarray) -> None:
    assert isinstance(fast, GraphHeads)
    one, two = plain.seen(states, 0.2), fast.seen(states, 0.2)
    assert two.triggers == pytest.approx(one.triggers, abs=1e-4)
    assert two.between == pytest.approx(one.between, abs=1e-4)
    assert two.attribution == pytest.approx(one.attribution, abs=0.06)
    here, there = by_place(one.spans), by_place(two.spans)
    assert len(here) > 20
    # Only what is at the limit itself may come or go.
    assert all(here.get(key, there.get(key)).max() < 0.23 for key in here.keys() ^ there.keys())
    for key in here.keys() & there.keys():
        assert there[key] == pytest.approx(here[key], abs=0.04)


def test_they_say_of_mentions_and_links_what_the_heads_say(
    plain: Heads, fast: Heads, states: np.ndarray
) -> None:
    spans = plain.seen(states, 0.2).spans
    one, two = plain.mentions(states, spans), fast.mentions(states, spans)
    assert two[:, : one.shape[1]] == pytest.approx(one, abs=0.15)
    assert fast.source_kinds(two) == pytest.approx(plain.source_kinds(one), abs=0.3)
    names = [f"name {k % 7}" for k in range(len(spans))]
    assert fast.same(two, names) == pytest.approx(plain.same(one, names), abs=0.06)
    rng = np.random.default_rng(0)
    starts = np.array([3, 40, 90])
    claims = plain.claims(states, starts, starts, np.array([0, 15, 3]))
    between = rng.normal(0, 0.5, (3, len(spans), 96)).astype(np.float32)
    # Distances that stand on the border of a bucket, and beyond all.
    distance = spans.starts[None] - starts[:, None]
    distance[0, :6] = [-500, -121, -120, 120, 121, 500]
    sentence = rng.integers(0, 4, distance.shape)
    given = claims, between, distance, sentence
    found, wanted = (
        heads.links(given[0], mentions, *given[1:]) for heads, mentions in ((fast, two), (plain, one))
    )
    assert found == pytest.approx(wanted, abs=0.06)


def test_a_long_text_in_parts_is_the_text(
    fast: Heads, states: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = fast.seen(states, 0.2)
    monkeypatch.setattr(graphs, "CHUNK", 50)
    parts = fast.seen(states, 0.2)
    assert parts.triggers == pytest.approx(whole.triggers, abs=1e-4)
    assert parts.attribution == pytest.approx(whole.attribution, abs=0.06)
    one, two = by_place(whole.spans), by_place(parts.spans)
    assert all(one.get(key, two.get(key)).max() < 0.23 for key in one.keys() ^ two.keys())
    assert sorted(zip(parts.spans.starts, parts.spans.ends, strict=True)) == [
        *zip(parts.spans.starts, parts.spans.ends, strict=True)
    ]


@pytest.mark.parametrize("count", [1, 2, 7, 16])
def test_a_short_text(plain: Heads, fast: Heads, states: np.ndarray, count: int) -> None:
    found = fast.seen(states[:count], 0.2)
    assert found.attribution == pytest.approx(plain.attribution(states[:count]), abs=0.06)
    assert len(found.triggers) == len(found.between) == count
    assert (found.spans.ends < count).all()


def test_decoding_finds_the_same_claims(plain: Heads, fast: Heads) -> None:
    words, encoder = split_words(TEXT), Encoder(MODEL_DIR / "encoder.onnx", 1)
    document = Document(report="r", report_hash="0" * 64, text=TEXT)
    mute = np.zeros(len(words), dtype=bool)
    limits = Thresholds.of(plain.labels["thresholds"])
    drafts = []
    for heads in (plain, fast):
        scores = score_document(document, words, encoder, heads, limits.span)
        drafts.append(
            [
                (
                    d.start,
                    d.end,
                    d.type,
                    sorted((scores.words_of(k.span)[0], k.label) for k in d.links if k.score > 0.5),
                )
                for d in decode_claims(heads, scores, limits, mute)
            ]
        )
    assert drafts[0] == drafts[1]
    assert len(drafts[0]) >= 3


def test_a_broken_file_says_so(tmp_path: Path) -> None:
    for name in ("heads.npz", "heads.json"):
        (tmp_path / name).write_bytes((MODEL_DIR / name).read_bytes())
    assert not isinstance(load_heads(tmp_path), GraphHeads)
    (tmp_path / "graphs.npz").write_bytes(b"none")
    with pytest.raises(EngineError, match="cannot be loaded"):
        load_heads(tmp_path)
