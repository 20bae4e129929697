from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from typing import Any

import pytest
from full_record import HOSTILE, full_record
from hypothesis import given, settings
from round_trip import records, unfounded, unlisted, written

from stemma.export.ftm import _TYPES, ONE_PARTY, STATEMENT, Ftm, thing_id, things_of
from stemma.export.protocol import Stock
from stemma.export.sheets import FORMULA_STARTS
from stemma.importing.reading import unguarded
from stemma.model import Dependence, Descent, Lineage, Record

KINDS = {
    "Person": "person",
    "LegalEntity": "people",
    "Organization": "group",
    "PublicBody": "government",
    "Asset": "object",
}


def entities(record: Record) -> list[dict[str, Any]]:
    lines = written(Ftm(), record).text("entities.ftm.json").split("\n")
    return [json.loads(line) for line in lines if line]


def rows(record: Record) -> list[dict[str, str]]:
    file = io.StringIO(written(Ftm(), record).text("statements.csv"), newline="")
    return list(csv.DictReader(file, dialect=csv.unix_dialect))


def read_back(record: Record) -> dict[str, Any]:
    """What a reader of entities alone can tell of the record."""
    found = {one["id"]: one for one in entities(record)}

    def one_of(thing: dict[str, Any], name: str) -> Any:
        return (thing["properties"].get(name) or [None])[0]

    def time(thing: dict[str, Any]) -> dict[str, Any]:
        return {"start": one_of(thing, "startDate"), "end": one_of(thing, "endDate")}

    def place(thing: dict[str, Any]) -> dict[str, Any]:
        return {"canonical": one_of(thing, "location"), "country": (one_of(thing, "country") or "").upper()}

    codings: list[Any] = []
    incidents, dependences = [], []
    for thing in found.values():
        record_id = one_of(thing, "recordId")
        if thing["schema"] == "Article" and one_of(thing, "notes"):
            names = {"title": "title", "outlet": "publisher", "published": "publishedAt", "url": "sourceUrl"}
            report = one_of(thing, "notes").removeprefix("report ")
            coding = {name: one_of(thing, prop) for name, prop in names.items()}
            codings.append({**coding, "report": report, "entities": [], "claims": []})
        elif thing["schema"] in KINDS:
            names = [*thing["properties"]["name"], *thing["properties"].get("alias", [])]
            codings[-1]["entities"].append({"kind": KINDS[thing["schema"]], "names": names})
        elif thing["schema"] == "Event" and "#" in record_id:
            type_name, mode = thing["properties"]["keywords"]
            claim = {"id": record_id.rpartition("#")[2], "type": type_name, "mode": mode}
            whole = {"evidence": one_of(thing, "summary"), "time": time(thing), "place": place(thing)}
            codings[-1]["claims"].append({**claim, **whole})
        elif thing["schema"] == "UnknownLink" and record_id:
            claim = {"id": record_id.rpartition("#")[2], "type": one_of(thing, "role").partition(":")[0]}
            codings[-1]["claims"].append(
                {**claim, "evidence": one_of(thing, "summary"), "time": time(thing), "place": None}
            )
        elif thing["schema"] == "UnknownLink":
            child, parent = found[one_of(thing, "subject")], found[one_of(thing, "object")]
            ends = {
                "report": one_of(child, "notes").removeprefix("report "),
                "parent": one_of(parent, "title"),
            }
            dependences.append({**ends, "kind": one_of(thing, "role"), "reason": one_of(thing, "summary")})
        elif thing["schema"] == "Event":
            incident = {"id": record_id, "type": one_of(thing, "keywords"), "title": one_of(thing, "notes")}
            origins = {"sentence": one_of(thing, "summary")}
            incidents.append({**incident, "time": time(thing), "place": place(thing), "origins": origins})
    return {"codings": codings, "incidents": incidents, "lineage": {"dependences": dependences}}


def test_the_losses_are_those_listed() -> None:
    wire = full_record().wire()
    wire["codings"][0]["entities"].append({"id": "e5", "kind": "weapon", "names": ["a mortar"]})
    record = Record.from_wire(wire)
    assert unlisted(Ftm().losses(), record, read_back(record)) == set()
    assert unfounded(Ftm().losses(), record, read_back(record)) == set()


