"""Times told by the names of wars and of well-known days, and the feasts that are counted."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value.times import read_when
from stemma.lexicon.anchors import named_times

REPORT = datetime.date(2019, 9, 18)
LATER = datetime.date(2024, 3, 4)


def read(words: str, anchor: datetime.date | None = REPORT) -> tuple[str | None, str | None]:
    found = read_when(words, anchor)
    return found.start, found.end


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("the 9/11 attacks", "2001-09-11", "2001-09-11"),
        ("9/11 attacks on the US of 2001", "2001-09-11", "2001-09-11"),
        ("since 9/11", "2001-09-11", "2019-09-18"),
        ("before 9/11", None, "2001-09-10"),
        ("pre-9/11", None, "2001-09-10"),
        ("post-9/11", "2001-09-11", None),
        ("on the 10th anniversary of 9/11", "2011-09-11", "2011-09-11"),
        ("on the anniversary of the 9/11 attacks", "2019-09-11", "2019-09-11"),
        ("during the 2006 Lebanon war", "2006-07-12", "2006-08-14"),
        ("since the 2006 Lebanon war", "2006-08-14", "2019-09-18"),
        ("since the fall of Mosul", "2014-06-10", "2019-09-18"),
        ("two years after the fall of Mosul", "2016-06", "2016-06"),
        ("the fall of Mosul in 2014", "2014-06-10", "2014-06-10"),
        ("the Arab Spring", "2010-12-17", "2012"),
        ("since the Arab Spring", "2010-12-17", "2019-09-18"),
        ("during World War II", "1939-09-01", "1945-09-02"),
        ("since the end of the Second World War", "1945-09-02", "2019-09-18"),
        ("the Gulf War", "1990-08-02", "1991-02-28"),
        ("the 2014 Gaza war", "2014-07-08", "2014-08-26"),
        ("in the aftermath of the 2014 Gaza war", "2014-08-26", None),
        ("since the U.S.-led invasion of Iraq", "2003-03-20", "2019-09-18"),
        ("during the Syrian civil war", "2011-03", "2019-09"),
        ("before the war in Syria", None, "2011-03"),
        ("the Yom Kippur war", "1973-10-06", "1973-10-25"),
        ("the Good Friday Agreement", "1998-04-10", "1998-04-10"),
    ],
)
def test_what_a_name_says(words: str, start: str | None, end: str | None) -> None:
    assert read(words) == (start, end)


@pytest.mark.parametrize("words", ["the October 7 attack", "the Oct. 7 attacks", "the 7 October massacre"])
def test_a_day_without_a_year_is_the_well_known_one_in_later_reports_alone(words: str) -> None:
    assert read(words, LATER) == ("2023-10-07", "2023-10-07")
    assert read(words, REPORT)[0] in ("2018-10-07", "2019-10-07")


def test_what_is_named_lies_before_the_report() -> None:
    assert read("since the Russian invasion", REPORT)[0] is None
    assert read("since the Russian invasion", LATER) == ("2022-02-24", "2024-03-04")


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("since the war in Syria began in 2012", "2012"),
        ("since the Syrian war reached Aleppo in July 2012", "2012-07"),
        ("the war in Iraq last year", "2018"),
    ],
)
def test_a_date_in_the_words_goes_first(words: str, start: str) -> None:
    assert read(words)[0] == start


def test_the_year_alone_stays_a_year() -> None:
    assert read("the 2014 war") == ("2014", "2014")


@pytest.mark.parametrize("words", ["after the fall of Aleppo", "the fall of the city"])
def test_a_fall_is_no_autumn(words: str) -> None:
    assert read(words) == (None, None)


def test_autumn_stays_one() -> None:
    assert read("in the fall of 2016") == ("2016-09", "2016-11")
    assert read("in the fall of last year") == ("2018-09", "2018-11")


def test_names_need_no_day_to_count_from() -> None:
    assert read("during the Gulf War", None) == ("1990-08-02", "1991-02-28")
    assert read("since the Gulf War", None) == ("1991-02-28", None)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("Passover 2024", "2024-04-23", "2024-04-29"),
        ("Passover 2016", "2016-04-23", "2016-04-29"),
        ("Rosh Hashanah 2023", "2023-09-16", "2023-09-17"),
        ("Yom Kippur 2021", "2021-09-16", "2021-09-16"),
        ("Purim 2022", "2022-03-17", "2022-03-17"),
        ("Shavuot 2024", "2024-06-12", "2024-06-12"),
        ("Orthodox Easter 2024", "2024-05-05", "2024-05-05"),
        ("Orthodox Easter 2016", "2016-05-01", "2016-05-01"),
        ("Easter 2016", "2016-03-27", "2016-03-27"),
    ],
)
def test_feasts_that_are_counted(words: str, start: str, end: str) -> None:
    """Dates from printed calendars."""
    assert read(words) == (start, end)


def test_eid_alone_is_the_last_of_the_two() -> None:
    assert (
        read("during Eid", datetime.date(2019, 7, 1))[0] == read("Eid al-Fitr", datetime.date(2019, 7, 1))[0]
    )
    assert read("during Eid")[0] == read("Eid al-Adha")[0]


@pytest.mark.parametrize(
    ("words", "start", "end", "edtf"),
    [
        ("between 2 and 4 a.m. on Monday", "2019-09-16", "2019-09-16", "2019-09-16"),
        ("from 2 to 4 p.m. on Tuesday", "2019-09-17", "2019-09-17", "2019-09-17"),
        ("from early on Monday", "2019-09-16", "2019-09-16", "2019-09-16"),
        ("at 4 a.m. on Monday", "2019-09-16", "2019-09-16", "2019-09-16T04:00:00"),
        ("started on Monday", "2019-09-16", "2019-09-18", "2019-09-16/2019-09-18"),
        ("during the ongoing war", None, "2019-09-18", "/2019-09-18"),
    ],
)
def test_hours_and_begins(words: str, start: str | None, end: str | None, edtf: str) -> None:
    found = read_when(words, REPORT)

    assert (found.start, found.end, found.edtf) == (start, end, edtf)


def test_a_length_that_is_over_does_not_reach_up_to_the_report() -> None:
    over = read_when("for 90 days", REPORT, around="He was held by the soldiers for 90 days, he said.")
    lasting = read_when("for 90 days", REPORT, around="The town has been besieged for 90 days.")

    assert (over.start, over.end) == (None, "2019-09-18")
    assert (lasting.start, lasting.end) == ("2019-06-20", "2019-09-18")


@given(
    st.sampled_from(sorted(named_times())),
    st.sampled_from(["", "since ", "before the ", "after the end of the ", "two years after the "]),
    st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
)
def test_no_name_makes_an_interval_end_before_it_begins(
    name: str, lead: str, anchor: datetime.date | None
) -> None:
    found = read_when(lead + name, anchor)

    assert found.reason in (None, "no-anchor")
