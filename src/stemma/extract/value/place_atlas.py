"""Which of its meanings each place name of a document has: all names of the document weighed together.

A meaning's score is its own weight (population, level, the words' kind of place), what the words beside it
say of its larger unit, and the support of the document's other names: near ones, and those of its unit and
country. Names support each other by how sure they are, in a few rounds. One name has one meaning in a
document, but where the words beside it say otherwise.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stemma.extract.value.place_candidates import EARTH_KM, Candidate, candidates_of, says_county, state_of
from stemma.lexicon.places_fold import fold_place

ROUNDS: Final = 4
NEAR_KM: Final = 80.0
"""Over this distance the support of a place nearby falls to a third."""
GREAT: Final = 400_000
"""People of a town that is meant rather than the unit of its name: New York, Washington."""
MOST_NAMES: Final = 120
"""Names of one document that are weighed together, the first ones: a bound on time and memory."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Tuned on half 1 of LGL, GeoVirus and GeoWebNews (`bench/geo.py`): changes of one or two at a time."""

    country: float = 9.0
    wide: float = 6.5
    unit1: float = 3.15
    unit1_people: float = 0.66
    unit2: float = 1.5
    unit2_said: float = 6.0
    feature: float = 2.7
    people: float = 0.5
    capital: float = 2.5
    population: float = 1.1
    cut: float = 0.36
    alias: float = 0.77
    shadow: float = 1.2
    lone: float = 0.7
    land: float = 4.0
    beside: float = 6.0
    near: float = 3.02
    same_unit: float = 1.12
    unit_of: float = 1.44
    same_country: float = 0.32
    country_of: float = 1.2
    support: float = 1.6
    cool: float = 1.0
    least: float = 4.68


WEIGHTS: Final = Weights()


@dataclass(frozen=True, slots=True)
class Meaning:
    """A meaning with its score, and its reason in words."""

    candidate: Candidate
    score: float
    reason: str


