"""Places: from a claim's words and its document to a canonical name and a country.

An explicit country in the words wins; then the tables; then the country in focus of the document, where
the mentions near the claim count more. A namesake far from the document's countries is no answer.
"""

from __future__ import annotations

from typing import Final

from stemma.extract.value import place_words as words_of
from stemma.extract.value.place_focus import Focus, Mention, choose_town, focus_of, is_capital, settled
from stemma.extract.value.place_group import (
    COUNTRY,
    TOWN,
    UNIT,
    UNIT_KINDS,
    Group,
    Part,
    directed,
    group_parts,
)
from stemma.extract.value.place_names import LARGE_TOWN, Hit, find_names, is_capitals
from stemma.lexicon.countries import country_of
from stemma.lexicon.places import find_similar
from stemma.lexicon.places_fold import fold_place

DOMINANT: Final = 0.5
"""An unknown name lies in the country of this share of the document's mentions, the near ones foremost."""
SUPPORTED: Final = 0.35
"""Words without a name ("the city") need no more than this: they point to what was said before."""
PLAUSIBLE: Final = 0.1
"""A town's country has this share at least, or the town is large and its name is no other word's."""
PEOPLE_BOOST: Final = 0.5
"""What a demonym in the words adds to its country's share when a name may lie in several."""
WITHOUT_COUNTRY: Final = frozenset({"gaza strip", "west bank"})
"""Territories that stand alone in a canonical name, as in the coding guidelines."""

Value = tuple[str | None, str | None]


def find_place(text: str, context: str, at: int | None = None) -> Value:
    """The canonical name and the ISO country code of the place that `text` names in the document `context`.

    `at` is the offset of the words in `context`; without it their first occurrence counts. The canonical
    name has the narrowest place first, then the larger units; several places are joined by `; `, and
    the country is None where they have not one in common. Both are None where neither the words nor the
    document say.
    """
    focus = focus_of(context)
    if at is None:
        at = max(context.find(text), 0)
    capitals = focus.capitals and is_capitals(text)
    shares = focus.shares(at)
    found = [settled(hit, shares) for hit in find_names(text, capitals)]
    hits = [hit for hit in found if _is_meant(hit, text, shares, capitals)]
    border = _border(text, hits, shares)
    if border:
        return border
    groups = group_parts(text, hits, capitals)
    names = [part for group in groups for part in group.names]
    if words_of.CAPITAL_WORD.search(text) and not names:
        codes = [hit.codes[0] for hit in hits if hit.country] or list(shares)[:1]
        return _capital(codes[0]) if codes else (None, None)
    if not groups or (
        not names and all(group.of_kind("people") for group in groups) and _is_unnamed_town(text)
    ):
        people = [hit.codes[0] for hit in hits if hit.kind == "people"]
        return _unnamed(text, focus, shares, at, people[0] if groups and people else None)
    return _joined([_resolved(group, shares) for group in groups])


def _is_meant(hit: Hit, text: str, shares: dict[str, float], capitals: bool) -> bool:
    """Whether a name that is also a word, a man's name or half of a longer name is a place here."""
    if hit.country:
        return True
    in_focus = any(shares.get(code, 0.0) >= SUPPORTED for code in hit.codes)
    half = words_of.HALF_AFTER.match(text[hit.end :]) or words_of.HALF_BEFORE.search(text[: hit.start])
    if half:
        return in_focus and " " in hit.words
    if (
        words_of.SITE_AFTER.match(text[hit.end :])
        and hit.kind == "town"
        and hit.towns[0].population < LARGE_TOWN
    ):
        return False
    if hit.is_weak:
        said = words_of.TOWN_BEFORE.search(text[: hit.start]) or words_of.TOWN_AFTER.match(text[hit.end :])
        return in_focus and bool(said or hit.known) and not words_of.MORE_AFTER.match(text[hit.end :])
    if hit.kind == "known":
        return True
    town = choose_town(hit.towns, shares)
    if town is None or in_focus:
        return town is not None
    if words_of.ARTICLE.match(hit.words) or words_of.MORE_AFTER.match(text[hit.end :]):
        return False
    likely = shares.get(town.country, 0.0) >= PLAUSIBLE or " " in hit.words or is_capital(town)
    return likely or not capitals


