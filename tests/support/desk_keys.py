"""A reviewer of sixty claims, by the keyboard of a real browser: every key that is pressed is counted."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

LONGEST = 30
"""Seconds that a busy machine may take to answer a key."""


@dataclass
class Counted:
    """What was done: `by` counts the keys of each doing, `most` those of its longest turn."""

    accepted: int = 0
    corrected: int = 0
    words: int = 0
    by: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)

    @property
    def judged(self) -> int:
        return self.accepted + self.corrected

    @property
    def keys(self) -> int:
        return sum(self.by.values())


class Reviewer:
    """Presses keys only, and waits after each doing until the desk shows it, as a person would."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.counted = Counted()

    def judge(self, claims: int, wrong_every: int) -> Counted:
        """From any page: each `wrong_every`th of so many claims gets another actor, the rest are accepted."""
        self._press("go", "q")
        self._wait("return Boolean(document.querySelector('.card.on'))")
        while self.counted.judged < claims:
            self._judge_one(correct=self.counted.judged % wrong_every == wrong_every - 1)
            if self.counted.judged == claims:
                break
            if self._open() == 0:
                report = self._ask("return document.getElementById('room').dataset.report")
                self._press("go", "]")
                self._wait(
                    "const room = document.getElementById('room'); return Boolean(room"
                    " && room.dataset.report !== arguments[0] && document.querySelector('.card.on'))",
                    report,
                )
            elif self._ask("return Boolean(document.querySelector('.card.on').dataset.verdict)"):
                self._press("go", "n")
        return self.counted

    def _judge_one(self, *, correct: bool) -> None:
        claim = self._ask("return document.querySelector('.card.on').id")
        was_open = self._open()
        self.counted.words += self._ask(
            "return [...document.querySelectorAll('#text .on')].map((e) => e.textContent).join('')"
            ".split(/\\s+/).filter(Boolean).length"
        )
        if correct:
            self._press("correct", "c", "a", "1")
            self.counted.corrected += 1
        else:
            self._press("accept", "a")
            self.counted.accepted += 1
        verdict = "correct" if correct else "accept"
        self._wait(
            "return document.getElementById(arguments[0])?.dataset.verdict === arguments[1]"
            " && Number(document.getElementById('open-count').textContent) === arguments[2]",
            *(claim, verdict, was_open - 1),
        )

    def _press(self, doing: str, *keys: str) -> None:
        for key in keys:
            self.browser.switch_to.active_element.send_keys(key)
        self.counted.by[doing] += len(keys)
        self.counted.most[doing] = max(self.counted.most[doing], len(keys))

    def _open(self) -> int:
        return int(self._ask("return document.getElementById('open-count').textContent"))

    def _ask(self, script: str, *given: Any) -> Any:
        return self.browser.execute_script(script, *given)

    def _wait(self, script: str, *given: Any) -> None:
        end = time.monotonic() + LONGEST
        while not self._ask(script, *given):
            assert time.monotonic() < end, f"nothing came of it: {script}"
            time.sleep(0.02)
