from __future__ import annotations

import datetime

import pytest

from stemma.model import Document, Header, PassageKind, Report
from stemma.read import read_document

BODY = "Fighters stormed the barracks at Ford on Monday and killed three soldiers, the army said."
MORE = "The town was calm on Tuesday, residents told this newspaper, and shops had opened again."


def read(text: str, **header: object) -> Document:
    return read_document(
        Report(
            id="a",
            address="a.txt",
            media_type="text/plain",
            content=text.encode(),
            header=Header.model_validate(header),
        )
    )


def cut(document: Document) -> list[tuple[str, str]]:
    return [
        (passage.kind.value, passage.span.of(document.text))
        for passage in document.passages
        if passage.kind is not PassageKind.QUOTATION
    ]


def kinds(document: Document) -> list[str]:
    return [kind for kind, _ in cut(document)]


def test_a_headline_is_guessed_and_a_known_one_is_found() -> None:
    assert cut(read(f"Rebels Storm Barracks at Ford\n\n{BODY}"))[0] == (
        "title",
        "Rebels Storm Barracks at Ford",
    )
    known = read(f"{BODY}\n\n{MORE}", title="Something else entirely here")
    assert kinds(known) == ["body", "body"]
    assert known.title == "Something else entirely here"


def test_a_known_headline_further_down_is_not_guessed_above() -> None:
    title = "On the situation in the Tolvar valley"
    document = read(f"MINISTRY OF DEFENCE\n\nPress release No. 214\n\n{title}\n\n{BODY}", title=title)
    assert [text for kind, text in cut(document) if kind == "title"] == [title]


def test_a_title_that_the_first_paragraph_repeats_is_a_title_there_too() -> None:
    title = "Rebels storm barracks at Ford"
    document = read(
        f"{title}\n\nTuesday 5 March 2019 {title}. {BODY}", title=f"{title} - World - The Ford Courier"
    )
    assert cut(document) == [
        ("title", title),
        ("dateline", "Tuesday 5 March 2019"),
        ("title", f"{title}."),
        ("body", BODY),
    ]
    assert document.published == datetime.date(2019, 3, 5)


@pytest.mark.parametrize(
    ("head", "outlet", "agencies"),
    [
        ("MOGADISHU (Reuters) – ", "Reuters", ("Reuters",)),
        ("BEIRUT (AP) — ", "The Associated Press", ("The Associated Press",)),
        ("DAMASCUS, 4 Jan 90 (PRELA) -- [TEXT] ", "Prensa Latina", ("Prensa Latina",)),
        ("CLANDESTINE, 4 JAN 90 (RADIO FORD) -- [STATEMENT] [TEXT] ", "RADIO FORD", ("RADIO FORD",)),
        ("YANGON, July 25 (Reuters): ", "Reuters", ("Reuters",)),
        ("Cairo, Egypt, Apr 21 2022 (IPS) - ", "Inter Press Service", ("Inter Press Service",)),
        ("BOGOTA/HAVANA (Reuters) - ", "Reuters", ("Reuters",)),
        ("TEL AVIV – ", None, ()),
        ("GAZIANTEP AND KILIS, TURKEY — ", None, ()),
        ("New York (November 25, 2021): ", None, ()),
        ("Bogotá.- ", None, ()),
        ("Wed 05 Apr 2017 ", None, ()),
        ("Date of publication 16 September 2016 ", None, ()),
        ("Last updated at Aug 142016 ", None, ()),
    ],
)
def test_datelines(head: str, outlet: str | None, agencies: tuple[str, ...]) -> None:
    document = read(f"{head}{BODY}\n\n{MORE}")
    first = document.passages[0]
    assert (first.kind, first.span.of(document.text)) == (PassageKind.DATELINE, head.strip())
    assert first.outlet == outlet
    assert document.agencies == agencies
    assert cut(document)[1:] == [("body", BODY), ("body", MORE)]


def test_where_a_dateline_names_an_outlet_its_place_is_kept() -> None:
    document = read(f"MOGADISHU (Reuters) – {BODY}")
    span = document.passages[0].outlet_span
    assert span is not None
    assert span.of(document.text) == "Reuters"


@pytest.mark.parametrize(
    "text",
    [
        "UN (United Nations) troops left the town of Ford on Monday, the army said.",
        "HOSPITALS ARE FULL - AND MORE WOUNDED COME EVERY HOUR, THE MINISTRY SAID.",
        "Al-Shabaab said its fighters – some of them boys – took the town.",
        "April was the worst month of the war, the United Nations said on Monday.",
    ],
)
def test_sentences_that_only_look_like_datelines(text: str) -> None:
    assert kinds(read(f"{text}\n\n{MORE}")) == ["body", "body"]


