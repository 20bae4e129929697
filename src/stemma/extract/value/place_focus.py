"""What a document is about, as far as places go: its countries, and the places said before a point."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from stemma.extract.value.place_names import LARGE_TOWN, Hit, find_names, is_capitals
from stemma.lexicon.countries import country_of
from stemma.lexicon.places import Town
from stemma.lexicon.places_fold import fold_place

UNSAID: Final = 300_000
"""People of a town that is taken for the one meant though the report names nothing of its country."""
CERTAIN_TOWN: Final = 1_000_000
"""People of a town whose name in a wire in capitals is taken for it without its country."""
LEAST_IN_CAPITALS: Final = 20_000
"""People of a town that a wire in capitals may name in passing: among capitals every word is a name."""
DATELINE: Final = 90
DATELINE_WEIGHT: Final = 1.5
"""The first place of the first line tells where a report is from, mostly where it happened."""
NEAR: Final = 300.0
"""Characters over which a mention's nearness falls to a third: about two sentences."""
NEARNESS: Final = 2.0
"""What a mention right beside counts more than a far one."""
WEIGHTS: Final = {"country": 0.8, "people": 0.4, "known": 1.2, "town": 1.0}
"""Peoples and capitals are mostly actors ("Russian jets"); provinces and towns tell where."""
LOCATED: Final = 1.6
ACTORS: Final = frozenset(
    ["washington", "moscow", "london", "paris", "beijing", "tehran", "ankara", "brussels", "geneva", "riyadh"]
).union(["kremlin", "white house", "pentagon", "united nations headquarters", "beirut"])
"""Capitals and seats that stand for a government, or for where correspondents sit."""
OUTWEIGHED: Final = 0.35
"""A name that may lie in several countries is read in one of at least this share of the document."""

