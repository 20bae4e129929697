"""What a place name may mean on the map: countries, units, towns, wide regions, each with its point."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from stemma.extract.value.place_names import LARGE_TOWN, find_names
from stemma.lexicon.countries import Country, country_of, find_country, find_country_of_people
from stemma.lexicon.places import (
    Town,
    find_features,
    find_known,
    find_towns,
    find_units,
    point_of,
    unit_of,
)
from stemma.lexicon.places_fold import fold_place

MOST: Final = 40
"""Candidates of one name that are weighed: `San Antonio` has hundreds."""
EARTH_KM: Final = 6371.0

Level = Literal["wide", "country", "unit1", "unit2", "town", "feature"]

STATES: Final = {
    "AL": "Alabama|Ala", "AK": "Alaska", "AZ": "Arizona|Ariz", "AR": "Arkansas|Ark", "CA": "California|Calif",
    "CO": "Colorado|Colo", "CT": "Connecticut|Conn", "DE": "Delaware|Del", "DC": "District of Columbia",
    "FL": "Florida|Fla", "GA": "Georgia|Ga", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois|Ill",
    "IN": "Indiana|Ind", "IA": "Iowa", "KS": "Kansas|Kan|Kans", "KY": "Kentucky|Ky", "LA": "Louisiana|La",
    "ME": "Maine", "MD": "Maryland|Md", "MA": "Massachusetts|Mass", "MI": "Michigan|Mich",
    "MN": "Minnesota|Minn", "MS": "Mississippi|Miss", "MO": "Missouri|Mo", "MT": "Montana|Mont",
    "NE": "Nebraska|Neb|Nebr", "NV": "Nevada|Nev", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio",
    "OK": "Oklahoma|Okla", "OR": "Oregon|Ore", "PA": "Pennsylvania|Pa|Penn", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee|Tenn", "TX": "Texas|Tex", "UT": "Utah",
    "VT": "Vermont|Vt", "VA": "Virginia|Va", "WA": "Washington|Wash", "WV": "West Virginia|WVa",
    "WI": "Wisconsin|Wis|Wisc", "WY": "Wyoming|Wyo",
}  # fmt: skip
"""Codes of the post, names and press abbreviations of the states."""
OTHERS: Final = {
    "CA": {"ont": "Ontario", "b.c": "British Columbia", "bc": "British Columbia", "alta": "Alberta",
           "sask": "Saskatchewan", "man": "Manitoba", "que": "Quebec", "n.s": "Nova Scotia",
           "n.b": "New Brunswick", "p.e.i": "Prince Edward Island"},
    "AU": {"nsw": "New South Wales", "qld": "Queensland", "vic": "Victoria", "wa": "Western Australia"},
}  # fmt: skip
NICKNAMES: Final = {
    "l.a": "Los Angeles", "la": "Los Angeles", "nyc": "New York City", "d.c": "Washington",
    "dc": "Washington",
    "washington d.c": "Washington", "washington dc": "Washington", "washington, d.c": "Washington",
    "sf": "San Francisco", "philly": "Philadelphia", "vegas": "Las Vegas", "frisco": "San Francisco",
    "bay area": "San Francisco", "silicon valley": "San Jose",
    "hollywood": "Los Angeles", "wall street": "New York City", "capitol hill": "Washington",
}  # fmt: skip
"""Short names of cities, as the gazetteer has them."""

_LEAD = re.compile(
    r"^(?:the\s+)?(?:(?:city|town|village|state|province|county|governorate|district|borough|municipality"
    r"|republic|region|emirate|island|islands|camp|port|commonwealth) of(?: the)?\s+"
    r"|(?:greater|downtown|central|northern|southern|eastern|western|north|south|east|west|northeast|northwest"
    r"|southeast|southwest|north-east|north-west|south-east|south-west|northeastern|northwestern|southeastern"
    r"|southwestern|metro|mid|inner|upper|lower|old|historic|suburban|rural|metropolitan)[\s-]+|the\s+)",
    re.I,
)
_TAIL = re.compile(
    r"[\s-]+(?:city|town|township|village|province|governorate|state|district|region|area|metropolitan area"
    r"|metro"
    r"|suburbs?|borough|municipality|oblast|prefecture|department|parish|island|islands|republic|countryside"
    r"|peninsula|proper|twp\.?|lga|county|co\.)$",
    re.I,
)
_STREET: Final = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|drive|dr|boulevard|blvd|lane|ln|highway|hwy|route|parkway|pike|trail"
    r"|interstate|freeway|bypass|court|ct|place|terrace|way|expressway|turnpike|county road)\b\.?"
    r"(?:\s[NSEW]{1,2}\.?W?\.?)?$",
    re.I,
)
_SITE: Final = re.compile(
    r"\b(?:embassy|consulate|airport|air ?base|airfield|base|camp|university|college|academy|institute|school"
    r"|hospital|clinic|hotel|mall|park|stadium|arena|cent(?:er|re)|market|museum|library|theat(?:er|re)|palace"
    r"|tower|bridge|prison|jail|station|port|harbou?r|zoo|cathedral|church|mosque|temple|cemetery|graveyard"
    r"|plant|farm|lake|river|valley|bay|beach|coast|island|hills?|mountains?|forest|desert|canal|dam|gulf|strait"
    r"|north|south|east|west|northern|southern|eastern|western|central|cup|open|marathon|festival|speedway"
    r"|cross(?:ing|roads)|border|checkpoint|frontier|quarter|zone|area|metropolitan|campus|court ?house"
    r"|north-?east|north-?west|south-?east|south-?west)\b",
    re.I,
)
"""What stands in a place whose name it bears; an army, a bank or a newspaper does not."""
_SEAT: Final = re.compile(
    r"\b(?:bank|reserve|council|commission|parliament|government|congress|senate|union|court|ministry|nazi"
    r"|colonial|ancient|modern|imperial|soviet|communist|republic|kingdom|mainland|continental)\b",
    re.I,
)
"""Seats of power, and eras: they stand for the country whose name they bear."""
_PEOPLES: Final = {
    "african": "Africa", "european": "Europe", "asian": "Asia", "latin american": "Latin America",
    "central american": "Central America", "south american": "South America",
    "north american": "North America",
    "middle eastern": "Middle East", "south ossetian": "South Ossetia", "abkhaz": "Abkhazia",
    "abkhazian": "Abkhazia", "kurdish": "Kurdistan", "scottish": "Scotland", "welsh": "Wales",
    "crimean": "Crimea", "chechen": "Chechnya", "tibetan": "Tibet", "kashmiri": "Kashmir",
    "darfuri": "Darfur", "gazan": "Gaza Strip", "sub saharan": "Sub-Saharan Africa", "eu": "Europe",
    "european union": "Europe", "arab": "Arabian Peninsula", "korean": "Korean Peninsula",
    "mideast": "Middle East",
    "eurozone": "Europe", "balkan": "Balkans", "caucasian": "Caucasus", "baltic": "Baltic states",
    "sicilian": "Sicily", "siberian": "Siberia", "catalan": "Catalonia", "arctic": "Arctic Ocean",
}  # fmt: skip
"""Peoples of wide regions and of parts of countries; those of countries are in `countries.csv`."""
_DIRECTIONS: Final = frozenset(
    "north south east west northern southern eastern western central "
    "northeast northwest southeast southwest".split()
)
_OPENED: Final = {"st": "Saint", "ft": "Fort", "mt": "Mount", "pt": "Point", "n": "North", "s": "South"}
_SHORT = re.compile(r"^(St|Ft|Mt|Pt|N|S)\.?\s", re.I)
_COUNTY = re.compile(r"\b(?:county|co\.|parish|borough|district|shire)\b", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One meaning of a name. `country` is empty for what lies in several; degrees are WGS 84."""

    level: Level
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    geonames: int | None = None
    unit1: int = 0
    unit2: int = 0
    is_capital: bool = False
    is_people: bool = False
    cut: int = 0


