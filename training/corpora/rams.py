"""RAMS: one event in five sentences, and the words of its arguments."""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(os.environ.get("STEMMA_BENCH", "../shared/bench")) / "rams"
Place = tuple[int, int]


@dataclass
class Excerpt:
    """A text, the characters of its trigger and of each argument with its role."""

    name: str
    text: str
    trigger: Place
    arguments: list[tuple[Place, str]]
    type: str = ""


def held_out(name: str) -> bool:
    """True for the third of the excerpts that is measured on and never trained on; by the name."""
    return zlib.crc32(name.encode()) % 3 == 0


def load(split: str | None = None) -> list[Excerpt]:
    """The excerpts of one split, one event each."""
    lines = (ROOT / f"{split or 'dev'}.jsonl").read_text("utf-8").splitlines()
    return [parse(json.loads(line)) for line in lines if line.strip()]


def parse(row: dict) -> Excerpt:
    text, places = "", []
    for sentence in row["sentences"]:
        for token in sentence:
            places.append((len(text), len(text) + len(token)))
            text += token + " "
        text = text[:-1] + "\n"

    def place(span: list[int]) -> Place:
        return places[span[0]][0], places[span[1]][1]

    trigger = row["evt_triggers"][0]
    links = [(argument, role) for event, argument, role in row["gold_evt_links"] if event == trigger[:2]]
    arguments = [(place(argument), role[len("evt000arg00") :]) for argument, role in links]
    return Excerpt(row["doc_key"], text, place(trigger[:2]), arguments, trigger[2][0][0])
