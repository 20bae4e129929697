"""What stands of the judgements given: undo and redo are judgements too."""

from __future__ import annotations

import datetime
from typing import Any

from stemma.model import Judgement, standing

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def _judgement(verdict: str, minute: int, value: Any = None, person: str = "ann") -> Judgement:
    at = START + datetime.timedelta(minutes=minute)
    return Judgement(subject="a#c1", verdict=verdict, value=value, person=person, at=at)


def test_what_was_undone_does_not_stand_and_what_was_before_it_does() -> None:
    accept, reject = _judgement("accept", 1), _judgement("reject", 2)
    undo = _judgement("undo", 3, reject.content_hash())
    assert standing([accept, reject, undo]) == [accept]


def test_what_was_redone_stands_again() -> None:
    accept = _judgement("accept", 1)
    undo, redo = (_judgement(v, m, accept.content_hash()) for v, m in (("undo", 2), ("redo", 3)))
    assert standing([accept, undo, redo]) == [accept]


def test_nobody_takes_back_what_another_person_judged() -> None:
    accept = _judgement("accept", 1)
    assert standing([accept, _judgement("undo", 2, accept.content_hash(), person="ben")]) == [accept]
