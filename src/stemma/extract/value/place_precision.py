"""How precise a point is, by the words around its name: classes of UCDP (1 to 7) and of ACLED (1 to 3).

UCDP's `where_prec` (codebook of the Georeferenced Event Dataset): 1 the very place; 2 within about 25 km of
it; 3 a second-order unit; 4 a first-order unit; 5 a line (river, border, long road, the way between two
places further apart than that) or an area without borders; 6 a country; 7 waters or airspace of no country.
ACLED's `geo_precision`: 1 the place; 2 near it, or a small area that a town stands for; 3 a larger one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stemma.extract.value import place_words as words_of
from stemma.extract.value.place_candidates import Candidate, candidates_of
from stemma.lexicon.places import find_known

CLOSE_KM: Final = 25.0
"""UCDP's bound of "near a known place"."""
AIMED_KM: Final = 60.0
"""Up to here a computed point lies within CLOSE_KM of the truth: "east of" is right to an eighth of a turn at
most, 22.5 degrees, and 60 km times its tangent is 25 km."""

Classes = tuple[int, int | None]
EXACT: Final[Classes] = (1, 1)
WITHIN: Final[Classes] = (2, 1)
"""A place that is not known, in a town that is; or a site that stands outside the town of its name."""
NEAR: Final[Classes] = (2, 2)
DISTRICT: Final[Classes] = (3, 2)
LINE: Final[Classes] = (5, 3)
_OF_LEVEL: Final[dict[str, Classes]] = {
    "country": (6, 3), "unit1": (4, 3), "unit2": DISTRICT, "town": EXACT, "feature": EXACT,
}  # fmt: skip

_UP_TO_NAME = (
    r"\s+(?:the\s+)?(?:(?!(?:in|at|on|and|of)\b)[\w'’-]+\s+){0,3}"
    r"(?:(?:city|town|village|capital|port|camp) of\s+(?:the\s+)?)?$"
)
"""What may stand between the word of nearness and the name: "near the (besieged Syrian city of) Hama"."""
_NEAR_BEFORE = re.compile(
    r"\b(?:near(?:by)?(?: to)?|outside(?: of)?|close to|next to|adjacent to|beside|around|surrounding"
    r"|(?:vicinity|outskirts?|edges?|fringes?|periphery|suburbs?|surroundings|environs|hinterland|gates?) of"
    r"|(?:approach(?:es)?|entrances?|gateway) (?:to|of)|areas? (?:of|around)|towards?|off|beyond"
    rf"|{words_of.DIRECTION} of|(?:miles|kms?|kilomet(?:er|re)s)(?: \w+)? (?:from|off|of))" + _UP_TO_NAME,
    re.I,
)
_NEAR_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:(?:metropolitan|border|rural|front|wider|general)\s+)?(?:outskirts|suburbs?|surroundings|environs"
    r"|vicinity|periphery|hinterland|areas?|belt|pocket|enclave|front ?lines?|front|axis|regions?|countryside"
    r"|border)\b",
    re.I,
)
_FAR = re.compile(r"\b(?:tens|dozens|scores|hundreds) of (?:miles|kms?|kilomet(?:er|re)s)\b", re.I)
_ROAD_BEFORE = re.compile(
    r"\b(?:road|highway|motorway|route|railway|way)s? (?:(?:leading|running) )?(?:to|from|towards?)"
    + _UP_TO_NAME,
    re.I,
)
_ROAD = re.compile(r"\b(?:road|highway|motorway|route|railway|railroad|pipeline|corridor|way|line)s?\b", re.I)
_BETWEEN = re.compile(r"\bbetween\b.+\band\b", re.I)
_OUT_OF_TOWN = re.compile(
    r"\s+(?:(?:international|military|civil|air force|army)\s+)?(?:airports?|airbase|air ?base|airfield|base"
    r"|dam|(?:gas|oil) ?fields?|refinery|junction|farms?|mountains?|hills?|valley|river|desert|plain)\b",
    re.I,
)
"""Sites that bear a town's name and lie beside it."""
_DISTRICT_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:\w+\s)?(?:(?:sub-?)?districts?|rayons?|raions?|municipality)\b", re.I
)
_DISTRICT_BEFORE = re.compile(r"\b(?:(?:sub-?)?districts?|rayon|raion|municipality) of\s+(?:the\s+)?$", re.I)
_RURAL_BEFORE = re.compile(r"\b(?:rural(?: areas (?:of|in|around))?|reef|rif)\s+$", re.I)
_VILLAGE_IN = re.compile(r"\b(?:villages?|hamlets?|towns?|farms?) in\s+$", re.I)
_COAST = re.compile(r"\b(?:coast(?:line|al)?|shores?|seaboard|territorial waters)\b", re.I)


