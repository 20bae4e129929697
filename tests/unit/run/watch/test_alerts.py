"""Saved queries: what a round brings reaches the feed, the mail and the webhook, once."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest
import smtp_stub
from misbehaving import Site, redirect

from stemma.errors import UsageError
from stemma.model import Coding, Document, Report
from stemma.run.api import open_casebook
from stemma.run.mailing import SERVER
from stemma.run.watch.alerts import Alerts, check_query
from stemma.run.watch.fetching import Fetcher
from stemma.run.watch.state import State
from stemma.run.watch.subscriptions import Place, SavedQuery
from stemma.run.watch.webhook import post
from stemma.settings import Settings
from stemma.store.protocol import Store

DAY = datetime.date(2026, 9, 7)


def put(store: Store, report: str, outlet: str, text: str, actor: str = "Ardan Front") -> None:
    """A report with one claim: somebody attacked somebody."""
    content = text.encode()
    made = Report(id=report, address=report, media_type="text/plain", content=content)
    document = Document(report=report, report_hash=made.bytes_hash(), text=text, outlet=outlet, published=DAY)
    entities = [
        {"id": "e1", "kind": "group", "names": [actor]},
        {"id": "e2", "kind": "group", "names": ["army"]},
    ]
    claim = {
        "id": "c1",
        "type": "ASSAULT",
        "evidence": text,
        "trigger": "attacked",
        "roles": {"actor": ["e1"], "recipient": ["e2"]},
        "time": {"text": "Monday", "start": "2026-09-07", "end": "2026-09-07"},
    }
    wire: dict[str, object] = {"report": report, "outlet": outlet, "published": DAY.isoformat()}
    wire |= {"entities": entities, "claims": [claim]}
    coding = Coding.from_wire(wire)
    store.add(made, document, coding.model_copy(update={"document_hash": document.content_hash()}), report)


class Book:
    def __init__(self, store: Store, state: State, fetcher: Fetcher, folder: Path) -> None:
        self.store, self.state, self.told = store, state, list[str]()
        self.place = Place(folder)
        self.alerts = Alerts(self.place, state, store, Settings(), fetcher, self.told.append)


@pytest.fixture
def book(tmp_path: Path, fetcher: Fetcher) -> Iterator[Book]:
    folder = tmp_path / "book.watch"
    with open_casebook(tmp_path / "book", create=True) as store, State(Place(folder).state) as state:
        yield Book(store, state, fetcher, folder)


def query(**more: Any) -> SavedQuery:
    return SavedQuery(name="ardan", filters={"actor": "Ardan Front"}, **more)


def test_a_new_incident_reaches_feed_mail_and_webhook(book: Book, site: Site, tmp_path: Path) -> None:
    hook = site.page("/hook", "")
    put(book.store, "north/a", "North News", "The Ardan Front attacked the army on Monday.")
    asked = query(mail=str(tmp_path / "mail"), webhook=hook)
    found = book.alerts.after_round([asked], ["north/a"])
    assert len(found["ardan"].incidents) == 1
    [mail] = (tmp_path / "mail").iterdir()
    assert b"Ardan Front" in mail.read_bytes()
    [entry] = feedparser.parse((book.place.alerts / "ardan.atom").read_text()).entries
    assert "Ardan Front" in entry.title
    [sent] = site.asked
    assert json.loads(sent.body)["digest"]["incidents"]


def test_reports_on_other_things_are_no_alert(book: Book) -> None:
    put(book.store, "north/a", "North News", "The Ardan Front attacked the army on Monday.")
    put(book.store, "north/b", "North News", "The Kolm Brigade attacked the army on Monday.", "Kolm Brigade")
    assert book.alerts.after_round([query()], ["north/b"]) == {}
    assert book.alerts.after_round([query()], []) == {}
    assert not book.place.alerts.exists()


def test_a_second_independent_report_is_a_change_of_origins(book: Book) -> None:
    put(book.store, "north/a", "North News", "The Ardan Front attacked the army at the bridge on Monday.")
    book.alerts.after_round([query()], ["north/a"])
    put(book.store, "south/b", "South Post", "On Monday the Ardan Front attacked army posts near a river.")
    view = book.alerts.after_round([query()], ["south/b"]).get("ardan")
    assert view is not None
    assert not view.incidents
    assert [change.what for change in view.origins]


def test_a_message_that_is_not_taken_is_tried_again_later(book: Book, site: Site) -> None:
    hook = site.page("/hook", "", status=500)
    put(book.store, "north/a", "North News", "The Ardan Front attacked the army on Monday.")
    book.alerts.after_round([query(webhook=hook)], ["north/a"])
    assert site.paths() == ["/hook"] * 3
    assert len(book.state.posted()) == 1
    site.page("/hook", "")
    book.alerts.after_round([], [])
    assert book.state.posted() == []
    # The same message has the same key, so that the other end can tell.
    assert len({one.headers["Idempotency-Key"] for one in site.asked}) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 410])
def test_a_message_that_is_refused_is_dropped_and_told(book: Book, site: Site, status: int) -> None:
    hook = site.page("/secret-path", "", status=status)
    put(book.store, "north/a", "North News", "The Ardan Front attacked the army on Monday.")
    book.alerts.after_round([query(webhook=hook)], ["north/a"])
    assert book.state.posted() == []
    assert any(f"status {status}" in line for line in book.told)
    assert not any("secret-path" in line for line in book.told)


def test_a_webhook_does_not_lead_elsewhere(fetcher: Fetcher, site: Site) -> None:
    site.page("/other", "")
    site.pages["/hook"] = redirect("/other", 307)
    failure = post(fetcher, f"{site.base}/hook", "{}")
    assert failure is not None
    assert site.paths() == ["/hook"]


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/", "http://127.0.0.1:9/", "ftp://x/", "http://169.254.169.254/"]
)
def test_a_webhook_is_guarded_as_all_requests_are(address: str) -> None:
    from stemma.run.watch.options import WatchOptions

    failure = post(Fetcher(WatchOptions()), address, "{}")
    assert failure is not None
    assert failure.wait is None


def test_a_signed_message(fetcher: Fetcher, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEMMA_WEBHOOK_SECRET", "word")
    assert post(fetcher, site.page("/hook", ""), '{"a": 1}') is None
    wanted = hmac.new(b"word", b'{"a": 1}', hashlib.sha256).hexdigest()
    assert site.asked[0].headers["X-Stemma-Signature"] == f"sha256={wanted}"


@pytest.mark.parametrize(
    ("name", "filters"),
    [
        ("a/b", {"actor": "x"}),
        ("a", {}),
        ("a", {"actr": "x"}),
        ("a", {"type": "NOTHING"}),
        ("", {"actor": "x"}),
    ],
)
def test_queries_that_cannot_be_saved(name: str, filters: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        check_query(SavedQuery(name=name, filters=filters))


def test_a_mail_is_sent_and_one_that_is_not_taken_is_offered_again(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(book.store, "north/a", "North News", "The Ardan Front attacked the army on Monday.")
    asked = query(mail_to=("ann@north.example",))
    with smtp_stub.serving(answer="451 later") as post:
        monkeypatch.setenv(SERVER, f"smtp://127.0.0.1:{post.port}")
        book.alerts.after_round([asked], ["north/a"])
        assert "mail server 127.0.0.1: it answers with 451; it is tried again" in book.told
        post.answer = "250 kept"
        book.alerts.after_round([asked], [])
        book.alerts.after_round([asked], [])
    [(_, to, content)] = post.mails  # once
    assert "ann@north.example" in to[0]
    assert b"Subject: Stemma, " in content


def test_a_mail_without_a_server_is_kept_and_said(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SERVER, raising=False)
    put(book.store, "north/a", "North News", "The Ardan Front attacked the army on Monday.")
    book.alerts.after_round([query(mail_to=("ann@north.example",))], ["north/a"])
    assert any("no mail server is named" in line for line in book.told)
    assert len(book.state.posted()) == 1
