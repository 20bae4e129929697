from __future__ import annotations

import importlib
import inspect
import subprocess
import sys

import pytest

import stemma

EXPORTED = [
    "Casebook",
    "CasebookError",
    "Claim",
    "Coding",
    "Document",
    "Entity",
    "Incident",
    "Judgement",
    "Passage",
    "Query",
    "ReadError",
    "Reading",
    "Refusal",
    "Report",
    "Source",
    "Span",
    "StemmaError",
    "Store",
    "UsageError",
    "__version__",
    "open_casebook",
    "read",
    "read_all",
]


def test_the_exported_names_are_these() -> None:
    assert stemma.__all__ == EXPORTED
    assert dir(stemma) == EXPORTED


@pytest.mark.parametrize("name", EXPORTED)
def test_every_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(stemma, name)
    if name != "__version__":
        assert inspect.getdoc(value)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        stemma.nothing  # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, stemma\n"
        "heavy = {'pydantic', 'numpy', 'onnxruntime', 'sqlalchemy', 'rich', 'typer', 'pandas', 'polars'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_stage_read_can_be_called_as_the_function() -> None:
    module = importlib.import_module("stemma.read")
    assert stemma.read is module
    with pytest.raises(stemma.UsageError, match="no date"):
        stemma.read("x.txt", published="soon")
    with pytest.raises(stemma.ReadError):
        stemma.read("/nowhere/to/be/found.txt")
