"""Plug-ins by entry point, without installing: a folder with a `.dist-info` is all that Python looks at."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from stemma.errors import EngineError, UsageError
from stemma.extract import ExtractOptions
from stemma.model import Document, Refusal, Role
from stemma.plugins import HOOKS, broken_plugins, load_engine, names_of
from stemma.run import Reading, read_paths
from stemma.settings import Settings

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "plugin"
REPORTS = EXAMPLE.parent / "reports"
BAD = """
from stemma.model import Claim, Coding, Span
class Bad:
    name, version = "bad", "1"
    def extract(self, document):
        place = Span(start=0, end=10)
        claim = Claim(id="c1", type="DENY", evidence="never said", trigger="never", span=place)
        return Coding(report="x", claims=(claim,)) if "lie" in document.text else [][3]
def make(options): return Bad()
def fail(options): raise RuntimeError("no weights")
def half(options): return object()
"""

Install = Callable[[str, dict[str, str]], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Makes entry points known, as an installer does."""

    def make(group: str, points: dict[str, str]) -> None:
        info = tmp_path / "bad_plugins-1.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bad-plugins\nVersion: 1\n")
        lines = [f"{name} = {value}" for name, value in points.items()]
        (info / "entry_points.txt").write_text("\n".join([f"[{group}]", *lines]) + "\n")
        (tmp_path / "bad_plugin.py").write_text(BAD)
        monkeypatch.syspath_prepend(str(tmp_path))

    return make


@pytest.fixture
def example(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    install("stemma.engines", project["entry-points"]["stemma.engines"])
    monkeypatch.syspath_prepend(str(EXAMPLE / "src"))


def options(name: str) -> ExtractOptions:
    return ExtractOptions(engine=name)


def test_there_are_at_most_seven_hooks() -> None:
    assert len(HOOKS) <= 7


def test_the_example_codes_an_example_report(example: None) -> None:
    assert "tinyspan" in names_of("stemma.engines")
    settings = Settings(extract=options("tinyspan"))
    results = list(read_paths([REPORTS / "free-front.txt"], settings))
    assert len(results) == 1
    reading = results[0]
    assert isinstance(reading, Reading)
    assert (reading.coding.engine, reading.coding.engine_version) == ("tinyspan", "1")
    ambush = reading.claims[0]
    assert ambush.trigger == "ambushed"
    assert [reading.coding.entity(party).names for party in ambush.parties(Role.ACTOR)] == [
        ("the Kolmaz Brigade",)
    ]


def test_a_broken_plugin_is_one_line_and_stops_no_other(example: None, install: Install) -> None:
    points = {
        "tinyspan": "stemma_tinyspan:make_engine",
        "gone": "no_such_module:make",
        "none": "bad_plugin:nothing",
        "text": "bad_plugin:BAD",
        "fails": "bad_plugin:fail",
        "half": "bad_plugin:half",
        "bad": "bad_plugin:make",
    }
    install("stemma.engines", points)
    assert load_engine(options("tinyspan")).name == "tinyspan"
    for name, why in {
        "gone": "no_such_module",
        "none": "does not load",
        "text": "does not load",
        "fails": "no weights",
        "half": "has no `name`",
    }.items():
        with pytest.raises(EngineError, match=why) as caught:
            load_engine(options(name))
        assert "\n" not in caught.value.line()
    assert [broken.name for broken in broken_plugins()] == ["gone", "none", "text"]


def test_an_engine_that_lies_or_fails_costs_its_report(install: Install, tmp_path: Path) -> None:
    install("stemma.engines", {"bad": "bad_plugin:make"})
    for name, text in (
        ("a", "This is a lie, and nothing more is said here."),
        ("b", "Nothing was said here."),
    ):
        (tmp_path / f"{name}.txt").write_text(text)
    settings = Settings(extract=options("bad"))
    results = list(read_paths([tmp_path / "a.txt", tmp_path / "b.txt"], settings))
    assert all(isinstance(result, Refusal) for result in results)
    told = [result.what for result in results if isinstance(result, Refusal)]
    assert "is not what stands at its place" in told[0]
    assert "it failed on this report (IndexError" in told[1]


def test_an_unknown_name_lists_the_known_ones(example: None) -> None:
    with pytest.raises(UsageError, match="use one of local, llm, both, tinyspan"):
        load_engine(options("oracle"))


def test_a_document_needs_no_passages(example: None) -> None:
    text = "The Tolvar Free Front shelled the Kolmaz Brigade at Grel Pass."
    coding = load_engine(options("tinyspan")).extract(Document(report="r", report_hash="0" * 64, text=text))
    assert coding.claims[0].place is not None
    assert coding.claims[0].place.text == "Grel Pass"
