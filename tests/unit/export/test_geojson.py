from __future__ import annotations

import json
from typing import Any

import pytest
from full_record import HOSTILE, full_record
from hypothesis import given, settings
from round_trip import records, unfounded, unlisted, written

from stemma.export.geojson import Geojson
from stemma.export.options import ExportOptions
from stemma.model import Record

REPORT = ("report", "outlet", "published", "title", "url", "language")
ROLES = ("actor", "recipient", "victim", "from", "to", "instrument", "object")


def layers(record: Record) -> dict[str, Any]:
    files = written(Geojson(), record)
    return {name: json.loads(files.text(f"{name}.geojson")) for name in Geojson.tables}


def nested(flat: dict[str, Any], name: str) -> dict[str, Any] | None:
    return {k.removeprefix(f"{name}_"): v for k, v in flat.items() if k.startswith(f"{name}_")} or None


def read_back(record: Record) -> dict[str, Any]:
    found = layers(record)
    codings: dict[str, Any] = {}
    for feature in found["claims"]["features"]:
        flat = feature["properties"]
        coding = codings.setdefault(flat["report"], {**{n: flat[n] for n in REPORT}, "claims": []})
        parts = {name: nested(flat, name) for name in ("time", "place", "span", "trigger_span", "cue_span")}
        roles = {"roles": {role: flat[role] for role in ROLES if role in flat}}
        coding["claims"].append({**flat, **parts, **roles, "id": flat["claim"]})
    incidents = []
    for feature in found["incidents"]["features"]:
        flat = feature["properties"]
        parts = {name: nested(flat, name) for name in ("time", "place", "origins", "parties")}
        at = [dict(zip(("report", "claim"), path.rsplit("#", 1), strict=True)) for path in flat["claims"]]
        incidents.append({**flat, **parts, "claims": at, "id": feature["id"]})
    return {"codings": list(codings.values()), "incidents": incidents}


def test_the_losses_are_those_listed() -> None:
    record = full_record()
    assert unlisted(Geojson().losses(), record, read_back(record)) == set()
    assert unfounded(Geojson().losses(), record, read_back(record)) == set()


@settings(max_examples=25)
@given(records())
def test_any_record_loses_only_what_is_listed(record: Record) -> None:
    held = [coding for coding in record.codings if coding.claims]
    record = record.model_copy(update={"codings": tuple(held)})
    assert unlisted(Geojson().losses(), record, read_back(record)) == set()


@settings(max_examples=25)
@given(records())
def test_features_are_valid_and_longitude_goes_first(record: Record) -> None:
    for layer in layers(record).values():
        assert layer["type"] == "FeatureCollection"
        for feature in layer["features"]:
            assert feature["type"] == "Feature"
            flat, point = feature["properties"], feature["geometry"]
            ends = [flat.get("place_longitude"), flat.get("place_latitude")]
            assert point == (None if None in ends else {"type": "Point", "coordinates": ends})


def test_one_layer_goes_to_one_file() -> None:
    files = written(Geojson(), full_record(), options=ExportOptions(table="incidents"))
    assert list(files.files) == [""]
    [feature] = json.loads(files.text())["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.25, 34.5]}
    assert feature["properties"]["origins_high"] == 3


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_comes_back_and_steers_nothing(hostile: str) -> None:
    record = full_record(hostile)
    assert unlisted(Geojson().losses(), record, read_back(record)) == set()
    text = written(Geojson(), record).text("claims.geojson")
    assert not any(sign in text for sign in "<>&\u202e\u2028\u200f\x00")
