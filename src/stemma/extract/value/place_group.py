"""Sorts the names in a claim's place into places, each with the larger units that the words give it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stemma.extract.value import place_words as words_of
from stemma.extract.value.place_names import Hit
from stemma.extract.value.place_words import unknown_names

COUNTRY, UNIT, TOWN, QUARTER = 1, 2, 3, 4
UNIT_KINDS = frozenset({"province", "state", "region", "republic", "district"})
_LEVELS = {
    **dict.fromkeys(("quarter", "site", "base", "crossing"), QUARTER),
    **dict.fromkeys(("city", "town", "village", "camp", "settlement"), TOWN),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One name in the words. `level` grows as places narrow; `is_near`: it says where another place lies."""

    start: int
    end: int
    words: str
    level: int
    hit: Hit | None = None
    is_near: bool = False
    direction: str = ""
    owns: bool = False

    @property
    def may_be_unit(self) -> bool:
        """True for a name that a province or state bears, a town of the same name beside it or not."""
        return bool(self.hit) and any(row.kind in UNIT_KINDS for row in self.hit.known)  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Group:
    """One place of the words: its names, the narrowest first."""

    parts: tuple[Part, ...]

    def of_kind(self, *kinds: str) -> tuple[Part, ...]:
        """The parts whose name is of these kinds."""
        return tuple(part for part in self.parts if part.hit and part.hit.kind in kinds)

    @property
    def names(self) -> tuple[Part, ...]:
        """The parts below the country, the narrowest first."""
        return tuple(part for part in self.parts if part.level > COUNTRY)


def group_parts(text: str, hits: list[Hit], capitals: bool) -> list[Group]:
    """The places that `text` names, in its order; names that only tell the other side are left out."""
    kept = [hit for hit in hits if not _is_other_side(text, hit)]
    taken = [(hit.start, hit.end) for hit in hits]
    parts = [_part(text, hit.start, hit.end, hit) for hit in kept]
    parts += [_part(text, start, end, None) for start, end in unknown_names(text, taken, capitals)]
    parts.sort(key=lambda part: part.start)
    rows: list[list[Part]] = []
    for part in parts:
        if rows and not _is_joined(text, rows[-1][-1], part):
            rows[-1].append(part)
        else:
            rows.append([part])
    groups = [Group(_ordered(text, row)) for row in rows]
    named = [group for group in groups if group.names]
    return named if named and all(group.of_kind("people") for group in groups if not group.names) else groups


def _part(text: str, start: int, end: int, hit: Hit | None) -> Part:
    before, after = text[:start], text[end:]
    near = bool(words_of.NEAR_BEFORE.search(before))
    lead = words_of.LEAD_DIRECTION.search(before)
    direction = directed(lead["adjective"] or lead["side"]) if lead else ""
    near = near and not (lead and lead["side"])
    named = text[start:end]
    words = hit.words if hit else named
    if hit is None:
        site = words_of.SITE_AFTER.match(after)
        if site:
            end += site.end()
            words = text[start:end]
    level = _level(hit, before, after, hit is None and words != named)
    owns = bool(words_of.OWNED.match(text[start + len(words) : end + 1])) or bool(
        words_of.OWNED.match(text[end:])
    )
    return Part(start, end, words, level, hit, near, direction, owns)


def directed(word: str) -> str:
    """The adjective of a direction: `east` and `eastern` -> `eastern`."""
    word = re.sub(r"[ -]", "", word.lower())
    return word if word == "central" else word + "ern"


def _level(hit: Hit | None, before: str, after: str, is_site: bool) -> int:
    if hit and hit.kind in ("country", "people"):
        return COUNTRY
    if words_of.TOWN_BEFORE.search(before) or words_of.TOWN_AFTER.match(after):
        return TOWN
    if words_of.UNIT_BEFORE.search(before) or words_of.UNIT_AFTER.match(after):
        return UNIT
    if hit and hit.known:
        kinds = [row.kind for row in hit.known]
        if hit.towns and not any(kind in _LEVELS for kind in kinds):
            return TOWN
        return _LEVELS.get(kinds[0], UNIT)
    quarter = words_of.QUARTER_BEFORE.search(before) or words_of.QUARTER_AFTER.match(after)
    return QUARTER if is_site or quarter else TOWN


def _is_other_side(text: str, hit: Hit) -> bool:
    if words_of.DOER_BEFORE.search(text[: hit.start]):
        return True
    return hit.kind in ("people", "country") and bool(words_of.SUCH_AFTER.match(text, hit.end))


def _is_joined(text: str, last: Part, part: Part) -> bool:
    """True where `part` is another place than `last`; False where it says more of the same one."""
    gap = text[last.end : part.start]
    if part.is_near and not last.is_near and last.level > COUNTRY and gap.lstrip().startswith(","):
        return False  # "al-Bab, 40 km east of Aleppo" is one place
    joined = words_of.JOINED.search(gap)
    if part.level < last.level:
        return bool(joined and joined[0] not in (",", "–") and not words_of.CONTAINED.search(gap))
    if joined and joined[0] == "," and not gap.strip(", ") and part.may_be_unit and not last.may_be_unit:
        return False
    if joined:
        return not (last.level == COUNTRY and part.level > COUNTRY and joined[0] == ",")
    if part.level == last.level and part.level > COUNTRY:
        return not gap.strip(" -–") and not last.owns
    return False


def _ordered(text: str, row: list[Part]) -> tuple[Part, ...]:
    """The narrowest first; of one level, what is owned before its owner (`Aleppo's Bustan al-Qasr`)."""
    own = min((part.start for part in row if part.level > COUNTRY and not part.is_near), default=len(text))

    def key(part: Part) -> tuple[int, bool, int]:
        level = part.level - 2 if part.is_near and own < part.start and part.level > UNIT else part.level
        after = next((other for other in row if other.start > part.start), None)
        owns = part.owns or bool(after and words_of.OF_BETWEEN.search(text[part.end : after.start]))
        return -level, owns, part.start

    return tuple(sorted(row, key=key))
