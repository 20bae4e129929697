"""What people decided: of all judgements those that count, and where two people contradict each other."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stemma.model import Judgement, standing

ON_PAIRS: Final = frozenset(("same", "not-same"))
ON_CLAIMS: Final = frozenset(("accept", "reject", "correct"))
ON_EDGES: Final = frozenset(("depends", "not-depends"))
ADDED: Final = "add"
SETTLES: Final = "settle"

Subject = tuple[str, ...]
"""What a judgement decides, equal for judgements of which only one can count."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Standing judgements of two people or more that cannot all hold, the oldest first.

    The one that counts until somebody settles it is the last of `sides`.
    """

    sides: tuple[Judgement, ...]


def subject_of(judgement: Judgement) -> Subject:
    """What the judgement decides: a pair whatever its order, an edge by its two ends, a claim, a value."""
    if judgement.verdict in ON_PAIRS:
        return ("pair", *sorted((judgement.subject, str(judgement.value))))
    if judgement.verdict in ON_EDGES:
        return ("edge", judgement.subject, parent_of(judgement))
    if judgement.verdict == ADDED:
        return ("add", judgement.subject)
    return ("value", judgement.subject)


def parent_of(judgement: Judgement) -> str:
    """The parent in the value of a judgement on an edge; empty where there is none."""
    value = judgement.value
    return str(value.get("parent") or "") if isinstance(value, dict) else ""


def in_time(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements by their moments, so that two casebooks with the same ones decide the same."""
    return sorted(judgements, key=_moment)


def decided(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that count: of those on one subject the last that stands, or the one settled on.

    Notes decide nothing and are left out.
    """
    last: dict[Subject, Judgement] = {}
    for judgement in _counting(judgements):
        subject = subject_of(judgement)
        last.pop(subject, None)
        last[subject] = judgement
    return list(last.values())


def conflicts_of(judgements: Iterable[Judgement]) -> list[Conflict]:
    """Where the last words of two people on one subject differ, and nobody has settled it since.

    A claim that one person rejects while another accepts or corrects a value of it is a conflict as well.
    """
    words: dict[Subject, dict[str, Judgement]] = {}
    for judgement in _counting(judgements):
        words.setdefault(subject_of(judgement), {})[judgement.person] = judgement
    found = []
    for subject, by_person in words.items():
        rivals = list(by_person.values())
        if len({_decision(one) for one in rivals}) < 2:
            rivals = []
        rejected = [one for one in by_person.values() if one.verdict == "reject"]
        if subject[0] == "value" and rejected and not _value_path(subject[1]):
            rivals += [
                one
                for other, people in words.items()
                if other[0] == "value" and _value_path(other[1]) and other[1].startswith(f"{subject[1]}/")
                for one in people.values()
                if one.verdict != "reject" and any(one.person != two.person for two in rejected)
            ]
            rivals += [one for one in rejected if rivals and one not in rivals]
        if rivals:
            found.append(Conflict(tuple(in_time(rivals))))
    return found


def settlement(conflict: Conflict, holds: Judgement) -> dict[str, object]:
    """The value of the judgement `settle` by which one side holds over all others of a conflict."""
    over = sorted(side.content_hash() for side in conflict.sides if side != holds)
    return {"holds": holds.content_hash(), "over": over}


def _counting(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that stand, in time; what was settled on as if given at the settling."""
    given = standing(in_time(judgements))
    plain = [one for one in given if one.verdict not in (SETTLES, "note")]
    settling = [one for one in given if one.verdict == SETTLES and isinstance(one.value, dict)]
    if not settling:
        return plain
    by_hash = {one.content_hash(): one for one in plain}
    moment = {key: _moment(one) for key, one in by_hash.items()}
    for one in settling:
        over, holds = one.value.get("over"), str(one.value.get("holds"))
        if holds in by_hash and isinstance(over, list):
            moment[holds] = _moment(one)
            for key in map(str, over):
                by_hash.pop(key, None)
    return [by_hash[key] for key in sorted(by_hash, key=lambda key: moment[key])]


def _decision(judgement: Judgement) -> tuple[str, str]:
    """What is decided, comparable: verdict and value. Of a pair the order of the two does not count."""
    if judgement.verdict in ON_PAIRS:
        return judgement.verdict, ""
    return judgement.verdict, json.dumps(judgement.value, sort_keys=True, ensure_ascii=False)


def _value_path(subject: str) -> str:
    return subject.rpartition("#")[2].partition("/")[2]


def _moment(judgement: Judgement) -> tuple[float, str, str, str]:
    moment = judgement.at
    if moment.tzinfo is None:  # else the same file would mean two things on two machines
        moment = moment.replace(tzinfo=datetime.UTC)
    try:
        stamp = moment.timestamp()
    except (OverflowError, ValueError, OSError):
        stamp = 0.0
    return stamp, judgement.subject, judgement.person, judgement.verdict
