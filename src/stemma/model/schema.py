"""The JSON Schema of what stands alone on the wire: `python -m stemma.model.schema docs/schema`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from stemma.model.base import Noun
from stemma.model.coding import Coding
from stemma.model.document import Document
from stemma.model.judgement import Judgement
from stemma.model.record import Record
from stemma.model.refusal import Refusal
from stemma.model.report import Report

ON_THE_WIRE: Final[tuple[type[Noun], ...]] = (Coding, Document, Judgement, Record, Refusal, Report)


def schema_of(noun: type[Noun]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of every wire form that `noun.from_wire` takes."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **noun.model_json_schema()}


def schema_files() -> dict[str, str]:
    """Each schema's file name and content."""
    return {
        f"{noun.__name__.lower()}.json": json.dumps(schema_of(noun), indent=2, ensure_ascii=False) + "\n"
        for noun in ON_THE_WIRE
    }


def main(arguments: Sequence[str]) -> int:
    """Writes the schemas into the folder named; gives the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m stemma.model.schema FOLDER\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in schema_files().items():
        (folder / name).write_text(content, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
