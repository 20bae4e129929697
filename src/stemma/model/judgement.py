"""A judgement: a person's verdict, with name, time and reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final

from stemma.model.base import Noun


class Judgement(Noun):
    """What a person decided about a claim, a value, an edge, or two entities, incidents or reports.

    `verdict` is one of `accept`, `reject`, `correct`, `same`, `not-same`, `depends`, `not-depends`, `note`,
    `add`, `settle`, `undo`, `redo`. `subject` is the wire path of what is judged: `REPORT#CLAIM`,
    `REPORT#CLAIM/VALUE`, `REPORT#@ENTITY`, `@NAME` (an entity wherever it is so called), `REPORT#` (the
    report as a whole) or an incident's id; of a pair, `value` is the other path. `correct` has the corrected
    value on the wire in `value`, `depends` an edge as `{"parent": …, "kind": …}`. `add` brings a claim
    (`REPORT#CLAIM`) or an entity (`REPORT#@ENTITY`) that the machine missed, whole in `value`. `settle` ends
    a conflict: the judgement with the content hash `value.holds` counts, those of `value.over` do not.
    Judgements are only ever appended: `undo` takes back the judgement whose content hash is its `value`,
    `redo` lets it stand again.
    """

    subject: str
    verdict: str
    value: Any = None
    person: str
    at: datetime.datetime
    reason: str | None = None


TAKES_BACK: Final = "undo"
BRINGS_BACK: Final = "redo"


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that stand, in their order: without those undone, and without undo and redo.

    A person's undo takes back that person's own judgement only; of any other it is passed over.
    """
    given = list(judgements)
    undone: set[tuple[str, str]] = set()
    for judgement in given:
        if judgement.verdict == TAKES_BACK:
            undone.add((str(judgement.value), judgement.person))
        elif judgement.verdict == BRINGS_BACK:
            undone.discard((str(judgement.value), judgement.person))
    kept = [j for j in given if j.verdict not in (TAKES_BACK, BRINGS_BACK)]
    if not undone:  # hashing costs, and most casebooks know no undo
        return kept
    return [j for j in kept if (j.content_hash(), j.person) not in undone]
