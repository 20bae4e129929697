from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("STEMMA_SHARED", Path(__file__).resolve().parents[4] / "shared"))
WORDS = "Ardan attacked Belor, residents said. The town was quiet again in the morning.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    folder.mkdir()
    for name, outlet, text in (
        ("01", "The Coast Daily", WORDS),
        ("02", "Hill Herald", f"Via The Coast Daily:\n\n{WORDS}"),
        ("03", "River Post", "Reportedly Ardan joined Belor. Nothing else is known of it in the capital.\n"),
    ):
        (folder / f"{name}.txt").write_text(text)
        (folder / f"{name}.json").write_text(json.dumps({"outlet": outlet, "published": "2021-03-05"}))
    return folder


def test_json_is_one_object_with_what_the_scorer_reads(stemma: Any, story: Path) -> None:
    done = stemma("lineage", str(story), "--format", "json")
    assert done.status == 0
    told = json.loads(done.out)
    assert set(told) == {"edges", "same_dispatch", "claims", "disputes"}
    attack = next(claim for claim in told["claims"] if claim["type"] == "ASSAULT")
    assert attack["stated_in"] == ["01", "02"]
    assert attack["n_independent"] == 1
    assert attack["low"] <= attack["n_independent"] <= attack["high"]
    assert "residents" in attack["sentence"]
    assert [len(claim["stated_in"]) for claim in told["claims"]] == sorted(
        (len(claim["stated_in"]) for claim in told["claims"]), reverse=True
    )
    assert done.err.splitlines()[-1] == "3 reports read, 0 refused, 3 claims"


def test_text_is_the_tree_and_the_incidents(stemma: Any, story: Path) -> None:
    done = stemma("lineage", str(story))
    assert done.status == 0
    for report in ("01  The Coast Daily", "02  Hill Herald", "03  River Post"):
        assert report in done.out
    assert "Two reports, one origin: residents (anonymous)." in done.out
    assert "and 1 told by one report each" in done.out


def test_one_story_of_several_folders(stemma: Any, story: Path, tmp_path: Path) -> None:
    other = tmp_path / "more"
    other.mkdir()
    (other / "04.txt").write_text(WORDS)
    done = stemma("lineage", str(story), str(other), "--format", "json")
    attack = next(claim for claim in json.loads(done.out)["claims"] if claim["type"] == "ASSAULT")
    assert attack["stated_in"] == ["01", "02", "04"]


def test_a_report_that_cannot_be_read_is_one_line(stemma: Any, story: Path) -> None:
    (story / "04.txt").write_text("")
    done = stemma("lineage", str(story), "--format", "json")
    assert done.status == 1
    assert "04.txt" in done.err.splitlines()[0]
    assert "edges" in json.loads(done.out)


def test_a_folder_that_is_not_there(stemma: Any, tmp_path: Path) -> None:
    done = stemma("lineage", str(tmp_path / "nowhere"), "--format", "json")
    assert done.status == 1
    assert json.loads(done.out) == {"edges": [], "same_dispatch": [], "claims": [], "disputes": []}
    assert "Traceback" not in done.err


def test_no_folder_is_wrong_usage(stemma: Any) -> None:
    assert stemma("lineage").status == 2


def test_hostile_text_stays_text(stemma: Any, story: Path) -> None:
    (story / "05.txt").write_text(
        "[bold red]Title[/] \x1b]0;owned\x07\n\nArdan attacked Belor, [link=x]men \x1b[31m said.\n"
    )
    (story / "05.json").write_text(json.dumps({"outlet": "Evil \x1b[31m\u202eNews"}))
    for form in ("text", "json"):
        done = stemma("lineage", str(story), "--format", form)
        assert done.status == 0
        assert "\x1b" not in done.out
    assert "\u202e" not in stemma("lineage", str(story)).out


def test_the_scorer_takes_what_is_written(stemma: Any, story: Path, tmp_path: Path) -> None:
    scorer = SHARED / "gold" / "score_lineage.py"
    if not scorer.is_file():
        pytest.skip("the scorer of lineages lies in a folder beside the checkout, which is not here")
    spec = importlib.util.spec_from_file_location("score_lineage", scorer)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    told = json.loads(stemma("lineage", str(story), "--format", "json").out)
    assert all({"from", "to", "kind"} <= set(edge) for edge in told["edges"])
    assert isinstance(module.kin(told), set)
    assert all(isinstance(module.numbers(v), set) for d in told["disputes"] for v in d["values"].values())