class Atlas:
    """The place names of one document, each with its meanings, the likeliest first."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]], weights: Weights = WEIGHTS) -> None:
        self._text, self._weights = text, weights
        self._spans = list(spans)[:MOST_NAMES]
        names: dict[str, list[int]] = {}
        for number, (start, end) in enumerate(self._spans):
            words = text[start:end]
            if candidates_of(words):
                names.setdefault(words if len(words) < 4 else fold_place(words), []).append(number)
        self._names = names
        self._found = self._weigh() if names else {}

    def meanings(self, start: int, end: int) -> tuple[Meaning, ...]:
        """The meanings of the name at these offsets, the likeliest first; empty where none is likely."""
        return self._found.get((start, end), ())

    def _weigh(self) -> dict[tuple[int, int], tuple[Meaning, ...]]:
        groups = list(self._names.values())
        options: list[tuple[Candidate, ...]] = []
        owner: list[int] = []
        beside: list[Floats] = []
        for k, numbers in enumerate(groups):
            said = candidates_of(self._text[slice(*self._spans[numbers[0]])])
            options.append(said)
            owner += [k] * len(said)
            beside.append(np.array([[self._beside(n, c) for c in said] for n in numbers]))
        flat = [candidate for said in options for candidate in said]
        own = np.array(owner)
        lone = {k for k, said in enumerate(options) if len(said) == 1}
        lands = {k for k, said in enumerate(options) if any(c.level in ("country", "wide") for c in said)}
        large = {
            (k, c.country)
            for k, c in zip(owner, flat, strict=True)
            if c.level == "town" and c.population >= GREAT
        }
        prior = np.array(
            [
                self._prior(self._text[slice(*self._spans[groups[k][0]])], c, (k, c.country) in large)
                + (self._weights.lone if k in lone else 0.0)
                - (self._weights.land if k in lands and c.level in ("town", "unit2") else 0.0)
                for k, c in zip(owner, flat, strict=True)
            ]
        )
        cue = np.concatenate([rows.max(axis=0) for rows in beside]) * self._weights.beside
        pull = _kinship(flat, self._weights)
        counts = np.array([min(3.0, 1 + 0.5 * math.log(len(groups[k]))) for k in owner])
        pull *= counts[None, :]
        pull[own[:, None] == own[None, :]] = 0.0
        score = prior + cue
        for _ in range(ROUNDS):
            share = _shares(score / self._weights.cool, own, len(groups))
            support = _best_of_each(pull * share[None, :], own, len(groups))
            score = prior + cue + self._weights.support * np.log1p(support) * 2
        return self._ranked(groups=groups, options=options, own=own, prior=prior, score=score, beside=beside)

    def _ranked(
        self,
        *,
        groups: list[list[int]],
        options: list[tuple[Candidate, ...]],
        own: NDArray[np.int64],
        prior: Floats,
        score: Floats,
        beside: list[Floats],
    ) -> dict[tuple[int, int], tuple[Meaning, ...]]:
        """The meanings of each span by their scores; what stands beside one span counts for it first."""
        found: dict[tuple[int, int], tuple[Meaning, ...]] = {}
        for k, numbers in enumerate(groups):
            rows = np.flatnonzero(own == k)
            shared = score[rows] - beside[k].max(axis=0) * self._weights.beside
            for at, number in enumerate(numbers):
                extra = beside[k][at] * self._weights.beside
                if not extra.any():
                    extra = beside[k].max(axis=0) * self._weights.beside
                final = shared + extra
                order = np.argsort(-final, kind="stable")
                ranked = [
                    Meaning(
                        options[k][i],
                        float(final[i]),
                        self._reason(float(final[i] - prior[rows[i]]), float(extra[i])),
                    )
                    for i in order
                    if final[i] >= self._weights.least
                ]
                found[self._spans[number]] = tuple(ranked)
        return found

    @staticmethod
    def _reason(support: float, beside: float) -> str:
        if beside > 0:
            return "the words beside it name its larger unit"
        return (
            "other places of the report lie near it" if support > 3 else "the best known place of this name"
        )

    def _prior(self, words: str, candidate: Candidate, shadowed: bool) -> float:
        w = self._weights
        loose = -w.cut * candidate.cut
        if candidate.level == "country":
            return w.country + loose - (w.people if candidate.is_people else 0.0)
        if candidate.level == "wide":
            return w.wide + loose
        if candidate.level == "feature":
            return w.feature + loose
        people = w.population * math.log10(candidate.population + 30)
        if candidate.level == "unit1":
            return w.unit1 + people * w.unit1_people + loose - (w.shadow if shadowed else 0.0)
        if candidate.level == "unit2":
            return (w.unit2_said if says_county(words) else w.unit2) + people * 0.3 + loose
        alias = w.alias if fold_place(words) != fold_place(candidate.name) else 0.0
        return people + loose - alias + (w.capital if candidate.is_capital else 0.0)

    def _beside(self, number: int, candidate: Candidate) -> float:
        """1 where the words right after (or a state's name before) name a unit that holds the candidate."""
        end = self._spans[number][1]
        return max((_holds(c, candidate) for c in _wider(self._text[end : end + 60])), default=0.0)


@lru_cache(maxsize=5_000)
def _wider(after: str) -> tuple[Candidate, ...]:
    """The countries and units that the words after a name may name as its larger unit."""
    gap = re.match(r"\s*,\s*|\s*\(\s*|\s+in\s+(?:the\s+)?|\s+(?=[A-Z]{2}\b)|\s*['’]s\s+", after)
    if not gap:
        return ()
    rest = after[gap.end() :]
    words = re.match(r"(?:[A-Z][\w’'-]*\.?(?:[A-Z]\.)*)(?:\s(?:of\s|and\s)?[A-Z][\w’'-]*\.?){0,3}", rest)
    if not words:
        return ()
    parts = words[0].split(" ")
    for size in range(len(parts), 0, -1):
        said = " ".join(parts[:size])
        if len(said) == 2 and not (said.isupper() and state_of(said)):
            continue
        wide = tuple(
            c for c in candidates_of(said) if c.level in ("country", "unit1", "unit2") and not c.is_people
        )
        if wide:
            return wide
    return ()


def _holds(wider: Candidate, inner: Candidate) -> float:
    if wider.country != inner.country or wider is inner:
        return 0.0
    if wider.level == "country":
        return 0.7 if inner.level != "country" else 0.0
    if wider.level == "unit1":
        return 1.0 if inner.unit1 == wider.unit1 and inner.level != "unit1" else 0.0
    return 1.0 if inner.unit2 == wider.unit2 and inner.level == "town" else 0.0


def _shares(score: Floats, own: NDArray[np.int64], size: int) -> Floats:
    """The probability of each meaning among those of its name."""
    top = np.full(size, -np.inf)
    np.maximum.at(top, own, score)
    power = np.exp(score - top[own])
    total = np.zeros(size)
    np.add.at(total, own, power)
    result: Floats = power / total[own]
    return result


def _best_of_each(pull: Floats, own: NDArray[np.int64], size: int) -> Floats:
    """The support of each meaning: of each other name its summed one."""
    starts = np.searchsorted(own, np.arange(size))
    summed: Floats = np.add.reduceat(pull, starts, axis=1).sum(axis=1)
    return summed


def _kinship(flat: list[Candidate], w: Weights) -> Floats:
    """How much the column's meaning supports the row's."""
    lat = np.radians([c.latitude for c in flat])
    lon = np.radians([c.longitude for c in flat])
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    km = EARTH_KM * np.arccos(np.clip(unit @ unit.T, -1, 1))
    point = np.array([c.level in ("town", "feature", "unit2") for c in flat])
    both = point[:, None] & point[None, :]
    pull = np.where(both, w.near * np.exp(-km / NEAR_KM), 0.0)
    names = {code: k for k, code in enumerate(sorted({c.country for c in flat if c.country}))}
    land = np.array([names.get(c.country, -1 - k) for k, c in enumerate(flat)])
    same = land[:, None] == land[None, :]
    is_country = np.array([c.level == "country" for c in flat])
    pull = np.maximum(pull, np.where(same, w.same_country, 0.0))
    pull = np.maximum(pull, np.where(same & is_country[None, :], w.country_of, 0.0))
    first = np.array([c.unit1 if c.unit1 else -1 - k for k, c in enumerate(flat)])
    shared = first[:, None] == first[None, :]
    is_unit = np.array([c.level == "unit1" for c in flat])
    pull = np.maximum(pull, np.where(shared & both, w.same_unit, 0.0))
    result: Floats = np.maximum(
        pull, np.where(shared & (is_unit[None, :] | is_unit[:, None]), w.unit_of, 0.0)
    )
    return result
