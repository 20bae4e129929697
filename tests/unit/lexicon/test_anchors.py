"""The table of named wars and days: every row is sound, and no name has two."""

from __future__ import annotations

import datetime
from collections import Counter

from stemma.extract.value.intervals import first_day, last_day
from stemma.lexicon import read_rows, split_list
from stemma.lexicon.anchors import named_times


def test_every_row_has_dates_in_order_and_a_ground() -> None:
    for row in read_rows("anchors.csv"):
        assert row["sort"] in ("war", "event"), row
        assert row["ground"], row
        end = last_day(row["end"]) if row["end"] else datetime.date(2100, 1, 1)
        assert first_day(row["start"]) <= end, row
        assert row["end"] or row["sort"] == "war", row


def test_no_name_has_two_rows_and_all_are_in_small_letters() -> None:
    names = Counter(name for row in read_rows("anchors.csv") for name in split_list(row["words"]))

    assert [name for name, times in names.items() if times > 1] == []
    assert [name for name in names if name != name.lower()] == []
    assert set(named_times()) == set(names)


def test_a_war_and_a_day() -> None:
    assert named_times()["9/11"].start == "2001-09-11"
    assert named_times()["second lebanon war"].end == "2006-08-14"
    assert named_times()["yemeni civil war"].end is None