@lru_cache(maxsize=20_000)
def candidates_of(words: str) -> tuple[Candidate, ...]:
    """What `words` may mean, the most populous first of each level; empty where no table has them."""
    name = " ".join(words.split()).strip("-–,.;:'’\"() ") if words[-1:] != "." else " ".join(words.split())
    name = re.sub(r"['’]s?$", "", name)
    found = _meanings(name)
    if found:
        return found
    opened = re.sub(r"\bCo\.?$", "County", name)
    opened = _SHORT.sub(lambda match: _OPENED[match[1].lower()] + " ", opened)
    tried = {name, opened}
    queue = [opened] if opened != name else []
    queue += [cut for cut in (_TAIL.sub("", name), _LEAD.sub("", name)) if cut != name]
    while queue:
        cut = queue.pop(0)
        if (cut in tried and cut != opened) or len(cut) < 3:
            continue
        tried.add(cut)
        found = _meanings(cut)
        if found:
            return tuple(replace(candidate, cut=1) for candidate in found)
        queue += [shorter for shorter in (_TAIL.sub("", cut), _LEAD.sub("", cut)) if shorter not in tried]
    return _part_of(name)


def _part_of(name: str) -> tuple[Candidate, ...]:
    """What the country, unit or large town within a longer name may mean: `Embassy of Armenia`, `Dubai World
    Cup`. Streets tell nothing: they bear names of towns far away."""
    if _STREET.search(name) or " " not in name:
        return ()
    site = bool(_SITE.search(name))
    for hit in find_names(name):
        if not site and not (_SEAT.search(name) and hit.kind in ("country", "people", "known")):
            continue
        found = () if "-" in name[max(0, hit.start - 1) : hit.end + 1] else _meanings(hit.words)
        if hit.is_weak or not found or (hit.kind == "town" and hit.towns[0].population < LARGE_TOWN):
            continue
        return tuple(replace(candidate, cut=2) for candidate in found)
    return ()


