#!/usr/bin/env python3
"""Events of ECB+ merged across reports: python bench/ecbplus.py [--json] [--states FILE] [--no-states]

Reads $STEMMA_BENCH/ecbplus (default ../shared/bench): topics 1-35, event mentions (ACTION and NEG_ACTION) in
the sentences that its authors checked. All topics lie in one heap: a document's topic is not told. The method
is that of merging, in small:

1. Reports are grouped by the likeness of their words (tf-idf, average links).
2. Within a group two mentions are compared: stem of the trigger, its letters, names and numbers of the
   sentence, words around, likeness of the reports, and the word states of the shipped encoder
   (`stemma.extract.local`). A logistic regression weighs them.
3. Average links join mentions; the threshold is the one that is best for CoNLL on the topics fitted on.

`odd>even` was fitted on odd topics and is measured on even ones, `even>odd` the other way round; `all` scores
both halves together, each by the model of the other. `same stem` joins equal stems within the groups of
reports, `same stem, one heap` within all. `--predicted` finds the mentions as well (words that mostly were
mentions on the topics fitted on). Figures are percent.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coreference import Clusters, Floats, average_links, scores
from ecbplus_read import Mention, Report, read
from word_stems import stem

_LIGHT = "say tell be have do make get go take come give put let see seem include"
COMMON = frozenset(map(stem, _LIGHT.split()))
"""Verbs that are in every report: equal ones tell little."""
GROUP_LEAST = (0.08, 0.12, 0.16, 0.2)
LINK_LEAST = tuple(round(0.1 + 0.05 * step, 2) for step in range(16))
ROUNDS, RATE, DECAY = 400, 0.5, 1e-4
LIKELY = 0.5
"""Share of a word's uses that were mentions from which it is taken for one."""


def tf_idf(bags: Sequence[Counter[str]]) -> Floats:
    """The bags as rows of length 1: (1 + log tf) * log(n / df)."""
    df = Counter(word for bag in bags for word in bag)
    column = {word: index for index, word in enumerate(sorted(df))}
    rows = np.zeros((len(bags), len(column)), dtype=np.float32)
    for index, bag in enumerate(bags):
        for word, number in bag.items():
            rows[index, column[word]] = (1 + np.log(number)) * np.log(len(bags) / df[word])
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float64)


def states_of(reports: Sequence[Report], cache: Path | None) -> dict[tuple[str, int], Floats]:
    """The encoder's states by document and token, over the checked sentences; kept in `cache` where given."""
    if cache and cache.exists():
        kept = np.load(cache, allow_pickle=False)
        keys = [(str(name), int(number)) for name, number in zip(kept["names"], kept["numbers"], strict=True)]
        return dict(zip(keys, kept["states"].astype(np.float64), strict=True))
    from stemma.extract import local
    from stemma.extract.local.encoder import Encoder
    from stemma.extract.local.words import split_words

    encoder = Encoder(Path(local.__file__).parent / "model" / "encoder.onnx", 2)
    found: dict[tuple[str, int], Floats] = {}
    for report in reports:
        text, spots = "", []
        for sentence in sorted(report.checked & set(report.sentences)):
            for number, word in report.sentences[sentence]:
                spots.append((number, len(text), len(text) + len(word)))
                text += word + " "
            text += "\n"
        words = split_words(text)
        states = encoder.states(words)
        for number, start, end in spots:
            held = words.words_in(start, end)
            if held:
                found[report.name, number] = states[held[0] : held[1] + 1].mean(axis=0).astype(np.float64)
    if cache:
        names, numbers = zip(*found, strict=True)
        values = np.array(list(found.values()), dtype=np.float16)
        np.savez_compressed(cache, names=np.array(names), numbers=np.array(numbers), states=values)
    return found


