"""The gate before every page: right host, right person, right headers.

Reports are hostile text, and any page open in the same browser can send requests to loopback. So: only the
host names that are ours (no DNS rebinding), a secret before anything is shown, cookies that other sites
cannot send, a token of the page in all that writes, and a policy under which no script of a report runs.
"""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stemma.desk.entering import ENTER, LEAVE, NO_ORIGIN, Entrance, address_of
from stemma.desk.sessions import Session, Sessions, TooManyTriesError

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CSRF_HEADER: Final = "x-stemma-csrf"
SAFE: Final = frozenset(("GET", "HEAD"))
LARGEST_BODY: Final = 256 * 1024
"""Bytes that a request may send: a judgement is under 10 kB."""

_OPEN: Final = re.compile(r"/static/[0-9a-f]+/(desk\.css|mark\.svg)")
"""What the page of a closed desk loads: files of the program, the same for all."""


class Gate:
    """The gate as ASGI middleware; puts the `Session` into the request's state."""

    def __init__(self, app: ASGIApp, sessions: Sessions, hosts: frozenset[str], port: int) -> None:
        self._app = app
        self._sessions = sessions
        self._hosts = hosts
        self._cookie = f"stemma_desk_{port}"
        self._entrance = Entrance(sessions, self._cookie)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or lets the request pass."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # the desk speaks no websockets
            await send({"type": "websocket.close", "code": 1008})
            return
        bodies = _Counted(receive)
        refusal = await self._check(scope, bodies)
        target = refusal or self._app
        await target(scope, bodies, _with_headers(send))

    async def _check(self, scope: Scope, receive: Receive) -> Response | None:
        headers, safe = Headers(scope=scope), scope["method"] in SAFE
        if headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse("This desk does not answer under that name.", 421)
        if _too_large(headers.get("content-length", "0")):
            return PlainTextResponse("That is too much at once.", 413)
        if safe and (entered := self._entrance.by_address(scope)):
            return entered
        if safe and _OPEN.fullmatch(scope["path"]):
            return None
        if scope["method"] == "POST" and scope["path"] == ENTER and self._sessions.options.is_shared:
            if not self._is_own(headers):
                return PlainTextResponse(NO_ORIGIN, 403)
            return await self._entrance.enter(scope, receive)
        return await self._with_session(scope, headers, receive)

    async def _with_session(self, scope: Scope, headers: Headers, receive: Receive) -> Response | None:
        try:
            # On a shared desk the casebook may be asked for the person's role, which takes its time.
            shared = self._sessions.options.is_shared
            session = (
                await run_in_threadpool(self._session, headers, scope)
                if shared
                else self._session(headers, scope)
            )
        except TooManyTriesError as error:
            return self._entrance.too_many(scope, error)
        if session is None:
            return self._entrance.closed(scope)
        if scope["method"] == "POST" and scope["path"] == LEAVE and shared and self._is_own(headers):
            return await self._entrance.leave(receive, session)
        if scope["method"] not in SAFE and not self._may_write(headers, session):
            return PlainTextResponse("The page is out of date: load it again.", 403)
        scope.setdefault("state", {})["session"] = session
        return None

    def _session(self, headers: Headers, scope: Scope) -> Session | None:
        kind, _, secret = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and scope["method"] in SAFE and scope["path"].startswith("/api/"):
            return self._sessions.bearer(secret.strip(), address_of(scope))
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return None
        return self._sessions.find(cookie.value) if cookie else None

    def _may_write(self, headers: Headers, session: Session) -> bool:
        return self._is_own(headers) and bool(session.csrf) and headers.get(CSRF_HEADER, "") == session.csrf

    def _is_own(self, headers: Headers) -> bool:
        """False for what another site's page sends."""
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2].lower() not in self._hosts:
            return False
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def allowed_hosts(host: str, port: int) -> frozenset[str]:
    """The values of the Host header that the desk answers to."""
    names = (
        {"127.0.0.1", "localhost", "[::1]"} if host in ("127.0.0.1", "::1", "localhost") else {host.lower()}
    )
    return frozenset({f"{name}:{port}" for name in names} | (names if port == 80 else set()))


def _too_large(length: str) -> bool:
    return not length.isascii() or not length.isdigit() or int(length[:12]) > LARGEST_BODY


class _Counted:
    """A body without a length is cut off at the same size."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    async def __call__(self) -> Message:
        message: Message = await self._receive()
        self._seen += len(message.get("body", b""))
        return message if self._seen <= LARGEST_BODY else {"type": "http.disconnect"}


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=_raw(message))
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending


def _raw(message: Message) -> list[Any]:
    raw = list(message.get("headers", ()))
    message["headers"] = raw
    return raw
