"""From a claim's place in words to a point on the map, with its precision, its reason and alternatives.

`find_place` says what the words name; here its names are put on the map, within its country: the narrowest
name that is known, as near as the words' larger units and the document's other places allow. A name of which
nothing tells which place it is gives the next larger unit, never a namesake.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stemma.extract.value import place_words as words_of
from stemma.extract.value.place_atlas import Atlas
from stemma.extract.value.place_candidates import Candidate, candidates_of, distance_km, moved
from stemma.extract.value.place_coordinates import find_coordinates, find_distance
from stemma.extract.value.place_focus import focus_of
from stemma.extract.value.place_names import find_names
from stemma.extract.value.place_precision import (
    CLOSE_KM,
    EXACT,
    LINE,
    NEAR,
    WITHIN,
    around,
    is_line,
    kept_kinds,
    of_distance,
    of_words,
)
from stemma.extract.value.places import find_place
from stemma.lexicon.countries import country_of
from stemma.lexicon.places import find_similar, nearest_town, unit_of
from stemma.lexicon.places_fold import fold_place
from stemma.model import OtherPlace, Place, Precision, Span

NEAR_KM: Final = 60.0
"""Over this distance the pull of the document's other places falls to a third."""
PULL: Final = 2.5
INSIDE: Final = 5.0
"""What lying in a unit that the words name outweighs: a hundred thousand people."""
APART_KM: Final = 30.0
UNSURE: Final = 0.3
"""Two places of one name further apart than APART_KM and closer in score than this: neither is taken."""
SURE_TOWN: Final = 100_000
MOST_OTHERS: Final = 5
BORDER_KM: Final = 60.0
WAY_KM: Final = 300.0
"""The middle of the way between two places further apart than this tells nothing."""

_KINDS: Final = {"town": "town", "feature": "site", "unit1": "province", "unit2": "district"}
_SIDE = re.compile(rf"^{words_of.DIRECTED}\s+", re.I)


@dataclass(frozen=True, slots=True)
class _Spot:
    candidate: Candidate
    reason: str
    name: str
    others: tuple[Candidate, ...] = ()
    is_fallback: bool = False
    is_unit_too: bool = False


def locate_place(text: str, context: str, at: int | None = None, span: Span | None = None) -> Place:
    """The place that `text` names in the document `context`, on the map where the report allows it.

    `at` is the offset of the words in `context`, as in `find_place`, which gives `canonical` and `country`;
    `span` is kept as it is. Without a sure point the point's fields are empty and `reason` says why.
    """
    place = Place(text=text, span=span)
    figures = find_coordinates(text)
    if figures:
        return _at_figures(place, *figures)
    canonical, country = find_place(text, context, at)
    place = place.model_copy(update={"canonical": canonical, "country": country})
    if canonical is None:
        return place.model_copy(update={"reason": "Neither the words nor the report name a place."})
    at = at if at is not None else max(context.find(text), 0)
    way = _on_the_way(place, canonical, context, at) if ";" in canonical and is_line(text) else None
    if way:
        return way
    if ";" in canonical or "–" in canonical:
        return place.model_copy(
            update={"reason": "The words name more than one place, or a line between two."}
        )
    names = canonical.split(", ")
    if len(names) > 1 and names[-1].startswith("D.C"):
        names = [", ".join(names[-2:])]
    spot = _spot(names, text, country, context, at)
    if spot is None:
        why = f"No place of the name {names[0]} is known" + (" there." if country else ", nor its country.")
        return place.model_copy(update={"reason": why})
    return _on_map(place, spot, names, text)


def _on_the_way(place: Place, canonical: str, context: str, at: int) -> Place | None:
    """The middle of the way between two towns, of UCDP's class 5 where they lie more than 25 km apart."""
    *firsts, last = canonical.split("; ")
    if len(firsts) != 1 or place.country is None:
        return None
    names = last.split(", ")
    spots = [
        _spot(said, place.text, place.country, context, at)
        for said in ([*firsts[0].split(", "), *names[1:]], names)
    ]
    ends = [spot.candidate for spot in spots if spot and not spot.is_fallback]
    if len(ends) != 2 or any(end.level not in ("town", "feature") for end in ends):
        return None
    one, other = _point(ends[0]), _point(ends[1])
    km = distance_km(one, other)
    if km > WAY_KM:
        return None
    unit = unit_of(ends[0].unit1) if ends[0].unit1 == ends[1].unit1 else None
    ucdp, acled = NEAR if km <= CLOSE_KM else LINE
    return place.model_copy(
        update={
            "latitude": round((one[0] + other[0]) / 2, 4),
            "longitude": round((one[1] + other[1]) / 2, 4),
            "admin1": unit.name if unit else None,
            "precision": Precision(ucdp=ucdp, acled=acled),
            "reason": f"The middle of the {km:.0f} km between {ends[0].name} and {ends[1].name}.",
        }
    )


