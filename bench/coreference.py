"""Measures of clusterings of mentions, and clustering by average links.

MUC (Vilain et al. 1995), B3 (Bagga and Baldwin 1998), CEAFe (Luo 2005, phi4), LEA (Moosavi and Strube 2016);
CoNLL is the mean F1 of the first three (Pradhan et al. 2012). Mentions are any hashable values; a mention
that only one side has counts against that side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Clusters = Sequence[frozenset[Hashable]]
Floats = NDArray[np.float64]
FAR = 1e9


def scores(gold: Clusters, found: Clusters) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each measure by name, `CoNLL` as F1 alone (three times)."""
    figures = {
        "MUC": _both(gold, found, _muc),
        "B3": _both(gold, found, _b_cubed),
        "CEAFe": _ceafe(gold, found),
        "LEA": _both(gold, found, _lea),
    }
    mean = sum(figures[name][2] for name in ("MUC", "B3", "CEAFe")) / 3
    return {**figures, "CoNLL": (mean, mean, mean)}


def _home(clusters: Clusters) -> dict[Hashable, int]:
    return {mention: index for index, cluster in enumerate(clusters) for mention in cluster}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _both(gold: Clusters, found: Clusters, recall_of: object) -> tuple[float, float, float]:
    assert callable(recall_of)
    recall, precision = recall_of(gold, found), recall_of(found, gold)
    return precision, recall, _f1(precision, recall)


def _muc(gold: Clusters, found: Clusters) -> float:
    home = _home(found)
    hit = total = 0
    for cluster in gold:
        parts = {home[mention] for mention in cluster if mention in home}
        missing = sum(mention not in home for mention in cluster)
        hit += len(cluster) - len(parts) - missing
        total += len(cluster) - 1
    return hit / total if total else 0.0


def _b_cubed(gold: Clusters, found: Clusters) -> float:
    home = _home(found)
    total = sum(len(cluster) for cluster in gold)
    hit = 0.0
    for cluster in gold:
        shared = Counter(home[mention] for mention in cluster if mention in home)
        hit += sum(number * number for number in shared.values()) / len(cluster)
    return hit / total if total else 0.0


def _lea(gold: Clusters, found: Clusters) -> float:
    home = _home(found)
    total = sum(len(cluster) for cluster in gold)
    hit = 0.0
    for cluster in gold:
        if len(cluster) == 1:
            # A mention alone is linked to itself: resolved where the other side has it alone as well.
            (mention,) = cluster
            hit += mention in home and len(found[home[mention]]) == 1
            continue
        shared = Counter(home[mention] for mention in cluster if mention in home)
        links = sum(number * (number - 1) / 2 for number in shared.values())
        hit += len(cluster) * links / (len(cluster) * (len(cluster) - 1) / 2)
    return hit / total if total else 0.0


def _ceafe(gold: Clusters, found: Clusters) -> tuple[float, float, float]:
    home = _home(found)
    linked: dict[int, Counter[int]] = defaultdict(Counter)
    for index, cluster in enumerate(gold):
        linked[index].update(home[mention] for mention in cluster if mention in home)
    best = 0.0
    for rows, columns in _components(linked):
        matrix = np.zeros((len(rows), len(columns)))
        for r, row in enumerate(rows):
            for c, column in enumerate(columns):
                shared = linked[row][column]
                matrix[r, c] = 2 * shared / (len(gold[row]) + len(found[column]))
        best += best_sum(matrix)
    recall, precision = best / len(gold) if gold else 0.0, best / len(found) if found else 0.0
    return precision, recall, _f1(precision, recall)


def _components(linked: dict[int, Counter[int]]) -> list[tuple[list[int], list[int]]]:
    """The rows and columns that hang together: each group is assigned by itself."""
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, columns in linked.items():
        for column in columns:
            rows_of[column].append(row)
    seen: set[int] = set()
    groups = []
    for start in linked:
        if start in seen:
            continue
        rows, columns_seen, todo = [], set(), [start]
        seen.add(start)
        while todo:
            row = todo.pop()
            rows.append(row)
            for column in linked[row]:
                if column not in columns_seen:
                    columns_seen.add(column)
                    fresh = [other for other in rows_of[column] if other not in seen]
                    seen.update(fresh)
                    todo += fresh
        groups.append((rows, sorted(columns_seen)))
    return groups


def best_sum(matrix: Floats) -> float:
    """The largest sum of entries with each row and column used once (Hungarian method, Kuhn 1955)."""
    cost = -matrix if matrix.shape[0] <= matrix.shape[1] else -matrix.T
    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    match, way = np.zeros(m + 1, dtype=int), np.zeros(m + 1, dtype=int)
    for row in range(1, n + 1):
        match[0], column = row, 0
        least = np.full(m + 1, FAR)
        used = np.zeros(m + 1, dtype=bool)
        while match[column]:
            used[column] = True
            reduced = cost[match[column] - 1] - u[match[column]] - v[1:]
            closer = ~used[1:] & (reduced < least[1:])
            least[1:][closer] = reduced[closer]
            way[1:][closer] = column
            after = int(np.argmin(np.where(used[1:], FAR * 2, least[1:]))) + 1
            step = least[after]
            u[match[used]] += step
            v[used] -= step
            least[~used] -= step
            column = after
        while column:
            match[column] = match[way[column]]
            column = int(way[column])
    return float(-sum(cost[match[c] - 1, c - 1] for c in range(1, m + 1) if match[c]))


def average_links(alike: Floats, least: float) -> list[list[int]]:
    """Groups joined, the most alike first, while the mean likeness between two groups is `least` or more."""
    number = len(alike)
    groups: list[list[int] | None] = [[index] for index in range(number)]
    links = alike.astype(float).copy()
    np.fill_diagonal(links, -FAR)
    sizes = np.ones(number)
    while number > 1:
        one, other = divmod(int(np.argmax(links)), len(alike))
        if links[one, other] < least:
            break
        total = sizes[one] + sizes[other]
        merged = (sizes[one] * links[one] + sizes[other] * links[other]) / total
        links[one], links[:, one] = merged, merged
        links[one, one] = -FAR
        links[other], links[:, other] = -FAR, -FAR
        sizes[one] = total
        first, second = groups[one], groups[other]
        assert first is not None
        assert second is not None
        groups[one], groups[other] = first + second, None
        number -= 1
    return [group for group in groups if group]
