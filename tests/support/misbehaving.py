"""A server on this machine that does what servers should not. It stops by itself; nothing else is reached."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answerer = Callable[[BaseHTTPRequestHandler], None]
LONGEST = 20.0
"""Seconds after which any trickle ends by itself."""


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes = b""
    at: float = 0.0


@dataclass
class Site:
    """What it answers, by path; `asked` is what it was asked."""

    pages: dict[str, Answerer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(
        self,
        path: str,
        body: bytes | str = b"",
        status: int = 200,
        media_type: str = "text/html; charset=utf-8",
        **headers: str,
    ) -> str:
        """Puts an honest answer at this path and gives its address."""
        content = body.encode() if isinstance(body, str) else body
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = lambda handler: send(
            handler, status, {"Content-Type": media_type, **names}, content
        )
        return self.base + path

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


def send(handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str], body: bytes) -> None:
    tag = headers.get("ETag")
    if tag and handler.headers.get("If-None-Match") == tag:
        status, body = 304, b""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    with contextlib.suppress(OSError):
        handler.wfile.write(body)


def trickle(handler: BaseHTTPRequestHandler) -> None:
    """Headers at once, then a byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    until = time.monotonic() + LONGEST
    with contextlib.suppress(OSError):
        while time.monotonic() < until:
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)


def trickled_head(handler: BaseHTTPRequestHandler) -> None:
    """Never an end of the headers."""
    until = time.monotonic() + LONGEST
    with contextlib.suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while time.monotonic() < until:
            handler.wfile.write(b"X")
            handler.wfile.flush()
            time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body that does not end, as fast as it is taken (1 GB at most)."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(16_384):
            handler.wfile.write(b"x" * 65_536)


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    with contextlib.suppress(OSError):
        handler.wfile.write(b"\x00\xff\x00 this is not HTTP\r\n\r\n")


def slammed(handler: BaseHTTPRequestHandler) -> None:
    """Closes without a word."""
    handler.close_connection = True


def redirect(where: str, status: int = 302) -> Answerer:
    return lambda handler: send(handler, status, {"Location": where}, b"")


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 1 << 20)))

        def _answer(self, body: bytes) -> None:
            site.asked.append(Asked(self.path, dict(self.headers.items()), body, time.monotonic()))
            self.close_connection = True
            answer = site.pages.get(self.path)
            if answer is None:
                send(self, 404, {"Content-Type": "text/plain"}, b"nothing here")
            else:
                answer(self)

        def log_message(self, *args: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
