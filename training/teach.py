#!/usr/bin/env python3
"""Writes what several models say together of reports that nobody coded: python training/teach.py MODEL...

Each MODEL is a folder as `export.py` writes it. One file a report goes to `corpora.taught.LESSONS`: the mean
of the models' chances of spans, triggers, what hangs on them, links and likenesses, for a network to learn.
Left out are the coded reports, `STEMMA_GOLD/dev` with every FA-KES report of the place and day of one of its
reports, and half of the Worldwide newswire, which stays for measuring.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from corpora import gold, texts
from corpora.taught import LESSONS
from stemma.extract.local.encoder import Encoder
from stemma.extract.local.heads import (
    Heads,
    SpanScores,
    between_means,
    running_sums,
    sentence_relation,
    softmax,
)
from stemma.extract.local.words import split_words
from stemma.model import hash_bytes

LONGEST, SHORTEST = 6000, 300  # characters of a report
MESSAGES = 200  # of MUC-4's: old, and in capitals
SPAN, LOWEST, MENTION, TRIGGER = 0.02, 0.03, 0.25, 0.2
"""Chances from which a span is looked at, kept, and one of those that links and likenesses are told of; and
that of a trigger."""


def reports() -> dict[str, str]:
    """The texts by id."""
    coded = {path.stem.replace("__", "/", 1) for path in gold.ROOT.glob("*/*__*.json")}
    for path in (Path(__file__).parent / "coded").glob("*.jsonl"):
        coded |= {json.loads(line)["report"] for line in path.read_text("utf-8").splitlines()}
    coded |= _same_stories()
    found = {}
    loaders = {
        "fakes": texts._fakes,
        "voa": texts._voa,
        "wikievents": texts._wikievents,
        "worldwide": texts._worldwide,
        "muc-dev": texts._muc,
    }
    for corpus, load in loaders.items():
        own = {f"{corpus}/{name}": text[:LONGEST] for name, text in load().items()}
        own = {name: text for name, text in own.items() if name not in coded and len(text) > SHORTEST}
        if corpus == "worldwide":
            own = {name: text for name, text in own.items() if int(hash_bytes(name.encode())[-1], 16) % 2}
        if corpus == "muc-dev":
            own = dict(random.Random(1).sample(sorted(own.items()), MESSAGES))
        found |= own
    return found


def _same_stories() -> set[str]:
    """The FA-KES reports of the place and day of a development report."""
    path = texts.BENCH / "reports" / "fa-kes.csv"
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        rows = [
            (f"fakes/{r['unit_id']}", r["location"].strip().lower(), r["date"]) for r in csv.DictReader(lines)
        ]
    dev = {path.stem.replace("__", "/", 1) for path in (gold.ROOT / "dev").glob("*__*.json")}
    held = {(place, day) for name, place, day in rows if name in dev}
    return {name for name, place, day in rows if (place, day) in held}


class Teachers:
    def __init__(self, folders: list[Path]) -> None:
        self.heads = [Heads(folder / "heads.npz", folder / "heads.json") for folder in folders]
        self.encoders = [Encoder(folder / "encoder.onnx", 1) for folder in folders]

    def each(self, ask, *seen):
        """What `ask` gets of each teacher and what it saw: the mean."""
        return np.mean([ask(*one) for one in zip(self.heads, *seen, strict=True)], 0)

    def lesson(self, text: str) -> dict[str, np.ndarray]:
        words = split_words(text)
        states = [encoder.states(words) for encoder in self.encoders]
        inside = self.each(lambda h, x: h.triggers(x)[0], states)
        first = self.each(lambda h, x: h.triggers(x)[1], states)
        places, kinds = self._spans(states)
        mean = kinds.mean(0)
        best = mean.max(-1, initial=0)
        told, triggers = best >= MENTION, _triggers(inside)
        found = {
            "text": np.array(text),
            "inside": inside,
            "first": first,
            "spans": places[best >= LOWEST],
            "kinds": mean[best >= LOWEST],
            "mentions": places[told],
            "triggers": np.array([row[:3] for row in triggers], dtype=np.int64).reshape(-1, 3),
            "scores": np.array([row[3] for row in triggers], dtype=np.float32),
        }
        spans = [SpanScores(*places[told].T, own[told]) for own in kinds]
        mentions = [h.mentions(x, own) for h, x, own in zip(self.heads, states, spans, strict=True)]
        if triggers:
            found |= self._claims(words, states, found["triggers"].T, spans[0], mentions)
        if told.any():
            names = [text[words.start[a] : words.end[b]] for a, b in places[told]]
            found["same"] = self.each(lambda h, m: h.same(m, names), mentions)
            found["source_kinds"] = self.each(lambda h, m: softmax(h.source_kinds(m)), mentions)
        return {k: v.astype(np.float16) if v.dtype.kind == "f" else v for k, v in found.items()}

    def _spans(self, states):
        """Every span that one teacher looks at (m, 2), and each teacher's chances of its kinds."""
        width = len(self.heads[0].labels["span_kinds"])
        each = [h.spans(x, SPAN, width) for h, x in zip(self.heads, states, strict=True)]
        maps = [dict(zip(zip(s.starts, s.ends, strict=True), s.kinds, strict=True)) for s in each]
        keys = sorted(set().union(*maps))
        none = np.zeros(width, np.float32)
        kinds = [[own.get(key, none) for key in keys] for own in maps]
        shape = (len(maps), len(keys), width)
        return np.array(keys, np.int64).reshape(-1, 2), np.array(kinds, np.float32).reshape(shape)

    def _claims(self, words, states, triggers, spans, mentions):
        starts, ends, types = triggers
        claims = [h.claims(x, starts, ends, types) for h, x in zip(self.heads, states, strict=True)]
        found = {"modes": self.each(lambda h, c: softmax(h.modes(c)), claims)}
        for k, name in enumerate(("status", "certainty", "negated")):
            found[name] = self.each(lambda h, c, k=k: h.facts(c)[k], claims)
        if len(spans):
            apart = spans.starts[None] - starts[:, None]
            near = sentence_relation(words, starts[:, None], spans.starts)

            def links(heads, x, own, of):
                sums = running_sums(heads.link_states(x))
                between = between_means(sums, starts, ends, spans.starts, spans.ends)
                return heads.links(own, of, between, apart, near)

            found["links"] = self.each(links, states, claims, mentions)
        return found


def _triggers(inside) -> list[tuple[int, int, int, float]]:
    """Runs of words in a trigger of one type: first and last word, type, best chance."""
    found = []
    for kind in np.flatnonzero(inside.max(0) >= TRIGGER):
        hits = np.flatnonzero(inside[:, kind] >= TRIGGER)
        for run in np.split(hits, np.flatnonzero(np.diff(hits) > 1) + 1):
            found.append((int(run[0]), int(run[-1]), int(kind), float(inside[run, kind].max())))
    return sorted(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path, nargs="+")
    teachers = Teachers(parser.parse_args().models)
    LESSONS.mkdir(parents=True, exist_ok=True)
    for old in LESSONS.glob("*.npz"):
        old.unlink()
    for count, (name, text) in enumerate(sorted(reports().items()), 1):
        np.savez_compressed(LESSONS / f"{count:04}.npz", name=np.array(name), **teachers.lesson(text))
        if count % 100 == 0:
            print(count, "reports", flush=True)


if __name__ == "__main__":
    main()