def _at_figures(place: Place, point: tuple[float, float], notation: str) -> Place:
    town = nearest_town(*point)
    near = town is not None and distance_km(point, (town.latitude, town.longitude)) <= BORDER_KM
    unit = unit_of(town.admin1) if town and near else None
    return place.model_copy(
        update={
            "country": town.country if town and near else None,
            "admin1": unit.name if unit else None,
            "latitude": point[0],
            "longitude": point[1],
            "precision": Precision(ucdp=1, acled=1),
            "reason": f"The words give a point in {notation}."
            + (f" The country is that of the nearest town, {town.name}." if town and near else ""),
        }
    )


def _spot(names: list[str], text: str, country: str | None, context: str, at: int) -> _Spot | None:
    """The narrowest of the names that is known and sure, the narrowest first."""
    own = country_of(country) if country else None
    for number, name in enumerate(names):
        bare = _SIDE.sub("", name) or name
        if own and fold_place(bare) in {fold_place(own.name), *(fold_place(n) for n in own.aliases)}:
            found: list[Candidate] = list(candidates_of(own.name)[:1])
        else:
            found = [c for c in _meant(bare, country) if c.level != "country" or not country]
        known = found
        found = _of_kind(known, bare, text, number > 0)
        ranked = _ranked(found, names[number + 1 :], context, at)
        if not ranked or (len(ranked) > 1 and _is_unsure(ranked[0], ranked[1])):
            continue
        best = ranked[0][1]
        others = tuple(c for _, c in ranked[1:] if distance_km(_point(c), _point(best)) > APART_KM)
        is_said = len(ranked) == 1 < len(known) and not number
        why = f"The {_KINDS.get(best.level, 'place')} of the name {best.name}, as the words say."
        why = why if is_said else _why(ranked, names, number)
        unit = any(c.level == "unit1" for c in found)
        return _Spot(best, why, bare, others[:MOST_OTHERS], number > 0, unit)
    return None


def _ranked(found: list[Candidate], wider: list[str], context: str, at: int) -> list[tuple[float, Candidate]]:
    """The candidates with their scores, the best first; of a single one nobody asks for its score."""
    if len(found) == 1:
        return [(0.0, found[0])]
    return sorted(
        ((_score(c, wider, found, context, at), c) for c in found),
        key=lambda pair: (-pair[0], -pair[1].population, pair[1].name),
    )


def _meant(name: str, country: str | None) -> list[Candidate]:
    """The candidates of a name within the country; of a name without one, only what lies in several."""
    found = [c for c in candidates_of(name) if c.cut < 2 and not c.is_people]
    if country is None:
        return [c for c in found if c.level == "wide" and not c.country]
    within = [c for c in found if c.country == country or (c.level == "wide" and not c.country)]
    if within:
        return within
    similar = find_similar(name, country)
    same = candidates_of(similar.name) if similar else ()
    return [c for c in same if similar and c.geonames == similar.id]


def _of_kind(found: list[Candidate], name: str, text: str, is_wider: bool) -> list[Candidate]:
    """The candidates that the words beside the name allow; around an unknown village, units before towns."""
    said = around(text, name)
    kept = kept_kinds(found, said)
    if is_wider and kept is found and words_of.VILLAGE_WORD.search(said.before):
        return [c for c in found if c.level in ("unit1", "unit2")] or found
    return kept


def _score(candidate: Candidate, wider: list[str], same: list[Candidate], context: str, at: int) -> float:
    """Its people, the larger units that the words name, and the document's places near it.

    Places of the `same` name do not count as near it: a town would speak for the district around it.
    """
    score = math.log10(candidate.population + 30) + (1.5 if candidate.level in ("wide", "feature") else 0.0)
    score += {"unit1": -1.5, "unit2": -1.0}.get(candidate.level, 0.0) - 0.5 * candidate.cut
    units = [unit_of(candidate.unit1), unit_of(candidate.unit2)]
    inside = {fold_place(unit.name) for unit in units if unit}
    if inside & {fold_place(name) for name in wider}:
        score += INSIDE
    pull = 0.0
    for other, offset in _known_points(context):
        if other.name != candidate.name and other not in same:
            km = distance_km(_point(candidate), _point(other))
            pull += math.exp(-km / NEAR_KM) * (0.5 + math.exp(-abs(offset - at) / 400))
    return score + PULL * math.log1p(pull)