def _is_unnamed_town(text: str) -> bool:
    return bool(
        words_of.TOWN_WORD.search(text) or words_of.UNIT_WORD.search(text)
    ) and not words_of.SIDE_WORD.search(text)


def _country_name(code: str | None) -> str:
    country = country_of(code) if code else None
    return country.name if country else ""


def _capital(code: str) -> Value:
    country = country_of(code)
    if country is None or not country.capital:
        return None, code
    return f"{country.capital}, {country.name}", code


def _border(text: str, hits: list[Hit], shares: dict[str, float]) -> Value | None:
    """A border as a place; None where the words are about none, or name a place at it."""
    if not words_of.BORDER_WORD.search(text) or any(not hit.country for hit in hits) or not hits:
        return None
    codes = list(dict.fromkeys(hit.codes[0] for hit in hits))
    if words_of.SIDE_WORD.search(text):
        return _country_name(codes[0]), codes[0]
    if len(codes) > 1:
        name = f"{_country_name(codes[0])}–{_country_name(codes[1])} border"
        gap = text[hits[0].end : hits[1].start]
        one = any(word in gap.lower() for word in ("with", "along"))
        return name, codes[0] if one else None
    others = [code for code, share in shares.items() if code != codes[0] and share >= 0.2]
    if others and not hits[0].words.endswith(("'s", "’s")) and hits[0].kind == "people":
        return f"{_country_name(others[0])}–{_country_name(codes[0])} border", others[0]
    if words_of.DOER_BEFORE.search(text[: hits[0].start]) and others:
        return f"{_country_name(others[0])}–{_country_name(codes[0])} border", others[0]
    return _country_name(codes[0]), codes[0]


def _resolved(group: Group, shares: dict[str, float]) -> tuple[list[str], str | None]:
    """The names of one place, the narrowest first, the country's last, and its code."""
    said = group.of_kind("country")
    people = group.of_kind("people")
    names = group.names
    if not names:
        code = (said or people)[0].hit.codes[0]  # type: ignore[union-attr]
        part = said[0] if said else people[0]
        name = _country_name(code)
        return [f"{part.direction} {name}".strip()], code
    weights = dict(shares)
    for part in people:
        code = part.hit.codes[0] if part.hit else ""
        weights[code] = weights.get(code, 0.0) + PEOPLE_BOOST
    code = said[0].hit.codes[0] if said and said[0].hit else _country_of_names(names, weights)
    if people and code is None and _is_wide(names):
        code = people[0].hit.codes[0] if people[0].hit else None
    if code is None and not _is_wide(names):
        best = max(weights, key=lambda c: weights[c], default="")
        code = best if weights.get(best, 0.0) >= DOMINANT else None
    return _with_units(names, code), code


def _is_wide(names: tuple[Part, ...]) -> bool:
    """True where a part is a water or region that lies in no one country."""
    return any(
        part.hit and part.hit.known and not part.hit.codes and part.hit.known[0].kind != "river"
        for part in names
    )


def _country_of_names(names: tuple[Part, ...], weights: dict[str, float]) -> str | None:
    """The country that the tables give, the widest name first: a province is rarer than a village."""
    for part in sorted(names, key=lambda part: (part.is_near, part.level, not part.may_be_unit)):
        hit = part.hit
        if hit is None:
            continue
        owned = [code for row in hit.known for code in row.countries]
        if owned:
            return max(dict.fromkeys(owned), key=lambda code: weights.get(code, 0.0))
        town = choose_town(hit.towns, weights)
        if town:
            return town.country
    return None


