"""The shared gold and benchmarks, where they are beside the checkout."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from stemma.model import Header, PassageKind, Report
from stemma.read import read_document
from stemma.run.intake import gather_reports

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("STEMMA_SHARED", ROOT.parent / "shared"))
BENCH = Path(os.environ.get("STEMMA_BENCH", SHARED / "bench"))

needs_gold = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the shared gold is not here")
needs_web = pytest.mark.skipif(not (BENCH / "web").is_dir(), reason="the web benchmark is not here")


@needs_gold
@pytest.mark.parametrize("part", ["dev", "train"])
def test_every_gold_text_stays_as_it_is_and_is_named_as_its_coding(part: str) -> None:
    folder = SHARED / "gold" / part
    codings = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*__*.json")]
    found = {item.id: item for item in gather_reports([str(folder / "text")]) if isinstance(item, Report)}
    assert {coding["report"] for coding in codings} <= set(found)
    for item in found.values():
        document = read_document(item)
        assert document.text == item.content.decode().replace("\r\n", "\n")
        assert "mojibake-repaired" not in [note.code for note in document.notes]


@needs_gold
def test_the_report_that_the_project_began_with() -> None:
    path = SHARED / "gold" / "dev" / "text" / "seed" / "elite-fighters.txt"
    (item,) = gather_reports([str(path)], overrides=Header(outlet="The Fellowship"))
    assert isinstance(item, Report)
    document = read_document(item)
    kinds = [p.kind.value for p in document.passages if p.kind is not PassageKind.QUOTATION]
    assert kinds == ["title", "byline", "caption", "credit", "body"] + ["excerpt"] * 4 + ["furniture"]
    assert {p.outlet for p in document.passages_of(PassageKind.EXCERPT)} == {"The Times of Israel"}
    assert {p.outlet for p in document.passages_of(PassageKind.CAPTION, PassageKind.CREDIT)} == {"AFP"}
    assert document.agencies == ()


@needs_web
@pytest.mark.slow
def test_article_bodies_reach_the_floor() -> None:
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        import web
    finally:
        sys.path.pop(0)
    folder = BENCH / "web" / "article_extraction"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = [
        web.counts(gold["articleBody"], web.read_body(folder / "html" / f"{name}.html.gz"))
        for name, gold in truth.items()
    ]
    # .973 when it was built; the floor is what was asked for.
    assert web.figures(pages)["f1"] >= 0.95
