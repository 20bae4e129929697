from __future__ import annotations

from typing import Any

import pytest
from full_record import full_record, full_wire
from hypothesis import given, settings
from making import STRATEGIES
from mutations import event_wire, written_bytes

from stemma.export.event_formats import event_formats
from stemma.export.protocol import Stock
from stemma.export.pseudonym_names import names_in
from stemma.export.pseudonyms import without_names
from stemma.model import Record


@pytest.mark.parametrize(
    ("wording", "names"),
    [
        ("Army spokesman Colonel Petar Lindo", [("petar", "lindo")]),
        ("the army's 4th Mountain Brigade Captain Rado Senn", [("rado", "senn")]),
        ("cheese seller Mila Torek", [("mila", "torek")]),
        ("Syrian President Bashar al-Assad", [("bashar", "al", "assad")]),
        ("Abu Bakr al-Baghdadi", [("abu", "bakr", "al", "baghdadi")]),
        ("the leader of the terrorists, Marko Velan", [("marko", "velan")]),
        ("محمد الجعبري", [("محمد", "الجعبري")]),
        ("the driver", []),
        ("He", []),
        ("Prime Minister", []),
        ("Two residents", []),
    ],
)
def test_the_name_is_found_among_the_words(wording: str, names: list[tuple[str, ...]]) -> None:
    assert list(names_in(wording)) == names


def person(*names: str, canonical: str | None = None) -> dict[str, Any]:
    return {"id": "p1", "kind": "person", "names": list(names), "canonical": canonical}


def said(text: str, *people: dict[str, Any], report: str = "r1", **given: Any) -> dict[str, Any]:
    claim = {"id": "c1", "type": "LEADS", "evidence": text, "trigger": "led"}
    return {"report": report, "entities": list(people), "claims": [{**claim, **given}]}


def renamed(*codings: dict[str, Any], salt: str = "s") -> list[Any]:
    return list(without_names(Stock.of(Record.from_wire({"codings": list(codings)})), salt).codings)


def test_a_name_goes_from_every_text_and_from_other_reports_too() -> None:
    one = said(
        "Captain Rado Senn led it; SENN, Rado's aide.", person("Captain Rado Senn"), report="rado-senn/1"
    )
    two = said("Senn was not named.", report="r2")
    first, second = renamed({**one, "url": "https://x.example/rado-senn-gone", "title": "Senn gone"}, two)
    words = first.wire_json() + second.wire_json()
    assert "senn" not in words.casefold()
    assert "rado" not in words.casefold()
    pseudonym = first.entities[0].names[0].removeprefix("Captain ")
    assert second.claims[0].evidence == f"{pseudonym} was not named."
    assert first.report == pseudonym.lower().replace(" ", "-") + "/1"


def test_pseudonyms_are_stable_under_a_salt_and_other_under_another() -> None:
    coding = said("Rado Senn led it.", person("Rado Senn"))
    assert renamed(coding) == renamed(coding)
    assert renamed(coding)[0].claims[0].evidence != renamed(coding, salt="t")[0].claims[0].evidence
    other = said("Mila Torek led it.", person("Mila Torek"), report="r2")
    assert renamed(coding, other)[0] == renamed(coding)[0]


def test_a_place_keeps_a_name_that_a_person_bears_too() -> None:
    coding = said("Tomas Kolmaz led it in Kolmaz.", person("Tomas Kolmaz"), place={"text": "Kolmaz"})
    [found] = renamed(coding)
    assert found.claims[0].evidence.endswith(" led it in Kolmaz.")
    assert "Tomas" not in found.claims[0].evidence


def test_words_in_small_letters_are_no_names() -> None:
    coding = said("The hunter will hunt.", person("Will Hunt"))
    assert renamed(coding)[0].claims[0].evidence == "The hunter will hunt."


def test_persons_as_sources_and_who_judged_are_renamed() -> None:
    source = {"text": "Mila Torek", "kind": "person"}
    coding = said("It held, Torek said.", sources=[source])
    judgement = {"subject": "r1#c1", "verdict": "accept", "person": "ana", "at": "2022-01-01T00:00:00Z"}
    stock = without_names(Stock.of(Record.from_wire({"codings": [coding], "judgements": [judgement]})), "s")
    [found] = stock.codings
    assert "Torek" not in found.wire_json()
    assert "ana" not in stock.judgements[0].wire_json()


def test_documents_are_withheld() -> None:
    stock = Stock.of(full_record(), lambda report: pytest.fail("the document was asked for"))
    assert without_names(stock, "s").document("herald/1") is None


@pytest.mark.parametrize("format", [f for f in event_formats() if f.name != "parquet"], ids=lambda f: f.name)
def test_no_file_of_any_format_names_a_person(format: Any) -> None:
    for wire in (full_wire(), event_wire()):
        stock = without_names(Stock.of(Record.from_wire(wire)), "s")
        record = Record(
            codings=tuple(stock.codings),
            lineage=stock.lineage,
            incidents=tuple(stock.incidents),
            judgements=tuple(stock.judgements),
        )
        for content in written_bytes(format, record).values():
            assert b"senn" not in content.lower()


@settings(max_examples=40)
@given(STRATEGIES[Record])
def test_any_record_can_be_renamed_and_stays_whole(record: Record) -> None:
    found = without_names(Stock.of(record), "s")
    assert len(list(found.codings)) == len(record.codings)
    for before, after in zip(record.codings, found.codings, strict=True):
        assert [claim.type for claim in after.claims] == [claim.type for claim in before.claims]
