"""Times of the coded reports, value given words: what the reader of times makes of gold's own words."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stemma.extract.sentences import sentences
from stemma.extract.value import Told, anchor_of, read_when
from stemma.extract.value.intervals import first_day, last_day
from stemma.model import Document, Header, Report
from stemma.read import read_document
from stemma.run.intake import gather_reports
from stemma.settings import Settings

Pair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One claim's time: its words, its sentence, gold's interval and ours."""

    report: str
    anchor: str
    text: str
    sentence: str
    gold: Pair
    mine: Pair
    previous: Pair

    @property
    def right(self) -> bool:
        """True where both intervals have the same days: `2016` is January to December of 2016."""
        return _days(self.mine) == _days(self.gold)


def _days(pair: Pair) -> tuple[datetime.date | None, datetime.date | None]:
    start, end = pair
    return first_day(start) if start else None, last_day(end) if end else None


def gold_cases(root: Path, split: str) -> Iterator[Case]:
    """Every claim of ROOT/SPLIT with a time, in text order, read as the engine would read these words."""
    for item in gather_reports([str(root / split / "text")], {}, Header(), Settings().read):
        if not isinstance(item, Report):
            raise SystemExit(item.line())
        path = root / split / f"{item.id.replace('/', '__')}.json"
        yield from _cases(read_document(item), json.loads(path.read_text("utf-8")))


def _place(document: Document, claim: dict[str, Any]) -> tuple[int, int, str]:
    """Offsets of the time words nearest to the claim's evidence, and the sentence that holds them."""
    text, words = document.text, claim["time"]["text"]
    evidence = max(0, text.find(claim["evidence"]))
    at = text.find(words, evidence)
    if at < 0 or at > evidence + len(claim["evidence"]):
        before = text.rfind(words, 0, evidence + len(claim["evidence"]))
        at = before if at < 0 or (before >= 0 and evidence - before < at - evidence) else at
    low, high = next(((a, b) for a, b in sentences(text) if a <= at < b), (at, at + len(words)))
    return at, max(0, evidence), text[low : max(high, at + len(words))]


def _cases(document: Document, gold: dict[str, Any]) -> Iterator[Case]:
    anchor = anchor_of(document)
    told, read = Told(), dict[int, Pair]()
    timed = [(claim, _place(document, claim)) for claim in gold["claims"] if claim.get("time")]
    for claim, (at, _, sentence) in sorted(timed, key=lambda pair: pair[1][1]):
        time = claim["time"]
        if at not in read:
            found = read_when(time["text"], anchor, around=sentence, told=told)
            read[at] = (found.start, found.end)
        mine, wanted = read[at], (time["start"], time["end"])
        yield Case(gold["report"], str(anchor), time["text"], sentence, wanted, mine, told.last)
        told.tell(mine)
