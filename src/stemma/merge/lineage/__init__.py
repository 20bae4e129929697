"""Reports -> lineage: `lineage_of`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from stemma.merge.lineage.trunk import grow
from stemma.merge.lineage.wire import scored_form
from stemma.merge.protocol import Held
from stemma.model import Lineage

__all__ = ["lineage_of", "scored_form"]


def lineage_of(held: Sequence[Held], *, today: datetime.date | None = None) -> Lineage:
    """What each report depends on: reports held, outlets whose story is not held, and voices.

    The edges stand in the order of the reports, between reports without a circle. Siblings of one
    dispatch hang under its outlet and are grouped in `dispatches`. A date after `today` (the day of
    the call) is a wrong clock and orders nothing. The effort is near-linear in the reports; `held` is
    read once in order and then again where reports share text, so it may read from a store. Never
    raises for what the reports say.
    """
    return grow(held, today or datetime.datetime.now(datetime.UTC).date())