@dataclass(frozen=True, slots=True)
class Around:
    """The words before and after the name that was found, all of them where it is not in the words."""

    text: str
    before: str
    after: str

    @property
    def is_near(self) -> bool:
        """True where they tell of nearness to the name: "outside X", "X's outskirts", "the X area"."""
        return bool(_NEAR_BEFORE.search(self.before) or _NEAR_AFTER.match(self.after))

    @property
    def says_unit(self) -> bool:
        """True where they call the name a province or state, or its countryside."""
        said = words_of.UNIT_BEFORE.search(self.before) or _RURAL_BEFORE.search(self.before)
        return bool(said or words_of.UNIT_AFTER.match(self.after) or _VILLAGE_IN.search(self.before))

    @property
    def says_district(self) -> bool:
        """True where they call the name a district, of which a town's quarter is another kind."""
        return bool(_DISTRICT_AFTER.match(self.after) or _DISTRICT_BEFORE.search(self.before))

    @property
    def says_town(self) -> bool:
        """True where they call the name a town or village, or name a road to it."""
        said = words_of.TOWN_AFTER.match(self.after) or words_of.TOWN_BEFORE.search(self.before)
        return bool(said or _ROAD_BEFORE.search(self.before))


def around(text: str, name: str) -> Around:
    """The words of `text` around `name`; where the name is not in them, all count as before it."""
    at = text.find(name)
    if at < 0:
        return Around(text, text + " ", "")
    return Around(text, text[:at], text[at + len(name) :])


def is_line(text: str) -> bool:
    """True where the words tell of the way between two places: "between X and Y", "the X-Y road"."""
    return bool(_BETWEEN.search(text) or _ROAD.search(text))


def kept_kinds(found: list[Candidate], said: Around) -> list[Candidate]:
    """The candidates of the kind said: units for "province", towns for "city", "near" and "the X area"."""
    if said.says_district:
        kept = [c for c in found if c.level == "unit2"]
    elif said.says_unit:
        kept = [c for c in found if c.level in ("unit1", "unit2", "wide")]
    elif said.says_town or said.is_near:
        kept = [c for c in found if c.level in ("town", "feature")]
    else:
        kept = []
    return kept or found


def of_level(candidate: Candidate) -> Classes:
    """The classes of a name that stands alone."""
    if candidate.level == "wide":
        water = any(row.kind == "water" and not row.countries for row in find_known(candidate.name))
        return (7, None) if water else LINE
    return _OF_LEVEL[candidate.level]


def of_distance(km: float, is_aimed: bool) -> Classes:
    """The classes of a point so far from a place, computed (`is_aimed`) or that place's own."""
    return NEAR if km <= (AIMED_KM if is_aimed else CLOSE_KM) else LINE


def of_words(candidate: Candidate, said: Around, names: list[str]) -> Classes:
    """The classes of `candidate` as the words around its name allow; `names` are the words' larger units."""
    alone = of_level(candidate)
    if candidate.level == "country":
        line = _COAST.search(said.text) or words_of.BORDER_WORD.search(said.text)
        return LINE if line else alone
    if candidate.level not in ("town", "feature"):
        return alone
    if _FAR.search(said.before) or _ROAD_BEFORE.search(said.before):
        return LINE
    if said.is_near or _VILLAGE_IN.search(said.before) or _RURAL_BEFORE.search(said.before):
        return NEAR
    if _OUT_OF_TOWN.match(said.after):
        return WITHIN if candidate.level == "town" else EXACT
    if said.says_district and candidate.level == "town" and not _is_quarter(said, names, candidate):
        return DISTRICT
    return alone


def _is_quarter(said: Around, names: list[str], candidate: Candidate) -> bool:
    """True where the words name a town around it: then the district is one of that town."""
    return any(
        c.level == "town" and c.country == candidate.country and c.name != candidate.name
        for name in names[1:]
        if name in said.text
        for c in candidates_of(name)
    )
