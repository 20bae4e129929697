"""The reference pages of the site, made from the code: commands, nouns, words, formats, columns, Python."""

from __future__ import annotations

import enum
import inspect
import re
from collections.abc import Iterator
from typing import Any

import typer.main

import stemma
from stemma import model
from stemma.cli.app import app
from stemma.export.formats import list_formats
from stemma.export.ledger import dictionary_rows
from stemma.model import MODES, Noun
from stemma.run.book import Casebook


def reference_pages() -> dict[str, str]:
    """Each page of the reference: its path within the site, and its Markdown."""
    return {
        "reference/commands.md": "\n".join(commands()),
        "reference/nouns.md": "\n".join(nouns()),
        "reference/vocabulary.md": "\n".join(vocabulary()),
        "reference/formats.md": "\n".join(formats()),
        "reference/columns.md": "\n".join(columns()),
        "reference/python.md": "\n".join(python()),
    }


def cell(text: object) -> str:
    """Text for a cell of a Markdown table: one line, no markup of HTML, no border."""
    line = " ".join(str(text).split())
    return line.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")


def commands() -> Iterator[str]:
    """Every command with its arguments and options, as `--help` has them."""
    yield "# Commands\n\nMade from the program. What they are for is told in [commands](../commands.md).\n"
    yield from _commands(typer.main.get_command(app), "stemma")


def _commands(command: Any, path: str) -> Iterator[str]:
    for name, one in getattr(command, "commands", {}).items():
        yield f"## `{path} {name}`\n\n{cell(one.help or '')}\n"
        own = [parameter for parameter in one.params if not getattr(parameter, "hidden", False)]
        if own:
            yield "| | what |\n|---|---|"
        for parameter in own:
            shown = ", ".join(f"`{option}`" for option in (*parameter.opts, *parameter.secondary_opts))
            if parameter.param_type_name == "argument":
                shown = f"`{parameter.metavar or parameter.name.upper()}`"
            elif parameter.metavar:
                shown += f" {cell(parameter.metavar)}"
            choices = getattr(getattr(parameter, "type", None), "choices", ())
            words = (
                " One of " + ", ".join(f"`{getattr(c, 'value', c)}`" for c in choices) + "."
                if choices
                else ""
            )
            yield f"| {shown} | {cell(parameter.help or '')}{words} |"
        yield ""
        yield from _commands(one, f"{path} {name}")


def all_nouns() -> list[type[Noun]]:
    """Every noun of the model, by name."""
    found = [value for name in model.__all__ if isinstance(value := getattr(model, name), type)]
    return [one for one in found if issubclass(one, Noun) and one is not Noun]


def nouns() -> Iterator[str]:
    """Every noun with its fields."""
    yield "# Nouns\n"
    yield "Made from the code: what a casebook is made of, each frozen, with one [wire form](../wire.md).\n"
    for noun in all_nouns():
        yield f"## {noun.__name__}\n\n{prose(noun)}\n\n| field | type | unless given |\n|---|---|---|"
        for name, field in noun.model_fields.items():
            default = "" if field.is_required() else f"`{cell(plain(field.default))}`"
            yield f"| `{name}` | {cell(type_words(field.annotation))} | {default} |"
        yield ""


def type_words(annotation: Any) -> str:
    """A type as words: `tuple[Source, ...]`, `str or None`."""
    words = (
        annotation.__name__
        if isinstance(annotation, type) and not hasattr(annotation, "__args__")
        else str(annotation)
    )
    return re.sub(r"[A-Za-z_]+\.", "", words).replace("NoneType", "None").replace(" | ", " or ")


def plain(value: Any) -> str:
    """A default as it is written on the wire."""
    return str(value.value) if isinstance(value, enum.Enum) else str(value)


def vocabulary() -> Iterator[str]:
    """The closed vocabularies."""
    yield "# Vocabulary\n"
    yield "Made from the code. What each word means is told in the [codebook](../codebook.md).\n"
    for name in model.__all__:
        value = getattr(model, name)
        if isinstance(value, type) and issubclass(value, enum.Enum):
            yield f"## {name}\n\n" + ", ".join(f"`{one.value}`" for one in value) + "\n"
    yield "## Modes\n\n| type | modes |\n|---|---|"
    for kind, modes in MODES.items():
        yield f"| `{kind}` | {', '.join(f'`{mode}`' for mode in modes)} |"


def formats() -> Iterator[str]:
    """Every format of export, with what it loses."""
    yield "# Formats\n"
    yield "Made from the code: `stemma export FORMAT`. How each is filled is told in"
    yield "[files for events](../formats.md) and [for graphs, maps and the web](../formats-graphs.md).\n"
    for one in list_formats():
        tables = f" Tables: {', '.join(f'`{name}`' for name in one.tables)}." if one.tables else ""
        yield f"## `{one.name}`\n\n{cell(one.description)} Files end in `{one.suffix}`.{tables}\n"
        losses = one.losses()
        if losses:
            yield "| lost | why |\n|---|---|"
        for loss in losses:
            yield f"| `{cell(loss.value)}`{' in part' if loss.part else ''} | {cell(loss.reason)} |"
        yield "" if losses else "Nothing is lost.\n"


def columns() -> Iterator[str]:
    """The data dictionary of the ledgers."""
    yield "# Columns\n"
    yield "Made from the code: the ledgers of `csv` and `parquet`, and the frames of pandas and polars.\n"
    before = None
    for table, row, column, kind, meaning in dictionary_rows():
        if table != before:
            yield f"\n## {table}\n\nA row is {cell(row)}.\n\n| column | type | meaning |\n|---|---|---|"
            before = table
        yield f"| `{column}` | {kind} | {cell(meaning)} |"


def python() -> Iterator[str]:
    """The public names with their signatures."""
    yield "# Python\n\nMade from the code. How to use it is told in [Python and notebooks](../python.md).\n"
    for name in stemma.__all__:
        value = getattr(stemma, name)
        if name != "__version__":
            yield f"## `stemma.{name}`\n\n{_signature(value)}{prose(value)}\n"
    yield "## The methods of `stemma.Casebook`\n"
    for name, method in inspect.getmembers(Casebook, callable):
        if not name.startswith("_"):
            yield f"### `{name}`\n\n{_signature(method)}{prose(method)}\n"


def prose(thing: Any) -> str:
    """The docstring, with what is no code protected from being taken for markup."""
    parts = re.split(r"(`[^`]*`)", inspect.getdoc(thing) or "")
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in parts)


def _signature(value: Any) -> str:
    # `stemma.read` is a package that can be called.
    called = type(value).__dict__["__call__"].__func__ if inspect.ismodule(value) else value
    if not (inspect.isfunction(called) or inspect.ismethod(called)):
        return ""
    given = str(inspect.signature(called)).replace("self, ", "").replace("(self)", "()")
    return f"```python\n{called.__name__}{given}\n```\n\n"
