"""In what an incident and a row differ, value by value, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stemma.show.compare_accounts import Account, Named, is_named
from stemma.show.compare_match import RADIUS, distance, party_likeness

SAME_PARTY: Final = 0.7
"""Likeness from which two parties are taken for one here: the army and the government of one state."""

NONE: Final = "no figure"


def differing(ours: Account, theirs: Account, dataset: str) -> Iterator[tuple[str, str, str]]:
    """Attribute, our value and theirs, for each value in which they differ.

    POLECAT has no tolls and of a span its first day only: there these are no differences.
    """
    bare = dataset == "polecat"
    if not bare and _tolls_differ(ours, theirs):
        yield "killed", ours.dead or NONE, theirs.dead or NONE
    if not (bare and ours.first == theirs.first) and _days_differ(ours, theirs):
        yield "when", ours.when, theirs.when
    if _places_differ(ours, theirs):
        yield "where", ours.where or "no place", theirs.where or "no place"
    mine = [party for party in ours.parties if is_named(party)]
    others = [party for party in theirs.parties if is_named(party)]
    if mine and others:
        alone = [o for o in others if all(party_likeness(o, m) < SAME_PARTY for m in mine)]
        if alone:
            yield "who", _who(mine), _who(others)
    modes = bool(ours.mode and theirs.mode and ours.mode != theirs.mode and not _may_be(ours, theirs))
    if ours.type is not theirs.type or modes:
        yield "what", _kind(ours), _kind(theirs)


def _tolls_differ(ours: Account, theirs: Account) -> bool:
    """A figure against none is a difference, and so is a range against one of its figures."""
    if not (ours.dead and theirs.dead):
        return bool(ours.high or ours.low or theirs.high or theirs.low)
    return (ours.low, ours.high) != (theirs.low, theirs.high)


def _days_differ(ours: Account, theirs: Account) -> bool:
    if not (ours.first and ours.last and theirs.first and theirs.last):
        return True
    return (ours.first, ours.last) != (theirs.first, theirs.last)


def _places_differ(ours: Account, theirs: Account) -> bool:
    one, other = ours.place, theirs.place
    if one is None or other is None:
        return one is not other
    if one.latitude is not None and other.latitude is not None:
        return distance(one, other) > RADIUS[1]
    return ours.where.partition(",")[0].casefold() != theirs.where.partition(",")[0].casefold()


def _may_be(ours: Account, theirs: Account) -> bool:
    """True where the modes say nothing against each other: `attack-other` is any."""
    return any((account.mode or "").endswith("-other") for account in (ours, theirs))


def _who(parties: Sequence[Named]) -> str:
    return ", ".join(dict.fromkeys(party.names[0] for party in parties))


def _kind(account: Account) -> str:
    return f"{account.type} {account.mode}" if account.mode else str(account.type)
