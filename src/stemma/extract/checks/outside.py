"""A place that lies outside the country that the report's own words give it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stemma.extract.checks.view import Placed, View
from stemma.extract.value.place_coordinates import find_coordinates
from stemma.extract.value.place_names import find_names
from stemma.lexicon.countries import Country, country_of, find_country
from stemma.lexicon.places import find_units, nearest_town
from stemma.model import Claim, Note, Place

_AFTER = re.compile(
    r"(?:\s*,|\s+in)\s+(?:(?:far[- ])?(?:north|south|east|west|central)[\w-]*\s+)?"
    r"(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})"
)
_LOOSE = re.compile(
    r"(?i)\b(?:borders?|frontier|near|from|towards?|outside|side of|opposite|km|kilomet\w+|miles?|off|between"
    r"|and|or|across|embassy|consulate|to|by|with|against|for)\b"
)
"""Words by which a country in the words is not the one that the place lies in."""
_GOES_ON = re.compile(
    r"$|[.,;:)\]\"”]|\s+(?:on|in|at|during|last|this|since|when|where|which|that|after|before|by|late|early)\b"
)
"""What follows a country that ends the name of a place: "in Geneva, Russia said" names two."""


def find_outside(view: View) -> Iterator[Placed]:
    """A note where a claim's place has another country than its words, or its own figures, say."""
    for claim in view.coding.claims:
        place = claim.place
        own = country_of(place.country) if place and place.country else None
        if place is None or own is None:
            continue
        for told, why in (*_named(place, own), *_behind(claim, place), *_canonical(place)):
            if told.code != own.code:
                text = f"Its place is put in {own.name}, but {why} {told.name}."
                yield claim.id, Note(code="outside-country", text=text)
                break


def _named(place: Place, own: Country) -> Iterator[tuple[Country, str]]:
    """The one country that the place's words name, and the country of the figures in them."""
    named = {
        hit.country.code: hit.country
        for hit in find_names(place.text)
        if hit.country and hit.kind == "country" and not hit.is_double
    }
    if len(named) == 1 and not _LOOSE.search(place.text):
        yield next(iter(named.values())), "its words say"
    figures = find_coordinates(place.text)
    town = nearest_town(*figures[0]) if figures else None
    found = country_of(town.country) if town else None
    if found and own.code != found.code:
        yield found, "its figures lie in"


def _behind(claim: Claim, place: Place) -> Iterator[tuple[Country, str]]:
    """The country in the evidence right behind the place's words: "Atarib, Syria", "Mosul in Iraq"."""
    at = claim.evidence.find(place.text)
    if at < 0 or _LOOSE.search(place.text):
        return
    match = _AFTER.match(claim.evidence, at + len(place.text))
    if match is None:
        return
    words = match["name"].split()
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length])
        country = find_country(name)
        end = match.start("name") + len(name)
        if country and not find_units(name) and _GOES_ON.match(claim.evidence, end):
            yield country, "the words behind it say"
            return


def _canonical(place: Place) -> Iterator[tuple[Country, str]]:
    """The country that the place's full name ends with."""
    if place.canonical and ";" not in place.canonical and "–" not in place.canonical:
        last = place.canonical.rpartition(", ")[2]
        country = find_country(last)
        if country and not find_units(last):
            yield country, "its full name says"
