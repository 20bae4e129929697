"""A digest as mail, feed and message: what it says arrives, and nothing in a report becomes markup."""

from __future__ import annotations

import datetime
import email
import email.policy
import json

import feedparser
from lxml import etree

from stemma.run.letters import atom_of, digest_lines, entries_of, is_empty, mail_of, message_of, summary_of
from stemma.show.digest import Change, Digest
from stemma.show.told import Told

AT = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=datetime.UTC)
BAD = "<script>alert(1)</script>\x00\x1b[31m ]]> & \ud800"


def digest(title: str = "Shelling, Kolmaz") -> Digest:
    return Digest(
        since=datetime.date(2026, 11, 20),
        reports=(Told("north.example/a", "North News", datetime.date(2026, 11, 21), title),),
        undated=("north.example/b",),
        incidents=(),
        disputed=(Change("i-1", title, "killed people", "not in dispute", "10 / 12"),),
        figures=(Change("i-1", title, "killed people", "10", "10 (withdrawn) / 12"),),
        origins=(Change("i-1", title, "gone: hospital officials", "2 origins", "1 origin"),),
    )


EMPTY = Digest(datetime.date(2026, 11, 20), (), (), (), (), (), ())


def test_the_mail_says_it_plainly_and_in_html() -> None:
    message = email.message_from_bytes(mail_of(digest(), "Stemma", AT), policy=email.policy.default)
    assert message["Subject"] == "Stemma: 1 new dispute, 1 changed figure, 1 change of origins"
    assert message["Date"].datetime == AT
    plain = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    page = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    for text in ("Shelling, Kolmaz", "10 / 12", "hospital officials", "North News"):
        assert text in plain
        assert text in page
    assert "src=" not in page


def test_a_subject_cannot_bring_headers_of_its_own() -> None:
    message = email.message_from_bytes(
        mail_of(digest(), "Stemma\r\nBcc: other@north.example", AT), policy=email.policy.default
    )
    assert message["Bcc"] is None
    assert "Bcc: other" in message["Subject"]


def test_the_feed_is_one_and_its_entries_keep_their_names() -> None:
    entries = [(one, AT) for one in entries_of(digest())]
    text = atom_of("Stemma", entries, AT)
    found = feedparser.parse(text)
    assert not found.bozo
    assert [entry.title for entry in found.entries] == [
        "newly disputed: Shelling, Kolmaz",
        "changed figure: Shelling, Kolmaz",
        "origins won or lost: Shelling, Kolmaz",
    ]
    assert len({entry.id for entry in found.entries}) == 3
    again = feedparser.parse(atom_of("Stemma", [(one, AT) for one in entries_of(digest())], AT))
    assert [entry.id for entry in again.entries] == [entry.id for entry in found.entries]


def test_nothing_that_a_report_says_becomes_markup() -> None:
    view = digest(BAD)
    root = etree.fromstring(atom_of(BAD, [(one, AT) for one in entries_of(view)], AT).encode())
    contents = root.findall(".//{*}content")
    assert contents
    assert all("<script" not in (one.text or "") for one in contents)
    message = email.message_from_bytes(mail_of(view, "Stemma", AT), policy=email.policy.default)
    page = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "<script" not in page
    assert json.loads(message_of(view, "one", AT).encode("utf-8", "replace"))["digest"]["disputed"]


def test_the_message_of_a_webhook() -> None:
    wire = json.loads(message_of(digest(), "one", AT))
    assert (wire["name"], wire["at"]) == ("one", "2026-11-22T10:00:00Z")
    assert wire["digest"]["figures"][0]["after"] == "10 (withdrawn) / 12"


def test_nothing_is_said_of_nothing() -> None:
    assert is_empty(EMPTY)
    assert summary_of(EMPTY) == "nothing new"
    assert list(digest_lines(EMPTY)) == ["Since 2026-11-20: 0 new reports, nothing new."]
    assert entries_of(EMPTY) == ()
