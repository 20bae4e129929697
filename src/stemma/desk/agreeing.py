"""Agreement as it stands: a judged report is compared once, and again only when it is judged further."""

from __future__ import annotations

import sys
import threading
from array import array
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from stemma.desk.agreement import MACHINE, Alpha, Alphas, units_of
from stemma.desk.figures import Comparing, Figure, tally
from stemma.desk.house import House
from stemma.desk.reviewing import judged_coding, review

NOBODY: Final = ""
"""The machine among persons: no person has this name."""

AT_ONCE: Final = 8
"""Reports that a page compares while it is waited for, 8 ms each; more are compared in the background."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two coders, the reports that both judged whole, and how far they agree on them."""

    reference: str
    other: str
    reports: int
    figures: list[Figure]


@dataclass(slots=True)
class Judged:
    """What one person judged: claims, and reports whose claims are all judged."""

    claims: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures; `alphas` of the verdict and each value, `comparisons` of coders two by two."""

    people: dict[str, Judged]
    alphas: list[Alpha]
    comparisons: list[Comparison]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one report adds."""

    people: dict[str, tuple[int, bool]]
    units: array[int]
    compared: dict[Pair, Counter[str]]


@dataclass(slots=True)
class Agreeing:
    """A desk's figures, brought up to date when they are asked for; `done` of `total` while that lasts."""

    house: House
    done: int = 0
    total: int = 0
    _read: int = 0
    _reports: int = 0
    _open: set[str] = field(default_factory=set)
    _parts: dict[str, _Part] = field(default_factory=dict)
    _missing: set[str] = field(default_factory=set)
    _people: dict[str, Judged] = field(default_factory=dict)
    _alphas: Alphas = field(default_factory=Alphas)
    _comparing: dict[Pair, Comparing] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _idle: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._idle.set()

    def now(self, wait: float) -> Agreement | None:
        """The figures; None where they are not made within `wait` seconds: they are being made then."""
        with self._guard:
            self._look()
            if self._idle.is_set() and len(self._open) > AT_ONCE:
                self._idle.clear()
                self.done, self.total = 0, len(self._open)
                threading.Thread(target=self._work, daemon=True).start()
            while self._idle.is_set() and self._open:
                report = self._open.pop()
                self._put(report, self._part(report))
        if not self._idle.wait(wait):
            return None
        with self._guard:
            return self._told()

    def _look(self) -> None:
        """Which reports were judged since the last look, or are there now and were not."""
        self.house.bench.book.refresh()
        touched, self._read = self.house.bench.book.since(self._read)
        self._open |= touched
        if (reports := self.house.reports()) != self._reports:
            self._reports = reports
            self._open |= self._missing

    def _work(self) -> None:
        while True:
            with self._guard:
                if not self._open:
                    self._idle.set()
                    return
                report = self._open.pop()
            part: _Part | None = None
            try:
                part = self._part(report)
            except Exception as error:
                # One report that cannot be compared is no reason to show none.
                sys.stderr.write(f"stemma desk: agreement leaves out {report!r} ({type(error).__name__})\n")
            with self._guard:
                self._put(report, part)
                self.done += 1

    def _part(self, report: str) -> _Part | None:
        """The report compared as it is judged now; None where the casebook does not hold it."""
        book = self.house.bench.book
        try:
            document, machine = self.house.store.document(report), self.house.store.coding(report)
        except KeyError:
            return None
        reviewed = book.reviewed(report)
        claims = {claim.id for claim in machine.claims}
        own = {person: book.on(report, person) for person in sorted(reviewed)}
        whole = [person for person in own if claims <= reviewed[person]]
        coded = {person: judged_coding(document, machine, own[person]) for person in whole}
        pairs = [(person, NOBODY) for person in whole] + list(combinations(whole, 2))
        coded[NOBODY] = machine
        return _Part(
            {person: (len(told), person in coded) for person, told in reviewed.items()},
            units_of(review(document, machine, judgements) for judgements in own.values()),
            {(one, two): tally(document.text, coded[one], coded[two]) for one, two in pairs},
        )

    def _put(self, report: str, part: _Part | None) -> None:
        """What the report adds in place of what it added before."""
        (self._missing.add if part is None else self._missing.discard)(report)
        for found, sign in ((self._parts.pop(report, None), -1), (part, 1)):
            if found is None:
                continue
            for person, (claims, is_whole) in found.people.items():
                judged = self._people.setdefault(person, Judged())
                judged.claims += sign * claims
                judged.reports += sign * is_whole
            self._alphas.add(found.units, sign)
            for pair, sums in found.compared.items():
                self._comparing.setdefault(pair, Comparing()).add(sums, sign)
        if part is not None:
            self._parts[report] = part

    def _told(self) -> Agreement:
        people = self.house.bench.book.people()
        pairs = [*((name, NOBODY) for name in people), *combinations(people, 2)]
        compared = [(pair, self._comparing[pair]) for pair in pairs if pair in self._comparing]
        return Agreement(
            {name: replace(self._people.get(name, Judged())) for name in people},
            self._alphas.found(),
            [
                Comparison(one, two or MACHINE, told.reports, told.figures())
                for (one, two), told in compared
                if told.reports
            ],
        )
