"""Arguments of the public events, with scores made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pytest

from bench_engine import ARGUMENT, BenchEngine, Found
from labels import EVENT_ROLES, EVENT_TYPES
from stemma.extract.local.words import Words, split_words

ATTACK, ATTACKER = EVENT_TYPES.index("Conflict.Attack"), EVENT_ROLES.index("Attacker")
ROLES = sum(not name.startswith("ACE.") for name in EVENT_ROLES)
TEXT = "Masked gunmen shot two guards near Sarn ."


@pytest.fixture
def engine() -> BenchEngine:
    """One whose state of a word is its logit of an attack, and nothing else."""

    def linear(name: str, x: np.ndarray) -> np.ndarray:
        logits = np.full((len(x), len(EVENT_TYPES)), -9.0)
        logits[:, ATTACK] = x[:, 0]
        return logits

    made = BenchEngine.__new__(BenchEngine)
    made.heads = SimpleNamespace(_linear=linear, labels={"event_types": EVENT_TYPES})
    return made


def answer(engine: BenchEngine, *chances: tuple[int, float]) -> None:
    def arguments(x: np.ndarray, words: Words, found: list[Found]) -> Iterator[np.ndarray]:
        for _ in found:
            rows = np.zeros((len(x), ROLES))
            for word, chance in chances:
                rows[word, ATTACKER] = chance
            yield rows

    engine.arguments = arguments


def states(*triggers: int) -> np.ndarray:
    x = np.full((8, 1), -9.0)
    x[list(triggers)] = 9.0
    return x


def test_of_neighbouring_words_the_likelier_is_the_head(engine: BenchEngine) -> None:
    answer(engine, (0, 0.5), (1, 0.9), (4, 0.6), (6, ARGUMENT - 0.01))
    (event,) = engine.events(states(2), split_words(TEXT))
    assert (event.trigger, event.type) == ((2, 2), ATTACK)
    assert event.arguments == [((1, 1), ATTACKER), ((4, 4), ATTACKER)]


def test_of_two_alike_the_first_is_the_head(engine: BenchEngine) -> None:
    answer(engine, (0, 0.7), (1, 0.7))
    (event,) = engine.events(states(2), split_words(TEXT))
    assert len(event.arguments) == 1


def test_neighbouring_trigger_words_are_one_event_and_no_trigger_is_none(engine: BenchEngine) -> None:
    answer(engine)
    assert [event.trigger for event in engine.events(states(2, 3, 6), split_words(TEXT))] == [(2, 3), (6, 6)]
    assert engine.events(states(), split_words(TEXT)) == []
