"""The options of all stages in one frozen tree, read once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from stemma.extract.llm_options import LlmOptions
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
        """The defaults, with what the environment sets: `STEMMA_CASEBOOK` the casebook, `STEMMA_LLM_URL` and
        `STEMMA_LLM_MODEL` where and by what the llm engine is answered."""
        casebook = os.environ.get("STEMMA_CASEBOOK")
        named = {"url": os.environ.get("STEMMA_LLM_URL"), "model": os.environ.get("STEMMA_LLM_MODEL")}
        llm = LlmOptions(**{name: value for name, value in named.items() if value})  # type: ignore[arg-type]
        store = StoreOptions(casebook=casebook) if casebook else StoreOptions()
        return cls(extract=ExtractOptions(llm=llm), store=store)