def _with_units(names: tuple[Part, ...], code: str | None) -> list[str]:
    head = names[0]
    shown = [part for part in names if part is head or not part.is_near or head.hit is None]
    said = [words_of.spelled(part.words) for part in shown]
    if head.direction and head.level == TOWN:
        said[0] = f"{head.direction} {said[0]}"
    wider = _parent(head, code)
    if any(row.name == wider for part in shown for row in (part.hit.known if part.hit else ())):
        wider = ""
    for name in [
        wider,
        "" if WITHOUT_COUNTRY & {fold_place(n) for n in [*said, wider]} else _country_name(code),
    ]:
        if name and fold_place(name) not in {fold_place(other) for other in said}:
            said.append(name)
    return said


def _parent(part: Part, code: str | None) -> str:
    """The next larger unit of a name in the country `code`, by the tables; empty where unknown."""
    if part.level == COUNTRY or code is None:
        return ""
    if part.hit is None:
        similar = find_similar(part.words, code)
        return similar.unit if similar else ""
    for row in part.hit.known:
        if code in row.countries and row.parents:
            return row.parent_in(code)
    if part.level <= UNIT:
        return ""
    town = next((town for town in part.hit.towns if town.country == code), None)
    return town.unit if town else ""


def _joined(places: list[tuple[list[str], str | None]]) -> Value:
    """One canonical name of several places: heads joined, what they share said once."""
    codes = {code for names, code in places if code or len(names) > 1} or {None}
    code = codes.pop() if len(codes) == 1 else None
    if len(places) == 1 or code is None:
        return "; ".join(", ".join(names) for names, _ in places), code
    last = places[-1][0]
    shared = [name for name in last[1:] if all(name in names[1:] for names, _ in places)]
    heads = [", ".join(n for k, n in enumerate(names) if k == 0 or n not in shared) for names, _ in places]
    return ", ".join(["; ".join(heads), *shared]), code


def _unnamed(text: str, focus: Focus, shares: dict[str, float], at: int, people: str | None) -> Value:
    """Words without a name ("the city", "here"): the country in focus and the place last spoken of."""
    top = people or next(iter(shares), None)
    first = focus.dateline() if words_of.THIS_WORD.search(text) else None
    if first and first.country and not people:
        top = first.country
        shares = {**shares, top: 1.0}
    if top is None or (people is None and shares[top] < SUPPORTED):
        return None, None
    part_of = words_of.PART_DIRECTION.search(text)
    side = directed(part_of[1]) if part_of else ""
    if words_of.COUNTRY_WORD.search(text):
        return f"{side} {_country_name(top)}".strip(), top
    mention = _last(text, focus, at, top)
    if mention is None:
        return _country_name(top), top
    level = UNIT if words_of.UNIT_WORD.search(text) else TOWN
    return ", ".join(
        _with_units((Part(0, 0, mention.hit.words, level, mention.hit, direction=side),), top)
    ), top


def _last(text: str, focus: Focus, at: int, country: str) -> Mention | None:
    """What the words point back to in `country`: a town for "the town", a unit for "the province"."""
    if words_of.HERE_WORD.match(text):
        at = 0
    if words_of.UNIT_WORD.search(text):
        wanted = focus.before(at, country, _names_unit)
    elif words_of.VILLAGE_WORD.search(text):
        wanted = focus.before(at, country, lambda hit: not _names_unit(hit) and not _is_capital_name(hit))
    elif words_of.CITY_WORD.search(text):
        wanted = focus.before(at, country, lambda hit: bool(hit.towns) or hit.known[0].kind == "city")
    else:
        wanted = None
    return wanted or focus.before(at, country, lambda hit: True)


def _names_unit(hit: Hit) -> bool:
    return any(row.kind in UNIT_KINDS for row in hit.known)


def _is_capital_name(hit: Hit) -> bool:
    return bool(hit.towns) and is_capital(hit.towns[0])
