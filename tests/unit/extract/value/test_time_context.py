"""Times that hang on what stands around them. The report is of Tuesday 2017-02-07."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value import NO_DAY, OUT_OF_RANGE, REVERSED, Told, anchor_of, read_time, read_when
from stemma.extract.value.calendars import islamic
from stemma.model import Document, Passage, PassageKind, Span

ANCHOR = datetime.date(2017, 2, 7)


@pytest.mark.parametrize(
    ("text", "around", "start", "end"),
    [
        ("on Wednesday", "The envoys meet on Wednesday in Port Anvil.", "2017-02-08", "2017-02-08"),
        ("on Wednesday", "The village was shelled on Wednesday.", "2017-02-01", "2017-02-01"),
        ("on Friday", "The union plans a march on Friday.", "2017-02-10", "2017-02-10"),
        ("on Friday", "It went out of service due to the bombing on Friday.", "2017-02-03", "2017-02-03"),
        ("for Saturday", "They announced a strike for Saturday.", "2017-02-11", "2017-02-11"),
        ("from Monday", "Escorts could be provided from Monday.", "2017-02-13", None),
        ("by Friday", "By Friday all but one had left.", "2017-02-07", "2017-02-10"),
        ("By Friday", "By Friday all but one had left.", None, "2017-02-03"),
        ("before 15 March", "He must leave before 15 March.", "2017-02-07", "2017-03-14"),
        ("in June", "More may flee to the lake in June.", "2017-06", "2017-06"),
        ("on 2 May", "They said on 2 May that they will fight.", "2016-05-02", "2016-05-02"),
        ("on 9 January", "They will free a man, captured in Sar on 9 January.", "2017-01-09", "2017-01-09"),
        ("in two months", "The inquiry will begin in two months.", "2017-04", "2017-04"),
        ("before Easter", "A deal may come before Easter.", "2017-02-07", "2017-04-16"),
        ("as of 1 September", "Banks will close as of 1 September.", "2017-09-01", None),
    ],
)
def test_the_sentence_decides(text: str, around: str, start: str | None, end: str | None) -> None:
    assert read_time(text, ANCHOR, around=around) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("the end of January", "2017-01-21", "2017-01-31"),
        ("by the end of the month", "2017-02-07", "2017-02-28"),
        ("since the start of the year", "2017-01", "2017-02"),
        ("at the end of last year", "2016-10", "2016-12"),
        ("on the 2nd", "2017-02-02", "2017-02-02"),
        ("on the 15th", "2017-01-15", "2017-01-15"),
        ("by the 15th", "2017-02-07", "2017-02-15"),
        ("the first three days of June", "2016-06-01", "2016-06-03"),
        ("on 9 June last year", "2016-06-09", "2016-06-09"),
        ("from January 2013 to last month", "2013-01", "2017-01"),
        ("the fifth day of an incursion", "2017-02-03", "2017-02-07"),
        ("six days of bombing", "2017-02-01", "2017-02-07"),
        ("a month-long siege", "2017-01", "2017-02-07"),
        ("month-long", "2017-01", "2017-02"),
        ("10 or 15 years ago", "2002", "2007"),
        ("this year", "2017-01", "2017-02"),
        ("before dawn on Monday", "2017-02-06", "2017-02-06"),
        ("in the night to 6 February", "2017-02-05", "2017-02-06"),
        ("until further notice", "2017-02-07", None),
        ("since the war began", None, "2017-02"),
        ("in '08", "2008", "2008"),
        ("the second day of Eid al-Adha 2016", "2016-09-14", "2016-09-14"),
    ],
)
def test_parts_and_lengths(text: str, start: str | None, end: str | None) -> None:
    assert read_time(text, ANCHOR) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("that evening", "2016-12-30", "2016-12-30"),
        ("the following month", "2017-01", "2017-01"),
        ("later that year", "2016", "2016"),
        ("a day later", "2016-12-31", "2016-12-31"),
        ("two days after", "2016-12-28", "2016-12-28"),
        ("since", "2016-12-30", "2017-02-07"),
        ("in that time", "2016-12-30", "2016-12-30"),
        ("at 11 p.m.", "2016-12-30", "2016-12-30"),
    ],
)
def test_what_was_told_before_is_counted_from(text: str, start: str, end: str) -> None:
    assert read_time(text, ANCHOR, previous=("2016-12-30", "2016-12-30")) == (start, end)


def test_a_background_year_does_not_break_the_chain_of_days() -> None:
    told = Told()
    told.tell(("2016-12-30", "2016-12-30"))
    told.tell(("2011", "2011"))
    assert read_when("the next day", ANCHOR, told=told).start == "2016-12-31"
    assert read_when("later that year", ANCHOR, told=told).start == "2011"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31 February 2016", NO_DAY),
        ("14 July 1099", OUT_OF_RANGE),
        ("0000-01-01", OUT_OF_RANGE),
        ("in 2150", OUT_OF_RANGE),
        ("480 BC", OUT_OF_RANGE),
        ("from 5 May 2016 to 3 May 2016", REVERSED),
    ],
)
def test_an_empty_interval_has_its_reason(text: str, reason: str) -> None:
    found = read_when(text, ANCHOR)
    assert (found.start, found.end, found.edtf, found.reason) == (None, None, None, reason)


def test_the_anchor_is_kept_where_words_count_from_it() -> None:
    assert read_when("on Monday", ANCHOR).anchor == ANCHOR
    assert read_when("on 3 May 2016", ANCHOR).anchor is None
    day = ("2016-12-30", "2016-12-30")
    assert read_when("the next day", ANCHOR, told=Told(day, day)).anchor == datetime.date(2016, 12, 30)


@pytest.mark.parametrize(
    ("year", "month", "day", "kept"),
    [
        (1435, 9, 1, "2014-06-28"),
        (1436, 10, 1, "2015-07-17"),
        (1437, 9, 1, "2016-06-06"),
        (1438, 12, 10, "2017-09-01"),
        (1440, 9, 1, "2019-05-06"),
        (1444, 10, 1, "2023-04-21"),
    ],
)
def test_the_tabular_calendar_is_within_a_day_of_what_was_kept(
    year: int, month: int, day: int, kept: str
) -> None:
    """Ramadan (month 9) and both Eids as announced in Saudi Arabia."""
    assert abs(islamic(year, month, day) - datetime.date.fromisoformat(kept)) <= datetime.timedelta(1)


def _document(line: str, kind: PassageKind, published: datetime.date | None) -> Document:
    text = f"{line}\n\nMen came to the town."
    passages = (Passage(kind=kind, span=Span(start=0, end=len(line))),)
    return Document(report="a", report_hash="0" * 64, text=text, passages=passages, published=published)


@pytest.mark.parametrize(
    ("line", "kind", "published", "anchor"),
    [
        ("Last updated at Jun 142016", PassageKind.DATELINE, "2016-06-07", "2016-06-14"),
        ("WEEKLY BULLETIN No. 47 (24-30 November)", PassageKind.BYLINE, "2016-12-01", "2016-11-30"),
        ("15 Nov 2021, 18:00 hrs", PassageKind.BODY, None, "2021-11-15"),
        ("On 15 Nov 2021 men in masks came to the market of the town", PassageKind.BODY, None, None),
        ("ANVIL, 31 February 2016", PassageKind.DATELINE, "2016-06-07", "2016-06-07"),
    ],
)
def test_the_report_says_from_which_day_it_counts(
    line: str, kind: PassageKind, published: str | None, anchor: str | None
) -> None:
    given = datetime.date.fromisoformat(published) if published else None
    found = anchor_of(_document(line, kind, given))
    assert (found.isoformat() if found else None) == anchor


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    st.sampled_from(["Monday", "Friday", "the end of the month", "the 20th", "Easter", "midnight on Sunday"]),
)
def test_a_deadline_lies_between_the_report_and_its_end(anchor: datetime.date, deadline: str) -> None:
    start, end = read_time(f"by {deadline}", anchor)
    if end is not None and end > anchor.isoformat():
        assert start == anchor.isoformat()
