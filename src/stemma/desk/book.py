"""The book of judgements: what stands, by report and person, and what each person can undo."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from typing import Final

from stemma.model import Judgement
from stemma.store import Store

VERDICTS: Final = frozenset(("accept", "reject", "correct", "add"))
"""After one of these a claim counts as reviewed."""

UNDOABLE: Final = frozenset(("accept", "reject", "correct", "add", "same", "not-same", "note"))


def parts_of(subject: str) -> tuple[str, str, str]:
    """Report, claim and value of a subject `REPORT#CLAIM/VALUE`; what is missing is empty."""
    report, _, rest = subject.rpartition("#")
    claim, _, value = rest.partition("/")
    return report, claim, value


@dataclass(slots=True)
class _Entry:
    judgement: Judgement
    hash: str
    stands: bool = True


@dataclass(slots=True)
class JudgementBook:
    """All judgements of a casebook in memory; `refresh` reads on from where it stopped.

    Another desk or program may judge in the same casebook: what it wrote is seen at the next refresh.
    """

    store: Store
    _read: int = 0
    _by_report: dict[str, list[_Entry]] = field(default_factory=dict)
    _by_hash: dict[tuple[str, str], _Entry] = field(default_factory=dict)
    _done: dict[str, list[_Entry]] = field(default_factory=dict)
    _undone: dict[str, list[_Entry]] = field(default_factory=dict)
    _people: dict[str, None] = field(default_factory=dict)
    _order: list[str] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def refresh(self) -> int:
        """Reads what is new; gives how many judgements have been read in all."""
        with self._lock:
            for judgement in self.store.judgements(skip=self._read):
                self._take(judgement)
                self._read += 1
            return self._read

    def write(self, judgement: Judgement) -> None:
        """Appends a judgement to the casebook and to the book."""
        with self._lock:
            self.store.judge(judgement)
            self.refresh()

    def _take(self, judgement: Judgement) -> None:
        person = judgement.person
        self._order.append(sys.intern(parts_of(judgement.subject)[0]))
        self._people.setdefault(person)
        if judgement.verdict in ("undo", "redo"):
            entry = self._by_hash.get((str(judgement.value), person))
            if entry is None or entry.stands is (judgement.verdict == "redo"):
                return
            entry.stands = not entry.stands
            given, taken = self._done, self._undone
            if judgement.verdict == "redo":
                given, taken = taken, given
            stack = given.setdefault(person, [])
            if entry in stack:
                stack.remove(entry)
            taken.setdefault(person, []).append(entry)
            return
        entry = _Entry(judgement, judgement.content_hash())
        self._by_report.setdefault(parts_of(judgement.subject)[0], []).append(entry)
        self._by_hash[entry.hash, person] = entry
        if judgement.verdict in UNDOABLE and not parts_of(judgement.subject)[1].startswith("@"):
            self._done.setdefault(person, []).append(entry)
            self._undone.pop(person, None)

    def since(self, read: int) -> tuple[set[str], int]:
        """The reports that judgements after the first `read` are about, and how many were read in all."""
        with self._lock:
            return set(self._order[read:]), self._read

    def reviewed(self, report: str) -> dict[str, set[str]]:
        """The claims of a report that each person reviewed."""
        with self._lock:
            found: dict[str, set[str]] = {}
            for entry in self._by_report.get(report, ()):
                claim = parts_of(entry.judgement.subject)[1]
                if entry.stands and entry.judgement.verdict in VERDICTS and not claim.startswith("@"):
                    found.setdefault(entry.judgement.person, set()).add(claim)
            return found

    def people(self) -> list[str]:
        """Everybody who judged, sorted."""
        return sorted(self._people)

    def reports(self, person: str | None = None) -> dict[str, set[str]]:
        """The claims reviewed, by report; by `person` only, where one is given."""
        with self._lock:
            found: dict[str, set[str]] = {}
            for report, entries in self._by_report.items():
                claims = {
                    parts_of(entry.judgement.subject)[1]
                    for entry in entries
                    if entry.stands
                    and entry.judgement.verdict in VERDICTS
                    and (person is None or entry.judgement.person == person)
                }
                claims = {claim for claim in claims if not claim.startswith("@")}
                if claims:
                    found[report] = claims
            return found

    def on(self, report: str, person: str | None = None) -> list[Judgement]:
        """The judgements that stand on a report's claims, in order; of `person` only, where one is given."""
        with self._lock:
            return [
                entry.judgement
                for entry in self._by_report.get(report, ())
                if entry.stands and (person is None or entry.judgement.person == person)
            ]

    def standing(self) -> list[Judgement]:
        """All judgements that stand, report by report."""
        with self._lock:
            return [e.judgement for entries in self._by_report.values() for e in entries if e.stands]

    def last_done(self, person: str) -> tuple[Judgement, str] | None:
        """What this person's undo would take back, with its hash; None where there is nothing."""
        with self._lock:
            stack = self._done.get(person)
            return (stack[-1].judgement, stack[-1].hash) if stack else None

    def last_undone(self, person: str) -> tuple[Judgement, str] | None:
        """What this person's redo would bring back, with its hash; None where there is nothing."""
        with self._lock:
            stack = self._undone.get(person)
            return (stack[-1].judgement, stack[-1].hash) if stack else None