@pytest.mark.parametrize(
    ("line", "kind", "byline"),
    [
        ("By Ana Ruiz", "byline", "Ana Ruiz"),
        ("By our defence correspondent", "byline", None),
        ("Ostrel, 13 October 2021", "dateline", None),
        ("Por Ana Ruiz", "byline", "Ana Ruiz"),
        ("Ana Ruiz | 7 February 2017", "byline", "Ana Ruiz"),
        ("February 7, 2017 8:35 am", "dateline", None),
        ("Reuters Bogotá, Colombia 15-04-2015 13:31", "dateline", None),
        ("Thursday, January 24, 2019", "dateline", None),
    ],
)
def test_lines_under_the_headline(line: str, kind: str, byline: str | None) -> None:
    document = read(f"Rebels Storm Barracks at Ford\n\n{line}\n\n{BODY}")
    assert kinds(document) == ["title", kind, "body"]
    assert document.byline == byline


def test_outlet_and_day_come_from_the_line_under_the_headline() -> None:
    document = read(f"Rebels Storm Barracks at Ford\n\nThe Ford Courier  |  February 7, 2017\n\n{BODY}")
    assert document.outlet == "The Ford Courier"
    assert document.byline == "The Ford Courier"
    assert document.published == datetime.date(2017, 2, 7)


def test_an_agency_in_the_byline_is_credited_and_is_not_the_outlet() -> None:
    document = read(f"Por EFE\n\n{BODY}\n\n{MORE}")
    assert document.agencies == ("EFE",)
    assert document.outlet is None


@pytest.mark.parametrize(
    ("tail", "agencies"),
    [
        ("-REUTERS", ("Reuters",)),
        ("--AFP", ("AFP",)),
        ("— Reuters", ("Reuters",)),
        ("(AFP)", ("AFP",)),
        ("(AP/Reuters)", ("The Associated Press",)),
        ("Source: SANA", ("SANA",)),
        ("(With agencies)", ()),
        ("(With inputs from agencies)", ()),
        ("Source TRTWorld and agencies", ()),
        ("Reporting by Jo Doe; Editing by Al Roe", ()),
    ],
)
def test_closing_credits(tail: str, agencies: tuple[str, ...]) -> None:
    document = read(f"{BODY}\n\n{MORE} {tail}")
    assert cut(document) == [("body", BODY), ("body", MORE), ("byline", tail)]
    assert document.agencies == agencies


def test_a_closing_line_of_its_own_is_credited() -> None:
    document = read(f"{BODY}\n\n{MORE}\n\n— Reuters")
    assert kinds(document) == ["body", "body", "byline"]
    assert document.agencies == ("Reuters",)


def test_the_report_s_own_outlet_is_no_agency() -> None:
    assert read(f"MOSCOW (Sputnik) - {BODY}", outlet="Sputnik News").agencies == ()
    assert read(f"BEIRUT (AP) — {BODY}", outlet="The Associated Press").agencies == ()


def test_a_sentence_that_names_an_agency_is_not_a_credit() -> None:
    document = read(f"{BODY}\n\nThe bridge had been blown up, a rebel commander told AFP.")
    assert document.agencies == ()
    assert kinds(document) == ["body", "body"]


@pytest.mark.parametrize(
    ("caption", "credit", "outlet"),
    [
        ("TOPSHOT - A boy looks at a burnt tank in Ford on Monday.", "/ AFP / JO DOE", "AFP"),
        (
            "A boy looks at a burnt tank.",
            "/ AFP / JO DOE (Photo credit should read JO DOE/AFP/Getty Images)",
            "AFP",
        ),
        ("A soldier at the bridge on 14 July.", "Photograph: Jo Doe/AFP/Getty Images", "AFP"),
        ("A soldier at the bridge.", "(AP Photo/Jo Doe)", "The Associated Press"),
        ("A soldier at the bridge.", "[Jo Doe/Reuters]", "Reuters"),
        ("Photo caption: flags in Ford, 22 January 2017.", "AFP / Getty.", "AFP"),
    ],
)
def test_captions_and_credits(caption: str, credit: str, outlet: str) -> None:
    document = read(f"{BODY}\n\n{caption} {credit}\n\n{MORE}")
    assert cut(document) == [("body", BODY), ("caption", caption), ("credit", credit), ("body", MORE)]
    assert [passage.outlet for passage in document.passages] == [None, outlet, outlet, None]
    assert document.agencies == ()


