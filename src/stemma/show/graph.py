"""The network as a drawing needs it: parties as nodes, ties as links, units folded into what they are of."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.model import ClaimType, EntityKind, Party, Record, Tie
from stemma.show.days import day_of
from stemma.show.network import VERBS, Standing, TieRow, make_tie_row

MOST_NODES: Final = 400
"""Nodes that are drawn: more are a tangle on any screen. Those of most ties stay, and a line says so."""

LEVEL: Final = frozenset((ClaimType.ALLIED_WITH, ClaimType.AT_WAR_WITH, ClaimType.ALSO_KNOWN_AS))
"""Ties without a direction."""

_GONE: Final = (Standing.OVER, Standing.NOT_YET)
_ORDER: Final = {
    Standing.HOLDS: 0,
    Standing.MAY_HOLD: 1,
    Standing.DENIED: 2,
    Standing.OVER: 3,
    Standing.NOT_YET: 4,
}
_NO_UNITS: Final = frozenset((EntityKind.PERSON, EntityKind.PEOPLE, EntityKind.PLACE))


@dataclass(frozen=True, slots=True)
class Node:
    """A party, or a place that a tie leads to (`is_party` is false: it has no dossier).

    `units` is how many parties stand under it, `is_folded` whether they are drawn as one with it.
    """

    key: str
    name: str
    kind: str
    reports: int
    is_party: bool
    units: int = 0
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Ties of one type between two nodes. `ties` are their places in the graph's ties.

    `voice` names the first origin, `others` is how many more there are; `is_unnamed`: all are anonymous.
    """

    start: str
    end: str
    type: ClaimType
    verb: str
    is_level: bool
    standing: Standing
    hedged: bool
    voice: str
    others: int
    is_unnamed: bool
    ties: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and links as of a day (null: of no day), and all ties as rows with the keys of their ends.

    `inside` counts ties between parties that are folded into one node, `left_out` parties that were too many
    to draw, `over` and `not_yet` ties that do not hold on the day. `first` and `last` are the days between
    which anything is told of ties.
    """

    as_of: datetime.date | None
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    ties: tuple[TieRow, ...]
    ends: tuple[tuple[str, str], ...]
    over: int
    not_yet: int
    inside: int
    left_out: int
    first: datetime.date | None
    last: datetime.date | None


def make_graph(
    record: Record,
    parties: Sequence[Party],
    ties: Sequence[Tie],
    as_of: datetime.date | None = None,
    *,
    folded: bool = False,
    but: Iterable[str] = (),
    counts: Mapping[str, int] | None = None,
) -> Graph:
    """The graph of these ties; `folded`: units are drawn as one with what they are of; `but`: otherwise.

    `counts` gives in how many reports a party is named, where `parties` do not say where.
    """
    pairs = [(tie, make_tie_row(record, tie, as_of)) for tie in ties]
    pairs.sort(key=lambda pair: (pair[1].party.casefold(), pair[1].type, pair[1].other.casefold()))
    shown = [(tie, row) for tie, row in pairs if as_of is None or row.standing not in _GONE]
    table = {party.key: party for party in parties}
    above = _above(table, [tie for tie, row in shown if row.standing is not Standing.DENIED])
    turned = set(but)
    stands = {
        key: _shown_as(key, above, folded, turned) for key in {k for tie, _ in shown for k in _ends(tie)}
    }
    links, inside = _links(shown, stands)
    keys, left_out = _most(links)
    below = Counter(over for unit, over in above.items() if unit in table)
    names = {
        key: name
        for tie, _ in shown
        for key, name in zip(_ends(tie), (tie.party_name, tie.other_name), strict=True)
    }
    first, last = _days(ties)
    return Graph(
        as_of=as_of,
        nodes=tuple(
            _node(key, table.get(key), names, below[key], is_folded=(key in turned) != folded, counts=counts)
            for key in keys
        ),
        links=tuple(link for link in links if link.start in keys and link.end in keys),
        ties=tuple(row for _, row in shown),
        ends=tuple(_ends(tie) for tie, _ in shown),
        over=sum(row.standing is Standing.OVER for _, row in pairs) if as_of else 0,
        not_yet=sum(row.standing is Standing.NOT_YET for _, row in pairs) if as_of else 0,
        inside=inside,
        left_out=left_out,
        first=first,
        last=last,
    )


def _ends(tie: Tie) -> tuple[str, str]:
    return tie.party, tie.other


def _above(table: dict[str, Party], ties: Iterable[Tie]) -> dict[str, str]:
    """What each unit stands under, by what reports say, else by the lexicon."""
    found = {
        key: party.under[0]
        for key, party in table.items()
        if party.under and party.under[0] in table and party.kind not in _NO_UNITS
    }
    for tie in ties:
        unit = table.get(tie.party)
        if tie.type is ClaimType.PART_OF and unit and unit.kind not in _NO_UNITS and tie.other != tie.party:
            found[tie.party] = tie.other
    return found


def _shown_as(key: str, above: dict[str, str], folded: bool, but: set[str]) -> str:
    """The node that stands for a party: the highest folded one of those that it stands under, else itself."""
    at, found, seen = key, key, {key}
    while (at := above.get(at, "")) and at not in seen:
        seen.add(at)
        if (at in but) != folded:
            found = at
    return found


def _links(shown: Sequence[tuple[Tie, TieRow]], stands: dict[str, str]) -> tuple[list[Link], int]:
    grouped: dict[tuple[str, str, ClaimType], list[int]] = {}
    inside = 0
    for index, (tie, _) in enumerate(shown):
        start, end = stands[tie.party], stands[tie.other]
        if start == end:
            inside += 1
            continue
        if tie.type in LEVEL and end < start:
            start, end = end, start
        grouped.setdefault((start, end, tie.type), []).append(index)
    links = []
    for (start, end, kind), places in grouped.items():
        origins = [origin for at in places for origin in shown[at][0].origins.origins]
        names = list(dict.fromkeys(" ".join(origin.name.split()) for origin in origins))
        links.append(
            Link(
                start=start,
                end=end,
                type=kind,
                verb=VERBS.get(kind, kind.value),
                is_level=kind in LEVEL,
                standing=min((shown[at][1].standing for at in places), key=lambda standing: _ORDER[standing]),
                hedged=all(shown[at][1].hedged for at in places),
                voice=names[0] if names else "",
                others=max(0, len(names) - 1),
                is_unnamed=bool(origins) and all(origin.anonymous for origin in origins),
                ties=tuple(places),
            )
        )
    return links, inside


def _most(links: Sequence[Link]) -> tuple[dict[str, None], int]:
    """The keys to draw, in the order of the links, and how many are left out."""
    degree = Counter(key for link in links for key in (link.start, link.end))
    keys = dict.fromkeys(key for link in links for key in (link.start, link.end))
    if len(keys) <= MOST_NODES:
        return keys, 0
    kept = set(sorted(keys, key=lambda key: (-degree[key], key))[:MOST_NODES])
    return dict.fromkeys(key for key in keys if key in kept), len(keys) - MOST_NODES


def _node(
    key: str,
    party: Party | None,
    names: dict[str, str],
    units: int,
    *,
    is_folded: bool,
    counts: Mapping[str, int] | None,
) -> Node:
    if party is None:
        return Node(
            key,
            names.get(key, key),
            "place",
            0,
            is_party=False,
            units=units,
            is_folded=bool(units) and is_folded,
        )
    reports = counts.get(key, 0) if counts else len({at.report for at in party.at})
    return Node(key, party.name, party.kind.value, reports, True, units, bool(units) and is_folded)


def _days(ties: Sequence[Tie]) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day on which anything is told of these ties."""
    days: list[datetime.date] = []
    for tie in ties:
        told = (
            day_of(tie.start, last=False),
            day_of(tie.end, last=True),
            tie.first_told,
            tie.last_told,
            tie.ended_by,
        )
        days.extend(day for day in told if day)
    return (min(days), max(days)) if days else (None, None)
