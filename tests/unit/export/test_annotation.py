"""brat standoff and Label Studio: offsets that are exact, by readers of their own."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from full_record import full_document, full_record
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from making import documents
from round_trip import records, unfounded, unlisted, written

from stemma.export.brat import NO_DOCUMENT, Brat, file_name, fragments
from stemma.export.labelstudio import Labelstudio
from stemma.export.options import ExportOptions
from stemma.export.protocol import Stock
from stemma.model import Document, Record, Span

HELD = {"herald/1": full_document()}
NAME = file_name("herald/1")
TEXTS = st.text(st.sampled_from("ab \n\r\u2028\x85\x0b😀é\t"), max_size=60)


def lines(content: str) -> list[list[str]]:
    """As Python's readers of lines see the file, so that no stray end of line goes unseen."""
    return [line.split("\t") for line in content.splitlines()]


def brat_back(record: Record, held: dict[str, Document]) -> dict[str, Any]:
    files = written(Brat(), record, held)
    codings = []
    for coding in record.codings:
        if coding.report not in held:
            continue
        found = lines(files.text(f"{file_name(coding.report)}.ann"))
        mentions: dict[str, list[Any]] = {}
        claims = []
        notes = {line[1].split()[1]: json.loads(line[2]) for line in found if line[0].startswith("#")}
        for name, said, *words in found:
            if name.startswith("T") and set(notes.get(name, {})) == {"entity"}:
                kind, places = said.split(" ", 1)
                start, end = places.split(" ")[0], places.split(" ")[-1]
                span = {"start": int(start), "end": int(end)}
                mentions.setdefault(notes[name]["entity"], []).append(
                    {"text": words[0], "span": span, "kind": kind}
                )
            elif name.startswith("E"):
                claims.append(notes[name]["claim"])
        entities = [{"id": name, "mentions": one} for name, one in mentions.items()]
        codings.append({"report": coding.report, "entities": entities, "claims": claims})
    return {"codings": codings}


def test_the_losses_of_brat_are_those_listed() -> None:
    record = full_record()
    back = brat_back(record, HELD)
    # Words that a claim names again in a role are a mark too: the first are the entity's mentions.
    for entity in back["codings"][0]["entities"]:
        entity["mentions"] = entity["mentions"][:1]
    assert unlisted(Brat().losses(), record, back) == set()
    assert unfounded(Brat().losses(), record, back) == set()


def test_brat_has_the_words_of_every_mark_and_the_parties_of_every_event() -> None:
    files = written(Brat(), full_record(), HELD)
    text, found = files.text(f"{NAME}.txt"), lines(files.text(f"{NAME}.ann"))
    assert text == full_document().text
    marks = {name: (said, *words) for name, said, *words in found if name.startswith("T")}
    for said, words in marks.values():
        places = [tuple(map(int, one.split())) for one in said.split(" ", 1)[1].split(";")]
        assert " ".join(text[start:end] for start, end in places) == words
    event = next(line[1] for line in found if line[0] == "E1")
    named = {role: marks[mark][1] for role, mark in (one.split(":") for one in event.split())}
    assert named["ASSAULT"] == "killed"
    assert named["actor"] == "Rebels"
    assert (named["source"], named["source2"], named["source3"]) == (
        "“the army”",
        "residents",
        "State television",
    )
    assert {"status E1 future", "certainty E1 probable", "negated E1"} <= {line[1] for line in found}


def test_the_configuration_knows_every_label() -> None:
    files = written(Brat(), full_record(), HELD)
    configuration = files.text("annotation.conf")
    for line in lines(files.text(f"{NAME}.ann")):
        if line[0].startswith("T"):
            assert re.search(rf"^{line[1].split()[0]}\b", configuration, re.MULTILINE)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_fragments_hold_all_but_the_ends_of_lines(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    pieces = fragments(Span(start=start, end=end), text)
    assert "".join(piece.of(text) for piece in pieces) == "".join(text[start:end].splitlines())
    assert all(len(piece.of(text).splitlines()) == 1 for piece in pieces)


@settings(max_examples=25)
@given(records(), documents())
def test_any_report_is_well_formed_in_both(record: Record, document: Document) -> None:
    held = {coding.report: document for coding in record.codings}
    files = written(Brat(), record, held)
    for coding in record.codings:
        for line in lines(files.text(f"{file_name(coding.report)}.ann")):
            assert re.fullmatch(r"[TEA#]\d+", line[0])
            assert len(line) == (2 if line[0][0] in "EA" else 3)
            if line[0].startswith("T"):
                places = [tuple(map(int, one.split())) for one in line[1].split(" ", 1)[1].split(";")]
                assert " ".join(document.text[start:end] for start, end in places) == line[2]
    for task in json.loads(written(Labelstudio(), record, held).text("tasks.json")):
        for region in task["predictions"][0]["result"]:
            if region["type"] == "labels":
                value = region["value"]
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"] != ""


def test_what_has_no_document_is_counted() -> None:
    record = full_record()
    for one in (Brat(), Labelstudio()):
        found = one.write(Stock.of(record), _Nowhere(), ExportOptions())
        assert (found.rows, found.left_out) == (0, {NO_DOCUMENT: 1})


class _Nowhere:
    def open(self, name: str = "") -> Any:
        return io.BytesIO()


def test_the_losses_of_label_studio_are_those_listed() -> None:
    record = full_record()
    tasks = json.loads(written(Labelstudio(), record, HELD).text("tasks.json"))
    back = {"codings": [task["data"]["coding"] for task in tasks]}
    assert unlisted(Labelstudio().losses(), record, back) == set()
    assert unfounded(Labelstudio().losses(), record, back) == set()


def test_label_studio_relates_a_claim_to_its_parties_and_asks_what_the_configuration_offers() -> None:
    files = written(Labelstudio(), full_record(), HELD)
    results = json.loads(files.text("tasks.json"))[0]["predictions"][0]["result"]
    regions = {one["id"]: one["value"] for one in results if one["type"] == "labels"}
    relations = [one for one in results if one["type"] == "relation"]
    related = {
        (regions[r["from_id"]]["text"], r["labels"][0], regions[r["to_id"]]["text"]) for r in relations
    }
    assert {("killed", "actor", "Rebels"), ("killed", "source", "State television")} <= related
    root = etree.fromstring(files.text("config.xml"))
    offered = {one.get("value") for one in root.iter("Label")}
    assert {label for one in regions.values() for label in one["labels"]} <= offered
    assert {r["labels"][0] for r in relations} <= {one.get("value") for one in root.iter("Relation")}
    choices = {(c.getparent().get("name"), c.get("value")) for c in root.iter("Choice")}
    asked = {(r["from_name"], c) for r in results if r["type"] == "choices" for c in r["value"]["choices"]}
    assert asked <= choices


@pytest.mark.parametrize("report", ["../../etc/passwd", "a/b", "", "a" * 500, "é", ".hidden", "CON"])
def test_no_report_names_a_file_outside_the_folder(report: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,80}", file_name(report))


def test_reports_with_like_names_have_files_of_their_own() -> None:
    assert len({file_name(one) for one in ("a/b", "a_b", "a b", "a:b")}) == 4
