"""The common words in what a claim says of its place: kinds of place, directions, references, borders."""

from __future__ import annotations

import re
from typing import Final

UNIT: Final = (
    r"provinces?|governorates?|regions?|oblasts?|states?|departments?|countryside|rural|county|counties"
    r"|republics?|krai"
)
TOWN: Final = r"city|cities|towns?|villages?|municipality|municipalities|hamlets?|settlements?|suburbs?"
QUARTER: Final = r"neighbou?rhoods?|districts?|quarters?|sectors?|suburbs?"
SITE: Final = (
    r"hotel|road|street|avenue|bridge|airport|airbase|air base|airfield|square|hospital|prison|camp"
    r"|crossing|farms?|university|cemetery|museum|volcano|hill|mountains?|river|valley|glacier|gas field"
    r"|junction|checkpoint|stadium"
    r"|barracks|church|mosque|port|dam|desert|peninsula|island|gate|castle|headquarters"
)
DIRECTION: Final = r"(?:north|south|east|west)(?:[ -]?(?:east|west))?"
DIRECTED: Final = rf"(?:{DIRECTION}ern|central|northernmost|southernmost|{DIRECTION})"

COUNTRY_WORD: Final = re.compile(r"\b(?:country|nationwide|countrywide|nation|homeland|territory)\b", re.I)
CAPITAL_WORD: Final = re.compile(
    r"(?<!provincial )(?<!regional )(?<!state )\bcapital\b(?!\s+of\s+[A-Z])", re.I
)
TOWN_WORD: Final = re.compile(rf"\b(?:{TOWN}|citys|towns'|neighbou?rhoods?)\b", re.I)
UNIT_WORD: Final = re.compile(r"\b(?:provinces?|governorates?|oblasts?|states?|departments?)\b", re.I)
THIS_WORD: Final = re.compile(r"^\W*(?:here|(?:in |of )?this country)\W*$", re.I)
HERE_WORD: Final = re.compile(r"^\W*here\W*$", re.I)
BORDER_WORD: Final = re.compile(
    r"\b(?:borders?|frontiers?)\b(?!\s+(?:crossing|town|city|village|post|guard))", re.I
)
SIDE_WORD: Final = re.compile(r"\bside of\b", re.I)
LEAD_DIRECTION: Final = re.compile(
    rf"\b(?P<adjective>{DIRECTION}|central)(?:ern)?(?:ernmost)?\s+"
    r"(?:rural\s+|(?:neighbou?rhoods|districts|quarters|parts?|half|sectors?|edges|outskirts) of\s+"
    r"(?:the city of\s+)?)?$"
    rf"|\bthe (?:[\w-]+ )?(?P<side>{DIRECTION}) of\s+$",
    re.I,
)
"""A direction that makes a name a part of it: `eastern Aleppo`, `the rebel-held east of Aleppo`."""
PART_DIRECTION: Final = re.compile(
    rf"\b({DIRECTION})(?:ern)?\b(?!\s+(?:\w+\s)?(?:city|town|village|province|region|country)\b)", re.I
)
VILLAGE_WORD: Final = re.compile(r"\b(?:towns?|villages?|hamlets?)\b", re.I)
CITY_WORD: Final = re.compile(r"\b(?:city|citys|cities)\b", re.I)
OF_BETWEEN: Final = re.compile(rf"\b(?:{TOWN}|{QUARTER}) of\b", re.I)

UNIT_AFTER: Final = re.compile(rf"['’]?s?\s+(?:\w+\s)?(?:{UNIT})\b", re.I)
TOWN_AFTER: Final = re.compile(rf"\s+(?:{TOWN})\b", re.I)
TOWN_BEFORE: Final = re.compile(rf"\b(?:{TOWN}) of\s+(?:the\s+)?$", re.I)
UNIT_BEFORE: Final = re.compile(rf"\b(?:{UNIT}) of\s+(?:the\s+)?$", re.I)
QUARTER_AFTER: Final = re.compile(rf"\s+(?:\w+\s)?(?:{QUARTER})\b", re.I)
QUARTER_BEFORE: Final = re.compile(rf"\b(?:{QUARTER}) of\s+(?:the\s+)?$", re.I)
SITE_AFTER: Final = re.compile(
    rf"\s+(?:(?:international|military|border|refugee|central)\s+)?(?:{SITE})\b", re.I
)
NEAR_BEFORE: Final = re.compile(
    r"\b(?:near|outside|from|around|close to|towards?|outskirts of|edges of|fringes of|suburbs? of"
    rf"|{DIRECTION} of|miles of|km of|kilomet(?:er|re)s of)"
    r"\s+(?:the\s+)?(?:[a-z]+\s+){0,3}(?:(?:city|town|village|capital|province) of\s+)?$",
    re.I,
)
"""A place that only says where another one lies."""
DOER_BEFORE: Final = re.compile(
    r"(?:\b(?:by|border[s]? with|frontier with|against|embassy of|areas? with)\s+(?:the\s+)?(?:\w+\s)?"
    r"|\bwith(?: \w+)? and\s+)$",
    re.I,
)
"""What follows is the other side, not the place: "held by Russia", "the border with Turkey"."""
SUCH_AFTER: Final = re.compile(
    r"['’]?s?\s+(?:embassy|consulate|ambassador\w*|troops|forces|soldiers|army|jets|rockets|refugees?|citizens?)\b",
    re.I,
)
"""A people's embassy or army stands in another country as a rule."""
JOINED: Final = re.compile(r"(?:,|;|/|&|–|\band\b|\bor\b|\bas well as\b|\bplus\b|\bto\b)", re.I)
CONTAINED: Final = re.compile(r"\b(?:in|of|within|inside|at|on|near)\b", re.I)
HALF_AFTER: Final = re.compile(r"[ -](?:al|el|ul|as|ash|ad|ar|az|an|ez)-\s?[A-Z]")
HALF_BEFORE: Final = re.compile(r"[A-Z]\w+[ -](?:(?:al|el|ul|as|ash|ad|ar|az|an|ez)-)?$(?<=-)")
MORE_AFTER: Final = re.compile(r"[ -][A-Z][a-z]")
"""The name goes on with an Arabic article: `Karam` of `Karam al-Luz` is no place of its own."""
ARTICLE: Final = re.compile(r"(?:al|el)-", re.I)
OWNED: Final = re.compile(r"^(?:['’]s?|s)\s")

