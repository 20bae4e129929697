"""RAMS: arguments over five sentences. Indicative only, and not to be set beside published figures.

The set gives the trigger and asks for the arguments of its 139 types in 65 roles; our engine finds its own
triggers and knows its own types and roles. So an event counts as found where a claim's trigger touches
the gold one (the best-scored claim), and an argument as right where the head word (the last before a
preposition, a comma or a relative word) of one of the claim's roles, or of its place, is that of a gold
argument, whatever the role is called. `end to end` counts the arguments of events not found as missed.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from public_sets import Figures, f1
from sets_shared import Place, code, role_places, touch
from stemma.extract.local.words import split_words
from stemma.model import Coding, Role


def arguments_of(coding: Coding, trigger: Place) -> list[Place] | None:
    """The places of the parties and of the place of the best claim of this trigger; null without one."""
    claims = [c for c in coding.claims if c.trigger_span]
    claims = [c for c in claims if touch((c.trigger_span.start, c.trigger_span.end), trigger)]
    if not claims:
        return None
    best = max(claims, key=lambda claim: (claim.score or 0.0, claim.id))
    places = role_places(best, *Role)
    if best.place and best.place.span:
        places.append((best.place.span.start, best.place.span.end))
    return places


def heads_of(text: str, places: list[Place]) -> set[int]:
    """The head word of each place, as the number of the word."""
    from corpora.events import head

    words = split_words(text)
    hits = [words.words_in(*place) for place in places]
    return {head(words, hit) for hit in hits if hit}


def score(root: Path, split: str | None) -> Figures:
    from corpora import rams as corpus

    corpus.ROOT = root / "rams"
    counts: Counter[str] = Counter()
    # Two thirds of the development part train the model; the third that does not is measured.
    for excerpt in corpus.load(split):
        if split is None and not corpus.held_out(excerpt.name):
            continue
        coding = code(f"rams/{excerpt.name}", excerpt.text)
        wanted = heads_of(excerpt.text, [place for place, _ in excerpt.arguments])
        places = arguments_of(coding, excerpt.trigger)
        counts["events"] += 1
        counts["wanted"] += len(wanted)
        if places is not None:
            given = heads_of(excerpt.text, places)
            counts["found"] += 1
            counts["wanted of found"] += len(wanted)
            counts["given"] += len(given)
            counts["right"] += len(wanted & given)
    return {
        "triggers found": round(counts["found"] / max(1, counts["events"]), 3),
        "argument head f1 of found": f1(counts["right"], counts["given"], counts["wanted of found"])["f1"],
        "argument head f1 end to end": f1(counts["right"], counts["given"], counts["wanted"])["f1"],
    }
