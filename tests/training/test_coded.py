"""The coded reports that train the model: reports of our own, and offsets into public ones."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from stemma.model import Coding

ROOT = Path(__file__).parents[2]
TRAINING = ROOT / "training"
GOLD = Path(os.environ.get("STEMMA_GOLD", ROOT / "../shared/gold"))


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


standoff = load(TRAINING / "standoff.py", "stemma_training_standoff")
OWN = [json.loads(line) for line in (TRAINING / "coded/own.jsonl").read_text("utf-8").splitlines()]


def own_text(report: str) -> str:
    return (TRAINING / "reports" / f"{report.removeprefix('own/')}.txt").read_text("utf-8")


def test_there_is_a_coding_for_every_report_of_our_own() -> None:
    coded = {row["report"] for row in OWN}
    written = {f"own/{path.stem}" for path in (TRAINING / "reports").glob("*.txt")}
    assert coded == written
    assert len(coded) >= 150


@pytest.mark.parametrize("packed", OWN, ids=lambda row: row["report"])
def test_own_codings_fit_their_texts(packed: dict) -> None:
    text = own_text(packed["report"])
    gold = standoff.unpack(packed, text)
    coding = Coding.from_wire(gold)
    ids = {entity.id for entity in coding.entities}
    for claim in coding.claims:
        assert claim.evidence in text
        assert claim.trigger in claim.evidence
        assert {party for parties in claim.roles.values() for party in parties} <= ids
    assert standoff.pack(gold, text)["sha1"] == packed["sha1"]


@pytest.mark.skipif(not (GOLD / "check_gold.py").exists(), reason="needs the gold checker")
def test_own_codings_follow_the_guidelines() -> None:
    checker = load(GOLD / "check_gold.py", "check_gold")
    for packed in OWN:
        text = own_text(packed["report"])
        assert list(checker.faults(standoff.unpack(packed, text), text)) == []


@pytest.mark.parametrize("corpus", ["fakes", "voa", "muc-dev"])
def test_no_text_of_a_public_report_is_kept(corpus: str) -> None:
    for line in (TRAINING / f"coded/{corpus}.jsonl").read_text("utf-8").splitlines():
        packed = json.loads(line)
        for claim in packed["claims"]:
            assert all(isinstance(spot, int) for spot in [*claim["evidence"], *claim["trigger"]])
        assert all(isinstance(spot, list) for entity in packed["entities"] for spot in entity["names"])


@pytest.mark.skipif(
    not Path(os.environ.get("STEMMA_BENCH", ROOT / "../shared/bench")).exists(),
    reason="needs the public sets (STEMMA_BENCH)",
)
def test_public_codings_fit_the_texts_of_their_sets() -> None:
    os.environ.setdefault("STEMMA_BENCH", str(ROOT / "../shared/bench"))
    sys.path.insert(0, str(TRAINING))
    try:
        from corpora.texts import text_of
    finally:
        sys.path.remove(str(TRAINING))
    packed = json.loads((TRAINING / "coded/fakes.jsonl").read_text("utf-8").splitlines()[0])
    gold = standoff.unpack(packed, text_of(packed["report"]))
    assert all(claim["trigger"] in claim["evidence"] for claim in gold["claims"])


def test_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not the one that was coded"):
        standoff.unpack(OWN[0], "another text")
