"""A stand-in for a span model: labels in, scored spans out, as GLiNER-style models give them.

A real one is loaded here instead, and the rest of the package stays: `predict(text, labels)` gives a list of
`{"start", "end", "text", "label", "score"}`, offsets in characters.
"""

from __future__ import annotations

import re
from typing import TypedDict


class Span(TypedDict):
    """One span that bears one label."""

    start: int
    end: int
    text: str
    label: str
    score: float


PATTERNS = {
    "attack": r"\b(?:shelled|ambushed|bombed|attacked|raided)\b",
    "armed group": r"\b(?:the )?(?:[A-Z]\w+ )+(?:Front|Brigade|Army|Ram)\b|\bthe [Ff]ront\b",
    "place": r"(?<=\b(?:in|at|on) )[A-Z]\w+(?: (?:Pass|Mill))?",
}
"""The model's weights, so to speak."""


class TinyModel:
    """Finds spans by pattern. Deterministic, small, and wrong about most things."""

    def predict(self, text: str, labels: list[str], threshold: float = 0.5) -> list[Span]:
        """The spans of `text` that bear one of `labels`, in text order."""
        found = [
            Span(start=hit.start(), end=hit.end(), text=hit[0], label=label, score=0.8)
            for label in labels
            for hit in re.finditer(PATTERNS[label], text)
        ]
        return sorted((span for span in found if span["score"] >= threshold), key=lambda span: span["start"])
