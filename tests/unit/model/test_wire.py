from __future__ import annotations

import json
from typing import Any

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import stemma.model
from stemma.model import Coding, Noun, Report, Time

NOUNS = sorted(making.STRATEGIES, key=lambda noun: noun.__name__)


def test_every_noun_has_a_strategy_here() -> None:
    exported = [getattr(stemma.model, name) for name in stemma.model.__all__]
    nouns = {kind for kind in exported if isinstance(kind, type) and issubclass(kind, Noun)}
    assert nouns - {Noun} == set(NOUNS)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
@settings(max_examples=30)
@given(data=st.data())
def test_the_wire_gives_back_the_same_noun(noun: type[Noun], data: st.DataObject) -> None:
    value = data.draw(making.STRATEGIES[noun])
    for wire in (value.wire(), value.wire_json(), value.wire_json().encode()):
        again = noun.from_wire(wire)
        assert again == value
        assert again.content_hash() == value.content_hash()


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
@settings(max_examples=30)
@given(data=st.data())
def test_the_wire_is_one_line_of_strict_json(noun: type[Noun], data: st.DataObject) -> None:
    line = data.draw(making.STRATEGIES[noun]).wire_json()

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is no JSON")

    json.loads(line, parse_constant=refuse)
    assert "\n" not in line


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
@settings(max_examples=30)
@given(data=st.data())
def test_the_hash_tells_nouns_apart_exactly_where_their_wires_differ(
    noun: type[Noun], data: st.DataObject
) -> None:
    one, other = data.draw(making.STRATEGIES[noun]), data.draw(making.STRATEGIES[noun])
    same_wire = one.wire_json() == other.wire_json()
    assert (one.content_hash() == other.content_hash()) is same_wire or one.wire() == other.wire()


@settings(max_examples=30)
@given(making.codings, st.data())
def test_a_change_in_any_field_changes_the_hash(coding: Coding, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(["title", "url", "language", "engine", "engine_version"]))
    changed = coding.model_copy(update={field: (getattr(coding, field) or "") + "x"})
    assert changed.content_hash() != coding.content_hash()


def test_the_hash_is_the_same_on_every_machine() -> None:
    """By hand: sha256sum of {"anchor":null,"edtf":null,"end":null,"span":null,"start":"2016","text":"é"}."""
    time = Time(text="é", start="2016")
    assert time.content_hash() == "2e00276d983af3509004fe9cfbec4b95bb1437383f8814c768ac4e353b7a66a2"


def test_a_noun_does_not_change() -> None:
    time = Time(text="in 2016")
    with pytest.raises(ValidationError):
        time.text = "in 2017"  # type: ignore[misc]


def test_a_field_that_no_noun_has_is_refused() -> None:
    with pytest.raises(ValidationError):
        Time.from_wire({"text": "in 2016", "begin": "2016"})


@pytest.mark.parametrize("start", ["16", "2016-1", "2016-12-4", "December 2016", "2016-12-04T00:00", ""])
def test_a_time_that_is_no_partial_date_is_refused(start: str) -> None:
    with pytest.raises(ValidationError):
        Time(text="then", start=start)


@given(st.binary())
def test_the_bytes_of_a_report_come_back(content: bytes) -> None:
    report = Report(id="a", address="a.txt", media_type="text/plain", content=content)
    assert Report.from_wire(report.wire_json()).content == content


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_a_score_that_json_cannot_write_is_refused(score: float) -> None:
    with pytest.raises(ValidationError):
        making.Mention(text="a", span=making.Span(start=0, end=1), kind="person", score=score)


def _covers(wire: Any, gold: Any) -> bool:
    if isinstance(gold, dict):
        return isinstance(wire, dict) and all(key in wire and _covers(wire[key], gold[key]) for key in gold)
    if isinstance(gold, list):
        same_length = isinstance(wire, list) and len(wire) == len(gold)
        return same_length and all(_covers(w, g) for w, g in zip(wire, gold, strict=True))
    return bool(wire == gold)


def test_every_gold_coding_is_a_coding_and_its_wire_holds_all_of_it() -> None:
    for gold in making.load_gold():
        wire = Coding.from_wire(gold).wire()
        assert _covers(wire, gold), gold["report"]
