"""The outlets and agencies of the world that conflict reports come from and cite."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from stemma.lexicon import read_rows, split_list

AGENCY = "agency"

_WORD = re.compile(r"\w+")
_CONTINUES = re.compile(r"[\w-]")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. `kind` is agency, newspaper, broadcaster or site; `country` ISO 3166-1 alpha-2 or empty."""

    name: str
    kind: str
    country: str
    domains: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def is_agency(self) -> bool:
        """True where other outlets publish what this one reports."""
        return self.kind == AGENCY


@cache
def list_outlets() -> tuple[Outlet, ...]:
    """All outlets, in the order of the data file."""
    return tuple(
        Outlet(
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            domains=split_list(row["domains"]),
            aliases=split_list(row["aliases"]),
        )
        for row in read_rows("outlets.csv")
    )


def find_outlet(name: str) -> Outlet | None:
    """The outlet of this name or alias, whatever its case and its article; `None` where unknown."""
    return _by_key().get(_key(name))


def find_outlet_by_address(url: str) -> Outlet | None:
    """The outlet whose domain the address `url` lies under; `None` where unknown or no address."""
    labels = domain_of(url).split(".")
    by_domain = _by_domain()
    for start in range(len(labels) - 1):
        outlet = by_domain.get(".".join(labels[start:]))
        if outlet:
            return outlet
    return None


def domain_of(url: str) -> str:
    """The host of the address `url` in lower case, without `www.`; empty where it has none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def find_outlets_in(text: str) -> tuple[tuple[Outlet, int, int], ...]:
    """The outlets that `text` names, each with start and end of its name there, in text order.

    Names count only in the case of the data file: `the star` is no newspaper. Where one name lies
    within another (`The Times of Israel`), the longer one counts.
    """
    by_first_word = _names_by_first_word()
    found: list[tuple[Outlet, int, int]] = []
    done = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < done or word[0] not in by_first_word or (start and text[start - 1] == "-"):
            continue
        for name, outlet in by_first_word[word[0]]:
            end = start + len(name)
            if text.startswith(name, start) and not _CONTINUES.match(text, end):
                found.append((outlet, start, end))
                done = end
                break
    return tuple(found)


@cache
def _by_key() -> dict[str, Outlet]:
    table: dict[str, Outlet] = {}
    for outlet in list_outlets():
        table.setdefault(_key(outlet.name), outlet)
    for outlet in list_outlets():
        for alias in outlet.aliases:
            table.setdefault(_key(alias), outlet)
    return table


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: outlet for outlet in list_outlets() for domain in outlet.domains}


@cache
def _by_name() -> dict[str, Outlet]:
    table: dict[str, Outlet] = {}
    for outlet in list_outlets():
        for name in (outlet.name, *outlet.aliases):
            table.setdefault(name, outlet)
    return table


@cache
def _names_by_first_word() -> dict[str, tuple[tuple[str, Outlet], ...]]:
    """The names under their first word, the longest first."""
    table: dict[str, list[tuple[str, Outlet]]] = {}
    for name, outlet in sorted(_by_name().items(), key=lambda item: -len(item[0])):
        match = _WORD.match(name)
        if match:
            table.setdefault(match[0], []).append((name, outlet))
    return {word: tuple(names) for word, names in table.items()}


def _key(name: str) -> str:
    words = re.findall(r"\w+", name.casefold().replace("’", "'"))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)
