"""`--engine llm` on the command line, against a server of the real protocol on this machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

import pytest
from llm_stub import Stub, serve

from stemma.extract import find_engine as real_find_engine

TEXT = (
    "Bad night\n\nGreen Front fighters shelled an army post near Kolmaz on Tuesday, killing at least 14 "
    "soldiers, residents said.\n\nRado Senn reportedly defected to the Tolvar Free Front.\n"
)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Stub]:
    monkeypatch.setattr("stemma.extract.find_engine", real_find_engine)
    for name in ("STEMMA_LLM_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STEMMA_LLM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("STEMMA_LLM_MODEL", "m")
    with serve() as server:
        monkeypatch.setenv("STEMMA_LLM_URL", server.url)
        yield server


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for k in range(6):
        (folder / f"r{k}.txt").write_text(f"Report {k}\n\n{TEXT}")
    return folder


def test_read_says_where_the_text_goes(stemma: Any, stub: Stub, reports: Path) -> None:
    done = stemma("read", str(reports / "r0.txt"), "--engine", "llm", "--format", "json")
    assert done.status == 0, done.err
    coding = json.loads(done.out)
    assert [claim["trigger"] for claim in coding["claims"]] == ["shelled", "defected"]
    assert coding["engine"] == "llm"
    host = stub.url.removeprefix("http://").removesuffix("/v1")
    assert done.err.count(f"the text of the reports is given to the server at {host} on this machine") == 1
    assert "1 request answered" in done.err


def test_a_cap_ends_the_run_keeps_what_was_read_and_goes_on(stemma: Any, stub: Stub, reports: Path) -> None:
    book = str(reports.parent / "book")
    args = ("add", str(reports), "--engine", "llm", "--casebook", book)
    done = stemma(*args, "--llm-max-tokens", "20000", "--workers", "3")
    assert done.status == 3
    assert "cap of 20,000 tokens" in done.err
    assert stub.tokens <= 20_000
    kept = done.out.count("added")
    assert 0 < kept < 6
    assert "all of that is kept" in done.err
    again = stemma(*args)
    assert again.status == 0
    assert again.out.count("known") == kept
    assert stub.asked == 6
    assert stemma(*args).out.count("known") == 6


def test_another_engine_is_another_coding(stemma: Any, stub: Stub, reports: Path) -> None:
    args = ("add", str(reports / "r0.txt"), "--casebook", str(reports.parent / "book"), "--engine", "llm")
    assert "added" in stemma(*args).out
    assert "known" in stemma(*args).out
    assert "known" not in stemma(*args, "--llm-model", "n").out


def test_replay_opens_no_connection(stemma: Any, stub: Stub, reports: Path) -> None:
    first = stemma("read", str(reports / "r0.txt"), "--engine", "llm", "--format", "json")
    asked = stub.asked
    again = stemma("read", str(reports / "r0.txt"), "--engine", "llm", "--format", "json", "--replay")
    assert again.out == first.out
    assert "nothing is sent" in again.err
    missing = stemma("read", str(reports / "r1.txt"), "--engine", "llm", "--replay")
    assert missing.status == 1
    assert "no answer to this report is kept" in missing.err
    assert stub.asked == asked


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (("--llm-rate", "5"), "--llm-rate: this is an option of the llm engine"),
        (("--replay",), "--replay: this is an option of the llm engine"),
        (("--engine", "llm", "--llm-price", "cheap"), "is no price"),
        (("--engine", "llm", "--llm-max-cost", "1"), "needs the prices"),
        (("--engine", "llm", "--llm-url", "ftp://host"), "no address of the web"),
        (("--engine", "oracle"), "no engine is called 'oracle'"),
    ],
)
def test_what_cannot_be_followed(
    stemma: Any, stub: Stub, reports: Path, args: tuple[str, ...], what: str
) -> None:
    done = stemma("read", str(reports / "r0.txt"), *args)
    assert done.status == 2
    assert what in done.err
    assert stub.asked == 0
