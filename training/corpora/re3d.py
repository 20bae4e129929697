"""re3d: documents on Syria and Iraq with typed spans and ties between them, all as characters.

The crowd's confidence goes with every annotation; what more than half of it doubts (pieces that a tagger
proposed and people refused) is left out.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(os.environ.get("STEMMA_BENCH", "../shared/bench")) / "re3d"
CONFIDENCE = 0.5
Place = tuple[int, int]


@dataclass(frozen=True)
class Tie:
    """A relation of `type` from the words at `source` to those at `target`."""

    type: str
    source: Place
    target: Place


@dataclass
class Annotated:
    """A document: its typed spans and its ties. `name` is how our coded reports call it."""

    name: str
    text: str
    spans: set[tuple[Place, str]]
    ties: list[Tie]


def load(part: str | None = None) -> list[Annotated]:
    """The documents of the folder `part`, of every folder where none is given, by name."""
    found: dict[str, Annotated] = {}
    for folder in sorted(ROOT.glob(part or "*")):
        for row in _rows(folder / "documents.json"):
            found[row["_id"]] = Annotated(row["_id"][-8:], row["text"], set(), [])
        for row in _rows(folder / "entities.json"):
            document = found[row["documentId"]]
            document.spans.add((_trim(document.text, row["begin"], row["end"]), row["type"]))
        for row in _rows(folder / "relations.json"):
            document = found[row["documentId"]]
            source = _trim(document.text, row["sourceBegin"], row["sourceEnd"])
            target = _trim(document.text, row["targetBegin"], row["targetEnd"])
            document.ties.append(Tie(row["type"], source, target))
    return sorted(found.values(), key=lambda document: document.name)


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in rows if row.get("confidence", 1) >= CONFIDENCE]


def _trim(text: str, start: int, end: int) -> Place:
    """The place without the blanks at its edges."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
