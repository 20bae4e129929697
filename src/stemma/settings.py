"""The options of all stages in one frozen tree, read once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from stemma.extract.options import ExtractOptions
from stemma.merge.options import MergeOptions
from stemma.read.options import ReadOptions
from stemma.store.options import StoreOptions


@dataclass(frozen=True, slots=True)
class Settings:
    """What the pipeline runs with."""

    read: ReadOptions = field(default_factory=ReadOptions)
    extract: ExtractOptions = field(default_factory=ExtractOptions)
    merge: MergeOptions = field(default_factory=MergeOptions)
    store: StoreOptions = field(default_factory=StoreOptions)

    @classmethod
    def from_environment(cls) -> Settings:
        """The defaults, with `STEMMA_CASEBOOK` as the casebook where it is set."""
        casebook = os.environ.get("STEMMA_CASEBOOK")
        return cls(store=StoreOptions(casebook=casebook)) if casebook else cls()