def test_a_claim_is_an_event_with_those_involved_and_its_proof() -> None:
    found = {one["id"]: one for one in entities(full_record())}
    event = found[thing_id("claim", "herald/1#c1")]
    parties = [thing_id("entity", "herald/1", one) for one in ("e1", "e2")]
    assert event["properties"]["involved"] == parties
    assert found[parties[0]]["properties"]["name"] == ["Tolvar Free Front"]
    assert found[event["properties"]["proof"][0]]["properties"]["title"] == ["Market shelled"]
    assert event["properties"]["description"] == [
        "probable; said not to have happened; future (“reportedly”)",
        "“the army” + residents (anonymous) → State television",
    ]


def test_a_tie_is_a_link_and_with_one_party_nothing() -> None:
    wire = full_record().wire()
    tie = wire["codings"][0]["claims"][1]
    wire["codings"][0]["claims"] = [
        {**tie, "id": "c3", "type": "MEMBER_OF", "mode": "captain"},
        {**tie, "id": "c4", "type": "BASED_IN", "roles": {"actor": ["e1"]}},
        {**tie, "id": "c5", "type": "ALLIED_WITH", "roles": {"actor": ["e1"]}, "place": None},
    ]
    record = Record.from_wire(wire)
    links = [one for one in entities(record) if one["properties"].get("recordId", ["i1"])[0] != "i1"]
    assert [one["schema"] for one in links] == ["Membership", "UnknownLink"]
    assert links[0]["properties"]["role"] == ["captain"]
    assert links[1]["properties"]["role"] == ["BASED_IN: captain"]
    left_out: Counter[str] = Counter()
    assert list(things_of(Stock.of(record), left_out))
    assert left_out == {ONE_PARTY: 1}


@settings(max_examples=25)
@given(records())
def test_statements_are_the_entities_value_by_value(record: Record) -> None:
    found: dict[str, Any] = {}
    for row in rows(record):
        assert tuple(row) == tuple(STATEMENT)
        assert row["prop_type"] == _TYPES[row["prop"]]
        key = f"stemma.{row['entity_id']}.{row['prop']}.{row['value']}"
        assert row["id"] == hashlib.sha1(key.encode()).hexdigest()
        thing = found.setdefault(row["entity_id"], {"schema": row["schema"], "properties": {}})
        value = unguarded(row["value"]) if row["prop_type"] != "number" else row["value"]
        thing["properties"].setdefault(row["prop"], []).append(value)
    assert found == {
        one["id"]: {"schema": one["schema"], "properties": one["properties"]}
        for one in entities(record)
        if one["properties"]
    }


def test_no_statement_starts_a_formula_but_a_number() -> None:
    wire = full_record("").wire()
    wire["codings"][0]["title"] = "=cmd|' /C calc'!A0"
    wire["codings"][0]["outlet"] = "'+1"
    made = rows(Record.from_wire(wire))
    cells = [cell for row in made if row["prop_type"] != "number" for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
    assert {"'=cmd|' /C calc'!A0", "''+1"} <= {row["value"] for row in made}


@pytest.mark.parametrize("hostile", ["", *HOSTILE])
def test_the_library_takes_every_entity_as_it_is(hostile: str) -> None:
    library = pytest.importorskip("followthemoney")
    statement = pytest.importorskip("followthemoney.statement.serialize")
    record = full_record(hostile)
    for wire in entities(record):
        schema = library.model.get(wire["schema"])
        assert not schema.abstract
        assert schema.validate(wire) is None
        for name, values in wire["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (wire["schema"], name)
            assert prop.type.name == _TYPES[name]
            if prop.type.name in ("date", "country", "entity", "number"):
                assert [prop.type.clean(value) for value in values] == values
    content = written(Ftm(), record).files["statements.csv"].getvalue()
    read = list(statement.read_csv_statements(io.BytesIO(content)))
    assert len(read) == len(rows(record))
    assert all(one.id == one.generate_key() for one in read)


def test_an_edge_that_stands_twice_is_one_link() -> None:
    edge = Dependence(
        report="a", parent="b", kind=Descent.COPIES, credited=False, reason="shares its words", score=0.9
    )
    twice = Record(codings=(), judgements=(), lineage=Lineage(dependences=(edge, edge)))
    links = [one for one in entities(twice) if one["schema"] == "UnknownLink"]
    assert [one["properties"]["role"] for one in links] == [["copies"]]