class Heap:
    """Documents in one heap: their groups, and the features of pairs of mentions within each group."""

    def __init__(self, reports: Sequence[Report], states: dict[tuple[str, int], Floats]) -> None:
        self.reports = list(reports)
        self.near = tf_idf([report.bag for report in reports])
        self.near = self.near @ self.near.T
        self.states = states
        self.mean = np.mean(list(states.values()), axis=0) if states else np.zeros(1)
        sentences = [
            Counter(stem(w) for _, w in report.sentences[number] if re.fullmatch(r"[\w'-]{2,}", w))
            for report in reports
            for number in sorted(report.checked & set(report.sentences))
        ]
        df = Counter(word for bag in sentences for word in bag)
        self.idf = {word: np.log(len(sentences) / number) for word, number in df.items()}

    def groups(self, least: float) -> list[list[int]]:
        """The documents that tell of one story, by number."""
        return average_links(self.near, least)

    def features(self, group: Sequence[int], mentions: Sequence[Mention]) -> Floats:
        """Features (n, n, f) of all pairs of the mentions, which are those of the documents of `group`."""
        n = len(mentions)
        where = {self.reports[index].name: index for index in group}
        held = [self.reports[where[m.document]] for m in mentions]
        heads = [m.stems[0] for m in mentions]
        equal = np.array([[a == b for b in heads] for a in heads], dtype=float)
        shared = _overlap([frozenset(m.stems) - COMMON or frozenset(m.stems) for m in mentions])
        start = np.array([[a[:4] == b[:4] for b in heads] for a in heads], dtype=float)
        letters = _overlap([_letters(m.stems) for m in mentions])
        around = _cosine(self._bags(mentions, held))
        names = [_names(m, r) for m, r in zip(mentions, held, strict=True)]
        both = _overlap(names)
        clash = np.array([[bool(a and b and not a & b) for b in names] for a in names], dtype=float)
        numbers = _overlap([_numbers(m, r) for m, r in zip(mentions, held, strict=True)])
        rows = [where[m.document] for m in mentions]
        near = self.near[np.ix_(rows, rows)]
        one = np.array([[a == b for b in rows] for a in rows], dtype=float)
        spots = [(m.document, m.sentence) for m in mentions]
        sentence = np.array([[a == b for b in spots] for a in spots], dtype=float)
        common = np.array([head in COMMON for head in heads], dtype=float)
        rare = np.array([min(self.idf.get(head, 8.0), 8.0) / 8 for head in heads])
        often = np.array([Counter(heads)[head] / n for head in heads])
        columns = [
            equal, shared, start, letters, around, both, clash, numbers, near, one, sentence,
            equal * common[:, None], equal * rare[:, None], equal * around, equal * both, equal * clash,
            equal * near, equal * one, around * (1 - equal), both * (1 - equal), equal * often[:, None],
        ]  # fmt: skip
        if self.states:
            for part in self._alike(mentions, held):
                columns += [part, part * equal, part * (1 - equal) * around, part**3]
        return np.stack(columns, axis=-1)

    def _bags(self, mentions: Sequence[Mention], held: Sequence[Report]) -> list[dict[str, float]]:
        bags = []
        for mention, report in zip(mentions, held, strict=True):
            words = {stem(w) for n, w in report.sentences[mention.sentence] if n not in mention.places}
            bags.append({word: self.idf[word] for word in words if word in self.idf})
        return bags

    def _alike(self, mentions: Sequence[Mention], held: Sequence[Report]) -> list[Floats]:
        """The cosines of the triggers' states and of their sentences' states."""
        blank = np.zeros_like(self.mean)
        own, whole = [], []
        for mention, report in zip(mentions, held, strict=True):
            spots = [(mention.document, n) for n in mention.places]
            found = [self.states[spot] for spot in spots if spot in self.states]
            own.append(np.mean(found, axis=0) - self.mean if found else blank)
            row = [
                self.states[mention.document, n]
                for n, _ in report.sentences[mention.sentence]
                if (mention.document, n) in self.states
            ]
            whole.append(np.mean(row, axis=0) - self.mean if row else blank)
        return [_cosines(np.array(own)), _cosines(np.array(whole))]


def _letters(stems: Sequence[str]) -> frozenset[str]:
    word = f"^{' '.join(stems)}$"
    return frozenset(word[i : i + 3] for i in range(len(word) - 2))


def _names(mention: Mention, report: Report) -> frozenset[str]:
    row = report.sentences[mention.sentence]
    return frozenset(w.casefold() for _, w in row[1:] if w[:1].isupper() and len(w) > 2)


