"""Alpha against worked examples, figures against the scorer of the gold codings."""

from __future__ import annotations

import importlib.util
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.desk.agreement import krippendorff_alpha
from stemma.desk.figures import compare
from stemma.model import Coding


def test_alpha_of_a_worked_example() -> None:
    # Two coders, ten units, binary: 14 zeros and 6 ones in all, four units differ. By hand:
    # observed 4/10; expected 2 * 14 * 6 / (20 * 19); alpha = 1 - 0.4 / (168 / 380) = 0.0952...
    units = [(0, 1), (1, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (1, 0), (1, 1), (0, 1)]
    alpha, comparable = krippendorff_alpha(units)
    assert comparable == 10
    assert alpha == pytest.approx(1 - 0.4 / (168 / 380))


def test_alpha_leaves_out_what_one_coder_alone_judged() -> None:
    assert krippendorff_alpha([("a", "a"), ("b", "b"), ("c",), ()]) == (pytest.approx(1.0), 2)


def test_alpha_has_no_meaning_where_nothing_varies() -> None:
    assert krippendorff_alpha([("a", "a"), ("a", "a")]) == (None, 2)
    assert krippendorff_alpha([]) == (None, 0)


def test_three_coders_count_each_pair() -> None:
    # One unit of three (a, a, b), one of two (b, b). Coincidences: aa 1, ab 1, ba 1, bb 2; n = 5.
    # observed 2, expected 25 - (4 + 9) = 12: alpha = 1 - 4 * 2 / 12.
    assert krippendorff_alpha([("a", "a", "b"), ("b", "b")])[0] == pytest.approx(1 - 8 / 12)


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12))
def test_alpha_is_at_most_one_and_one_only_for_full_agreement(units: list[list[str]]) -> None:
    alpha, _ = krippendorff_alpha(units)
    if alpha is not None:
        assert alpha <= 1 + 1e-9
        full = all(len(set(values)) < 2 for values in units if len(values) > 1)
        assert (alpha > 1 - 1e-9) == full


def _shared() -> Path:
    beside = Path(__file__).parents[4] / "shared"
    folder = Path(os.environ.get("STEMMA_SHARED", beside)) / "gold"
    if not (folder / "score.py").exists():
        pytest.skip("no gold codings beside the checkout (set STEMMA_SHARED to the shared folder)")
    return folder


def _spoil(gold: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Another coder: leaves out, changes types, parties, times, chains, counts and hedges."""
    claims = []
    for claim in json.loads(json.dumps(gold["claims"])):
        if chance.random() < 0.15:
            continue
        if chance.random() < 0.1:
            claim["type"] = "ASSAULT"
        if chance.random() < 0.2 and claim["sources"]:
            claim["sources"].pop(chance.randrange(len(claim["sources"])))
        if chance.random() < 0.2:
            claim["roles"]["actor"] = claim["roles"].get("recipient", [])
        if chance.random() < 0.2 and claim.get("time"):
            claim["time"]["start"] = None
        if chance.random() < 0.2 and claim.get("place"):
            claim["place"]["country"] = None
        if chance.random() < 0.2 and claim.get("counts"):
            claim["counts"] = claim["counts"][1:]
        if chance.random() < 0.2:
            claim["certainty"] = chance.choice(["certain", "probable", "possible"])
        if chance.random() < 0.2:
            claim["status"] = chance.choice(["actual", "ongoing", "future", "hypothetical"])
        claims.append(claim)
    return {**gold, "claims": claims}


def test_the_figures_are_those_that_gold_is_scored_with() -> None:
    folder = _shared()
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec
    assert spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    chance, tally, pairs = random.Random(4), score.Tally(), []
    for path in sorted((folder / "dev").glob("*__*.json"))[:12]:
        gold = json.loads(path.read_text("utf-8"))
        text = (folder / "dev" / "text" / f"{gold['report']}.txt").read_text("utf-8")
        other = _spoil(gold, chance)
        score.score_report(gold, other, text, tally)
        pairs.append((text, Coding.from_wire(gold), Coding.from_wire(other)))
    assert pairs, "no gold was found: this test would check nothing"
    wanted = score.figures(tally)
    for figure in compare(pairs):
        told = wanted[figure.name]
        expected = told["f1"] if isinstance(told, dict) else told
        assert figure.value == pytest.approx(expected, abs=0.0006), figure
        assert expected < 1, f"{figure.name} was not spoilt: this test would check nothing"