_NAME_STOPS = frozenset(
    "the a an in on at near of from to and or by with inside outside around across along throughout "
    "between most much many several some parts part areas area its their his her this that these "
    "those one two three four five all north south east west northern southern eastern western "
    "central northeast northwest southeast southwest north-east north-west south-east south-west "
    "northeastern northwestern southeastern southwestern new old city town village province "
    "governorate region district countryside camp border crossing main capital battlefields "
    "municipality suburbs suburb sunni sunnis shiite shiites shia alawite kurdish kurds arab arabs "
    "jewish christian muslim islamic state isis isil daesh army rebels rebel regime government us un "
    "eu nato ungen unga sarc wef syrias mount controlled front conquest security council general "
    "assembly trump mr president".split()
)
_NAME = re.compile(
    r"(?:\b(?:al|el|as|ash|ad|ar|at|az|an|ez)[- ]{1,2})?[A-Z][\w’'`]*"
    r"(?:[ -](?:(?:al|el|as|ash|ad|ar|at|az|an|ez|de|del|la|las|los|of|the|e|ul)[- ]{1,2}){0,2}"
    r"[A-Z][\w’'`]*)*"
)
_CAPS_NAME = re.compile(
    rf"\b(?:(?:{TOWN}|{QUARTER}|{UNIT}|HAMLET|CANTON) OF )(?P<after>[A-ZÁÉÍÓÚÑ]+(?: [A-ZÁÉÍÓÚÑ]+)?)"
    rf"|(?:^|\b(?:THE|IN|AT|NEAR|AND) )(?P<before>(?!THE\b)[A-ZÁÉÍÓÚÑ]+(?: (?!OF\b|IN\b)[A-ZÁÉÍÓÚÑ]+)?)"
    rf" (?:{QUARTER}|{SITE}|{TOWN}|AREA)\b",
    re.I,
)
_SMALL = frozenset("de del la las los of the and y el al e".split())
_GENERIC_CAPS = frozenset(
    "the a an its their his this that these those other various several northern southern eastern "
    "western central same international military main capital whole entire salvadoran rebel refugee "
    "front vicinity area hotel home".split()
)


def unknown_names(text: str, taken: list[tuple[int, int]], capitals: bool) -> list[tuple[int, int]]:
    """Start and end of names in `text` that no table knows, outside the spans `taken`."""
    found = []
    for match in (_CAPS_NAME if capitals else _NAME).finditer(text):
        group = ("after" if match["after"] else "before") if capitals else 0
        start, end = match.span(group)
        for low, high in taken:
            if start < high and low < end:
                start, end = (start, low) if start < low else (high, end)
        span = _trimmed(text, start, end, capitals)
        if span and not re.match(r"-[a-z]", text[span[1] :]):
            found.append(span)
    return found


def _trimmed(text: str, start: int, end: int, capitals: bool) -> tuple[int, int] | None:
    """The span without stop words at its ends; `None` where nothing of a name is left."""
    stops = _NAME_STOPS | _GENERIC_CAPS if capitals else _NAME_STOPS
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^\s]+", text[start:end])]
    words = [(a, b - len(text[a:b]) + len(text[a:b].rstrip(",.;-'’"))) for a, b in words]
    while words and text[words[0][0] : words[0][1]].lower() in stops:
        words = words[1:]
    while words and text[words[-1][0] : words[-1][1]].lower() in stops | _SMALL:
        words = words[:-1]
    if not words or words[-1][1] - words[0][0] < 3:
        return None
    return words[0][0], words[-1][1]


def spelled(words: str) -> str:
    """A name's own spelling: without article and `'s`, with small letters where it stood in capitals."""
    words = words.strip("-–'’ ")
    name = " ".join(re.sub(r"['’]s?$", "", words).split())
    name = re.sub(r"^the\s+", "", name, flags=re.I)
    if name.isupper() and len(name) > 4:
        parts = [
            part.lower() if part.lower() in _SMALL and k else part.capitalize()
            for k, part in enumerate(name.split())
        ]
        return " ".join(parts)
    return name
