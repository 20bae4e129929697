"""Actor dictionaries of PETRARCH and TABARI: groups and bodies as actors of the user's own lexicon."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stemma.importing.cells import country_code
from stemma.importing.options import ImportOptions
from stemma.importing.protocol import ActorRow, Kind, Loss
from stemma.importing.reading import flat, read_lines, refuse
from stemma.model import EntityKind, Refusal

ROLES: Final = {
    **dict.fromkeys("GOV MIL COP JUD LEG SPY".split(), EntityKind.GOVERNMENT),
    **dict.fromkeys("REB INS SEP UAF CRM OPP RAD".split(), EntityKind.GROUP),
    **dict.fromkeys("NGO IGO NGM BUS LAB MED MNC EDU HLH AGR DEV PTY UNO".split(), EntityKind.ORGANISATION),
}
"""Roles of CAMEO's actor codes, which stand after the country's three letters."""

PLACES: Final = frozenset(
    "AFR ASA BLK CRB CAU CFR CAS CEU EIN EAF EEU EUR LAM MEA MDT NAF NMR PGS SCN SAM SAS SEA SAF WAF"
    " WST".split()
)
"""CAMEO's regions, which stand where a country may stand."""

FREE: Final = frozenset("IGO NGO IMG MNC NGM UIS REB INT".split())
"""What stands first where no country does."""

_CODE = re.compile(r"\[\s{0,9}([A-Z]*)\s{0,9}((?:[<>]?\d{6,8}(?:-\d{6,8})?)?)\s{0,9}\]")
_SMALL: Final = frozenset("of the and for in on to de la del y al el et des du".split())
_COMMENT = re.compile(r"\s*[;#].*$")
LONGEST: Final = 200


@dataclass(slots=True)
class _Actor:
    """An entry as it is read: its phrases, and its codes each with its dates."""

    where: str
    phrases: list[str]
    codes: list[tuple[str, str]] = field(default_factory=list)


class PetrarchImporter:
    """Files as `Phoenix.MilNonState.actors.txt`."""

    name = "petrarch"
    kind = Kind.LEXICON
    description = "PETRARCH and TABARI actor dictionaries: groups and bodies into your own lexicon of actors."

    def losses(self) -> tuple[Loss, ...]:
        """What of the file does not come in."""
        return _LOSSES

    def read(self, path: Path, options: ImportOptions) -> Iterator[ActorRow | Refusal]:
        """An actor for each entry with a role that is a body's."""
        entry: _Actor | None = None
        for where, line in read_lines(path, options):
            bare = _COMMENT.sub("", line)
            if not bare.strip() or bare.lstrip().startswith(("<!--", "-->")):
                continue
            if bare[0] in " \t" and not bare.strip().startswith("+"):
                refused = _code_line(where, bare, entry)
            elif bare.lstrip().startswith("+"):
                refused = _synonym(where, bare.lstrip()[1:], entry)
            else:
                if entry:
                    yield from _made(entry)
                entry = _Actor(where, [])
                refused = _head(where, bare, entry)
                if refused:
                    entry = None
            if refused:
                yield refused
        if entry:
            yield from _made(entry)


def _head(where: str, line: str, entry: _Actor) -> Refusal | None:
    phrase = _CODE.sub("", line).strip()
    if not phrase or len(phrase) > LONGEST or "[" in phrase or not re.search(r"[^\W\d_]", phrase):
        return refuse(where, "this is no phrase of an actor", "write NAME_ [CODE]")
    entry.phrases.append(phrase)
    entry.codes += _codes(line)
    return None


def _synonym(where: str, line: str, entry: _Actor | None) -> Refusal | None:
    phrase = _CODE.sub("", line).strip()
    if entry is None or not phrase or len(phrase) > LONGEST:
        return refuse(where, "this synonym belongs to no actor", "put it below one")
    entry.phrases.append(phrase)
    return None


def _code_line(where: str, line: str, entry: _Actor | None) -> Refusal | None:
    codes = _codes(line)
    if entry is None or not codes:
        return refuse(where, "this is no code of an actor", "write [CODE], or [CODE >19990101]")
    entry.codes += codes
    return None


def _codes(line: str) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in _CODE.finditer(line) if match[1]]


def _made(entry: _Actor) -> Iterator[ActorRow | Refusal]:
    """The row of an entry; nothing for a country, a place or a person."""
    if not entry.codes:
        yield refuse(entry.where, "the actor has no code", "write NAME_ [CODE]")
        return
    if any(dates for _, dates in entry.codes) and len(entry.codes) > 1:
        # Who changes office with the years is a person: a body keeps its code.
        return
    code, dates = entry.codes[-1]
    country, kind = _read_code(code)
    if kind is None:
        return
    names = list(dict.fromkeys(filter(None, (_name(phrase) for phrase in entry.phrases))))
    if names:
        start, end = _years(dates)
        yield ActorRow(names[0], kind.value, country, tuple(names[1:]), start=start, end=end)


def _read_code(code: str) -> tuple[str, EntityKind | None]:
    """The country (two letters, empty for none) and the kind of a code; no kind for what is no body."""
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    country = "" if parts[0] in PLACES or parts[0] in FREE else country_code(parts[0]) or ""
    roles = parts if parts[0] in FREE or parts[0] in ROLES else parts[1:]
    kinds = [ROLES[role] for role in roles if role in ROLES]
    if parts[0] in ("IMG",):
        kinds = [EntityKind.GROUP, *kinds]
    return country, kinds[0] if kinds else None


def _name(phrase: str) -> str:
    """`ISLAMIC_STATE_OF_IRAQ_` as `Islamic State of Iraq`; one short word is an acronym and stays."""
    words = [word for word in re.split(r"[_\s|]+", flat(phrase)) if word]
    if len(words) == 1 and len(words[0]) <= 5:
        return words[0]
    return " ".join(
        word.lower()
        if number and word.lower() in _SMALL
        else "-".join(p.capitalize() for p in word.split("-"))
        for number, word in enumerate(words)
    )


def _years(dates: str) -> tuple[str, str]:
    """First and last year of `<820701`, `>881231` or `820701-841231`."""
    first, dash, last = dates.lstrip("<>").partition("-")
    if dash:
        return _year(first), _year(last)
    return ("", _year(first)) if dates.startswith("<") else (_year(first), "")


def _year(date: str) -> str:
    if len(date) == 8:
        return date[:4]
    if len(date) != 6:
        return ""
    # Two digits: the dictionaries begin in 1945 and none lies ahead.
    century = 1900 if int(date[:2]) > datetime.date.today().year % 100 else 2000
    return str(century + int(date[:2]))


_LOSSES: Final = (
    Loss(("countries and regions",), "the program has them, with their people and capitals"),
    Loss(("entries whose code changes with the years",), "they are people, who are in no lexicon"),
    Loss(("entries without a body's role",), "civilians, elites and the like are no actors by name"),
    Loss(("codes",), "the country, and the kind by its role", part=True),
    Loss(("phrases",), "capitals follow a rule: the dictionaries have none", part=True),
    Loss(("dates",), "the years", part=True),
)
