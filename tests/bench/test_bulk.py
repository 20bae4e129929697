"""The large made-up casebooks of the benchmarks can still be written and measured."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

from bulk import at_once
from stemma.store import StoreOptions, open_casebook

# By its file: the support of other tests has a module of this name too.
merging = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[2] / "bench" / "merging.py")))


def test_a_casebook_is_filled_and_merged(tmp_path):
    figures = merging.measure(120, 1, 1, tmp_path / "made.casebook")
    assert figures["circles"] == 3
    assert figures["add ms median"] > 0


def test_all_are_kept_or_none(tmp_path):
    one = merging.Archive().held(0)
    with open_casebook(StoreOptions(str(tmp_path / "made.casebook")), create=True) as store:
        try:
            with at_once(store, "bench") as (_, put):
                put(merging._report(one), one.document, one.coding)
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        assert not store.report_ids()