def _numbers(mention: Mention, report: Report) -> frozenset[str]:
    return frozenset(w for _, w in report.sentences[mention.sentence] if w[:1].isdigit())


def _overlap(sets_: Sequence[frozenset[str]]) -> Floats:
    """Shared members by the smaller set (0 where either is empty)."""
    return np.array([[len(a & b) / max(1, min(len(a), len(b))) for b in sets_] for a in sets_], dtype=float)


def _cosine(bags: Sequence[dict[str, float]]) -> Floats:
    column = {word: index for index, word in enumerate(sorted({w for bag in bags for w in bag}))}
    rows = np.zeros((len(bags), max(1, len(column))))
    for index, bag in enumerate(bags):
        for word, weight in bag.items():
            rows[index, column[word]] = weight
    return _cosines(rows)


def _cosines(rows: Floats) -> Floats:
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows @ rows.T)


@dataclass(slots=True)
class Model:
    """Weights of the features with their scale, and the thresholds chosen with them."""

    weights: Floats
    centre: Floats
    scale: Floats
    group_least: float
    link_least: float

    def likeness(self, features: Floats) -> Floats:
        """The probability (n, n) that two mentions are one event, symmetric."""
        logits = ((features - self.centre) / self.scale) @ self.weights[1:] + self.weights[0]
        chance = 1 / (1 + np.exp(-logits))
        return np.asarray((chance + chance.T) / 2)


def fit(heap: Heap) -> Model:
    """The model of a heap of documents: weights by gradient, thresholds by CoNLL on the same documents."""
    best: tuple[float, Model] | None = None
    for least in GROUP_LEAST:
        groups = [_mentions(heap, group) for group in heap.groups(least)]
        tables = [heap.features(*pair) for pair in groups if len(pair[1]) > 1]
        held = [mentions for _, mentions in groups if len(mentions) > 1]
        x = np.concatenate([t[np.triu_indices(len(t), 1)] for t in tables])
        y = np.concatenate([_same(mentions) for mentions in held])
        centre, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
        weights = _descend((x - centre) / scale, y)
        model = Model(weights, centre, scale, least, 0.5)
        alike = [model.likeness(table) for table in tables]
        alone = [frozenset((m.id,)) for _, ms in groups if len(ms) == 1 for m in ms]
        gold = gold_of([m for _, ms in groups for m in ms])
        for cut in LINK_LEAST:
            found = alone + [
                frozenset(ms[i].id for i in links)
                for ms, a in zip(held, alike, strict=True)
                for links in average_links(a, cut)
            ]
            figure = scores(gold, found)["CoNLL"][2]
            if best is None or figure > best[0]:
                best = figure, Model(weights, centre, scale, least, cut)
    assert best is not None
    return best[1]


def _mentions(heap: Heap, group: Sequence[int]) -> tuple[Sequence[int], list[Mention]]:
    return group, [mention for index in group for mention in heap.reports[index].mentions]


def _same(mentions: Sequence[Mention]) -> Floats:
    chains = np.array([mention.chain for mention in mentions])
    rows, columns = np.triu_indices(len(mentions), 1)
    return np.asarray(chains[rows] == chains[columns], dtype=float)


def _descend(x: Floats, y: Floats) -> Floats:
    """Weights of a logistic regression (the first is the bias), by Adam over all pairs."""
    weights = np.zeros(x.shape[1] + 1)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, ROUNDS + 1):
        chance = 1 / (1 + np.exp(-(x @ weights[1:] + weights[0])))
        error = (chance - y) / len(y)
        slope = np.concatenate([[error.sum()], x.T @ error + DECAY * weights[1:]])
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights -= RATE / step**0.5 * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def cluster(heap: Heap, model: Model, side: int) -> Clusters:
    """The clusters of the mentions of a heap in documents of odd (`side` 0) or even topics (1)."""
    found: list[frozenset[Any]] = []
    for everything in heap.groups(model.group_least):
        group = [index for index in everything if heap.reports[index].topic % 2 != side]
        _, mentions = _mentions(heap, group)
        if len(mentions) < 2:
            found += [frozenset((mention.id,)) for mention in mentions]
            continue
        links = average_links(model.likeness(heap.features(group, mentions)), model.link_least)
        found += [frozenset(mentions[index].id for index in link) for link in links]
    return found


