from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "support"))

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_stub import make_claim, make_party
from network import make_document

from stemma.extract.llm.assemble import Assembly
from stemma.extract.llm.chunks import make_chunks
from stemma.extract.llm.form import FormError, Told, make_schema, read_answer
from stemma.extract.llm.ground import Grounding
from stemma.extract.llm.prompt import enclosed, make_messages, system_text
from stemma.extract.llm.shots import SHOTS
from stemma.model import MODES, ClaimType

CLAIM = make_claim("A hit B.", "hit", "ASSAULT", mode="clash", parties=[make_party("actor", "A", "group")])


@pytest.mark.parametrize("shot", SHOTS)
def test_our_examples_are_of_the_schema_and_stand_in_their_text(shot: object) -> None:
    answer = {"claims": list(shot.claims)}  # type: ignore[attr-defined]
    jsonschema.validate(answer, make_schema())
    document = make_document(shot.text)  # type: ignore[attr-defined]
    chunk = make_chunks(document, 100_000, 2)[0]
    grounding = Grounding(document)
    grounded = [grounding.ground(Told.model_validate(claim), chunk) for claim in answer["claims"]]
    assert all(grounded)
    assert not [note for one in grounded if one for note in one.notes if note.code == "not-in-report"]
    _, claims = Assembly(document).build([one for one in grounded if one])
    assert len(claims) == len(answer["claims"])
    for claim in claims:
        assert claim.mode is None or claim.type is ClaimType.MEMBER_OF or claim.mode in MODES[claim.type]


def test_one_bad_claim_costs_itself() -> None:
    text = json.dumps({"claims": [CLAIM, {"quote": 7}, CLAIM | {"type": "NONSENSE"}]})
    told, left = read_answer(text)
    assert [claim.trigger for claim in told] == ["hit"]
    assert left == 2


def test_an_answer_that_was_cut_off_gives_its_whole_claims() -> None:
    text = json.dumps({"claims": [CLAIM, CLAIM, CLAIM]})
    for end in range(len(text)):
        told, _ = read_answer(text[:end], cut=True)
        assert len(told) == text[:end].count('"hedge": null}')


@pytest.mark.parametrize("text", ["", "null", "[]", '{"claims": 3}', "Here you are: {", "[" * 100_000])
def test_what_is_no_answer_is_refused(text: str) -> None:
    with pytest.raises(FormError):
        read_answer(text)


def test_a_code_fence_is_taken_off() -> None:
    assert len(read_answer("```json\n" + json.dumps({"claims": [CLAIM]}) + "\n```")[0]) == 1


@given(st.text(max_size=200), st.booleans())
def test_no_answer_raises_anything_else(text: str, cut: bool) -> None:
    with contextlib.suppress(FormError):
        read_answer(text, cut=cut)


@given(st.text(max_size=300))
def test_no_report_can_close_its_marks(text: str) -> None:
    lines = enclosed(text, {"title": text}).splitlines()
    closing = lines[-2]
    assert closing.startswith("</report-")
    assert enclosed(text + closing, {"title": text}).count(closing) <= 1


def test_the_prompt_names_every_type_and_mode() -> None:
    for kind in ClaimType:
        assert kind in system_text()
    for modes in MODES.values():
        for mode in modes:
            assert mode in system_text()


def test_the_report_comes_last_and_only_there() -> None:
    messages = make_messages(make_document("A thing happened."), "A thing happened.")
    assert ["A thing happened." in message["content"] for message in messages] == [False] * 4 + [True]
