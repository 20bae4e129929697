"""What the scorers of claims share: a coding of a text, places that touch, best one-to-one pairs."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from matching import assignment
from stemma.extract import ExtractOptions, extract_claims
from stemma.model import Claim, Coding, Document, Entity, Role, hash_bytes

Place = tuple[int, int]
T = TypeVar("T")
U = TypeVar("U")
ARTICLES = ("the ", "a ", "an ")


def code(name: str, text: str) -> Coding:
    """The coding of a text as the shipped engine gives it; offsets are the text's own."""
    document = Document(report=name, report_hash=hash_bytes(text.encode()), text=text)
    return extract_claims(document, ExtractOptions(threads=2))


def coded(corpus: str) -> set[str]:
    """The names of this corpus's documents that were coded by hand for training or choosing."""
    root = Path(os.environ.get("STEMMA_GOLD", "../shared/gold"))
    paths = [path for part in ("train", "dev") for path in (root / part).glob(f"{corpus}__*.json")]
    return {path.stem.split("__", 1)[1] for path in paths}


def touch(a: Place, b: Place) -> bool:
    """True where the two places share a character."""
    return a[0] < b[1] and b[0] < a[1]


def bare(text: str, place: Place) -> Place:
    """The place without a leading article: annotators and coders differ on it."""
    words = text[place[0] : place[1]].lower()
    for article in ARTICLES:
        if words.startswith(article):
            return place[0] + len(article), place[1]
    return place


def places_of(entity: Entity) -> list[Place]:
    return [(mention.span.start, mention.span.end) for mention in entity.mentions]


def role_places(claim: Claim, *roles: Role) -> list[Place]:
    return [(span.start, span.end) for role in roles for span in claim.role_spans.get(role, ())]


def pairs(wanted: Sequence[T], given: Sequence[U], right: Callable[[T, U], bool]) -> int:
    """The most one-to-one pairs of which `right` is true."""
    return int(assignment([[float(right(w, g)) for g in given] for w in wanted])) if given else 0


def macro_f1(wanted: Sequence[Hashable], given: Sequence[Hashable]) -> float:
    """The mean F1 over the classes of `wanted`; an answer outside them is only ever wrong."""
    right = Counter(w for w, g in zip(wanted, given, strict=True) if w == g)
    gold, system = Counter(wanted), Counter(given)
    scores = [2 * right[name] / (gold[name] + system[name]) for name in gold]
    return round(sum(scores) / len(scores), 3) if scores else 0.0


def accuracy(wanted: Iterable[Hashable], given: Iterable[Hashable]) -> float:
    hits = [w == g for w, g in zip(wanted, given, strict=True)]
    return round(sum(hits) / len(hits), 3) if hits else 0.0
