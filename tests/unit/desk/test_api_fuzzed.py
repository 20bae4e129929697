"""The API asked at random, as its own description allows: no answer is a fault, and each is as described."""

from __future__ import annotations

from typing import Any

import desk_client
import pytest

from stemma.desk.openapi import PATHS, description

schemathesis = pytest.importorskip("schemathesis", reason="pip install schemathesis, or the group dev")

EXAMPLES = 25
"""Requests a path: all eight take some seconds."""


@pytest.mark.parametrize("path", sorted(PATHS))
def test_what_the_description_allows_is_answered_as_it_says(client: Any, path: str) -> None:
    from hypothesis import HealthCheck, Phase, given, settings

    operation = schemathesis.openapi.from_dict(description())[path]["GET"]

    @given(operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        query = {name: value for name, value in (case.query or {}).items() if value is not None}
        answer = client.get("/api/v1" + path, **{name: str(value) for name, value in query.items()})
        assert answer.status in (200, 400, 404), (query, answer.text[:200])
        told = answer.json()
        if answer.status == 200:
            schemathesis_check(path, told)
        else:
            assert list(told) == ["error"], told

    ask()


def schemathesis_check(path: str, told: Any) -> None:
    """The answer against its schema, references resolved within the whole description."""
    import jsonschema

    whole = description()
    answer = whole["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(told, {**answer, "components": whole["components"]})


def test_no_token_no_answer(client: desk_client.Client) -> None:
    client.cookie = ""
    for path in PATHS:
        assert client.get("/api/v1" + path, id="velin/shelling").status == 403, path
