"""A record: what the claims say, once merged."""

from __future__ import annotations

from stemma.model.base import Noun
from stemma.model.coding import Coding
from stemma.model.judgement import Judgement


class Record(Noun):
    """The codings of a casebook side by side, with the judgements on them.

    Entities are not yet merged across reports: each coding keeps its own.
    """

    codings: tuple[Coding, ...] = ()
    judgements: tuple[Judgement, ...] = ()
