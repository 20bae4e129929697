"""States and their forces, police, ministries: made by rule from the table of countries, not row by row."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from stemma.lexicon.actors import Actor, actor_of, find_actors
from stemma.lexicon.countries import Country, country_of, list_countries
from stemma.model import EntityKind

GROUND: Final = "rule over countries.csv"
_WITH_ARTICLE: Final = frozenset(
    ("US", "GB", "AE", "PH", "NL", "CD", "CG", "CF", "GM", "BS", "DO", "MV", "KM", "SC", "SB", "MH", "CZ")
)
_ARMED: Final = (
    r"army|military|armed forces|military forces|forces|troops|soldiers|government forces|regime forces"
    r"|government troops|regime army|regime troops|government army|national army|security forces and army"
)
_BODIES: Final = tuple(
    (re.compile(rf"^(?:{pattern})$"), form, above)
    for pattern, form, above in (
        (_ARMED, "{d} Armed Forces", "Government of {c}"),
        (r"air ?force|warplanes|fighter jets|jets|air forces", "{d} Air Force", "{d} Armed Forces"),
        (r"navy|naval forces", "{d} Navy", "{d} Armed Forces"),
        (r"coast ?guard", "{d} Coast Guard", "Government of {c}"),
        (r"police|police forces?|national police|police officers", "{d} Police", "Government of {c}"),
        (r"government|regime|authorities|administration|cabinet|state|leadership", "Government of {c}", None),
        (r"parliament|national assembly", "Parliament of {c}", "Government of {c}"),
        (r"supreme court", "Supreme Court of {c}", "Government of {c}"),
        (r"security forces", "{d} security forces", "Government of {c}"),
    )
)
_MINISTRIES: Final = (
    ("Foreign Affairs", r"foreign(?: affairs)?|external affairs"),
    ("Defence", r"defen[cs]e|national defen[cs]e"),
    ("Interior", r"(?:the )?interior|internal affairs|home affairs"),
    ("Health", r"(?:public )?health"),
    ("Justice", r"justice"),
    ("Finance", r"finance"),
    ("Information", r"information"),
    ("Education", r"education"),
    ("Agriculture", r"agriculture"),
    ("Culture", r"culture"),
    ("Energy", r"energy"),
    ("Oil", r"oil|petroleum"),
)
_MINISTRY: Final = tuple(
    (re.compile(rf"^(?:(?:{words}) ministry|ministry (?:of|for) (?:{words}))$"), form)
    for form, words in _MINISTRIES
)
_OF = re.compile(r" (?:of|in) (?:the )?")
_LEADING = re.compile(r"^(?:the|an?)\s+")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_ALONE: Final = frozenset(
    ("army", "military", "armed forces", "government forces", "regime forces", "government")
)
"""Bodies that a report names without their country: those of the country that it speaks of."""


@lru_cache(maxsize=20_000)
def state_body(name: str, country: str | None, government: bool = False) -> Actor | None:
    """The state, force or ministry that `name` names by a common pattern; else `None`.

    `country` (ISO) helps where the name has none ("the army") or an ambiguous one. With `government`
    a country's name, people or capital alone ("Russia", "the Syrian", "Moscow") stands for the state.
    """
    text = _LEADING.sub("", _POSSESSIVE.sub("", " ".join(name.casefold().split())))
    if government and text in _capitals():
        return _state(_capitals()[text])
    found = _split(text, country)
    if found is None:
        home = country_of(country) if country and text in _ALONE else None
        found = (text, home) if home else None
    if found is None:
        return None
    body, home = found
    if home is None:
        return None
    if not body:
        return _state(home) if government else None
    for pattern, form, above in _BODIES:
        if pattern.match(body):
            return _made(form, above, home)
    for pattern, form in _MINISTRY:
        if pattern.match(body):
            return _made(f"Ministry of {form} of {{c}}", "Government of {c}", home)
    return None


def country_of_word(word: str) -> str | None:
    """The ISO code of the one country whose name, short name or people `word` is; else `None`."""
    codes = _words().get(word.casefold(), ())
    return codes[0] if len(codes) == 1 else None


def adjective(country: Country) -> str:
    """The word for what belongs to a country: `Syrian`, else its name."""
    return "United States" if country.code == "US" else (country.demonyms or (country.name,))[0]


def _split(text: str, country: str | None) -> tuple[str, Country | None] | None:
    """The body and the country of a name in small letters; `None` where it names no country."""
    words = text.split()
    for size in range(min(5, len(words)), 0, -1):
        codes = _words().get(" ".join(words[:size]))
        if codes:
            return " ".join(words[size:]), _choose(codes, country)
    for match in _OF.finditer(text):
        codes = _words().get(text[match.end() :])
        if codes:
            return text[: match.start()], _choose(codes, country)
    return None


def _choose(codes: tuple[str, ...], country: str | None) -> Country | None:
    if len(codes) > 1 and country in codes:
        return country_of(country or "")
    return country_of(codes[0]) if len(codes) == 1 else None


def _state(home: Country) -> Actor:
    return Actor(
        canonical=home.name,
        kind=EntityKind.GOVERNMENT,
        country=home.code,
        ids=MappingProxyType({"iso": home.code}),
        ground=GROUND,
    )


@cache
def _made(form: str, above: str | None, home: Country) -> Actor:
    name = f"the {home.name}" if home.code in _WITH_ARTICLE else home.name
    canonical = form.format(d=adjective(home), c=name)
    known = actor_of(canonical) or _own_force(canonical, home)
    return known or Actor(
        canonical=canonical,
        kind=EntityKind.GOVERNMENT,
        country=home.code,
        parent=above.format(d=adjective(home), c=name) if above else None,
        ids=MappingProxyType({"iso": home.code}),
        ground=GROUND,
    )


def _own_force(canonical: str, home: Country) -> Actor | None:
    """The force of the table that bears a made name as an alias (`Israeli Armed Forces`)."""
    names = [canonical]
    if canonical.endswith("Armed Forces"):
        names.append(f"{adjective(home)} military")
    for name in names:
        found = [actor for actor in find_actors(name) if actor.country == home.code]
        if len(found) == 1:
            return found[0]
    return None


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Names, short names and peoples of countries in small letters -> their codes."""
    table: dict[str, dict[str, None]] = {}
    for country in list_countries():
        plural = [f"{word}s" for word in country.demonyms]
        for word in (country.name, *country.aliases, *country.demonyms, *plural):
            key = _LEADING.sub("", word.casefold())
            if len(key) > 1:
                table.setdefault(key, {})[country.code] = None
    table["congolese"] = {"CD": None, "CG": None}
    return {word: tuple(codes) for word, codes in table.items()}


@cache
def _capitals() -> dict[str, Country]:
    """Capitals in small letters, where they bear no other country's name."""
    capitals = {country.capital.casefold(): country for country in list_countries() if country.capital}
    return {name: country for name, country in capitals.items() if name not in _words()}