def same_stem(heap: Heap, groups: Sequence[Sequence[int]]) -> Clusters:
    """Mentions of equal stem within each group, joined."""
    table: dict[tuple[int, tuple[str, ...]], set[Any]] = defaultdict(set)
    for number, group in enumerate(groups):
        for mention in _mentions(heap, group)[1]:
            table[number, mention.stems[:1]].add(mention.id)
    return [frozenset(members) for members in table.values()]


def gold_of(mentions: Sequence[Mention]) -> Clusters:
    """The gold clusters of some mentions."""
    table: dict[str, set[Any]] = defaultdict(set)
    for mention in mentions:
        table[mention.chain].add(mention.id)
    return [frozenset(members) for members in table.values()]


def spotted(reports: Sequence[Report], learnt: Sequence[Report]) -> list[Report]:
    """The reports with mentions found: words whose stems mostly were mentions in the reports learnt from."""
    uses: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for report in learnt:
        inside = {place for mention in report.mentions for place in mention.places}
        for number in report.checked & set(report.sentences):
            for place, word in report.sentences[number]:
                uses[stem(word)] += 1
                marked[stem(word)] += place in inside
    found = []
    for report in reports:
        mentions = [
            Mention(report.name, number, (place,), (word,), "", (stem(word),))
            for number in sorted(report.checked & set(report.sentences))
            for place, word in report.sentences[number]
            if marked[stem(word)] > LIKELY * uses[stem(word)]
        ]
        copy = Report(report.name, report.topic, report.sentences, report.checked, mentions, report.bag)
        found.append(copy)
    return found


def percent(figures: dict[str, tuple[float, float, float]]) -> dict[str, Any]:
    """The figures as percent, CoNLL as one number."""
    rows: dict[str, Any] = {
        name: dict(zip(("p", "r", "f1"), (round(100 * value, 1) for value in row), strict=True))
        for name, row in figures.items()
    }
    rows["CoNLL"] = rows["CoNLL"]["f1"]
    return rows


def measure(
    reports: Sequence[Report], states: dict[tuple[str, int], Floats], predicted: bool
) -> dict[str, Any]:
    """All figures; see the head of this file."""
    halves = [[r for r in reports if r.topic % 2], [r for r in reports if not r.topic % 2]]
    heaps = [Heap(half, states) for half in halves]
    models = [fit(heap) for heap in heaps]
    gold = [gold_of([m for r in half for m in r.mentions]) for half in halves]
    # All documents lie in one heap; a group is merged by the model of the half that it is not of.
    whole = Heap(reports, states)
    found = [cluster(whole, models[1 - side], side) for side in (0, 1)]
    figures: dict[str, Any] = {
        "odd>even": scores(gold[1], found[1]),
        "even>odd": scores(gold[0], found[0]),
        "all": scores([*gold[0], *gold[1]], [*found[0], *found[1]]),
    }
    groups = whole.groups(models[0].group_least)
    every = [*gold[0], *gold[1]]
    figures["same stem"] = scores(every, same_stem(whole, groups))
    figures["same stem, one heap"] = scores(every, same_stem(whole, [range(len(reports))]))
    if predicted:
        guessed = Heap([r for side in (0, 1) for r in spotted(halves[side], halves[1 - side])], states)
        both = [c for side in (0, 1) for c in cluster(guessed, models[1 - side], side)]
        figures["predicted mentions"] = scores(every, both)
    shown = {name: percent(rows) for name, rows in figures.items()}
    thresholds = [[model.group_least, model.link_least] for model in models]
    return {**shown, "thresholds": thresholds}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_BENCH", "../shared/bench")))
    parser.add_argument("--states", type=Path, help="keep the encoder's states here between runs")
    parser.add_argument("--no-states", action="store_true", help="without the encoder")
    parser.add_argument("--predicted", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    reports = read(options.root / "ecbplus")
    states = {} if options.no_states else states_of(reports, options.states)
    figures = measure(reports, states, options.predicted)
    print(json.dumps(figures) if options.json else "\n".join(f"{k:20} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
