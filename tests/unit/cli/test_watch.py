"""`stemma watch` and what `stemma digest` sends."""

from __future__ import annotations

import email
import email.policy
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from misbehaving import Site, serving

STORY = (
    "<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{} The ferry went on in the "
    "morning as it does every day of the year, and nobody at the market could say who had fired.</p>"
    "</article></body></html>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as server:
        server.page("/a", STORY.format("Ardan attacked Brevin, two drivers said."))
        server.page("/feed", "<rss><channel><title>North</title><item><link>/a</link></item></channel></rss>")
        yield server


@pytest.fixture
def book(tmp_path: Path) -> str:
    return str(tmp_path / "book")


def options(site: Site) -> list[str]:
    return ["--once", "--allow-private", "--port", str(site.port), "--delay", "0"]


def test_a_feed_from_adding_it_to_an_alert(stemma: Any, site: Site, book: str) -> None:
    feed = f"{site.base}/feed"
    added = stemma("watch", "add", feed, "--casebook", book, "--outlet", "North News")
    assert added.status == 0
    assert added.err.startswith("1 new, 1 followed")
    saved = stemma("watch", "query", "add", "ardan", "--actor", "Ardan", "--casebook", book)
    assert saved.status == 0
    done = stemma("watch", *options(site), "--casebook", book)
    assert done.status == 0, done.err
    lines = done.out.splitlines()
    assert lines[0].startswith("new: ")
    assert lines[1] == "query ardan: 1 new incident"
    listed = stemma("watch", "list", "--casebook", book)
    assert feed in listed.out
    assert "query ardan: actor Ardan" in listed.out
    assert listed.err.startswith("1 followed, 1 saved query; in ")
    assert " 1 feed asked, 1 page, 1 new" in done.err
    shown = stemma("watch", "diff", f"{site.base}/a", "--casebook", book)
    assert "one version" in shown.err
    removed = stemma("watch", "remove", feed, "--casebook", book)
    assert removed.err == "1 removed, 0 followed\n"
    assert stemma("status", "--casebook", book).status == 0


def test_this_machine_is_not_asked_unless_it_is_allowed(stemma: Any, site: Site, book: str) -> None:
    stemma("watch", "add", f"{site.base}/feed", "--casebook", book)
    done = stemma("watch", "--once", "--port", str(site.port), "--casebook", book)
    assert done.status == 1
    assert "no public address" in done.err
    assert site.asked == []


def test_a_list_of_addresses(stemma: Any, site: Site, book: str, tmp_path: Path) -> None:
    file = tmp_path / "feeds.txt"
    file.write_text(f"# North\n{site.base}/feed  # the main one\n\n")
    done = stemma("watch", *options(site), "--list", str(file), "--casebook", book)
    assert done.out.startswith("new: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--once"], "nothing is followed yet"),
        (["--once", "--list", "nowhere.txt"], "the list cannot be read"),
        (["--once", "--agent", "Stémma"], "--agent"),
        (["add", "ftp://x/"], "no address of the web"),
        (["add", "nowhere"], "no such folder"),
        (["remove", "https://x.example/"], "not followed"),
        (["query", "add", "all"], "asks for everything"),
        (["query", "add", "a", "--actor", "x", "--webhook", "nowhere"], "no address of the web"),
        (["query", "remove", "a"], "no query is called"),
        (["diff", "https://x.example/"], ""),
    ],
)
def test_what_cannot_be_done_is_one_line(stemma: Any, book: str, words: list[str], said: str) -> None:
    done = stemma("watch", *words, "--casebook", book)
    assert done.status == 2
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_damaged_file_of_subscriptions_is_one_line(stemma: Any, book: str) -> None:
    folder = Path(book + ".watch")
    folder.mkdir()
    (folder / "watch.json").write_text('{"follows": [{"adress": "x"}]}')
    done = stemma("watch", "--once", "--casebook", book)
    assert done.status == 2
    assert "watch.json" in done.err


def test_a_digest_as_mail_feed_and_message(stemma: Any, site: Site, casebook: Path, tmp_path: Path) -> None:
    hook = site.page("/hook", "")
    mail, atom = tmp_path / "a.eml", tmp_path / "a.atom"
    done = stemma(
        "digest", "--since", "2000-01-01", "--casebook", str(casebook),
        "--mail", str(mail), "--atom", str(atom), "--webhook", hook, "--allow-private",
    )  # fmt: skip
    assert done.status == 0, done.err
    message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    assert "new incident" in message["Subject"]
    assert feedparser.parse(atom.read_text()).entries
    assert json.loads(site.asked[0].body)["digest"]["incidents"]
    blocked = stemma("digest", "--since", "2000-01-01", "--casebook", str(casebook), "--webhook", hook)
    assert blocked.status == 1
    assert len(site.asked) == 1


def test_what_arrived_since_counts_whenever_it_was_published(stemma: Any, casebook: Path) -> None:
    def incidents(day: str) -> list[Any]:
        done = stemma("digest", "--since", day, "--arrived", "--casebook", str(casebook), "-f", "json")
        found: list[Any] = json.loads(done.out)["incidents"]
        return found

    # All reports of this casebook were published years before they were added, or have no date.
    assert incidents("2026-01-01")
    assert incidents("2999-01-01") == []
