"""A browser without a window: calls the desk's application in this process, and keeps its cookie."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from stemma.desk.app import make_app
from stemma.desk.house import House
from stemma.desk.options import DeskOptions
from stemma.store import Store

PORT = 8642
TOKEN = "the-secret-of-this-test"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """`get` and `post` as a browser would send them; `headers` given go before the usual ones."""

    app: Any
    cookie: str = ""
    csrf: str = ""
    host: str = f"127.0.0.1:{PORT}"
    log: list[str] = field(default_factory=list)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None, **query: Any
    ) -> Answer:
        sent = {"host": self.host, **({"cookie": self.cookie} if self.cookie else {}), **(headers or {})}
        own, _, given = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": own,
            "raw_path": own.encode(),
            "query_string": (urlencode(query) or given).encode("latin-1"),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in sent.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", PORT),
            "state": {},
        }
        answer = asyncio.run(_call(self.app, scope, body))
        self.log.append(f"{method} {own} {answer.status}")
        return answer

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Answer:
        return self.ask("GET", path, headers=headers, **query)

    def post(self, path: str, asked: Any, headers: dict[str, str] | None = None) -> Answer:
        body = json.dumps(asked).encode()
        usual = {
            "content-type": "application/json",
            "content-length": str(len(body)),
            "origin": f"http://{self.host}",
            "x-stemma-csrf": self.csrf,
        }
        return self.ask("POST", path, body, {**usual, **(headers or {})})

    def enter(self, token: str = TOKEN) -> Client:
        answer = self.get("/", token=token)
        assert answer.status == 303, answer.text
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        found = re.search(r'name="csrf" content="([^"]+)"', self.get("/").text)
        assert found
        self.csrf = found[1]
        return self


async def _call(app: Any, scope: dict[str, Any], body: bytes) -> Answer:
    sent: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    try:
        await app(scope, receive, send)
    except Exception:
        if not sent:  # an answer was sent first: the server would only log the fault
            raise
    start = sent[0]
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))


def make_client(store: Store, reviewer: str = "ann", **options: Any) -> Client:
    """A client that has not entered yet."""
    house = House(store, DeskOptions(token=TOKEN, reviewer=reviewer, **options), "valley.casebook")
    return Client(make_app(house, PORT))
