"""Attacks on the desk as they were tried by hand, one by one; the raw ones against a server that listens."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator

import desk_client
import pytest
import uvicorn

from stemma.desk.app import make_app
from stemma.desk.house import House
from stemma.desk.options import DeskOptions
from stemma.desk.safety import LARGEST_BODY
from stemma.desk.serving import bind
from stemma.store import Store


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "FOO"])
@pytest.mark.parametrize("path", ["/", "/judge"])
def test_no_other_method_does_anything(client: desk_client.Client, method: str, path: str) -> None:
    assert client.ask(method, path).status == 403
    assert client.ask(method, path, headers={"x-stemma-csrf": client.csrf}).status == 405


def test_a_body_that_does_not_say_its_length_ends_at_the_same_size(
    client: desk_client.Client, store: Store
) -> None:
    body = json.dumps({"report": "velin/shelling", "claim": "c1", "do": "note", "note": "x" * LARGEST_BODY})
    answer = client.ask("POST", "/judge", body.encode(), {"x-stemma-csrf": client.csrf})
    assert answer.status == 413
    assert list(store.judgements()) == []


@pytest.mark.parametrize(
    "start", ["/\\evil.example", "//evil.example", "///evil.example/..", "/\\/evil.example"]
)
def test_the_way_in_stays_on_this_host(store: Store, start: str) -> None:
    location = desk_client.make_client(store).get(start, token=desk_client.TOKEN).headers["location"]
    assert location.startswith("/")
    assert location[1:2] not in ("/", "\\")


def test_the_way_in_writes_no_header_of_a_stranger(store: Store) -> None:
    answer = desk_client.make_client(store).get("/\r\nset-cookie: a=b", token=desk_client.TOKEN)
    assert "\r" not in answer.headers["location"]
    assert "\n" not in answer.headers["location"]


@pytest.mark.parametrize(
    "cookie",
    ["stemma_desk_8642=", "stemma_desk_8642=x", "stemma_desk_1={own}", "={own}", "\x01;;=", "a" * 5000],
)
def test_no_other_cookie_opens_the_desk(client: desk_client.Client, cookie: str) -> None:
    client.cookie = cookie.format(own=client.cookie.partition("=")[2])
    assert client.get("/").status == 403


def test_the_token_of_one_page_is_none_of_another_session(store: Store) -> None:
    ann, ben = (desk_client.make_client(store).enter() for _ in range(2))
    ann.csrf = ben.csrf
    assert ann.post("/judge", {"report": "velin/shelling", "claim": "c1", "do": "accept"}).status == 403


@pytest.mark.parametrize(
    "body", [b"[]", b"{", b"[" * 100_000, b'{"n":' + b"9" * 5000 + b"}", b"\xff", b'{"report":"\\ud800"}']
)
def test_what_is_no_judgement_is_refused_in_one_line(client: desk_client.Client, body: bytes) -> None:
    answer = client.ask("POST", "/judge", body, {"x-stemma-csrf": client.csrf})
    assert answer.status in (400, 404)
    assert list(answer.json()) == ["error"]


@pytest.mark.parametrize(
    "asked", ['"*', "NEAR(a b", "AND OR", '"""', "a*+" * 90, "%_", "'; DROP TABLE claims"]
)
def test_no_search_breaks_the_desk(client: desk_client.Client, asked: str) -> None:
    assert client.get("/", q=asked).status == 200
    assert client.get("/api/v1/claims", text=asked).status == 200


@pytest.fixture
def port(store: Store) -> Iterator[int]:
    """A desk that listens."""
    bound = bind("127.0.0.1", 0)
    number = int(bound.getsockname()[1])
    app = make_app(House(store, DeskOptions(token=desk_client.TOKEN), "a.casebook"), number)
    config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield number
    server.should_exit = True
    thread.join()


def _statuses(port: int, request: bytes) -> list[int]:
    """The statuses of all answers to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request.replace(b"HOST", f"Host: 127.0.0.1:{port}".encode()))
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
        except ConnectionResetError:
            pass  # the server has heard enough
    return [int(line.split()[1]) for line in answer.split(b"\r\n") if line.startswith(b"HTTP/")]


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        (b"GET / HTTP/1.1\r\nHOST\r\nHost: evil.example\r\n\r\n", [400]),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\nHOST\r\n\r\n", [400]),
        (b"GET / HTTP/1.0\r\n\r\n", [421]),
        (b"GET http://evil.example/ HTTP/1.1\r\nHOST\r\n\r\n", [403]),
        (b"POST /judge HTTP/1.1\r\nHOST\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", [400]),
        (b"GET / HTTP/1.1\r\nHOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", [403]),
        (b"GET /\xff HTTP/1.1\r\nHOST\r\n\r\n", [400]),
    ],
    ids=[
        "host then another",
        "another then host",
        "no host",
        "whole address",
        "two lengths",
        "socket",
        "bytes",
    ],
)
def test_odd_requests_get_nothing(port: int, request_: bytes, wanted: list[int]) -> None:
    assert _statuses(port, request_) == wanted


def test_no_second_request_is_smuggled_in_a_first(port: int) -> None:
    hidden = b"GET /static/x/desk.css HTTP/1.1\r\nHOST\r\n\r\n"
    request = (
        b"POST /judge HTTP/1.1\r\nHOST\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    )
    assert set(_statuses(port, request + hidden)) <= {400, 403}
