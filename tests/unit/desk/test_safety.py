"""The gate: who gets in, what may be written, what every answer carries."""

from __future__ import annotations

import sys
from pathlib import Path

import desk_client
import desk_story
import pytest

from stemma.desk.options import DeskOptions
from stemma.desk.safety import LARGEST_BODY
from stemma.desk.serving import addresses, bind
from stemma.desk.sessions import Sessions
from stemma.desk.users import plain_name, read_users
from stemma.errors import UsageError
from stemma.store import Store

ACCEPT = {"report": "velin/shelling", "claim": "c1", "do": "accept"}
PAGES = ("/", "/read?report=velin/shelling", "/queue", "/agreement", "/api/v1/reports", "/judged.zip")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_shown_without_the_secret(store: Store, path: str) -> None:
    stranger = desk_client.make_client(store)
    answer = stranger.get(path)
    assert answer.status == 403
    assert "Velin" not in answer.text
    assert stranger.get("/", token="wrong").status == 403


def test_the_secret_becomes_a_cookie_and_leaves_the_address(store: Store) -> None:
    answer = desk_client.make_client(store).get("/read", token=desk_client.TOKEN, report="velin/shelling")
    assert answer.status == 303
    assert answer.headers["location"] == "/read?report=velin%2Fshelling"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert desk_client.TOKEN not in cookie


def test_the_way_in_leads_to_no_other_host(store: Store) -> None:
    location = (
        desk_client.make_client(store).get("//evil.example/x", token=desk_client.TOKEN).headers["location"]
    )
    assert location == "/evil.example/x"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1.evil.example:8642", ""])
def test_another_host_name_is_not_answered(client: desk_client.Client, host: str) -> None:
    client.host = host
    assert client.get("/").status == 421


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_policy(client: desk_client.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "headers",
    [
        {"x-stemma-csrf": ""},
        {"x-stemma-csrf": "guess"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_page_sends_is_not_written(
    client: desk_client.Client, store: Store, headers: dict[str, str]
) -> None:
    assert client.post("/judge", ACCEPT, headers).status == 403
    assert list(store.judgements()) == []


def test_a_program_reads_with_the_token_and_writes_nothing(store: Store) -> None:
    program = desk_client.make_client(store)
    bearer = {"authorization": f"Bearer {desk_client.TOKEN}"}
    assert program.get("/api/v1/reports", headers=bearer).status == 200
    assert program.get("/api/v1/reports", headers={"authorization": "Bearer no"}).status == 403
    assert program.get("/", headers=bearer).status == 403
    assert program.post("/judge", ACCEPT, bearer).status == 403


def test_too_much_at_once_is_refused(client: desk_client.Client) -> None:
    assert client.post("/judge", {"x": "y" * LARGEST_BODY}).status == 413
    assert client.post("/judge", ACCEPT, {"content-length": "many"}).status == 413


@pytest.mark.parametrize(
    "path", ["/static/x/../desk.py", "/static/x/..%2fdesk.py", "/static/a/desk.css/../../x"]
)
def test_no_path_leaves_the_assets(client: desk_client.Client, path: str) -> None:
    assert client.get(path).status == 404


def test_no_page_tells_where_a_report_or_the_casebook_lay(client: desk_client.Client, tmp_path: Path) -> None:
    evil = 'evil/"><b>#%2e/../x'
    pages = [
        client.get("/").text,
        client.get("/read", report=evil).text,
        client.get("/api/v1/document", id=evil).text,
    ]
    for text in pages:
        assert "/secret/path" not in text
        assert str(tmp_path) not in text


def test_no_markup_of_a_report_reaches_a_page(client: desk_client.Client) -> None:
    for path, query in (("/", {}), ("/read", {"report": 'evil/"><b>#%2e/../x'}), ("/queue", {})):
        text = client.get(path, **query).text
        assert text.count("<script") == text.count('<script type="module" src="/static/')
        assert "<img src=x" not in text
        assert 'href="javascript' not in text
        assert "\u202e" not in text
        assert "\x07" not in text
        assert "style=" not in text
    assert "&lt;script&gt;" in client.get("/read", report='evil/"><b>#%2e/../x').text


def test_a_very_long_report_is_shown_in_parts(client: desk_client.Client) -> None:
    first = client.get("/read", report='evil/"><b>#%2e/../x').text
    assert len(first) < 200_000
    assert "the part after" in first
    further = client.get("/read", **{"report": 'evil/"><b>#%2e/../x', "from": 120_000}).text
    assert "the part before" in further
    shown = first.count("x" * 100_000) + further.count("x" * 70_000)
    assert shown >= 2
    assert len(desk_story.LONG_LINE) == 200_000


def test_a_name_is_one_line(store: Store) -> None:
    client = desk_client.make_client(store).enter()
    assert client.post("/name", {"name": "  Ben\n<b>  "}).json() == {"name": "Ben <b>"}
    assert "Ben &lt;b&gt;" in client.get("/").text
    assert client.post("/name", {"name": "\u202e"}).status == 400
    assert client.post("/name", {"name": "x" * 61}).status == 400
    with pytest.raises(ValueError, match="letters"):
        plain_name("")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
def test_the_users_file(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text("# who\nann lee abcdefghijklmnop\n\nben 0123456789abcdef\n", "utf-8")
    path.chmod(0o644)
    with pytest.raises(UsageError, match="others may read"):
        read_users(path)
    path.chmod(0o600)
    assert read_users(path) == {"ann lee": "abcdefghijklmnop", "ben": "0123456789abcdef"}
    twice = "a 0123456789abcdef\nb 0123456789abcdef\n"
    for bad in ("ann short\n", "ann " + "a1" * 20 + "\n", "justoneword\n", "", twice):
        path.write_text(bad, "utf-8")
        with pytest.raises(UsageError):
            read_users(path)


def test_sessions_do_not_grow_without_end() -> None:
    sessions = Sessions(DeskOptions(token="t" * 20))
    first = sessions.enter("t" * 20)
    assert first
    for _ in range(600):
        sessions.enter("t" * 20)
    assert sessions.find(first.id) is None


def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    with bind("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="cannot listen there"):
            bind("127.0.0.1", port)


def test_the_address_holds_the_secret() -> None:
    options = DeskOptions(token="abc", reviewer="ann")
    assert addresses(Sessions(options), 99) == [("ann", "http://127.0.0.1:99/?token=abc")]
