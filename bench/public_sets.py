"""One scorer per public set, with the set's own metric; see public.py for the definitions."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

import numpy as np

from bench_engine import BenchEngine
from matching import assignment
from stemma.extract.local.heads import Floats
from stemma.extract.local.words import Words

Figures = dict[str, float]


def f1(right: int, given: int, wanted: int) -> dict[str, float]:
    p, r = right / given if given else 0.0, right / wanted if wanted else 0.0
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0}


def bio_spans(tags: Iterable[int]) -> list[tuple[int, int]]:
    """Word spans of one kind from 0 outside, 1 first, 2 inside; a stray inside begins a span."""
    found: list[tuple[int, int]] = []
    previous = 0
    for index, tag in enumerate(tags):
        if tag == 1 or (tag == 2 and previous == 0):
            found.append((index, index))
        elif tag == 2:
            found[-1] = (found[-1][0], index)
        previous = tag
    return found


OUTSIDE, FIRST, INSIDE, LAST, ONLY = range(5)
_OPEN = (FIRST, INSIDE)
ALLOWED = np.array(
    [[(now in (INSIDE, LAST)) == (before in _OPEN) for now in range(5)] for before in range(5)]
)
"""Tag after tag: within a span only its inside or its last word may follow, else neither."""


def tagged_spans(chances: Floats, words: Words, after: Floats) -> list[tuple[int, int]]:
    """Word spans of the likeliest sequence of tags (n, 5) that fits together (Viterbi, 1967), `after`
    (5, 5) being what a tag after another adds; punctuation at the edges is trimmed."""
    found: list[tuple[int, int]] = []
    first = 0
    for index, tag in enumerate(best_tags(chances, after)):
        if tag in (FIRST, ONLY):
            first = index
        if tag in (LAST, ONLY):
            found.append((first, index))

    def word(index: int) -> str:
        return words.text[words.start[index] : words.end[index]]

    trimmed = []
    for begin, end in found:
        first, last = begin, end
        while first < last and not any(c.isalnum() or c in '“"' for c in word(first)):
            first += 1
        while first < last and word(last) in {",", ";", ":", "—", "-"}:
            last -= 1
        trimmed.append((first, last))
    return trimmed


def best_tags(chances: Floats, after: Floats) -> list[int]:
    """The likeliest tags (n,) of chances (n, 5), a span begun being ended."""
    scores = np.log(np.maximum(chances, 1e-9)).astype(np.float64)
    refused = np.where(ALLOWED, after, -np.inf)
    best = np.where([tag in (INSIDE, LAST) for tag in range(5)], -np.inf, scores[0])
    back = np.zeros(scores.shape, dtype=np.int64)
    for index in range(1, len(scores)):
        paths = best[:, None] + refused
        back[index] = paths.argmax(0)
        best = paths.max(0) + scores[index]
    best[list(_OPEN)] = -np.inf
    tags = [int(best.argmax())]
    for index in range(len(scores) - 1, 0, -1):
        tags.append(int(back[index, tags[-1]]))
    return tags[::-1]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]) + 1)


def polnear(root: Path, split: str | None) -> Figures:
    from corpora import polnear as corpus

    engine, kinds = BenchEngine(), ("source", "cue", "content")
    counts: Counter[str] = Counter()
    corpus.ROOT = root / "polnear"
    for document in corpus.load(split or "dev"):
        x = engine.states(document.words)
        guess, after = engine.heads.seen(x, 0.5).attribution, engine.heads.attribution_after()
        spans = {}
        for k, kind in enumerate(kinds):
            gold, system = (
                bio_spans(document.tags[:, k].tolist()),
                tagged_spans(guess[:, k], document.words, after[k]),
            )
            spans[kind] = system
            counts[f"{kind} right"] += len(set(gold) & set(system))
            counts[f"{kind} given"] += len(system)
            counts[f"{kind} wanted"] += len(gold)
            covered = [{w for a, b in s for w in range(a, b + 1)} for s in (gold, system)]
            counts[f"{kind} words right"] += len(covered[0] & covered[1])
            counts[f"{kind} words given"] += len(covered[1])
            counts[f"{kind} words wanted"] += len(covered[0])
        gold_pairs = corpus.pairs(root / "polnear" / (split or "dev"), document)
        pairs = link_by_cue(spans)
        counts["pair given"] += len(pairs)
        counts["pair wanted"] += len(gold_pairs)
        counts["pair right"] += sum(
            any(overlap(s, gs) and overlap(c, gc) for gs, gc in gold_pairs) for s, c in pairs
        )
    result: Figures = {}
    for kind in kinds:
        result[f"{kind} strict"] = f1(
            counts[f"{kind} right"], counts[f"{kind} given"], counts[f"{kind} wanted"]
        )["f1"]
        result[f"{kind} words"] = f1(
            counts[f"{kind} words right"], counts[f"{kind} words given"], counts[f"{kind} words wanted"]
        )["f1"]
    result["source-content pairs"] = f1(counts["pair right"], counts["pair given"], counts["pair wanted"])[
        "f1"
    ]
    return result


def link_by_cue(spans: dict[str, list[tuple[int, int]]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Source-content pairs: each cue takes its nearest source and its nearest content."""

    def nearest(cue: tuple[int, int], among: list[tuple[int, int]]) -> tuple[int, int] | None:
        near = [(min(abs(cue[0] - b), abs(a - cue[1])), (a, b)) for a, b in among]
        return min(near)[1] if near and min(near)[0] < 25 else None

    pairs = []
    for cue in spans["cue"]:
        source, content = nearest(cue, spans["source"]), nearest(cue, spans["content"])
        if source and content:
            pairs.append((source, content))
    return pairs


