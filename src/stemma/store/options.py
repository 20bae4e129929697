"""The options of the casebook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """Where the casebook is: a file (`stemma.casebook`) or, later, a database address."""

    casebook: str = "stemma.casebook"
    busy_seconds: float = 30.0
