"""Home, queue, agreement, archive: what they show of the casebook."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import desk_client
import desk_story
import pytest

from stemma.desk.harmless import clean, fragments

REPORT = "velin/shelling"
Enter = Callable[..., desk_client.Client]


def _titles(client: desk_client.Client, **query: str) -> list[str]:
    text = client.get("/", **query).text
    return [name for name in ("Port Velin quiet", "Note a", "Note b") if f"<bdi>{name}</bdi>" in text]


def _judge_all(client: desk_client.Client, verdicts: dict[str, str]) -> None:
    for claim, do in verdicts.items():
        assert client.post("/judge", {"report": REPORT, "claim": claim, "do": do}).status == 200


def test_filters_stand_in_the_address(client: desk_client.Client) -> None:
    assert _titles(client) == ["Port Velin quiet", "Note a", "Note b"]
    assert _titles(client, q="customs house") == ["Port Velin quiet"]
    assert _titles(client, outlet="orlan") == ["Note a", "Note b"]
    assert _titles(client, type="REALIGN") == ["Port Velin quiet"]
    assert _titles(client, since="2021-02-01") == ["Port Velin quiet"]
    assert _titles(client, q="nothing like it") == []


@pytest.mark.parametrize(
    "query",
    [{"since": "soon"}, {"type": "X"}, {"page": "0"}, {"page": "x"}, {"order": "x"}, {"q": "x" * 301}],
)
def test_a_filter_that_means_nothing_is_told_in_one_line(
    client: desk_client.Client, query: dict[str, str]
) -> None:
    answer = client.get("/", **query)
    assert answer.status == 400
    assert "<h1>Not so</h1>" in answer.text


def test_what_was_judged_can_be_filtered(client: desk_client.Client) -> None:
    assert _titles(client, state="open") == ["Port Velin quiet", "Note a", "Note b"]
    _judge_all(client, {"c1": "accept"})
    assert _titles(client, state="open") == ["Note a", "Note b"]
    assert _titles(client, state="begun") == ["Port Velin quiet"]
    _judge_all(client, {"c2": "reject"})
    assert _titles(client, state="done") == ["Port Velin quiet"]
    assert _titles(client, state="begun") == []


def test_the_room_marks_passages_and_words(client: desk_client.Client) -> None:
    text = client.get("/read", report=REPORT).text
    assert 'class="passage furniture"' in text
    assert '<span class="p t" data-s="' in text
    assert 'data-c="c1"' in text
    assert "the residents may have said the day only" in text
    assert '<span class="voice anonymous"><bdi>residents</bdi>' in text


def test_the_words_of_the_room_are_the_document(client: desk_client.Client) -> None:
    from html import unescape
    from re import findall

    text = client.get("/read", report=REPORT).text
    shown = [(int(at), unescape(words)) for at, words in findall(r'data-s="(\d+)"[^>]*>([^<]*)</span>', text)]
    assert shown
    for at, words in shown:
        assert desk_story.TEXT[at : at + len(words)] == words


def test_the_queue_starts_with_what_is_least_sure_and_forgets_what_is_judged(
    client: desk_client.Client,
) -> None:
    first = client.get("/api/v1/queue").json()["claims"]
    assert (first[0]["report"], first[0]["claim"]) == (REPORT, "c2")
    _judge_all(client, {"c2": "accept"})
    left = client.get("/api/v1/queue").json()["claims"]
    assert (REPORT, "c2") not in {(one["report"], one["claim"]) for one in left}
    assert client.get("/queue/next").status == 303


def test_next_goes_to_a_report_with_claims_left(client: desk_client.Client) -> None:
    assert "evil" in client.get("/neighbour", report=REPORT, to="next").headers["location"]
    _judge_all(client, {"c1": "accept", "c2": "accept"})
    assert "evil" in client.get("/neighbour", report="notes/a", to="previous").headers["location"]


def test_agreement_of_two(enter: Enter) -> None:
    ann, ben = enter("ann"), enter("ben")
    _judge_all(ann, {"c1": "accept", "c2": "reject"})
    _judge_all(ben, {"c1": "accept", "c2": "accept"})
    told = ann.get("/api/v1/agreement").json()
    assert told["people"] == {"ann": {"claims": 2, "reports": 1}, "ben": {"claims": 2, "reports": 1}}
    kept = next(one for one in told["alphas"] if one["value"] == "kept or rejected")
    assert kept["units"] == 2
    assert kept["alpha"] == pytest.approx(0.0)
    pairs = {(one["reference"], one["other"]): one for one in told["comparisons"]}
    between = {figure["name"]: figure["value"] for figure in pairs["ann", "ben"]["figures"]}
    assert between["detect"] == pytest.approx(2 / 3)
    machine = {figure["name"]: figure["value"] for figure in pairs["ben", "the machine"]["figures"]}
    assert (machine["detect"], machine["core"], machine["roles"], machine["chain"]) == (1, 1, 1, 1)
    assert "α" in ann.get("/agreement").text


def test_judged_reports_are_gold_that_training_takes(client: desk_client.Client, tmp_path: Path) -> None:
    assert zipfile.ZipFile(io.BytesIO(client.get("/judged.zip").body)).namelist() == []
    client.post(
        "/judge",
        {"report": REPORT, "claim": "c1", "do": "correct", "value": "roles.actor", "typed": "Black Ram"},
    )
    _judge_all(client, {"c2": "reject"})
    archive = zipfile.ZipFile(io.BytesIO(client.get("/judged.zip").body))
    archive.extractall(tmp_path)
    (file,) = tmp_path.glob("*__*.json")  # the name that training looks for
    gold = json.loads(file.read_text("utf-8"))
    assert [claim["id"] for claim in gold["claims"]] == ["c1"]
    actor = gold["claims"][0]["roles"]["actor"][0]
    assert next(entity for entity in gold["entities"] if entity["id"] == actor)["canonical"] == "Black Ram"
    text = (tmp_path / "text" / f"{gold['report']}.txt").read_bytes().decode("utf-8")
    assert text == desk_story.TEXT
    checker = _shared("check_gold.py")
    run = subprocess.run(
        [sys.executable, checker, tmp_path / "text", file], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def _shared(name: str) -> Path:
    beside = Path(__file__).parents[4] / "shared"
    path = Path(os.environ.get("STEMMA_SHARED", beside)) / "gold" / name
    if not path.exists():
        pytest.skip("no gold codings beside the checkout (set STEMMA_SHARED to the shared folder)")
    return path


def test_no_report_id_leaves_the_folder_of_gold(client: desk_client.Client) -> None:
    evil = 'evil/"><b>#%2e/../x'
    assert client.post("/judge", {"report": evil, "claim": "c1", "do": "accept"}).status == 200
    names = zipfile.ZipFile(io.BytesIO(client.get("/judged.zip").body)).namelist()
    assert len(names) == 2
    for name in names:
        assert ".." not in name
        assert name.startswith(("judged__", "text/judged/"))


def test_odd_characters_become_signs_and_keep_their_place() -> None:
    assert clean("a\u202eb\nc") == "a⟨U+202E⟩b\nc"
    assert fragments("a\u202e\rb", 7) == [
        (7, "a", False),
        (8, "U+202E", True),
        (9, "U+000D", True),
        (10, "b", False),
    ]


def test_help_loads_nothing_of_the_desk() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from stemma.cli.app import app;"
        "result = CliRunner().invoke(app, ['desk', '--help']); assert result.exit_code == 0, result.output;"
        "print([name for name in ('starlette', 'uvicorn', 'jinja2', 'sqlalchemy') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def _walk(schema: Any) -> set[str]:
    """All references of a description."""
    if isinstance(schema, dict):
        own = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
        return own.union(*(_walk(value) for value in schema.values())) if schema else own
    return set().union(*(_walk(value) for value in schema)) if isinstance(schema, list) and schema else set()


def test_every_reference_of_the_description_leads_somewhere(client: desk_client.Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    known = {f"#/components/schemas/{name}" for name in told["components"]["schemas"]}
    assert _walk(told["paths"]) | _walk(told["components"]) <= known
