"""MUC-4: who did what to whom in Latin America; the fillers of five roles as BIO tags over words."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpora import gold
from labels import MUC_ROLES
from stemma.extract.local.words import Words, split_words

if TYPE_CHECKING:  # torch is for training; the benchmarks load these sets without it
    import torch

ROOT = Path(os.environ.get("STEMMA_BENCH", "../shared/bench")) / "muc4"
QUOTED = r'(?:[^"\\]|\\.)'
SLOTS = {
    "6": "weapon",
    "9": "individual",
    "10": "organisation",
    "12": "target",
    "18": "victim",
    "19": "victim",
}


@dataclass
class Template:
    """One incident: its type and, per role, the entities, each the set of its wordings."""

    type: str
    stage: str = ""
    optional: bool = False
    confidence: str = ""
    fillers: dict[str, list[set[str]]] = field(default_factory=dict)


@dataclass
class Message:
    name: str
    words: Words
    templates: list[Template]
    tags: NDArray[np.int64]
    relevant: bool


def texts(folder: Path) -> dict[str, str]:
    """Message id -> text, its lines joined and its paragraphs kept."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith(("key", "text")):
            continue
        raw = path.read_text("utf-8", errors="replace")
        for part in re.split(r"\n(?=(?:DEV|TST\d)-MUC\d-\d{4})", "\n" + raw):
            match = re.match(r"\s*((?:DEV|TST\d)-MUC\d-\d{4})[^\n]*\n(.*)", part, re.DOTALL)
            if match:
                blocks = re.split(r"\n\s*\n", match[2])
                found[match[1]] = "\n\n".join(" ".join(b.split()) for b in blocks if b.strip())
    return found


def templates(folder: Path) -> dict[str, list[Template]]:
    """Message id -> its templates; an empty list for a message without an incident."""
    found: dict[str, list[Template]] = {}
    for path in sorted(folder.glob("key*")):
        for block in re.split(r"\n\s*\n", path.read_text("utf-8", errors="replace")):
            slots = _slots(block)
            if "0" not in slots:
                continue
            name = re.match(r"\S+", slots["0"][0])[0]
            rows = found.setdefault(name, [])
            if slots.get("1", ["*"])[0].startswith("*"):
                continue
            template = Template(
                type=slots.get("4", [""])[0],
                stage=slots.get("5", [""])[0],
                optional="OPTIONAL" in slots["1"][0],
                confidence=" ".join(slots.get("11", [])),
            )
            for number, role in SLOTS.items():
                for line in slots.get(number, []):
                    for entity in _entities(line):
                        template.fillers.setdefault(role, []).append(entity)
            rows.append(template)
    return found


def _slots(block: str) -> dict[str, list[str]]:
    slots: dict[str, list[str]] = {}
    number = None
    for line in block.splitlines():
        if line.startswith(";"):
            continue
        match = re.match(r"(\d+)\.\s+[^:]*:\s*(?:[A-Z ]+?)\s{2,}(.*)", line)
        if match:
            number = match[1]
            slots[number] = [match[2].strip()]
        elif number and line.startswith(" ") and line.strip():
            slots[number].append(line.strip())
    return slots


def _entities(line: str) -> list[set[str]]:
    """The entity of one line of a key: its alternatives in quotation marks, without the colon part."""
    names = quoted(line.split(': "', maxsplit=1)[0] if line.startswith('"') else line)
    return [names] if names else []


def quoted(line: str) -> set[str]:
    """The wordings in quotation marks; a mark within a wording is written with a backslash."""
    return {name.replace('\\"', '"') for name in re.findall(rf'"({QUOTED}+)"', line)}


def confidences(template: Template) -> list[tuple[set[str], set[str]]]:
    """Slot 11: for each perpetrating organisation the classes that are right and its wordings."""
    found = []
    names = rf'"{QUOTED}+"'
    for classes, wordings in re.findall(
        rf"([A-Z][A-Z /]*):\s*({names}(?:\s*/\s*{names})*)", template.confidence
    ):
        found.append(({name.strip() for name in classes.split("/")}, quoted(wordings)))
    return found


def load(*parts: str) -> list[Message]:
    """The messages of these parts, without those that our own development reports hold."""
    found = []
    held = {path.stem.split("__")[1] for path in (gold.ROOT / "dev").glob("muc-dev__*.json")}
    for part in parts:
        keys = templates(ROOT / part)
        for name, text in texts(ROOT / part).items():
            if name in keys and text and name not in held:
                found.append(_message(name, text, keys[name]))
    return found


def _message(name: str, text: str, rows: list[Template]) -> Message:
    words = split_words(text)
    tags = np.zeros((len(words), len(MUC_ROLES)), dtype=np.int64)
    for template in rows:
        for role, entities in template.fillers.items():
            k = MUC_ROLES.index(role)
            for entity in entities:
                for alternative in sorted(entity, key=len, reverse=True):
                    for first, last in gold.occurrences(words, alternative):
                        if not tags[first : last + 1, k].any():
                            tags[first + 1 : last + 1, k] = 2
                            tags[first, k] = 1
    return Message(name, words, rows, tags, bool(rows))


def losses(net, message: Message, x, device) -> dict[str, torch.Tensor]:
    import torch
    import torch.nn.functional as F

    tags = torch.from_numpy(message.tags).to(device)
    heads = net.heads
    logits = heads.muc(heads.dropout(x)).view(len(x), len(MUC_ROLES), 3)
    weights = torch.tensor([1.0, 4.0, 4.0], device=device)
    relevant = heads.muc_relevant(x.mean(0))
    return {
        "muc": 4 * F.cross_entropy(logits.flatten(0, 1), tags.flatten(), weights),
        "muc relevant": 0.3
        * F.binary_cross_entropy_with_logits(
            relevant, torch.tensor([float(message.relevant)], device=device)
        ),
    }


def entities(message: Message) -> dict[str, list[set[str]]]:
    """Role -> the message's entities, those of several templates that share a wording made one."""
    found: dict[str, list[set[str]]] = {}
    for template in message.templates:
        for role, rows in template.fillers.items():
            known = found.setdefault(role, [])
            for entity in rows:
                for other in known:
                    if other & entity:
                        other.update(entity)
                        break
                else:
                    known.append(set(entity))
    return found


def same(gold: str, system: str) -> bool:
    return plain(gold) == plain(system)


def plain(name: str) -> str:
    return " ".join(re.findall(r"[A-Z0-9]+", name.upper().removeprefix("THE ")))


def cluster(names: list[str]) -> list[str]:
    """One wording an entity: names that hold one another, share the head word or are an acronym of one
    another are one; the longest is given."""
    groups: list[list[str]] = []
    for name in sorted(set(names), key=len, reverse=True):
        words = plain(name).split()
        if not words:
            continue
        for group in groups:
            longest = plain(group[0]).split()
            held = " ".join(words) in " ".join(longest)
            acronym = len(words) == 1 and words[0] == "".join(
                w[0] for w in longest if w not in ("OF", "THE", "FOR", "AND")
            )
            if held or acronym or (words[-1] == longest[-1] and len(words) > 1):
                group.append(name)
                break
        else:
            groups.append([name])
    return [group[0] for group in groups]
