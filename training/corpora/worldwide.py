"""English Worldwide Newswire: names with their types in news from Asia, Latin America and elsewhere."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(os.environ.get("STEMMA_BENCH", "../shared/bench")) / "worldwide_ner"
Place = tuple[int, int]


@dataclass
class Named:
    """A report: the outermost names with their types, and the places of names within names."""

    name: str
    text: str
    names: set[tuple[Place, str]]
    inner: set[Place]


def load(part: str | None = None) -> list[Named]:
    """The reports of the folder, or of its sub-folder `part`, by name."""
    found = []
    for path in sorted((ROOT / part if part else ROOT).glob("*.tsv")):
        report = parse(path.name.split(".")[0], path.read_text("utf-8", errors="replace"))
        if report.text and not report.text.startswith("{"):  # one file holds word processor codes
            found.append(report)
    return found


def parse(name: str, raw: str) -> Named:
    """One token a line with a tag a layer; a blank line ends a sentence. The address on top is left out."""
    text, sentences = "", []
    for block in raw.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
        rows = [row for row in rows if not row[0].startswith(("http://", "https://"))]
        if rows:
            sentences.append(rows)
    names: set[tuple[Place, str]] = set()
    inner: set[Place] = set()
    for rows in sentences:
        places = []
        for row in rows:
            places.append((len(text), len(text) + len(row[0])))
            text += row[0] + " "
        text = text[:-1] + "\n"
        for layer in range(1, max(map(len, rows))):
            tags = [row[layer].strip() if len(row) > layer else "O" for row in rows]
            for first, last, kind in tagged(tags):
                place = (places[first][0], places[last][1])
                if layer == 1:
                    names.add((place, kind))
                else:
                    inner.add(place)
    return Named(name, text.rstrip(), names, inner)


def tagged(tags: list[str]) -> list[tuple[int, int, str]]:
    """First and last token and type of each name; a stray inside tag begins one."""
    found: list[tuple[int, int, str]] = []
    open_ = ""
    for index, tag in enumerate(tags):
        mark, _, kind = tag.partition("-")
        if mark == "B" or (mark == "I" and kind != open_):
            found.append((index, index, kind))
        elif mark == "I":
            found[-1] = (found[-1][0], index, kind)
        open_ = kind if mark in ("B", "I") else ""
    return found
