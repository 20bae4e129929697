"""The docs say what the program does: commands, options, words, links, code."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

import stemma
from stemma.cli.app import app
from stemma.model import (
    MODES,
    Certainty,
    ClaimType,
    Coding,
    Counted,
    EntityKind,
    PassageKind,
    Role,
    SourceKind,
    Status,
)

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "docs" / "howto").glob("*.md"),
        ROOT / "examples" / "README.md",
    ]
)
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def page_text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def options_of(command: str) -> set[str]:
    """The options of a command, and of those below it where it is a group."""
    return {"--help", "-h"} | options_below(COMMANDS[command])


def options_below(command: Any) -> set[str]:
    found = set()
    for parameter in command.params:
        if parameter.param_type_name == "option":
            found |= {*parameter.opts, *parameter.secondary_opts}
    return found.union(*map(options_below, getattr(command, "commands", {}).values()))


def calls_in(text: str) -> Iterator[list[str]]:
    """Every call of the command that a page shows, as words after the command's name."""
    lines = [line for _, block in FENCE.findall(text) for line in block.splitlines()]
    for line in [*lines, *INLINE.findall(FENCE.sub("", text))]:
        words = line.removeprefix("$ ").strip()
        if re.match(r"(\.venv/bin/)?stemma\s", words):
            yield shlex.split(words.replace("…", ""))[1:]


@pytest.mark.parametrize("name", NAMES)
def test_every_call_on_the_page_is_one_that_the_program_takes(name: str) -> None:
    for call in calls_in(page_text(name)):
        first, rest = call[0], call[1:]
        if first.startswith("-"):
            assert first in {"--help", "-h", "--version"}, call
            continue
        if first == "COMMAND":
            continue
        assert first in COMMANDS, f"{name} names the command {first!r}"
        for word in rest:
            if word.startswith("-") and word != "-":
                assert word.split("=")[0] in options_of(first), f"{name}: stemma {first} has no {word}"


def test_some_calls_are_found_at_all() -> None:
    found = {call[0] for name in NAMES for call in calls_in(page_text(name))}
    assert set(COMMANDS) <= found


def test_the_page_of_commands_names_each_option_of_each_command() -> None:
    sections = re.split(r"^## ", page_text("docs/commands.md"), flags=re.MULTILINE)
    everywhere = page_text("docs/commands.md")
    for command in COMMANDS:
        own = [section for section in sections if section.startswith(f"`stemma {command}")]
        assert own, f"docs/commands.md has no section for {command}"
        for option in options_of(command):
            assert f"`{option}`" in everywhere, f"docs/commands.md does not name {option} of {command}"


def test_the_page_of_commands_names_no_option_that_is_none() -> None:
    known = set().union(*(options_of(command) for command in COMMANDS)) | {"--version"}
    named = set(re.findall(r"`(--?[a-z-]+)`", page_text("docs/commands.md")))
    assert named <= known


@pytest.mark.parametrize(
    "vocabulary", [ClaimType, EntityKind, Role, SourceKind, Status, Certainty, Counted, PassageKind]
)
def test_the_codebook_explains_each_word(vocabulary: Any) -> None:
    told = set(INLINE.findall(page_text("docs/codebook.md")))
    missing = {str(word) for word in vocabulary} - told
    assert not missing


@pytest.mark.parametrize("kind", list(MODES))
def test_the_codebook_lists_the_modes_of_each_type(kind: ClaimType) -> None:
    section = page_text("docs/codebook.md").split("### Modes")[1].split("### Roles")[0]
    rows = [line for line in section.splitlines() if line.startswith(f"| `{kind}` ")]
    assert len(rows) == 1
    assert tuple(INLINE.findall(rows[0])[1:]) == MODES[kind]


def test_the_codebook_has_no_type_that_is_none() -> None:
    told = {
        word for word in INLINE.findall(page_text("docs/codebook.md")) if re.fullmatch(r"[A-Z_-]{3,}", word)
    }
    assert told == {str(kind) for kind in ClaimType}


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual Markdown renderers make them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for link in LINK.findall(FENCE.sub("", page_text(name))):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name} links to {link}"
        if anchor:
            assert anchor in anchors(target), f"{name} links to {link}"


def test_each_page_of_docs_is_linked_from_the_readme() -> None:
    linked = set(LINK.findall(page_text("README.md")))
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= linked


@pytest.mark.parametrize("name", NAMES)
def test_every_target_of_make_on_the_page_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", page_text("Makefile"), re.MULTILINE))
    text = page_text(name)
    code = [*(block for _, block in FENCE.findall(text)), *INLINE.findall(FENCE.sub("", text))]
    for words in code:
        for target in re.findall(r"^(?:[A-Z]+=\S+ )?make ([a-z]+)\b", words, re.MULTILINE):
            assert target in targets, f"{name} names make {target}"


@pytest.mark.parametrize("name", NAMES)
def test_python_on_the_page_uses_names_that_exist(name: str) -> None:
    for language, block in FENCE.findall(page_text(name)):
        if language != "python":
            continue
        for node in ast.walk(ast.parse(block)):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "stemma"
            ):
                assert node.attr in stemma.__all__, f"{name} names stemma.{node.attr}"


def test_the_json_on_the_page_of_the_wire_form_is_a_coding() -> None:
    blocks = [block for language, block in FENCE.findall(page_text("docs/wire.md")) if language == "json"]
    assert blocks
    for block in blocks:
        coding = Coding.from_wire(block)
        assert coding.claims
        assert all(
            coding.entity(party) for claim in coding.claims for ids in claim.roles.values() for party in ids
        )


def test_each_dependency_has_its_reason() -> None:
    project = tomllib.loads(page_text("pyproject.toml"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    asked = {re.split(r"[<>=\[ ]", line)[0].lower() for line in (*project["dependencies"], *extras)}
    section = page_text("ARCHITECTURE.md").split("## Dependencies")[1]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    # `psycopg[binary]` (extra `postgres`): what stands in brackets says which extra brings it.
    told = {name.partition("[")[0] for row in rows for name in INLINE.findall(row.partition("(")[0])}
    assert told == asked


def test_the_sketch_of_the_house_names_each_folder() -> None:
    sketch = page_text("ARCHITECTURE.md")
    folders = {path.parent.name for path in (ROOT / "src" / "stemma").glob("*/__init__.py")}
    assert {folder for folder in folders if f"  {folder}/" not in sketch} == set()


def codes_in(folder: str, call: str) -> set[str]:
    """The codes that the source gives to refusals or notes."""
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src" / "stemma" / folder).rglob("*.py"))
    return {
        code
        for found in re.finditer(rf"\b{call}\((?:[^()]|\([^()]*\))*?\bcode=\"([a-z-]+)\"", source)
        for code in found.groups()
    }


@pytest.mark.parametrize("folder", ["read", "run"])
def test_each_refusal_is_on_the_page_of_bad_input(folder: str) -> None:
    codes = codes_in(folder, "ReadError") | codes_in(folder, "Refusal")
    assert codes
    assert {code for code in codes if f"`{code}`" not in page_text("docs/bad-input.md")} == set()


def test_each_note_on_a_document_is_on_the_page_of_reading() -> None:
    codes = codes_in("read", "Note") | codes_in("run", "Note")
    assert codes
    assert {code for code in codes if f"`{code}`" not in page_text("docs/reading.md")} == set()
