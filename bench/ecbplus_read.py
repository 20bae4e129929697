"""ECB+ as it lies on disk: documents, checked sentences, event mentions with their chains."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from word_stems import stem


@dataclass(slots=True)
class Mention:
    """One event mention: its document, its sentence, its words' places in the document and its gold chain."""

    document: str
    sentence: int
    places: tuple[int, ...]
    words: tuple[str, ...]
    chain: str
    stems: tuple[str, ...] = ()

    @property
    def id(self) -> tuple[str, tuple[int, ...]]:
        """What makes it the same mention in gold and found."""
        return self.document, self.places


@dataclass(slots=True)
class Report:
    """One document: its tokens by sentence, and its mentions in the checked sentences."""

    name: str
    topic: int
    sentences: dict[int, list[tuple[int, str]]]
    checked: set[int]
    mentions: list[Mention] = field(default_factory=list)
    bag: Counter[str] = field(default_factory=Counter)


def read(root: Path) -> list[Report]:
    """All documents with their event mentions."""
    with (root / "sentences.csv").open(encoding="utf-8") as table:
        checked: dict[str, set[int]] = defaultdict(set)
        for row in csv.DictReader(table):
            checked[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    paths = sorted(root.glob("*/*.xml"), key=lambda path: (int(path.parent.name), path.name))
    return [_read(path, checked[path.stem]) for path in paths]


def _read(path: Path, checked: set[int]) -> Report:
    tree = ET.parse(path).getroot()
    tokens = {}
    sentences: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for token in tree.iter("token"):
        number, sentence = int(token.attrib["t_id"]), int(token.attrib["sentence"])
        tokens[number] = (sentence, token.text or "")
        sentences[sentence].append((number, token.text or ""))
    chains: dict[str, str] = {}
    for relation in tree.find("Relations") or []:
        for source in relation.findall("source"):
            note = relation.get("note") if relation.tag.startswith("CROSS") else None
            chains[source.attrib["m_id"]] = note or f"{path.stem}/{relation.attrib['r_id']}"
    report = Report(path.stem, int(path.parent.name), dict(sentences), checked)
    for mark in tree.find("Markables") or []:
        anchors = tuple(int(anchor.attrib["t_id"]) for anchor in mark.findall("token_anchor"))
        if not anchors or not mark.tag.startswith(("ACTION", "NEG_ACTION")):
            continue
        sentence = tokens[anchors[0]][0]
        if sentence in checked:
            words = tuple(tokens[anchor][1] for anchor in anchors)
            chain = chains.get(mark.attrib["m_id"], f"{path.stem}/{mark.attrib['m_id']}")
            report.mentions.append(Mention(path.stem, sentence, anchors, words, chain))
    for mention in report.mentions:
        mention.stems = tuple(dict.fromkeys(map(stem, mention.words)))
    report.bag = Counter(
        stem(word) for row in sentences.values() for _, word in row if re.fullmatch(r"[\w'-]{3,}", word)
    )
    return report
