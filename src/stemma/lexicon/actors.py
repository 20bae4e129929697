"""The armed and political actors of the world: groups, units, forces, ministries, international bodies."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from stemma.lexicon import LIST_SEPARATOR, Row, read_rows, split_list
from stemma.lexicon.own_actors import GROUND, read_own_rows
from stemma.model import EntityKind

TABLES: Final = ("actors.csv", "actors_ucdp.csv")
"""The rows that we wrote, then the facts of the UCDP Actor Dataset that they do not hold."""

_ARTICLE = re.compile(
    r"\b(?:al|el|ul|ad|ar|as|ash|at|az|an)-(?=\w)|\b(?:al|el)\s+(?=\w)|^(?:the|la|el|los|las|le|les)\s+"
)
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_MARKS = re.compile(r"[’'`´‘ʻʼʿʾ′.]")
_OTHER = re.compile(r"[\W_]+")
_SPELLINGS = (("defense", "defence"), ("organization", "organisation"), ("stabilization", "stabilisation"))
_TWICE = re.compile(r"([a-z])\1+")


@dataclass(frozen=True, slots=True)
class Membership:
    """Being a part of `of` from the year `start` to `end`, both inclusive; `None` where not known."""

    of: str
    start: int | None = None
    end: int | None = None

    def holds_in(self, year: int) -> bool:
        """True where nothing known speaks against membership in `year`."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor.

    `country` is ISO 3166-1 alpha-2 of its home, empty where it has none; `parent` the canonical name
    of what it stands under; `start` and `end` years. `predecessors` became this actor, `split_from`
    is what it broke away from, `splinters` broke away from it. `ids` maps `ucdp` and `iso` to ids.
    `ground` says where the row comes from.
    """

    canonical: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    country: str = ""
    parent: str | None = None
    start: int | None = None
    end: int | None = None
    predecessors: tuple[str, ...] = ()
    split_from: tuple[str, ...] = ()
    splinters: tuple[str, ...] = ()
    member_of: tuple[Membership, ...] = ()
    ids: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ground: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name and all aliases."""
        return (self.canonical, *self.aliases)


@cache
def list_actors() -> tuple[Actor, ...]:
    """All actors of the tables, in the order of the rows; a canonical name stands once.

    The user's own come last: one of a name that is known adds its aliases to it.
    """
    rows: dict[str, Row] = {}
    for table in TABLES:
        for row in read_rows(table):
            rows.setdefault(row["name"], row)
    for row in read_own_rows():
        known = rows.get(row["name"])
        rows[row["name"]] = _with_aliases(known, row) if known else row
    splinters: dict[str, list[str]] = {}
    for name, row in rows.items():
        for older in split_list(row["split_from"]):
            splinters.setdefault(older, []).append(name)
    return tuple(_actor(row, tuple(splinters.get(name, ()))) for name, row in rows.items())


@cache
def actor_of(canonical: str) -> Actor | None:
    """The actor of this very canonical name; `None` where there is none."""
    return next((actor for actor in list_actors() if actor.canonical == canonical), None)


def find_actors(name: str) -> tuple[Actor, ...]:
    """The actors that bear `name`, in any common spelling; several where it is ambiguous.

    Acronyms count only in capitals (`IS` is one, `is` is not), and among the actors of one name those
    that we described go before the user's own, and these before those that only UCDP lists.
    """
    key = actor_key(name)
    if not key:
        return ()
    found = [actor for actor, acronym in _by_key().get(key, ()) if not acronym or _capitals(name)]
    best = min(map(_rank, found), default=0)
    return tuple(actor for actor in found if _rank(actor) == best)


def forget_own() -> None:
    """Reads the user's own actors anew when next asked for: after they were written."""
    for known in (list_actors, actor_of, _by_key):
        known.cache_clear()


def _rank(actor: Actor) -> int:
    """0 for those that we described, 1 for the user's own, 2 for those that only UCDP lists."""
    return 2 if actor.ground.startswith("UCDP") else int(actor.ground.startswith(GROUND))