@lru_cache(maxsize=16)
def _known_points(context: str) -> tuple[tuple[Candidate, int], ...]:
    """The towns and units of the document with their offsets, as its names together place them."""
    spans = [(m.hit.start, m.hit.end) for m in focus_of(context).mentions if m.hit.kind in ("town", "known")]
    atlas = Atlas(context, spans)
    best = [(atlas.meanings(*span)[:1], span[0]) for span in spans]
    return tuple(
        (found[0].candidate, at) for found, at in best if found and found[0].candidate.level != "wide"
    )


def _is_unsure(first: tuple[float, Candidate], second: tuple[float, Candidate]) -> bool:
    apart = distance_km(_point(first[1]), _point(second[1])) > APART_KM
    same = {first[1].level, second[1].level} == {"town"}
    return apart and same and first[1].population < SURE_TOWN and first[0] - second[0] < UNSURE


def _why(ranked: list[tuple[float, Candidate]], names: list[str], number: int) -> str:
    best = ranked[0][1]
    if number:
        return f"{names[0]} is not known or not sure; {names[number]} is the next larger place that is."
    if len(ranked) == 1 or all(distance_km(_point(c), _point(best)) <= APART_KM for _, c in ranked):
        return f"The only place of the name {best.name} that is known there."
    if all(c.level in ("unit1", "unit2") and c.unit1 == best.unit1 for _, c in ranked[1:]):
        return f"The town of the name {best.name}; a unit around it bears the name too."
    wider = {fold_place(unit.name) for unit in (unit_of(best.unit1), unit_of(best.unit2)) if unit}
    if any(fold_place(name) in wider for name in names[1:]):
        return f"Of {len(ranked)} places of this name the one in {names[1]}, as the words or the tables say."
    if best.population == max(c.population for _, c in ranked):
        return f"The largest of {len(ranked)} places of this name there."
    return f"Of {len(ranked)} places of this name the nearest to the other places of the report."


def _on_map(place: Place, spot: _Spot, names: list[str], text: str) -> Place:
    best = spot.candidate
    head = names[0]
    classes = of_words(best, around(text, spot.name), names)
    point, reason = _point(best), spot.reason
    away = find_distance(text)
    side = bool(_SIDE.match(head))
    if away and best.level in ("town", "feature") and _is_said_from(text, away[2], spot.name):
        if away[1] is not None:
            point = moved(point, away[0], away[1])
            reason += f" The point is {away[0]:.0f} km from it, as the words say."
        classes = of_distance(away[0], away[1] is not None)
    elif spot.is_fallback and classes == EXACT:
        classes = NEAR if side else WITHIN
    elif side and best.level == "country":
        classes = LINE
    elif side and classes == EXACT:
        # "Central Aleppo" is the town's; "northern Aleppo" is as often the north of the province.
        classes = NEAR if spot.is_unit_too and not head.lower().startswith("central") else (1, 2)
    ucdp, acled = classes
    unit = unit_of(best.unit1)
    return place.model_copy(
        update={
            "geonames": None if spot.is_fallback or (away and ucdp > 1) else best.geonames,
            "latitude": round(point[0], 4),
            "longitude": round(point[1], 4),
            "admin1": unit.name if unit else None,
            "precision": Precision(ucdp=ucdp, acled=acled),
            "reason": reason,
            "alternatives": tuple(_other(c) for c in spot.others),
        }
    )


def _is_said_from(text: str, end: int, name: str) -> bool:
    """True where the place after "km east of" is the one found: a village so described has its own point."""
    rest = [hit.words for hit in find_names(text[end:])] + [text[end:].strip()]
    bare = fold_place(name)
    return any(bare == fold_place(words) for words in rest) or bare in fold_place(text[end:])


def _other(candidate: Candidate) -> OtherPlace:
    unit, country = unit_of(candidate.unit1), country_of(candidate.country)
    names = [candidate.name, unit.name if unit else "", country.name if country else ""]
    said = f"{candidate.population:,} people" if candidate.population else "of unknown size"
    kind = _KINDS.get(candidate.level, "place")
    return OtherPlace(
        canonical=", ".join(dict.fromkeys(name for name in names if name)),
        country=candidate.country or None,
        geonames=candidate.geonames,
        reason=f"A {kind} of the same name, {said}; less in the report speaks for it.",
    )


def _point(candidate: Candidate) -> tuple[float, float]:
    return candidate.latitude, candidate.longitude
