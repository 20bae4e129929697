"""`stemma judge`, `stemma judgements` and `stemma merge` on a casebook of three reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from stemma.cli.app import app
from stemma.model import Claim, ClaimType, Coding, Document, Entity, EntityKind, Report, Role, Time
from stemma.store import StoreOptions, open_casebook


@pytest.fixture
def casebook(tmp_path: Path) -> str:
    path = str(tmp_path / "x.casebook")
    fill(path, "a", "b", "c")
    return path


def fill(path: str, *names: str) -> None:
    with open_casebook(StoreOptions(path), create=True) as store:
        for name in names:
            text = f"Ardan attacked Belor, says {name}."
            report = Report(id=name, address=name, media_type="text/plain", content=text.encode())
            document = Document(report=name, report_hash=report.bytes_hash(), text=text)
            claim = Claim(
                id="c1", type=ClaimType.ASSAULT, evidence=text, trigger="attacked",
                roles={Role.ACTOR: ("e1",)}, time=Time(text="May", start="2021-05-04", end="2021-05-04"),
            )  # fmt: skip
            entities = (Entity(id="e1", kind=EntityKind.GROUP, names=("Ardan",)),)
            store.add(report, document, Coding(report=name, entities=entities, claims=(claim,)), "u")


def run(casebook: str, *words: str, by: str = "Ann") -> Result:
    reviewer = [] if words[0] == "merge" else ["--reviewer", by]
    return CliRunner().invoke(app, [*words, *reviewer, "--casebook", casebook])


def test_a_verdict_is_written_down_with_name_and_reason(casebook: str) -> None:
    made = run(casebook, "judge", "reject", "a#c1", "--because", "no such fight")
    assert made.exit_code == 0
    listed = run(casebook, "judgements").stdout
    assert "Ann: reject a#c1 (no such fight)" in listed


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("same", "a#e1", "@Ardan Front"), "same a#@e1 @Ardan Front"),
        (("not-same", "a", "b"), "not-same a# b#"),
        (("same", "a#c1", "b#c1"), "same a#c1 b#c1"),
        (("correct", "a#c1/time", "--value", '{"text":"June"}'), "correct a#c1/time {'text': 'June'}"),
        (("depends", "b", "a", "--kind", "rewrites"), "depends b# {'parent': 'a', 'kind': 'rewrites'}"),
        (("not-depends", "b", "outlet:AFP"), "not-depends b# {'parent': 'outlet:AFP'}"),
    ],
)
def test_what_is_judged_is_named_as_people_name_it(casebook: str, words: tuple[str, ...], path: str) -> None:
    made = run(casebook, "judge", *words)
    assert made.exit_code == 0, made.stderr
    assert path in made.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("reject", "a#c9"),
        ("reject", "zz#c1"),
        ("same", "a#c1"),
        ("correct", "a#c1/time"),
        ("correct", "a#c1/time", "--value", "{"),
        ("correct", "a#c1/time", "--value", "7"),
        ("depends", "a", "zz"),
        ("depends", "a", "a"),
        ("depends", "a", "b", "--kind", "steals"),
        ("undo",),
        ("accept",),
    ],
)
def test_what_cannot_be_followed_is_one_line(casebook: str, words: tuple[str, ...]) -> None:
    made = run(casebook, "judge", *words)
    assert made.exit_code == 2
    assert len(made.stderr.strip().splitlines()) == 1
    assert "Traceback" not in made.stderr
    assert run(casebook, "judgements").stdout == ""


def test_undo_and_redo_are_one_s_own(casebook: str) -> None:
    run(casebook, "judge", "reject", "a#c1")
    assert run(casebook, "judge", "undo", by="Bo").exit_code == 2
    assert run(casebook, "judge", "undo").exit_code == 0
    assert "[undone]" in run(casebook, "judgements").stdout
    assert run(casebook, "judge", "redo").exit_code == 0
    assert "[undone]" not in run(casebook, "judgements").stdout


def test_two_casebooks_exchange_judgements_and_a_conflict_is_settled(casebook: str, tmp_path: Path) -> None:
    other, file = str(tmp_path / "y.casebook"), str(tmp_path / "j.jsonl")
    fill(other, "a")
    run(casebook, "judge", "reject", "a#c1")
    run(casebook, "judge", "accept", "b#c1")
    run(other, "judge", "accept", "a#c1", by="Bo")
    assert run(casebook, "judgements", "export", file).exit_code == 0
    taken = run(other, "judgements", "import", file)
    assert "2 new, 0 known, 1 on reports that are not held" in taken.stderr
    assert "2 known" in run(other, "judgements", "import", file).stderr
    assert "not held" in run(other, "judgements").stdout
    shown = run(other, "judgements", "conflicts").stdout
    assert "Ann: reject a#c1" in shown
    assert "Bo: accept a#c1" in shown
    hashed = next(line.split()[0] for line in shown.splitlines() if "Ann: reject" in line)
    assert run(other, "judgements", "settle", hashed, "--because", "we talked", by="Cy").exit_code == 0
    assert "0 conflicts" in run(other, "judgements", "conflicts").stderr
    fill(other, "b")
    assert "not held" not in run(other, "judgements").stdout


def test_lines_that_are_no_judgement_are_named_and_the_rest_is_taken(casebook: str, tmp_path: Path) -> None:
    file = tmp_path / "j.jsonl"
    good = {"subject": "a#c1", "verdict": "accept", "person": "Bo", "at": "2024-01-01T00:00:00Z"}
    file.write_text("{}\nnonsense\n" + json.dumps(good) + "\n")
    taken = run(casebook, "judgements", "import", str(file))
    assert taken.exit_code == 1
    assert f"{file}:2: no judgement" in taken.stderr
    assert "1 new" in taken.stderr


def test_merging_follows_what_was_judged(casebook: str) -> None:
    assert "3 reports merged" in run(casebook, "merge").stderr
    assert "0 reports merged" in run(casebook, "merge").stderr
    with open_casebook(StoreOptions(casebook), create=False) as store:
        before = [incident for record in store.merged() for incident in record.incidents]
    run(casebook, "judge", "reject", f"{before[0].claims[0].report}#c1")
    assert "0 reports merged" not in run(casebook, "merge").stderr
    with open_casebook(StoreOptions(casebook), create=False) as store:
        after = [at for record in store.merged() for incident in record.incidents for at in incident.claims]
    assert len(after) == 2


def test_incidents_are_judged_by_their_first_claims(casebook: str) -> None:
    run(casebook, "judge", "not-same", "a#c1", "b#c1")
    run(casebook, "merge")
    with open_casebook(StoreOptions(casebook), create=False) as store:
        ids = [incident.id for record in store.merged() for incident in record.incidents]
    assert len(ids) > 1
    made = run(casebook, "judge", "same", ids[0], ids[1])
    assert made.exit_code == 0, made.stderr
    assert "#c1" in made.stdout
