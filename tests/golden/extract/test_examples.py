"""The shipped engine on the twelve examples, beside their codings by hand, and on the first real report.

The codings were written by a person before the engine was; the floors below are what the shipped model
reached, a little rounded down. They are raised when it gets better, never lowered to pass.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import stemma
from stemma.extract.local.engine import LocalEngine
from stemma.extract.options import ExtractOptions
from stemma.model import Claim, Coding, Role, SourceKind

ROOT = Path(__file__).parents[3]
GOLD = Path(os.environ.get("STEMMA_GOLD", ROOT / "../shared/gold"))
SEED = GOLD / "dev/text/seed/elite-fighters.txt"
FOUND, RIGHT = 0.5, 0.5
"""Share of the hand-coded claims that are found, and of the found ones that are among them (same type,
overlapping evidence)."""


@pytest.fixture(scope="module")
def readings() -> dict[str, stemma.Reading]:
    found = [item for item in stemma.read_all(ROOT / "examples/reports") if isinstance(item, stemma.Reading)]
    return {reading.report: reading for reading in found}


@pytest.fixture(scope="module")
def codings() -> dict[str, Coding]:
    files = sorted((ROOT / "examples/codings").rglob("*.json"))
    loaded = [Coding.from_wire(json.loads(path.read_text("utf-8"))) for path in files]
    return {coding.report: coding for coding in loaded}


def overlap(text: str, one: Claim, other: Claim) -> bool:
    spans = [(text.find(claim.evidence), len(claim.evidence)) for claim in (one, other)]
    (a, n), (b, m) = spans
    return a < b + m and b < a + n


def test_the_engine_finds_what_a_person_coded(
    readings: dict[str, stemma.Reading], codings: dict[str, Coding]
) -> None:
    assert set(readings) == set(codings)
    wanted = given = hits = 0
    for report, coding in codings.items():
        left = list(readings[report].claims)
        wanted += len(coding.claims)
        given += len(left)
        for claim in coding.claims:
            for other in left:
                if other.type is claim.type and overlap(readings[report].document.text, claim, other):
                    left.remove(other)
                    hits += 1
                    break
    assert hits / wanted >= FOUND
    assert hits / given >= RIGHT


def test_every_value_stands_where_it_says(readings: dict[str, stemma.Reading]) -> None:
    for reading in readings.values():
        text = reading.document.text
        for claim in reading.claims:
            grounds = list(claim.grounds())
            assert {"evidence", "trigger"} <= {ground.value for ground in grounds}
            assert all(ground.span.of(text) == ground.text for ground in grounds)
        for entity in reading.entities:
            assert all(mention.span.of(text) == mention.text for mention in entity.mentions)


@pytest.fixture(scope="module")
def seed() -> stemma.Reading:
    if not SEED.exists():
        pytest.skip("needs the gold reports (STEMMA_GOLD)")
    return stemma.read(SEED, outlet="The Fellowship", published="2017-02-07")


def chain(claim: Claim) -> list[str]:
    return [source.text for source in claim.sources]


def test_the_commando_defected_on_the_word_of_unnamed_sources(seed: stemma.Reading) -> None:
    [claim] = [c for c in seed.claims if c.trigger.startswith("defected") and "naval commando" in c.evidence]
    assert claim.type == "REALIGN"
    actors = [seed.coding.entity(party).names for party in claim.parties(Role.ACTOR)]
    assert any("naval commando unit" in name for names in actors for name in names)
    assert chain(claim)[0] == "Palestinian sources"
    assert claim.sources[0].kind is SourceKind.ANONYMOUS
    assert chain(claim)[-1].startswith("The Times of Israel")
    assert claim.time
    assert (claim.time.start, claim.time.end) == ("2016-02", "2016-03")


def test_the_airstrike_of_december(seed: stemma.Reading) -> None:
    strikes = [c for c in seed.claims if c.type == "ASSAULT" and c.mode == "airstrike"]
    assert any(c.time and c.time.start == "2016-12" and "al-Qishta" in c.evidence for c in strikes)


def test_reportedly_is_kept(seed: stemma.Reading) -> None:
    assert any(
        c.cue == "reportedly" and c.certainty == "probable" for c in seed.claims if c.type == "REALIGN"
    )


def test_the_sign_up_line_says_nothing(seed: stemma.Reading) -> None:
    at = seed.document.text.index("Stay informed")
    assert all(claim.span and claim.span.end <= at for claim in seed.claims)


def test_the_excerpt_is_on_the_word_of_its_outlet(seed: stemma.Reading) -> None:
    low, high = (seed.document.text.index(words) for words in ("A member of Hamas’s naval", "Stay informed"))
    within = [c for c in seed.claims if c.span and low <= c.span.start < high]
    assert len(within) >= 8
    assert all(any("Times of Israel" in name for name in chain(claim)) for claim in within)


def test_the_ties_of_parts_and_wholes(seed: stemma.Reading) -> None:
    ties = set()
    for claim in seed.claims:
        if claim.type == "PART_OF":
            part, whole = (seed.coding.entity(claim.parties(role)[0]) for role in (Role.ACTOR, Role.TO))
            ties.add((part.names[0].removeprefix("the "), whole.label))
    assert ("Izz ad-Din al-Qassam Brigades", "Hamas") in ties
    assert ("Sinai Province", "Islamic State") in ties


def test_the_caption_is_on_the_word_of_its_agency(seed: stemma.Reading) -> None:
    # The shipped weights find it only among the doubtful claims, and call it AID where a person says PROTEST.
    every = LocalEngine(ExtractOptions(min_score=0.05)).extract(seed.document)
    within = [claim for claim in every.claims if claim.evidence.startswith("TOPSHOT")]
    assert within
    assert all(chain(claim)[-1] == "AFP" for claim in within)
