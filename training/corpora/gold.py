"""Reports coded in the form of the guidelines, as labels over words."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from labels import CERTAINTIES, LINKS, MAX_WIDTH, MODE_NAMES, SOURCE_KINDS, SPAN_KINDS, STATUSES, TYPES
from stemma.extract.local.words import Words, split_words

ROOT = Path(os.environ.get("STEMMA_GOLD", "../shared/gold"))
Span = tuple[int, int]


@dataclass
class LabelledClaim:
    trigger: Span
    type: int
    mode: int
    status: int
    certainty: int
    negated: bool
    links: dict[Span, set[int]] = field(default_factory=dict)
    ignored: set[Span] = field(default_factory=set)


@dataclass
class Labelled:
    name: str
    words: Words
    spans: dict[Span, set[int]]
    entity: dict[Span, set[str]]
    source_kinds: dict[Span, int]
    claims: list[LabelledClaim]
    told: list[tuple[int, int]]  # word ranges of sentences that carry a claim


def occurrences(words: Words, needle: str, low: int = 0, high: int | None = None) -> list[Span]:
    """Word spans at which `needle` stands on word boundaries within characters [low, high)."""
    found, text = [], words.text
    high = len(text) if high is None else high
    if not needle:
        return found
    at = text.find(needle, low)
    while at >= 0 and at + len(needle) <= high:
        end = at + len(needle)
        inside = (at > 0 and text[at - 1].isalnum() and needle[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and needle[-1].isalnum()
        )
        if not inside:
            hit = words.words_in(at, end)
            if hit and hit[1] - hit[0] < MAX_WIDTH:
                found.append(hit)
        at = text.find(needle, at + 1)
    return found


def nearest(spans: list[Span], to: Span) -> Span | None:
    """The nearest span, one before the trigger preferred over one equally far behind."""
    return min(spans, key=lambda s: abs(s[0] - to[0]) + (8 if s[0] > to[0] else 0), default=None)


def maximal(spans: list[Span]) -> list[Span]:
    return [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]


def label(gold: dict, text: str) -> Labelled:
    words = split_words(text)
    result = Labelled(gold["report"], words, {}, {}, {}, [], [])
    at: dict[str, list[Span]] = {}

    def mark(span: Span, kind: str) -> None:
        result.spans.setdefault(span, set()).add(SPAN_KINDS.index(kind))

    for entity in gold["entities"]:
        spans = sorted({s for name in entity["names"] for s in occurrences(words, name)})
        at[entity["id"]] = spans
        for span in spans:
            mark(span, entity["kind"])
            result.entity.setdefault(span, set()).add(entity["id"])
    for raw in gold["claims"]:
        claim = _claim(raw, words, at, mark, result)
        if claim:
            result.claims.append(claim)
    return result


def _claim(raw, words, at, mark, result) -> LabelledClaim | None:
    low = words.text.find(raw["evidence"])
    if low < 0:
        return None
    high = low + len(raw["evidence"])
    triggers = occurrences(words, raw["trigger"], low, high)
    if not triggers:
        start = words.text.find(raw["trigger"], low)
        hit = words.words_in(start, start + len(raw["trigger"]))
        if not hit:
            return None
        triggers = [hit]
    trigger = triggers[0]
    inside = words.words_in(low, high)
    result.told.append(inside)
    mode = f"{raw['type']}/{raw['mode']}"
    claim = LabelledClaim(
        trigger,
        TYPES.index(raw["type"]),
        MODE_NAMES.index(mode) if mode in MODE_NAMES else -1,
        STATUSES.index(raw["status"]),
        CERTAINTIES.index(raw["certainty"]),
        bool(raw["negated"]),
    )
    sentence = words.sentence[trigger[0]]

    def near(spans):
        """Where it is named: in the claim's evidence, else its sentence, else nearest to its trigger."""
        spans = maximal(spans)
        for chosen in (
            [s for s in spans if inside[0] <= s[0] and s[1] <= inside[1]],
            [s for s in spans if words.sentence[s[0]] == sentence],
        ):
            if chosen:
                return chosen
        one = nearest(spans, trigger)
        return [one] if one else []

    def link(spans, name, kind=None, of=None):
        for span in spans:
            claim.links.setdefault(span, set()).add(LINKS.index(name))
            if kind:
                mark(span, kind)
        claim.ignored.update(of or ())

    for role, ids in raw["roles"].items():
        for entity in ids:
            link(near(at.get(entity, [])), role, of=at.get(entity))
    for source in raw["sources"]:
        spans = near(occurrences(words, source["text"]))
        spans = [nearest(spans, trigger)] if spans else []
        link(spans, "source", "source", of=at.get(source["entity"], []))
        for span in spans:
            result.source_kinds[span] = SOURCE_KINDS.index(source["kind"])
    if raw.get("time"):
        link(near(occurrences(words, raw["time"]["text"]))[:1], "time", "time")
    if raw.get("place"):
        link(near(occurrences(words, raw["place"]["text"]))[:1], "place", "place")
    if raw.get("cue"):
        link(near(occurrences(words, raw["cue"]))[:1], "cue", "cue")
    for count in raw.get("counts", []):
        link(near(occurrences(words, count["text"]))[:1], f"count:{count['what']}", "count")
    return claim


def load(split: str, root: Path = ROOT) -> list[Labelled]:
    """The coded reports of `root/split` whose texts are in `root/split/text`, by name."""
    found = []
    for path in sorted((root / split).glob("*__*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (root / split / "text" / f"{gold['report']}.txt").read_text("utf-8")
        found.append(label(gold, text))
    return found
