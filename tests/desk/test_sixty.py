"""Sixty claims judged by keyboard in a real browser, each key counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import desk_keys
import making
import pytest

from stemma.model import Claim, ClaimType, Entity, EntityKind, Role
from stemma.store import StoreOptions, open_casebook

pytestmark = pytest.mark.slow

REPORTS, CLAIMS = 4, 15


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Any]:
    entities = (
        Entity(id="e1", kind=EntityKind.GROUP, names=("the Harbour Front",)),
        Entity(id="e2", kind=EntityKind.GROUP, names=("the Guards",)),
        Entity(id="e3", kind=EntityKind.OBJECT, names=("the quay",)),
    )
    with open_casebook(StoreOptions(str(tmp_path / "sixty.casebook")), create=True) as store:
        for number in range(REPORTS):
            lines = [f"On day {day} of it the Harbour Front shelled the quay again." for day in range(CLAIMS)]
            claims = tuple(
                Claim(
                    id=f"c{at + 1}",
                    type=ClaimType.ASSAULT,
                    evidence=line,
                    trigger="shelled",
                    roles={Role.ACTOR: ("e1",), Role.RECIPIENT: ("e3",)},
                    score=0.5,
                )
                for at, line in enumerate(lines)
            )
            report, document, coding = making.bundle(f"quay/{number}", " ".join(lines))
            store.add(
                report, document, coding.model_copy(update={"entities": entities, "claims": claims}), "u"
            )
        yield store


def test_sixty_claims_by_keyboard(browser: Any, casebook: Any) -> None:
    told = desk_keys.Reviewer(browser).judge(REPORTS * CLAIMS, wrong_every=4)
    assert (told.accepted, told.corrected) == (45, 15)
    assert told.most["accept"] == 1
    assert told.most["correct"] <= 4
    # A key to begin, one after each correction or report: ten seconds a claim leave five for a key.
    assert told.keys <= 120
    subjects = [judgement for judgement in casebook.judgements() if judgement.person == "ann"]
    assert sum(judgement.verdict == "accept" for judgement in subjects) == 45
    assert sum(judgement.verdict == "correct" for judgement in subjects) == 15