def _meanings(name: str) -> tuple[Candidate, ...]:
    key = name.lower().rstrip(".")
    if key in _DIRECTIONS:
        return ()
    found: list[Candidate] = []
    country = find_country(name) if len(name) > 3 or name.isupper() or "." in name else None
    if country:
        found.append(_of_country(country))
    people = find_country_of_people(name)
    if people and not country:
        found.append(_of_country(people, is_people=True))
    found += _wide(name)
    found += [_of_unit(unit.id) for unit in find_units(name)] + _abbreviated(name)
    towns = [] if name.isupper() and len(name) < 4 else [*find_towns(name), *find_features(name)]
    if country or (found and found[0].level == "wide"):
        towns = [town for town in towns if fold_place(town.name) == fold_place(name)]
    if not found and not towns and " " not in name.strip():
        found += [_of_unit(unit.id) for unit in find_units(f"{name} County") if unit.country == "US"]
    if key in NICKNAMES:
        towns += find_towns(NICKNAMES[key])[:1]
    found += [_of_town(town) for town in towns[:MOST]]
    return tuple(dict.fromkeys(found))


def _abbreviated(name: str) -> list[Candidate]:
    """The units of the United States, Canada and Australia that press and post abbreviate."""
    bare = name.rstrip(".")
    found = state_of(name)
    names = [("US", found)] if found else []
    names += [(code, table[bare.lower()]) for code, table in OTHERS.items() if bare.lower() in table]
    return [
        _of_unit(unit.id)
        for code, full in names
        for unit in find_units(full)
        if unit.country == code and unit.level == 1
    ]