def muc4(root: Path, split: str | None) -> Figures:
    from corpora import muc4 as corpus

    corpus.ROOT = root / "muc4"
    engine = BenchEngine()
    parts = split.split(",") if split else ["tst1", "tst2"]
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for message in corpus.load(*parts):
        x = engine.states(message.words)
        system = engine.muc(x, message.words)
        gold = corpus.entities(message)
        for role in corpus.MUC_ROLES:
            wanted, given = gold.get(role, []), system.get(role, [])
            matrix = [
                [float(any(corpus.same(g, name) for g in entity)) for name in given] for entity in wanted
            ]
            for tally in (totals[role], totals["all"]):
                tally["right"] += int(assignment(matrix))
                tally["given"] += len(given)
                tally["wanted"] += len(wanted)
    result: Figures = {}
    for role, tally in totals.items():
        figures = f1(tally["right"], tally["given"], tally["wanted"])
        result[f"{role} f1"] = figures["f1"]
        if role == "all":
            result |= {"all p": figures["p"], "all r": figures["r"]}
    return result


def wikievents(root: Path, split: str | None) -> Figures:
    from corpora import events as corpus

    corpus.ROOT = root
    engine = BenchEngine()
    counts: Counter[str] = Counter()
    for story in corpus.wikievents(split or "dev"):
        x = engine.states(story.words)
        found = engine.events(x, story.words)
        gold = {(e.trigger, e.type): e for e in story.events}
        system = {(e.trigger, e.type): e for e in found}
        counts["trigger right"] += len(set(gold) & set(system))
        counts["trigger given"] += len(system)
        counts["trigger wanted"] += len(gold)
        for key, event in system.items():
            counts["argument given"] += len(event.arguments)
            if key in gold:
                wanted = {(corpus.head(story.words, span), role) for span, role in gold[key].arguments}
                given = {(corpus.head(story.words, span), role) for span, role in event.arguments}
                counts["argument right"] += len(wanted & given)
        counts["argument wanted"] += sum(len(e.arguments) for e in story.events)
    return {
        "trigger f1": f1(counts["trigger right"], counts["trigger given"], counts["trigger wanted"])["f1"],
        "argument head f1": f1(counts["argument right"], counts["argument given"], counts["argument wanted"])[
            "f1"
        ],
    }


def uw(root: Path, split: str | None) -> Figures:
    from corpora import factuality as corpus

    corpus.ROOT = root / "factuality" / "uw"
    engine = BenchEngine()
    given, wanted = [], []
    for rated in corpus.load(split or "dev"):
        if rated.spans:
            x = engine.states(rated.words)
            given.extend(np.clip(engine.rate(x, rated.spans), -3, 3).tolist())
            wanted.extend(rated.values)
    a, b = np.array(given), np.array(wanted)
    negative = f1(int(((a < 0) & (b < 0)).sum()), int((a < 0).sum()), int((b < 0).sum()))
    return {
        "mae": round(float(np.abs(a - b).mean()), 3),
        "r": round(float(np.corrcoef(a, b)[0, 1]), 3),
        "not happened f1": negative["f1"],
        "mae of always 3": round(float(np.abs(3 - b).mean()), 3),
    }


Scorer = Callable[[Path, str | None], Figures]


def of(module: str) -> Scorer:
    """The scorer of a file of its own, imported when it runs: those files import this one's arithmetic."""
    return lambda root, split: import_module(module).score(root, split)


SCORERS: dict[str, Scorer] = {
    "polnear": polnear,
    "muc4": muc4,
    "muc4-templates": of("sets_muc4"),
    "wikievents": wikievents,
    "uw": uw,
    "re3d": of("sets_re3d"),
    "worldwide": of("sets_worldwide"),
    "plover": of("sets_plover"),
    "rams": of("sets_rams"),
}


def dump(results: dict[str, Figures]) -> str:
    return json.dumps(results, indent=1)
