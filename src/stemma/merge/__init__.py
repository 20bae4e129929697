"""Claims + Judgements -> Record."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.merge.options import MergeOptions
from stemma.merge.protocol import Held
from stemma.model import Judgement, Record

__all__ = ["Held", "MergeOptions", "merge_record"]


def merge_record(
    held: Sequence[Held],
    judgements: Sequence[Judgement] = (),
    options: MergeOptions = MergeOptions(),  # noqa: B008 - frozen
) -> Record:
    """The record of these reports: who depends on whom, what they are about together, on whose word.

    The same reports and judgements give the same record, whatever their order. Judgements on what is no
    longer there are skipped; they stay in the record, and a note on the report says so where it is held.
    """
    from stemma.merge.recording import make_record

    return make_record(held, judgements, options)
