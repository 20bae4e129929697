from __future__ import annotations

from stemma.show import Summary


def test_types_come_most_frequent_first() -> None:
    summary = Summary(
        casebook="x",
        reports=1,
        outlets=1,
        entities=1,
        claims=6,
        sourced=1,
        hedged=1,
        judgements=0,
        refused=0,
        first_published=None,
        last_published=None,
        claims_by_type={"DENY": 1, "ASSAULT": 4, "AID": 1},
        schema_version="1",
    )
    assert summary.types == (("ASSAULT", 4), ("AID", 1), ("DENY", 1))
