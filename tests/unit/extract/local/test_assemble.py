from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from network import Sheet, make_document, make_heads

from stemma.extract.local import values
from stemma.extract.local.assemble import Assembly
from stemma.extract.local.decode import Draft
from stemma.extract.local.heads import Heads
from stemma.extract.local.thresholds import Thresholds
from stemma.extract.value import NO_DAY, TimeReading
from stemma.model import Certainty, Claim, ClaimType, Entity, Role, Span, Status

TEXT = "Rebels reportedly shelled Arra and killed nine men in May, said Omar Aziz, spokesman of the army."
SPANS = {
    "Rebels": "group",
    "Arra": "place",
    "nine men": "people",
    "nine": "count",
    "in May": "time",
    "Omar Aziz": "person/official",
    "the army": "government",
    "reportedly": "cue",
}


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> Heads:
    zero = np.zeros((192, 192))
    return make_heads(
        tmp_path_factory.mktemp("model"),
        **{"same_features.bias": np.array([-30.0]), "same_left.weight": zero, "same_right.weight": zero},
    )


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(make_document(TEXT), SPANS)


def build(heads: Heads, sheet: Sheet, *drafts: Draft) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
    return Assembly(heads, sheet.scores, Thresholds()).build(list(drafts))


def test_a_claim_has_its_words_with_their_places(heads: Heads, sheet: Sheet) -> None:
    draft = sheet.draft(
        "shelled",
        actor="Rebels",
        victim="nine men",
        place="Arra",
        time="in May",
        cue="reportedly",
        count__killed="nine",
        source="Omar Aziz",
    )
    entities, (claim,) = build(heads, sheet, draft)
    by_id = {entity.id: entity.names for entity in entities}
    assert by_id == {"e1": ("Rebels",), "e2": ("nine men",), "e3": ("Omar Aziz",)}
    assert claim.roles[Role.ACTOR] == ("e1",)
    assert claim.role_spans[Role.VICTIM][0].of(TEXT) == "nine men"
    assert (claim.evidence, claim.trigger, claim.cue) == (TEXT, "shelled", "reportedly")
    assert [(c.entity, c.text, c.low, c.high) for c in claim.counts] == [("e2", "nine", 9, 9)]
    assert (claim.time and claim.time.text, claim.place and claim.place.text) == ("in May", "Arra")
    assert [(source.text, source.entity) for source in claim.sources] == [("Omar Aziz", "e3")]
    assert claim.status is Status.ACTUAL
    for ground in claim.grounds():
        assert ground.span.of(TEXT) == ground.text


def test_entities_that_no_claim_uses_are_left_out_and_the_rest_renumbered(heads: Heads, sheet: Sheet) -> None:
    tie = sheet.draft("spokesman", ClaimType.MEMBER_OF)
    shelled = sheet.draft("shelled", actor="Rebels")
    entities, claims = build(heads, sheet, tie, shelled)
    assert [entity.names for entity in entities] == [("Rebels",)]
    assert [(claim.id, claim.type) for claim in claims] == [("c1", ClaimType.ASSAULT)], (
        "a tie of nobody is none"
    )
    entities, claims = build(heads, sheet, sheet.draft("shelled", actor="Rebels", source="Omar Aziz"))
    assert [entity.id for entity in entities] == ["e1", "e2"]


def test_the_mode_of_a_membership_is_the_title(heads: Heads, sheet: Sheet) -> None:
    draft = sheet.draft("spokesman", ClaimType.MEMBER_OF, actor="Omar Aziz", to="the army")
    _, (claim,) = build(heads, sheet, draft)
    assert claim.mode == "spokesman"
    draft = sheet.draft("spokesman", ClaimType.LEADS, actor="Omar Aziz", to="the army")
    _, (claim,) = build(heads, sheet, draft)
    assert claim.mode is None


def test_the_mode_of_a_type_that_has_modes_is_the_likeliest_of_its_own(heads: Heads, sheet: Sheet) -> None:
    draft = sheet.draft("shelled", actor="Rebels")
    modes = heads.labels["modes"]
    draft.mode[modes.index("COERCE/raid")] = 9
    draft.mode[modes.index("ASSAULT/shelling")] = 5
    _, (claim,) = build(heads, sheet, draft)
    assert claim.mode == "shelling"


def doubtful(draft: Draft, probable: float, possible: float) -> Draft:
    draft.certainty = np.array([1 - probable - possible, probable, possible], dtype=np.float32)
    return draft


def test_doubt_takes_its_word_from_the_sentence(heads: Heads, sheet: Sheet) -> None:
    _, (claim,) = build(heads, sheet, doubtful(sheet.draft("shelled", actor="Rebels"), 0.1, 0.7))
    assert (claim.certainty, claim.cue) == (Certainty.PROBABLE, "reportedly")
    assert claim.cue_span == Span(start=7, end=17)


def test_doubt_without_a_word_is_kept(heads: Heads) -> None:
    sheet = Sheet(make_document("Rebels shelled Arra in May."), {"Rebels": "group"})
    _, (claim,) = build(heads, sheet, doubtful(sheet.draft("shelled", actor="Rebels"), 0.1, 0.7))
    assert (claim.certainty, claim.cue, claim.cue_span) == (Certainty.POSSIBLE, None, None)


def test_a_plain_claim_takes_no_doubt_from_a_word_beside_it(heads: Heads) -> None:
    sheet = Sheet(
        make_document("Rebels killed nine men, and jets may return to Arra."), {"nine men": "people"}
    )
    _, (claim,) = build(heads, sheet, sheet.draft("killed", victim="nine men"))
    assert (claim.certainty, claim.cue) == (Certainty.CERTAIN, None)


@pytest.mark.parametrize("bad", [(9, 3), (-4, -2), ValueError, OverflowError])
def test_a_count_that_makes_no_sense_is_a_note(
    heads: Heads, sheet: Sheet, monkeypatch: pytest.MonkeyPatch, bad: Any
) -> None:
    monkeypatch.setattr(values, "read_count", lambda *_, **__: give(bad))
    _, (claim,) = build(heads, sheet, sheet.draft("killed", victim="nine men", count__killed="nine"))
    assert [(c.text, c.low, c.high) for c in claim.counts] == [("nine", None, None)]
    assert [note.code for note in claim.notes] == ["count-unclear"]


@pytest.mark.parametrize(
    "bad",
    [
        TimeReading("2017-05", "2017-04"),
        TimeReading("soon"),
        TimeReading(reason=NO_DAY),
        ValueError,
        OverflowError,
    ],
)
def test_a_time_that_makes_no_sense_is_a_note(
    heads: Heads, sheet: Sheet, monkeypatch: pytest.MonkeyPatch, bad: Any
) -> None:
    monkeypatch.setattr(values, "read_when", lambda *_, **__: give(bad))
    _, (claim,) = build(heads, sheet, sheet.draft("killed", victim="nine men", time="in May"))
    assert claim.time
    assert (claim.time.text, claim.time.start, claim.time.end) == ("in May", None, None)
    assert [note.code for note in claim.notes] == ["time-unclear"]


def test_a_year_and_a_month_of_it_are_an_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "read_when", lambda *_, **__: TimeReading("2017-05", "2017"))
    time, notes = values.time_of(Span(start=0, end=4), "then", None)
    assert (time.start, time.end, notes) == ("2017-05", "2017", ())


def give(value: Any) -> Any:
    if isinstance(value, type):
        raise value("no")
    return value


def test_no_drafts_make_no_claims(heads: Heads, sheet: Sheet) -> None:
    assert build(heads, sheet) == ((), ())
