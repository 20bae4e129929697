from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.model import Coding, Noun
from stemma.model.schema import ON_THE_WIRE, main, schema_files, schema_of

SHIPPED = Path(__file__).parents[3] / "docs" / "schema"
VALIDATORS = {noun: jsonschema.Draft202012Validator(schema_of(noun)) for noun in ON_THE_WIRE}


def test_the_schemas_in_docs_are_those_of_the_nouns() -> None:
    shipped = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.json")}
    assert shipped == schema_files(), "run: python -m stemma.model.schema docs/schema"


@pytest.mark.parametrize("noun", ON_THE_WIRE, ids=lambda noun: noun.__name__)
@settings(max_examples=30)
@given(data=st.data())
def test_what_a_noun_writes_follows_its_schema(noun: type[Noun], data: st.DataObject) -> None:
    wire = data.draw(making.STRATEGIES[noun]).wire()
    VALIDATORS[noun].validate(wire)


def test_every_gold_coding_follows_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(schema_of(Coding))
    for gold in making.load_gold():
        validator.validate(gold)


@pytest.mark.parametrize(
    "wrong", [{"report": 7}, {"report": "a", "claims": [{"id": "c1"}]}, {"report": "a", "surprise": 1}, {}]
)
def test_what_is_no_coding_does_not_follow_the_schema(wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema_of(Coding))


def test_the_command_writes_the_schemas(tmp_path: Path) -> None:
    assert main([str(tmp_path / "new" / "schema")]) == 0
    written = {path.name for path in (tmp_path / "new" / "schema").iterdir()}
    assert written == set(schema_files())
    assert json.loads((tmp_path / "new" / "schema" / "coding.json").read_text())["title"] == "Coding"


def test_the_command_without_a_folder_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage:" in capsys.readouterr().err