def parts_of(canonical: str, year: int | None = None) -> tuple[Actor, ...]:
    """What stands under an actor, itself not counted: units, provinces, members of that `year`, their parts.

    Without a `year`, dated members count whatever their years. In a `year` in which the whole, or the part,
    was not there, nothing is its part.
    """
    found: dict[str, Actor] = {}
    queue = [canonical]
    while queue:
        above = queue.pop(0)
        whole = actor_of(above)
        if whole and not _alive(whole, year):
            continue
        for actor in list_actors():
            if actor.canonical in found or actor.canonical == canonical:
                continue
            member = any(m.of == above and (year is None or m.holds_in(year)) for m in actor.member_of)
            if (actor.parent == above or member) and _alive(actor, year):
                found[actor.canonical] = actor
                queue.append(actor.canonical)
    return tuple(found.values())


@cache
def actor_key(name: str) -> str:
    """`name` without case, accents, articles, apostrophes and double letters: the key of its spellings.

    Acronyms keep their double letters. Empty where no letter or figure is left.
    """
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(character for character in text if not unicodedata.combining(character))
    text = _ARTICLE.sub("", _POSSESSIVE.sub("", " ".join(text.split())))
    text = " ".join(_OTHER.sub(" ", _MARKS.sub("", text)).split())
    for american, british in _SPELLINGS:
        text = text.replace(american, british)
    return text if is_acronym(name) else _TWICE.sub(r"\1", text)


@cache
def _by_key() -> dict[str, tuple[tuple[Actor, bool], ...]]:
    """Key -> the actors under it, each with whether all its names of this key are acronyms."""
    table: dict[str, dict[str, tuple[Actor, bool]]] = {}
    for actor in list_actors():
        for name in actor.names:
            of_key = table.setdefault(actor_key(name), {})
            acronym = is_acronym(name) and of_key.get(actor.canonical, (actor, True))[1]
            of_key[actor.canonical] = (actor, acronym)
    return {key: tuple(of_key.values()) for key, of_key in table.items() if key}


@lru_cache(maxsize=50_000)
def is_acronym(name: str) -> bool:
    """True for a short name of capitals (`AQIM`, `U.N.`, `DHKP-C`, `M23`)."""
    letters = [character for character in name if character.isalnum()]
    return " " not in name and 2 <= len(letters) <= 8 and _capitals(name)


def _capitals(name: str) -> bool:
    letters = [character for character in name if character.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) * 2 > len(letters)


def _alive(actor: Actor, year: int | None) -> bool:
    return year is None or Membership("", actor.start, actor.end).holds_in(year)


def _with_aliases(known: Row, more: Row) -> Row:
    """The row with the other's names besides its own; its facts stay."""
    aliases = dict.fromkeys((*split_list(known["aliases"]), *split_list(more["aliases"])))
    return MappingProxyType({**known, "aliases": LIST_SEPARATOR.join(aliases)})


def _actor(row: Row, splinters: tuple[str, ...]) -> Actor:
    ids = {"ucdp": row["ucdp"], "iso": row["country"]}
    return Actor(
        canonical=row["name"],
        kind=EntityKind(row["kind"]),
        aliases=split_list(row["aliases"]),
        country=row["country"],
        parent=row["parent"] or None,
        start=_year(row["start"]),
        end=_year(row["end"]),
        predecessors=split_list(row["predecessors"]),
        split_from=split_list(row["split_from"]),
        splinters=splinters,
        member_of=tuple(_membership(cell) for cell in split_list(row["member_of"])),
        ids=MappingProxyType({name: value for name, value in ids.items() if value}),
        ground=row["ground"],
    )


def _membership(cell: str) -> Membership:
    of, _, years = cell.partition(":")
    start, _, end = years.partition("-")
    return Membership(of=of.strip(), start=_year(start), end=_year(end))


def _year(cell: str) -> int | None:
    return int(cell) if cell.strip().isdigit() else None
