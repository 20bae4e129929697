"""The large made-up casebooks of the benchmarks can still be written and measured."""

from __future__ import annotations

import merging
from bulk import at_once
from stemma.store import StoreOptions, open_casebook


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
