"""JSON-LD, TimeMap, footnotes and the dossier, read back by readers of their own."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from full_record import HOSTILE, TEXT, full_record
from hypothesis import given, settings
from lxml import etree, html
from markdown_it import MarkdownIt
from round_trip import records, written

from stemma.export.claimreview import Claimreview
from stemma.export.footnotes import Footnotes
from stemma.export.html_dossier import HtmlDossier
from stemma.export.options import ExportOptions
from stemma.export.timemap import EVENTS, SOURCES, Timemap, memento
from stemma.model import Record

WORDS = TEXT.split("\n")[0]


def things(record: Record) -> list[dict[str, Any]]:
    return json.loads(written(Claimreview(), record).text())["@graph"]


def table(record: Record, name: str) -> list[dict[str, str]]:
    text = written(Timemap(), record, options=ExportOptions(table=name)).text()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def dossier(record: Record) -> Any:
    return html.document_fromstring(written(HtmlDossier(), record).files[""].getvalue())


def of(node: Any, name: str) -> list[str]:
    return [one.text_content() for one in node.xpath(f".//*[@class='{name}']")]


def with_judgements(*judgements: dict[str, Any]) -> Record:
    wire = full_record().wire()
    wire["judgements"] = [{"person": "Ana", "at": "2022-01-02T03:04:05Z", **one} for one in judgements]
    return Record.from_wire(wire)


def test_a_claim_has_its_words_its_ultimate_sources_and_its_report() -> None:
    first = things(full_record())[0]
    assert first["@type"] == "Claim"
    assert first["text"] == WORDS
    assert [one["name"] for one in first["author"]] == ["“the army”", "residents"]
    assert first["description"].startswith("probable; said not to have happened; future (“reportedly”)")
    assert first["appearance"]["publisher"]["name"] == "Lakeside Herald"
    assert first["temporalCoverage"] == "2021-10-12/2021-10-13"
    assert first["contentLocation"]["geo"]["longitude"] == 36.25


def test_accepting_a_coding_rates_no_claim() -> None:
    record = with_judgements(
        {"subject": "herald/1#c1", "verdict": "accept", "value": None},
        {"subject": "herald/1#c1", "verdict": "note", "value": "False"},
        {"subject": "herald/1#c1/rating", "verdict": "reject", "value": "False"},
        {"subject": "herald/1#c1/rating", "verdict": "note", "value": None},
    )
    assert {one["@type"] for one in things(record)} == {"Claim"}


def test_a_rating_is_that_of_the_person_who_gave_it_and_the_last_stands() -> None:
    rating = {"alternateName": "Half true", "ratingValue": 3, "url": "javascript:alert(1)", "x": 1}
    record = with_judgements(
        {"subject": "herald/1#c1/rating", "verdict": "note", "value": "False"},
        {"subject": "herald/1#c1/rating", "verdict": "note", "value": rating, "reason": "two calls"},
        {"subject": "herald/1#c1/rating", "verdict": "note", "value": "True", "person": "Bo"},
    )
    reviews = [one for one in things(record) if one["@type"] == "ClaimReview"]
    assert [(one["author"]["name"], one["reviewRating"]["alternateName"]) for one in reviews] == [
        ("Ana", "Half true"),
        ("Bo", "True"),
    ]
    assert reviews[0]["reviewRating"] == {"@type": "Rating", "alternateName": "Half true", "ratingValue": 3}
    assert reviews[0]["itemReviewed"] == {"@id": things(record)[0]["@id"]}
    assert "url" not in reviews[0]


@settings(max_examples=25)
@given(records())
def test_any_claim_keeps_its_words(record: Record) -> None:
    said = [claim.evidence for coding in record.codings for claim in coding.claims]
    found = [one.get("text", "") for one in things(record) if one["@type"] == "Claim"]
    assert found == said
    rows = table(record, "events")
    assert [tuple(row) for row in rows[:1]] in ([], [tuple(EVENTS)])
    assert len(rows) == len(said)


def test_timemap_has_an_event_for_each_claim_and_a_source_for_each_report() -> None:
    events, sources = table(full_record(), "events"), table(full_record(), "sources")
    assert tuple(events[0]) == tuple(EVENTS)
    assert tuple(sources[0]) == tuple(SOURCES)
    one = events[0]
    assert one["description"].split("\n") == [
        WORDS,
        "[probable; said not to have happened; future (“reportedly”). "
        "“the army” + residents (anonymous) → State television]",
    ]
    assert (one["date"], one["time_precision"]) == ("2021-10-12", "range")
    assert (one["latitude"], one["associations"]) == ("34.5", "Shelling of Kolmaz")
    assert [one["sources"], sources[0]["parent"]] == [sources[0]["id"], "outlet:Longitude"]


@pytest.mark.parametrize(
    ("url", "original"),
    [
        ("https://web.archive.org/web/20211014101112/https://herald.example/1", "https://herald.example/1"),
        ("http://web.archive.org/web/20211014101112id_/http://a.example/?x=1", "http://a.example/?x=1"),
        ("https://web.archive.org/web/20211399000000/https://herald.example/1", None),
        ("https://web.archive.org.evil.example/web/20211014101112/https://a.example/", None),
        ("https://herald.example/1", None),
        (None, None),
    ],
)
def test_a_version_is_known_where_the_address_tells_it(url: str | None, original: str | None) -> None:
    found = memento(url)
    assert (found[0] if found else None) == original
    wire = full_record().wire()
    wire["codings"][0]["url"] = url
    text = written(Timemap(), Record.from_wire(wire), options=ExportOptions(table="versions")).text()
    links = [one["memento"][0] for one in json.loads(text)["linkset"]]
    assert [one["datetime"] for one in links] == ["Thu, 14 Oct 2021 10:11:12 GMT"] * bool(original)


def test_a_footnote_has_the_exact_words_and_where_they_stand() -> None:
    page = html.document_fromstring(written(Footnotes(), full_record()).files["footnotes.html"].getvalue())
    assert of(page, "words") == TEXT.split("\n")
    start, end = map(int, of(page, "place")[0].split("–"))
    assert TEXT[start:end] == of(page, "words")[0]
    note = page.xpath("//*[@id='_ftn1']")[0].text_content()
    assert note.strip() == (
        "[1] Lakeside Herald, “Market shelled,” October 14, 2021, https://herald.example/1?a=1&b=2; "
        f"access point herald/1#c1, characters 0–{len(WORDS)} of document sha256 {'ab' * 32}: “{WORDS}” "
        "On the word of “the army” + residents (anonymous) → State television; "
        "probable; said not to have happened; future (“reportedly”)."
    )
    assert len(page.xpath("//a[@href='#_ftn1']")) == len(page.xpath("//*[@id='_ftn1']")) == 1


def test_a_footnote_in_markdown_says_the_same() -> None:
    text = written(Footnotes(), full_record()).text("footnotes.md")
    definition = next(line for line in text.split("\n") if line.startswith("[^1]: "))
    rendered = html.fromstring(MarkdownIt().render(definition.removeprefix("[^1]: "))).text_content()
    page = html.document_fromstring(written(Footnotes(), full_record()).files["footnotes.html"].getvalue())
    assert rendered.strip() == page.xpath("//*[@id='_ftn1']")[0].text_content().strip().removeprefix("[1] ")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_only_words_in_markdown(hostile: str) -> None:
    text = written(Footnotes(), full_record(hostile)).text("footnotes.md")
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)
    tokens = [one for block in MarkdownIt().parse(text) for one in (block, *(block.children or ()))]
    kinds = {one.type for one in tokens}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "text_special"}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("format", [Footnotes(), HtmlDossier()], ids=["footnotes", "html"])
def test_hostile_text_is_only_words_on_a_page(format: Any, hostile: str) -> None:
    files = written(format, full_record(hostile)).files
    content = files.get("footnotes.html", files.get("")).getvalue().decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200f]", content)
    plain = html.document_fromstring(
        written(format, full_record())
        .files[next(name for name in files if not name.endswith(".md"))]
        .getvalue()
    )
    page = html.document_fromstring(content.encode())
    tags = [one.tag for one in page.iter() if isinstance(one.tag, str)]
    assert tags == [one.tag for one in plain.iter() if isinstance(one.tag, str)]
    names = {name for one in page.iter() for name in one.attrib}
    assert names == {name for one in plain.iter() for name in one.attrib}
    assert not names & {"src", "onload", "onerror", "background", "srcset"}
    assert not list(page.iter(etree.Comment))


@settings(max_examples=25)
@given(records())
def test_a_page_shows_every_claim_and_asks_nothing_of_the_web(record: Record) -> None:
    page = dossier(record)
    assert {one.tag for one in page.iter()} <= set(
        "html head meta title style body h1 h2 h3 p bdi article section blockquote span ul li a b div".split()
    )
    assert all(href.startswith(("http://", "https://")) for href in page.xpath("//a/@href"))
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    claims = [claim for coding in record.codings for claim in coding.claims]
    assert len(of(page, "evidence")) == len(claims)


def test_the_dossier_prints_incidents_disputes_lineage_and_judgements() -> None:
    page = dossier(full_record())
    incident = page.xpath("//article[@class='incident']")[0]
    assert of(incident, "title") == ["Shelling of Kolmaz"]
    assert of(incident, "sentence") == ["Rests on one to three origins."]
    assert (of(incident, "low"), of(incident, "high")) == (["1"], ["3"])
    assert (of(incident, "attribute"), of(incident, "value")) == (["killed"], ["16"])
    report = page.xpath("//section[@class='report']")[0]
    assert of(report, "parent") == ["outlet:Longitude"]
    assert of(report, "evidence") == TEXT.split("\n")
    assert of(report, "voices")[0] == "“the army” + residents (anonymous) → State television"
    assert of(report, "judgement") == [
        "note on c1/rating by Ana, 2022-01-02T03:04:05+00:00, "
        '{"alternateName":"Unproven","scale":[1,2.5]}: two calls'
    ]


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    wire = full_record().wire()
    wire["codings"][0]["url"] = "javascript:alert(1)"
    page = dossier(Record.from_wire(wire))
    assert page.xpath("//a/@href") == []
    assert of(page, "url") == ["javascript:alert(1)"]