_IN = re.compile(
    r"(?:\b(?:in|inside|across|throughout|near|into|within|outside|around|of"
    r"|northern|southern|eastern|western|central)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_HALF_NAME = re.compile(r"[A-Z][a-z]+\s$")
_UNIT_AFTER = re.compile(
    r"\s*(?:province|governorate|region|city|town|village|district|state|oblast|countryside)\b", re.I
)
_SOIL_AFTER = re.compile(
    r"\s*(?:\w+\s)?(?:province|governorate|region|city|town|village|district|territory|soil|border|capital|coast"
    r"|countryside|airspace|civil war|conflict|regime|government|rebels?|opposition)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place read in one country (`None` for waters and wide regions), with its weight for the focus."""

    hit: Hit
    country: str | None
    weight: float
    town: Town | None


class Focus:
    """The places of one document."""

    def __init__(self, text: str) -> None:
        self.capitals = is_capitals(text)
        hits = [hit for hit in find_names(text, self.capitals) if _is_place(hit, text, self.capitals)]
        sure: dict[str, float] = defaultdict(float)
        for hit in hits:
            if (hit.country and not hit.is_double) or (
                len(hit.codes) == 1 and (hit.known or hit.towns[0].population >= LARGE_TOWN)
            ):
                sure[hit.codes[0]] += _weight(hit, text)
        total = sum(sure.values()) or 1.0
        shares = {code: weight / total for code, weight in sure.items()}
        read = (_read(hit, shares, text, self.capitals) for hit in hits)
        self.mentions = tuple(mention for mention in read if mention)
        first = self.dateline()
        if first and first.hit.words.lower() not in ACTORS:
            heavier = replace(first, weight=first.weight + DATELINE_WEIGHT)
            self.mentions = tuple(heavier if m is first else m for m in self.mentions)

    def shares(self, at: int | None = None) -> dict[str, float]:
        """Country -> its share of the mentions, the largest first; those near the offset `at` count more."""
        weights: dict[str, float] = defaultdict(float)
        for mention in self.mentions:
            if mention.country:
                near = math.exp(-abs(mention.hit.start - at) / NEAR) if at is not None else 0.0
                weights[mention.country] += mention.weight * (1 + NEARNESS * near)
        total = sum(weights.values()) or 1.0
        return {code: weights[code] / total for code in sorted(weights, key=lambda c: (-weights[c], c))}

    def dateline(self) -> Mention | None:
        """The place of the first line; `None` where there is none."""
        first = (m for m in self.mentions if m.hit.start < DATELINE and m.country and m.hit.kind != "people")
        return next(first, None)

    def before(self, at: int, country: str, wanted: Callable[[Hit], bool]) -> Mention | None:
        """The last wanted town or region of `country` before the offset `at`; else the first after it."""
        fit = [m for m in self.mentions if m.country == country and not m.hit.country and wanted(m.hit)]
        earlier = [m for m in fit if m.hit.start < at]
        if earlier:
            return earlier[-1]
        return fit[0] if fit else None


@lru_cache(maxsize=16)
def focus_of(text: str) -> Focus:
    """The focus of a document's text; kept for the last few documents, as every claim asks for it."""
    return Focus(text)


def choose_town(towns: tuple[Town, ...], shares: dict[str, float]) -> Town | None:
    """The likeliest of the towns of one name; `None` where none is likely: a namesake is no answer.

    Population counts by its logarithm; a country's share of the document outweighs it.
    """
    best, best_score = None, 0.0
    for town in towns:
        share = shares.get(town.country, 0.0)
        if share == 0.0 and town.population < UNSAID and not is_capital(town):
            continue
        score = math.log10(town.population + 10) + 7 * share + (2 if is_capital(town) else 0)
        if best is None or score > best_score:
            best, best_score = town, score
    return best


def settled(hit: Hit, shares: dict[str, float]) -> Hit:
    """`Georgia` as the country or the state, by which of the two countries the document is about."""
    if hit.country and hit.is_double:
        own = shares.get(hit.country.code, 0.0)
        if any(shares.get(code, 0.0) > own for row in hit.known for code in row.countries):
            return replace(hit, kind="known", country=None)
    return hit


def is_capital(town: Town) -> bool:
    """True for the capital of a country."""
    country = country_of(town.country)
    return bool(country and country.capital) and fold_place(country.capital) == fold_place(town.name)  # type: ignore[union-attr]


def _is_place(hit: Hit, text: str, capitals: bool) -> bool:
    """False for towns that are more likely a man, a word or an organisation here."""
    if hit.kind in ("country", "people"):
        return True
    if hit.is_weak:
        return bool(
            re.search(
                r"\b(?:town|city|village|camp) of (?:the )?$", text[max(0, hit.start - 16) : hit.start], re.I
            )
        )
    if hit.kind == "known" or capitals:
        return True
    before, after = text[max(0, hit.start - 20) : hit.start], text[hit.end : hit.end + 16]
    named = not capitals and (_HALF_NAME.search(before) or re.match(r"\s[A-Z][a-z]+", after))
    return not named or bool(_UNIT_AFTER.match(after) or _IN.search(before))


def _weight(hit: Hit, text: str) -> float:
    if hit.words.lower() in ACTORS and not _IN.search(text[max(0, hit.start - 16) : hit.start]):
        return 0.3
    if hit.kind == "people":
        return 0.9 if _SOIL_AFTER.match(text, hit.end) else WEIGHTS["people"]
    located = LOCATED if _IN.search(text[max(0, hit.start - 16) : hit.start]) else 1.0
    return WEIGHTS[hit.kind] * located


def _read(hit: Hit, shares: dict[str, float], text: str, capitals: bool) -> Mention | None:
    """The hit read in one country by the shares of the sure ones; `None` where it is no place after all."""
    weight = _weight(hit, text)
    hit = settled(hit, shares)
    if hit.country:
        return Mention(hit, hit.country.code, weight, None)
    if hit.kind == "known":
        codes = [code for row in hit.known for code in row.countries]
        if codes:
            best = max(dict.fromkeys(codes), key=lambda code: shares.get(code, 0.0))
            return Mention(hit, best, weight, None)
        town = choose_town(hit.towns, shares)
        return Mention(hit, town.country if town else None, weight if town else 0.0, town)
    town = choose_town(hit.towns, shares)
    if town is None:
        return None
    large = is_capital(town) or town.population >= (
        CERTAIN_TOWN if capitals and " " not in hit.words else LARGE_TOWN
    )
    if capitals and not large and town.population < LEAST_IN_CAPITALS:
        return None
    likely = large or shares.get(town.country, 0.0) >= OUTWEIGHED
    return Mention(hit, town.country, weight if likely else 0.2, town) if likely else None