def state_of(name: str) -> str | None:
    """The state that `Tenn.`, `TN` or `N.Y.` abbreviates; `None` for other words."""
    bare = name.replace(".", "").replace(" ", "")
    if bare.isupper() and bare in STATES:
        return STATES[bare].split("|")[0]
    return next((full.split("|")[0] for full in STATES.values() if bare in full.split("|")[1:]), None)


def _of_country(country: Country, is_people: bool = False) -> Candidate:
    return Candidate(
        "country", country.name, country.code, country.latitude, country.longitude, 0, country.geonames,
        is_people=is_people,
    )  # fmt: skip


def _wide(name: str) -> list[Candidate]:
    found = []
    key = name.lower().replace("-", " ").replace(".", "")
    name = _PEOPLES.get(key) or _PEOPLES.get(key.removesuffix("s")) or name
    own = point_of(name)
    if own and not find_known(name) and not find_units(name):
        found.append(Candidate("wide", name, "", *own, 0))
    for row in find_known(name):
        point = point_of(row.name)
        if point:
            code = row.countries[0] if len(row.countries) == 1 else ""
            level: Level = "feature" if row.kind in _SITES else "wide"
            found.append(Candidate(level, row.name, code, *point, 0))
        else:
            found += _our_town(row.name, row.countries)
    return found


_SITES = frozenset({"base", "camp", "crossing", "site", "quarter", "settlement"})


def _our_town(name: str, countries: tuple[str, ...]) -> list[Candidate]:
    """A town that our table spells otherwise than the gazetteer: by its own name in its country."""
    towns = [town for town in find_towns(name) if town.country in countries]
    units = [unit for unit in find_units(name) if unit.country in countries and unit.level == 1]
    return [_of_town(town) for town in towns[:1]] + [_of_unit(unit.id) for unit in units[:1]]


@lru_cache(maxsize=5_000)
def _of_unit(number: int) -> Candidate:
    unit = unit_of(number)
    assert unit is not None, "numbers come from the same table"
    first = unit.id if unit.level == 1 else unit.parent
    level: Level = "unit1" if unit.level == 1 else "unit2"
    point = (level == "unit1" and point_of(unit.name, unit.country)) or (unit.latitude, unit.longitude)
    return Candidate(
        level, unit.name, unit.country, *point, unit.population, None, first,
        unit.id if unit.level == 2 else 0,
    )  # fmt: skip


def _of_town(town: Town) -> Candidate:
    country = country_of(town.country)
    capital = country is not None and bool(country.capital)
    level: Level = "town" if town.kind == "P" else "unit2" if town.kind == "A" else "feature"
    return Candidate(
        level, town.name, town.country, town.latitude, town.longitude, town.population,
        town.id if town.id > 0 else None, town.admin1, town.admin2,
        capital and fold_place(country.capital.split(",")[0]) == fold_place(town.name),  # type: ignore[union-attr]
    )  # fmt: skip


def says_county(words: str) -> bool:
    """True where the words name a unit of the second order rather than a town."""
    return bool(_COUNTY.search(words))


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude), on a sphere."""
    low, high = math.radians(one[0]), math.radians(other[0])
    turn = math.radians(other[1] - one[1])
    half = math.sin((high - low) / 2) ** 2 + math.cos(low) * math.cos(high) * math.sin(turn / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def moved(point: tuple[float, float], km: float, bearing: float) -> tuple[float, float]:
    """The point `km` kilometres from `point` towards `bearing` (degrees, clockwise from north)."""
    lat, lon, turn, arc = (
        math.radians(point[0]),
        math.radians(point[1]),
        math.radians(bearing),
        km / EARTH_KM,
    )
    to = math.asin(math.sin(lat) * math.cos(arc) + math.cos(lat) * math.sin(arc) * math.cos(turn))
    by = math.atan2(
        math.sin(turn) * math.sin(arc) * math.cos(lat), math.cos(arc) - math.sin(lat) * math.sin(to)
    )
    return math.degrees(to), (math.degrees(lon + by) + 540) % 360 - 180
