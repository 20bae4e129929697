"""The examples: each is listed, is read as its README says, and its coding by hand holds together."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from stemma.model import MODES, ClaimType, Coding, Document, Header, PassageKind, Refusal
from stemma.read import read_document
from stemma.read.options import ReadOptions
from stemma.run.intake import gather_reports

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    options = ReadOptions()
    items = list(gather_reports([str(EXAMPLES / "reports")], {}, Header(), options))
    refused = [item for item in items if isinstance(item, Refusal)]
    assert not refused
    read = [read_document(item, options) for item in items if not isinstance(item, Refusal)]
    return {document.report: document for document in read}


@pytest.fixture(scope="module")
def codings() -> dict[str, Coding]:
    found = [
        Coding.from_wire(path.read_text("utf-8")) for path in sorted((EXAMPLES / "codings").glob("*.json"))
    ]
    return {coding.report: coding for coding in found}


@pytest.fixture(scope="module")
def lineage() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EXAMPLES / "lineage.json").read_text("utf-8"))
    return loaded


def test_the_readme_lists_each_report(documents: dict[str, Document]) -> None:
    table = (EXAMPLES / "README.md").read_text("utf-8").split("## Who depends")[0]
    listed = re.findall(r"^\| `([\w-]+)` \|.*\| (\d{4}-\d\d-\d\d) \|", table, re.MULTILINE)
    assert len(documents) == 12
    assert dict(listed) == {report: str(document.published) for report, document in documents.items()}


def test_each_report_has_its_coding_by_hand(
    documents: dict[str, Document], codings: dict[str, Coding]
) -> None:
    assert set(codings) == set(documents)
    for report, coding in codings.items():
        assert coding.outlet == documents[report].outlet
        assert coding.published == documents[report].published


def words_of(coding: Coding) -> set[str]:
    words = {name for entity in coding.entities for name in entity.names}
    for claim in coding.claims:
        words |= {claim.evidence, claim.trigger, claim.cue or ""}
        words |= {value.text for value in (claim.time, claim.place) if value}
        words |= {count.text for count in claim.counts}
        words |= {words for source in claim.sources for words in (source.text, source.cue or "")}
    return words - {""}


def test_codings_hold_only_words_of_the_document(
    documents: dict[str, Document], codings: dict[str, Coding]
) -> None:
    for report, coding in codings.items():
        absent = {words for words in words_of(coding) if words not in documents[report].text}
        assert not absent, report


def test_no_coding_rests_on_furniture(documents: dict[str, Document], codings: dict[str, Coding]) -> None:
    for report, coding in codings.items():
        document = documents[report]
        for claim in coding.claims:
            passage = document.passage_at(document.text.index(claim.evidence))
            assert passage is None or passage.kind is not PassageKind.FURNITURE, (report, claim.evidence)


def test_codings_follow_the_codebook(codings: dict[str, Coding]) -> None:
    for report, coding in codings.items():
        ids = [entity.id for entity in coding.entities]
        assert len(ids) == len(set(ids))
        used = set()
        for claim in coding.claims:
            assert claim.trigger in claim.evidence, (report, claim.id)
            if claim.type is not ClaimType.MEMBER_OF:
                assert claim.mode is None or claim.mode in MODES[claim.type], (report, claim.id)
            used |= {party for parties in claim.roles.values() for party in parties}
            used |= {source.entity for source in claim.sources if source.entity}
            used |= {count.entity for count in claim.counts if count.entity}
            assert not (claim.sources and claim.sources[0].parallel), "the first source stands beside nobody"
        assert used == set(ids), report


def test_the_copy_says_what_the_wire_says(codings: dict[str, Coding]) -> None:
    """The Herald prints the wire copy whole: the same claims, with the agency at the end of each chain."""
    wire, copy = codings["longitude-kolmaz"].claims, codings["lakeside-herald"].claims
    assert len(wire) == len(copy)
    for first, second in zip(wire, copy, strict=True):
        assert (first.type, first.evidence) == (second.type, second.evidence)
        assert [source.text for source in second.sources] == [
            *(source.text for source in first.sources),
            "Longitude News",
        ]


def test_lineage_names_reports_and_words_that_exist(
    documents: dict[str, Document], lineage: dict[str, Any]
) -> None:
    for edge in lineage["edges"]:
        assert edge["from"] in documents
        assert edge["to"] in documents or edge["to"].partition(":")[0] in {"outlet", "source"}
        assert edge["evidence"] in documents[edge["from"]].text, edge
    for claim in lineage["claims"]:
        assert {*claim["stated_in"], *claim.get("denied_in", ())} <= set(documents)
        assert claim["n_min"] <= claim["n_independent"] <= claim["n_max"]
        assert claim["n_independent"] == len(claim["origins"])
    for conflict in lineage["conflicts"]:
        assert set(conflict["values"]) <= set(documents)


def test_the_checker_of_the_gold_shows_no_fault(
    codings: dict[str, Coding], documents: dict[str, Document]
) -> None:
    script = SHARED / "gold" / "check_gold.py"
    if not script.is_file():
        pytest.skip("the gold is not beside this checkout")
    spec = importlib.util.spec_from_file_location("check_gold", script)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for path in sorted((EXAMPLES / "codings").glob("*.json")):
        coding = json.loads(path.read_text("utf-8"))
        assert list(module.faults(coding, documents[path.stem].text)) == []


def test_no_example_has_a_sidecar_without_a_report() -> None:
    reports = EXAMPLES / "reports"
    for sidecar in reports.glob("*.json"):
        beside = [path for path in reports.glob(f"{sidecar.stem}.*") if path != sidecar]
        assert beside, sidecar.name


def test_the_examples_travel_with_the_source() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "examples" in project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
