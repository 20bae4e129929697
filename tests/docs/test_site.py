"""The site: its reference names all that the program has, its links hold, nothing is fetched."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer.main

import stemma
from stemma.cli.app import app
from stemma.export.formats import list_formats
from stemma.version import __version__

ROOT = Path(__file__).resolve().parents[2]
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / "site" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


reference, build = load("reference"), load("build")


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    made: dict[str, str] = reference.reference_pages()
    return made


def test_each_command_and_option_is_in_the_reference(pages: dict[str, str]) -> None:
    text = pages["reference/commands.md"]
    for name, command in COMMANDS.items():
        assert f"## `stemma {name}`" in text
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert all(f"`{option}`" in text for option in parameter.opts), (name, parameter.name)


def test_each_noun_says_what_it_is_and_is_in_the_reference(pages: dict[str, str]) -> None:
    nouns = reference.all_nouns()
    assert {"Claim", "Document", "Incident", "Tie"} <= {noun.__name__ for noun in nouns}
    for noun in nouns:
        assert noun.__dict__.get("__doc__"), noun
        section = pages["reference/nouns.md"].split(f"## {noun.__name__}\n")[1].split("\n## ")[0]
        assert {name for name in noun.model_fields if f"| `{name}` |" not in section} == set()


def test_each_format_has_a_section_of_its_own_and_is_in_the_reference(pages: dict[str, str]) -> None:
    told = "\n".join(
        (ROOT / "docs" / name).read_text("utf-8") for name in ("formats.md", "formats-graphs.md")
    )
    heads = [line for line in told.splitlines() if line.startswith("#")]
    for one in list_formats():
        assert f"## `{one.name}`" in pages["reference/formats.md"]
        assert any(f"`{one.name}`" in head for head in heads), (
            f"no section of docs/formats*.md is on {one.name}"
        )


def test_each_public_name_is_on_the_page_and_in_the_reference(pages: dict[str, str]) -> None:
    told = (ROOT / "docs" / "python.md").read_text("utf-8")
    for name in stemma.__all__:
        if name != "__version__":
            assert f"`stemma.{name}" in told
            assert f"## `stemma.{name}`" in pages["reference/python.md"]
    methods = [name for name in vars(stemma.Casebook) if not name.startswith("_")]
    assert {"add", "claims", "lineage", "export"} <= set(methods)
    for name in methods:
        assert (
            f"`{name}(" in told or f"Casebook.{name}(" in told or f"{name}()" in told or f", `{name}(" in told
        )
        assert f"### `{name}`" in pages["reference/python.md"]


def test_every_page_is_in_the_navigation(pages: dict[str, str]) -> None:
    places = set(build.page_places(ROOT).values()) | set(pages) | {"tutorial.md", "cite.md", "security.md"}
    wanted = {place for place in places if place.endswith(".md")}
    shown = re.findall(r"'([\w/-]+\.md)'", str(build.navigation(sorted(places))))
    assert set(shown) == wanted
    assert len(shown) == len(set(shown))


def test_links_of_the_pages_hold_within_the_site(pages: dict[str, str]) -> None:
    places = build.page_places(ROOT)
    known = set(places.values()) | set(pages) | {"tutorial.md", "cite.md", "security.md"}
    texts = {
        place: build.relinked((ROOT / source).read_text("utf-8"), source, places)
        for source, place in places.items()
        if source.endswith(".md")
    } | pages
    for place, text in texts.items():
        for target in LINK.findall(FENCE.sub("", text)):
            path = target.partition("#")[0]
            if path and not re.match(r"[a-z]+:", target):
                found = (Path("/site") / place).parent / path
                inside = found.resolve().relative_to(Path("/site").resolve()).as_posix()
                assert inside in known, f"{place} links to {target}"


def test_a_link_to_what_the_site_has_not_becomes_its_words() -> None:
    places = {"docs/a.md": "a.md", "README.md": "index.md", "docs/howto/b.md": "howto/b.md"}
    text = "[one](howto/b.md#x) [two](../LICENSE) [`three`](../README.md) [four](https://example.org)"
    assert build.relinked(text, "docs/a.md", places) == (
        "[one](howto/b.md#x) two [`three`](index.md) [four](https://example.org)"
    )
    assert build.relinked("```\n[x](y.md)\n```", "docs/a.md", places) == "```\n[x](y.md)\n```"


def test_words_of_the_code_are_no_markup() -> None:
    assert reference.cell("a <b> | c\nd & e") == "a &lt;b> \\| c d &amp; e"


def test_the_theme_fetches_nothing() -> None:
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert re.search(r"^  font: false$", settings, re.MULTILINE)
    assert not re.search(r"https?://|repo_url|analytics|mermaid|emoji", settings)


def test_the_built_site_asks_nothing_from_outside() -> None:
    site = ROOT / "site"
    if not (site / "index.html").is_file():
        pytest.skip("the site is not built: make site")
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        found = re.findall(
            r"<(?:script|img|iframe|source|video)\b[^>]*\bsrc=[\"']?(?!data:)(?:https?:)?//[^\s>]+", text
        )
        found += re.findall(r"<link\b[^>]*rel=[\"']?(?:stylesheet|preconnect|preload)[^>]*//[^>]*>", text)
        assert not found, page


def test_the_citation_names_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {__version__}\n" in text
    assert text.startswith("cff-version: 1.2.0\n")
