"""A judgement: a person's verdict, with name, time and reason."""

from __future__ import annotations

import datetime
from typing import Any

from stemma.model.base import Noun


class Judgement(Noun):
    """What a person decided about a value of a claim, or about two entities, incidents or reports.

    `verdict` is one of `accept`, `reject`, `correct`, `same`, `not-same`, `note`. `subject` is the
    wire path of what is judged, `REPORT#CLAIM` or `REPORT#CLAIM/VALUE`; `value` is the corrected
    value on the wire (null otherwise). Judgements are only ever appended; undo is a judgement too.
    """

    subject: str
    verdict: str
    value: Any = None
    person: str
    at: datetime.datetime
    reason: str | None = None
