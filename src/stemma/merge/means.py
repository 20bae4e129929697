"""By what means and on what: signs that tell two attacks of one day in one town apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from stemma.lexicon.places_fold import fold_place
from stemma.model import Claim

MEANS: Final = {
    "airstrike": "air",
    "shelling": "fire",
    "rocket": "fire",
    "ambush": "ground",
    "clash": "ground",
    "shooting": "ground",
    "raid": "ground",
    "bombing": "blast",
    "suicide-bombing": "blast",
    "chemical": "chemical",
    "assassination": "killing",
    "execution": "killing",
    "torture": "torture",
    "siege": "siege",
    "restrict": "closure",
    "arrest": "arrest",
    "kidnap": "kidnap",
}
"""The means of each mode; modes that say none (`attack-other`, `destroy`, `seize`) fit all but what lasts."""
MIXED: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("ground", "blast"),  # a base is stormed behind a car bomb
        ("chemical", "air"),
        ("chemical", "fire"),
        ("ground", "killing"),
        ("blast", "killing"),
    )
)
"""Means that one happening may have together."""
RARE: Final = frozenset(("chemical", "blast", "killing"))
"""Means that two reports of one week seldom tell of two happenings."""
LASTING: Final = frozenset(("siege", "closure"))

_TARGETS: Final = (
    "market bazaar souk|convoy trucks lorries|bus buses|hospital clinic|school university|mosque|hotel"
    "|church cathedral|embassy consulate|bridge|checkpoint roadblock|airport airfield airbase|factory plant"
    "|prison jail|camp|barracks outpost|base|refinery gasfield|restaurant cafe|stadium|courthouse court|train"
    "|station|shrine|cemetery|bakery|wedding funeral|museum|substation|port harbour|village"
)
TARGETS: Final = {word: row.split()[0] for row in _TARGETS.split("|") for word in row.split()}
"""Words for what is hit, each with the word that stands for it."""
VAGUE_TARGETS: Final = frozenset(("village", "station", "base", "port"))

_QUARTERS: Final = frozenset(
    "neighborhood neighborhoods neighbourhood neighbourhoods district districts quarter quarters street"
    " suburb suburbs road area".split()
)


def means_of(claim: Claim) -> str | None:
    """The means of a claim; None where its mode tells none."""
    return MEANS.get(claim.mode or "")


def is_lasting(claim: Claim) -> bool:
    """True for a state that goes on: a siege, a closed road."""
    return means_of(claim) in LASTING


def may_mix(one: str, other: str) -> bool:
    """True where one happening may have both means."""
    return one == other or frozenset((one, other)) in MIXED


@lru_cache(maxsize=50_000)
def targets_in(text: str) -> frozenset[str]:
    """What the words say was hit: `market`, `convoy`, …"""
    words = re.findall(r"[a-z]+", text.casefold())
    found = {TARGETS[known] for word in words if (known := _known(word))}
    return frozenset(found - VAGUE_TARGETS)


def _known(word: str) -> str | None:
    if word in TARGETS:
        return word
    return word[:-1] if word.endswith("s") and word[:-1] in TARGETS else None


@lru_cache(maxsize=50_000)
def quarters(text: str, known: tuple[str, ...]) -> frozenset[str]:
    """The names in a place's words that its canonical name lacks: a quarter, a street, a gate."""
    if not _QUARTERS & set(re.findall(r"[a-z]+", text.casefold())):
        return frozenset()
    names = {fold_place(word) for word in re.findall(r"[A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*", text)}
    told = " ".join(known)
    return frozenset(name for name in names if len(name) > 3 and name not in told and name[:5] not in told)
