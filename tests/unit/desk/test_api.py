"""The JSON API keeps to its description, whatever is asked."""

from __future__ import annotations

from typing import Any

import desk_client
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.desk.openapi import PATHS, description
from stemma.desk.pages import ROUTES

EVIL = 'evil/"><b>#%2e/../x'


def test_each_route_is_described_and_each_description_has_a_route() -> None:
    paths = {getattr(route, "path", "") for route in ROUTES}
    routes = {path.removeprefix("/api/v1") for path in paths if path.startswith("/api/")} - {"/openapi.json"}
    assert routes == set(PATHS)


def _values(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    good = st.sampled_from(
        [
            *map(str, schema.get("enum", ())),
            "velin/shelling",
            EVIL,
            "2021-03-10",
            "1",
            "500",
            "the Front",
            "yes",
            "SY",
        ]
    )
    return (
        good
        | st.text(max_size=20)
        | st.integers().map(str)
        | st.sampled_from(["\ud800", "9" * 5000, "\0", "%", '"'])
    )


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    path = draw(st.sampled_from(sorted(PATHS)))
    asked = {}
    for name, schema in PATHS[path][1].items():
        if draw(st.booleans()):
            asked[name] = draw(_values(schema))
    return path, asked


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls())
def test_no_question_breaks_the_desk(client: desk_client.Client, call: tuple[str, dict[str, str]]) -> None:
    path, asked = call
    told = {name: value.encode("utf-8", "replace").decode() for name, value in asked.items()}
    answer = client.get(f"/api/v1{path}", **told)
    assert answer.status in (200, 400, 404), (call, answer.text)
    described = description()
    schema = described["paths"][path]["get"]["responses"][str(answer.status)]["content"]["application/json"][
        "schema"
    ]
    jsonschema.validate(answer.json(), {**schema, "components": described["components"]})


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_api_only_reads(client: desk_client.Client, method: str) -> None:
    headers = {"x-stemma-csrf": client.csrf}
    assert client.ask(method, "/api/v1/reports", headers=headers).status == 405


def test_answers_hold_what_the_casebook_holds(client: desk_client.Client) -> None:
    assert client.get("/api/v1/summary").json()["claims"] == 3
    assert client.get("/api/v1/reports", limit="1").json()["total"] == 5
    assert client.get("/api/v1/report", id="velin/shelling").json()["claims"][0]["id"] == "c1"
    codings = client.get("/api/v1/claims", type="REALIGN").json()["codings"]
    assert [claim["id"] for coding in codings for claim in coding["claims"]] == ["c2"]
    client.post("/judge", {"report": "velin/shelling", "claim": "c1", "do": "reject"})
    judged = client.get("/api/v1/report", id="velin/shelling", judged="yes").json()
    assert [claim["id"] for claim in judged["claims"]] == ["c2"]
    (judgement,) = client.get("/api/v1/judgements", id="velin/shelling").json()["judgements"]
    assert judgement["verdict"] == "reject"
    assert client.get("/api/v1/report", id="no").status == 404
    assert client.get("/api/v1/report").status == 400
