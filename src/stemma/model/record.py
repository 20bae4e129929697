"""A record: what the claims say, once merged."""

from __future__ import annotations

from stemma.model.base import Noun
from stemma.model.coding import Coding
from stemma.model.incident import Incident
from stemma.model.judgement import Judgement
from stemma.model.lineage import Lineage


class Record(Noun):
    """The codings of a casebook with the judgements on them, and what they say together.

    `lineage` and `incidents` are empty until the record is merged.
    """

    codings: tuple[Coding, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    lineage: Lineage = Lineage()
    incidents: tuple[Incident, ...] = ()
