from __future__ import annotations

import datetime

import pytest

from stemma.merge.protocol import Held
from stemma.merge.splitting import split_judged
from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Document,
    Entity,
    EntityKind,
    Judgement,
    Mention,
    Note,
    Role,
    Source,
    SourceKind,
    Span,
)

TEXT = "Rado Senn shelled Kolmaz. Later Rado Sarn left it. Capt. Sarn spoke."


def span(words: str) -> Span:
    return Span(start=TEXT.index(words), end=TEXT.index(words) + len(words))


def mention(words: str) -> Mention:
    return Mention(text=words, span=span(words), kind=EntityKind.PERSON)


MAN = Entity(
    id="e1",
    kind=EntityKind.PERSON,
    names=("Rado Senn", "Rado Sarn", "Capt. Sarn"),
    mentions=(mention("Rado Senn"), mention("Rado Sarn"), mention("Capt. Sarn")),
    notes=(
        Note(code="names-merged", text="“Rado Sarn” and “Rado Senn” are spellings of one name."),
        Note(code="names-merged", text="“Capt. Sarn” and “Rado Sarn” are taken for one."),
    ),
)
TOWN = Entity(id="e2", kind=EntityKind.PLACE, names=("Kolmaz",))


def claim(id: str, evidence: str, who: str, *, placed: bool = True) -> Claim:
    return Claim(
        id=id,
        type=ClaimType.MOVE,
        evidence=evidence,
        trigger="left",
        roles={Role.ACTOR: ("e1",), Role.RECIPIENT: ("e2",)},
        role_spans={Role.ACTOR: (span(who),), Role.RECIPIENT: (span("Kolmaz"),)} if placed else {},
        sources=(Source(text="Capt. Sarn", entity="e1", kind=SourceKind.PERSON),),
    )


CODING = Coding(
    report="a",
    entities=(MAN, TOWN),
    claims=(
        claim("c1", "Rado Senn shelled Kolmaz.", "Rado Senn"),
        claim("c2", "Later Rado Sarn left it.", "Rado Sarn"),
        claim("c3", "Later Rado Sarn left it.", "Rado Sarn", placed=False),
    ),
)
HELD = Held(Document(report="a", report_hash="0" * 64, text=TEXT), CODING)


def judged(subject: str, value: str, verdict: str = "not-same") -> Judgement:
    at = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    return Judgement(subject=subject, verdict=verdict, value=value, person="Ann", at=at)


@pytest.mark.parametrize(
    ("subject", "value"), [("@Rado Senn", "@rado  sarn"), ("a#@Rado Senn", "a#@Rado Sarn")]
)
def test_two_names_of_one_entity_become_two(subject: str, value: str) -> None:
    (one,) = split_judged([HELD], [judged(subject, value)])
    first, second, town = one.coding.entities
    assert (first.id, first.names) == ("e1", ("Rado Senn",))
    assert second.names == ("Rado Sarn", "Capt. Sarn")
    assert second.id not in {"e1", "e2"}
    assert town == TOWN
    assert [m.text for m in second.mentions] == ["Rado Sarn", "Capt. Sarn"]
    # The reason that a person overruled goes, the other one stays.
    assert (first.notes, second.notes) == ((), (MAN.notes[1],))
    actors = [claim.roles[Role.ACTOR] for claim in one.coding.claims]
    assert actors == [("e1",), (second.id,), (second.id,)]
    assert all(claim.roles[Role.RECIPIENT] == ("e2",) for claim in one.coding.claims)
    assert {claim.sources[0].entity for claim in one.coding.claims} == {second.id}


def test_a_canonical_name_goes_to_who_is_called_so() -> None:
    named = CODING.model_copy(update={"entities": (MAN.model_copy(update={"canonical": "Rado Sarn"}), TOWN)})
    (one,) = split_judged([Held(HELD.document, named)], [judged("@Rado Senn", "@Rado Sarn")])
    assert [entity.canonical for entity in one.coding.entities] == [None, "Rado Sarn", None]


@pytest.mark.parametrize(
    "judgement",
    [
        judged("@Rado Senn", "@Rado Sarn", "same"),
        judged("@Rado Senn", "@Somebody Else"),
        judged("b#@Rado Senn", "b#@Rado Sarn"),
        judged("@Rado Senn", "@Rado Senn"),
        judged("a#c1", "a#c2"),
        judged("@Rado Senn", "@Kolmaz"),
    ],
)
def test_what_no_judgement_parts_stays(judgement: Judgement) -> None:
    assert split_judged([HELD], [judgement]) == [HELD]


def test_an_undone_judgement_parts_nothing() -> None:
    given = judged("@Rado Senn", "@Rado Sarn")
    undo = judged("", given.content_hash(), "undo")
    assert split_judged([HELD], [given, undo]) == [HELD]