@pytest.mark.parametrize(
    "line",
    [
        "Stay informed about issues affecting the valley, receive daily letters, and more.",
        "Sign up for the daily edition and accept the terms.",
        "Sign up to First Light, our free daily newsletter – every weekday morning",
        "Read more",
        "Read more: Three dead in Ford",
        "Also read: Why the bridge matters",
        "Subscribe to our newsletter",
        "Please support our reporters; your donation matters.",
        "Follow us on Twitter",
        "Related coverage: an opinion piece about bridges",
        "Copyright 2019 The Ford Courier. All rights reserved.",
        "© 2019 The Ford Courier",
        "Advertisement",
        "Share on Facebook",
        "Click here to read the statement",
        "Comments are open. If you like this blog, subscribe by e-mail.",
    ],
)
def test_furniture(line: str) -> None:
    assert cut(read(f"{BODY}\n\n{line}\n\n{MORE}"))[1] == ("furniture", line)


@pytest.mark.parametrize(
    "line",
    [
        "Follow the army's lead, the minister told the villagers, and you will be safe.",
        "Related groups in the north and the west have joined the truce, the army said.",
        "“Sign up and fight with us,” the commander told the young men of the village on Monday.",
        "Donated medicine reached the town on Monday, doctors said.",
        "Copyrighted maps were found on a dead officer, the army said on Monday.",
    ],
)
def test_stories_that_only_begin_like_furniture(line: str) -> None:
    assert kinds(read(f"{BODY}\n\n{line}\n\n{MORE}")) == ["body", "body", "body"]


def test_headlines_after_a_heading_for_related_reports_are_furniture() -> None:
    document = read(f"{BODY}\n\nRelated stories\n\nBridge blown up at Ford\n\nThree held in Ford\n\n{MORE}")
    assert kinds(document) == ["body", "furniture", "furniture", "furniture", "body"]


def test_a_link_to_the_original_credits_its_outlet() -> None:
    document = read(f"{BODY}\n\nRead the whole story from Reuters.")
    assert kinds(document) == ["body", "furniture"]
    assert document.agencies == ("Reuters",)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Correction: an earlier version named the wrong bridge.", "correction"),
        ("(Corrects death toll in paragraph 4 to 19 from 21.)", "correction"),
        ("Editor's note: the toll was brought up to date.", "correction"),
        ("This article was amended on 8 March 2019. The bridge is at Ford, not at Weir.", "correction"),
        ("Update (10:30): the army has withdrawn its statement.", "correction"),
        ("Updated: 3 June 2017, 10:22", "dateline"),
    ],
)
def test_corrections_and_times_of_update(line: str, kind: str) -> None:
    assert cut(read(f"{BODY}\n\n{MORE}\n\n{line}"))[-1] == (kind, line)


def test_quotations_lie_within_their_paragraph() -> None:
    document = read(f"{BODY}\n\n“We hold the whole town,” the commander said.")
    quotation = document.passages_of(PassageKind.QUOTATION)[0]
    assert quotation.span.of(document.text) == "“We hold the whole town,”"
    assert document.passages[1].span.covers(quotation.span)


def test_a_date_that_the_header_contradicts_is_noted() -> None:
    document = read(f"5 March 2019 {BODY}", published="2019-04-05")
    assert document.published == datetime.date(2019, 4, 5)
    assert [note.code for note in document.notes] == ["date-contradiction"]
    assert read(f"5 March 2019 {BODY}", published="2019-03-06").notes == ()


def test_no_date_and_a_future_date_are_noted() -> None:
    assert [note.code for note in read(BODY).notes] == ["no-date"]
    assert [note.code for note in read(BODY, published="2999-01-01").notes] == ["future-date"]


def test_the_day_in_an_address_is_better_than_none_and_noted() -> None:
    document = read(BODY, url="https://www.algemeiner.com/2017/02/09/ford/")
    assert document.published == datetime.date(2017, 2, 9)
    assert document.outlet == "The Algemeiner"
    assert [note.code for note in document.notes] == ["date-from-address"]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = "Fighters stormed the barracks at the town of Ford late on\nMonday and killed three soldiers.\n"
    document = read(wrapped + "\n" + MORE)
    assert kinds(document) == ["body", "body"]
    assert document.text == wrapped + "\n" + MORE
