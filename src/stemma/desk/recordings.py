"""What pages of the record need beside it: its parties and ties, made once for each record."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from stemma.desk.house import House
from stemma.model import Party, Record, Tie
from stemma.run.recording import Recorded

_lock = threading.Lock()
_last: list[tuple[Record, Known]] = []

HELD = 2
"""Records whose parties and ties are kept: the one that stands, and the one before, while it is made anew."""


@dataclass(frozen=True, slots=True)
class Known:
    """The parties and ties of one record."""

    parties: tuple[Party, ...]
    ties: tuple[Tie, ...]

    def party(self, key: str) -> Party | None:
        """The party of this key; None where there is none."""
        return next((party for party in self.parties if party.key == key), None)


def known_of(house: House, record: Record) -> Known:
    """The parties and ties of the desk's record, as commands give them."""
    with _lock:
        for of, known in _last:
            if of is record:
                return known
        from stemma.merge import Held

        held = tuple(Held(house.store.document(one.report), one) for one in record.codings)
        recorded = Recorded(record, record.incidents, held)
        made = Known(recorded.parties, recorded.ties)
        _last.append((record, made))
        del _last[:-HELD]
        return made
