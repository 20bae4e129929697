"""A fake engine, so that no test here depends on what a model finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from stemma.cli.app import app
from stemma.model import Coding, Document

SENTENCE = re.compile(
    r"(?P<hedge>Reportedly )?(?P<actor>[A-Z]\w+) (?P<trigger>attacked|joined) (?P<target>[A-Z]\w+)"
    r"(?:, (?P<source>[\w ]+) (?P<cue>said))?"
)


def span(found: re.Match[str], group: str) -> dict[str, int]:
    return {"start": found.start(group), "end": found.end(group)}


class FakeEngine:
    """Codes `A attacked B, C said.`; raises on the word `explode`."""

    name = "fake"
    version = "1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract(self, document: Document) -> Coding:
        self.seen.append(document.report)
        if "explode" in document.text:
            raise IndexError("boom")
        entities: list[dict[str, Any]] = []
        claims: list[dict[str, Any]] = []
        for number, found in enumerate(SENTENCE.finditer(document.text), 1):
            for side in ("actor", "target"):
                entities.append({"id": f"e{len(entities) + 1}", "kind": "group", "names": [found[side]]})
            claims.append(
                {
                    "id": f"c{number}",
                    "type": "ASSAULT" if found["trigger"] == "attacked" else "REALIGN",
                    "mode": "clash" if found["trigger"] == "attacked" else "join",
                    "evidence": found[0],
                    "trigger": found["trigger"],
                    "roles": {
                        "actor": [f"e{len(entities) - 1}"],
                        "recipient" if found["trigger"] == "attacked" else "to": [f"e{len(entities)}"],
                    },
                    "sources": [
                        {
                            "text": found["source"],
                            "kind": "anonymous",
                            "cue": "said",
                            "span": span(found, "source"),
                        }
                    ]
                    if found["source"]
                    else [],
                    "certainty": "probable" if found["hedge"] else "certain",
                    "cue": "Reportedly" if found["hedge"] else None,
                    "span": {"start": found.start(), "end": found.end()},
                    "trigger_span": span(found, "trigger"),
                }
            )
        return Coding.from_wire(
            {
                "report": document.report,
                "outlet": document.outlet,
                "published": document.published.isoformat() if document.published else None,
                "title": document.title,
                "entities": entities,
                "claims": claims,
                "document_hash": document.content_hash(),
                "engine": self.name,
                "engine_version": self.version,
            }
        )


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """The engine that every command uses in these tests."""
    fake = FakeEngine()
    monkeypatch.setattr("stemma.extract.find_engine", lambda options: fake)
    return fake


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine at hand reaches a test."""
    for name in ("STEMMA_CASEBOOK", "STEMMA_DEBUG", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)


Stemma = Callable[..., SimpleNamespace]


@pytest.fixture
def stemma() -> Iterator[Stemma]:
    """Runs a command; gives back `status`, `out` and `err`."""

    def run(*args: str, input: str | bytes | None = None) -> SimpleNamespace:
        done = CliRunner().invoke(app, list(args), input=input, prog_name="stemma")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return SimpleNamespace(status=done.exit_code, out=done.stdout, err=done.stderr)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports, two with claims."""
    reports = tmp_path / "reports"
    (reports / "north").mkdir(parents=True)
    (reports / "north" / "first.txt").write_text(
        "Night of fighting\n\nArdan attacked Belor, residents said. It was quiet by dawn in the town.\n\n"
        "Reportedly Cerin joined Belor. Nobody in the town would say more about it on the day.\n"
    )
    (reports / "second.txt").write_text(
        "A quiet week\n\nBelor attacked Ardan. The road to the coast was open again in the afternoon.\n"
    )
    (reports / "third.txt").write_text(
        "Market day\n\nThe price of bread fell. Farmers came to the market in the morning and left at noon.\n"
    )
    return reports


@pytest.fixture
def casebook(stemma: Stemma, folder: Path, tmp_path: Path) -> Path:
    """A casebook with the three reports."""
    file = tmp_path / "test.casebook"
    done = stemma("add", str(folder), "--casebook", str(file))
    assert done.status == 0, done.err
    return file
