"""The texts of coded reports, rebuilt from the public sets that hold them; none is kept in the project.

Ids: `fakes/<unit_id>`, `voa/<document>`, `muc-dev/<message>`, `wikievents/<document>`,
`worldwide/<file>`, and `own/<name>` for reports of our own. The last two public sets hold words only: a
report's text is their words joined as `joined` says, so that the offsets of a coding stay right.
"""

from __future__ import annotations

import csv
import json
import os
import re
from functools import cache
from pathlib import Path

BENCH = Path(os.environ.get("STEMMA_BENCH", "../shared/bench"))
OWN = Path(__file__).parent.parent / "reports"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@cache
def _fakes() -> dict[str, str]:
    with (BENCH / "reports" / "fa-kes.csv").open(encoding="utf-8", errors="replace", newline="") as rows:
        texts: dict[str, str] = {}
        for row in csv.DictReader(rows):
            # One id stands twice in the set, with two texts: the first was coded.
            text = _lines(f"{row['article_title'].strip()}\n\n{row['article_content'].strip()}")
            texts.setdefault(row["unit_id"], text)
        return texts


@cache
def _voa() -> dict[str, str]:
    reports: dict[str, dict[int, str]] = {}
    for name in ("text_only_event", "text_multimedia_event"):
        for line in (BENCH / "m2e2" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            report, number = row["sentence_id"].rsplit("_", 1)
            reports.setdefault(report, {})[int(number)] = row["sentence"]
    return {report: " ".join(rows[k] for k in sorted(rows)) for report, rows in reports.items()}


@cache
def _muc() -> dict[str, str]:
    from corpora.muc4 import texts

    return texts(BENCH / "muc4" / "dev")


BEFORE = set(".,;:!?)]}%…’”'") | {"'s", "’s", "n't", "'re", "'ve", "'ll", "'d", "'m"}
AFTER = set("([{$£€“‘#")
CONTRACTED = re.compile(r"([’']) (s|S|t|re|ve|ll|d|m)\b")
LONGEST = 3600
"""Characters of a newswire article that are read: whole paragraphs up to here."""


def joined(words: list[str]) -> str:
    """Words as a readable line: no space before a closing mark nor after an opening one."""
    text, quoted, tight = "", False, True
    for word in words:
        if word == '"':
            closing, quoted = quoted, not quoted
            text += word if closing or tight else " " + word
            tight = not closing
            continue
        text += word if tight or word in BEFORE or word in "-/" else " " + word
        tight = word in AFTER or word in "-/"
    return CONTRACTED.sub(r"\1\2", text)


@cache
def _wikievents() -> dict[str, str]:
    lines = (BENCH / "wikievents" / "train.jsonl").read_text("utf-8").splitlines()
    return {row["docid"]: joined(row["tokens"]) for row in map(json.loads, lines)}


@cache
def _worldwide() -> dict[str, str]:
    found = {}
    for path in sorted((BENCH / "worldwide_ner").glob("*.tsv")):
        sentences: list[list[str]] = [[]]
        for line in path.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("http"):
                continue
            if line.strip():
                sentences[-1].append(line.split("\t")[0])
            elif sentences[-1]:
                sentences.append([])
        text = "\n\n".join(joined(sentence) for sentence in sentences if sentence)
        found[path.name[:-8]] = text if len(text) < LONGEST else text[: text.rindex("\n\n", 0, LONGEST)]
    return found


def text_of(report: str) -> str:
    """The text of a coded report; raises `KeyError` where its set is absent or lacks it."""
    corpus, _, name = report.partition("/")
    if corpus == "own":
        path = OWN / f"{name}.txt"
        if not path.exists():
            raise KeyError(report)
        return path.read_text("utf-8")
    if not BENCH.exists():
        raise KeyError(f"{report}: no public data at {BENCH}; set STEMMA_BENCH")
    loaders = {
        "fakes": _fakes,
        "voa": _voa,
        "muc-dev": _muc,
        "wikievents": _wikievents,
        "worldwide": _worldwide,
    }
    return loaders[corpus]()[name]
