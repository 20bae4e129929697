"""The options of merging."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """How claims and judgements become a record.

    `lineage`: find which report depends on which; without it every report stands alone.
    """

    lineage: bool = True
