"""The way in and out of the desk: addresses of the terminal, the page that asks for a secret, signing out."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope

from stemma.desk.sessions import Session, Sessions, TooManyTriesError

ENTER: Final = "/enter"
LEAVE: Final = "/leave"
LONGEST_FORM: Final = 4096

CLOSED: Final = (
    "This desk is closed to you. Open it with the whole address that the terminal shows "
    "(it ends with ?token=...), in the browser that you judge with."
)
CLOSED_SHARED: Final = (
    "This desk is closed to you. Sign in with your own secret; who started the desk has it, "
    "and can give you an address that opens it once."
)
OVER: Final = "Your session is over. What you judged before is saved."
OVER_SHORT: Final = "Your session is over: load the page and sign in again. This was not saved."
WRONG: Final = "Nobody of this desk has this secret."
LEFT: Final = "You have signed out. What you judged is saved."
NO_ORIGIN: Final = "Sign in on the desk's own page."


class Entrance:
    """Answers whoever has no session yet, or wants to end one. `cookie` is the name of the desk's cookie."""

    def __init__(self, sessions: Sessions, cookie: str) -> None:
        self._sessions = sessions
        self._cookie = cookie

    def by_address(self, scope: Scope) -> Response | None:
        """The answer to an address with a token; None for one without.

        The desk of one person opens at once. On a shared desk the token is good once, and a person presses a
        button: what looks at addresses before people do (a chat's preview, a scanner) does not use it up.
        """
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        token = next((value for name, value in query if name == "token"), None)
        if token is None:
            return None
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        # One slash only: two would name another host.
        path = "/" + scope["path"].lstrip("/\\") + (f"?{rest}" if rest else "")
        if self._sessions.options.is_shared:
            name = self._sessions.invited(token)
            return self._page(200, to=path, token=token, person=name) if name else self.closed(scope)
        session = self._sessions.enter(token)
        return self.closed(scope) if session is None else self._opened(session, path)

    def closed(self, scope: Scope) -> Response:
        """What a stranger gets: one page that says what to do, and the place for a secret."""
        headers = Headers(scope=scope)
        shared = self._sessions.options.is_shared
        had_one = f"{self._cookie}=" in headers.get("cookie", "")
        if scope["method"] not in ("GET", "HEAD"):
            return JSONResponse({"error": OVER_SHORT if had_one else CLOSED}, 403)
        said = CLOSED_SHARED if shared else CLOSED
        if had_one and shared:
            said = OVER
        if scope["path"].startswith("/api/"):
            return JSONResponse({"error": said}, 403)
        query = scope["query_string"].decode("latin-1")
        to = scope["path"] + (f"?{query}" if query and "token=" not in query else "")
        return self._page(403, said, to=to)

    async def enter(self, scope: Scope, receive: Receive) -> Response:
        """The answer to the page that asks for a secret."""
        form = await _form(receive)
        to = "/" + form.get("to", "/").lstrip("/\\")
        to = to if to.isprintable() else "/"
        try:
            session = await run_in_threadpool(
                self._sessions.enter, form.get("token", "").strip(), address_of(scope)
            )
        except TooManyTriesError as error:
            return self.too_many(scope, error)
        if session is None:
            return self._page(403, WRONG, to=to)
        return self._opened(session, to)

    async def leave(self, receive: Receive, session: Session) -> Response:
        """Ends the session, or all of this person, and says so. The form carries the page's own token."""
        form = await _form(receive)
        if form.get("csrf") != session.csrf:
            return self._page(403, "The page is out of date: load it again.")
        if form.get("all"):
            self._sessions.end_all(session.name)
        else:
            self._sessions.end(session)
        answer = self._page(200, LEFT)
        answer.delete_cookie(self._cookie, path="/", httponly=True, samesite="strict")
        return answer

    def too_many(self, scope: Scope, error: TooManyTriesError) -> Response:
        """What is said after too many wrong secrets."""
        said = f"Too many wrong secrets. Wait {error.seconds} seconds; no secret is looked at before."
        headers = {"Retry-After": str(error.seconds)}
        if scope["path"].startswith("/api/"):
            return JSONResponse({"error": said}, 429, headers=headers)
        answer = self._page(429, said)
        answer.headers.update(headers)
        return answer

    def _opened(self, session: Session, path: str) -> Response:
        answer = RedirectResponse(path, 303)
        answer.set_cookie(self._cookie, session.id, httponly=True, samesite="strict", path="/")
        return answer

    def _page(
        self, status: int, said: str = "", *, to: str = "/", token: str = "", person: str | None = None
    ) -> Response:
        from stemma.desk.drawing import draw

        given = {"said": said, "to": to, "token": token, "person": person, "enter": ENTER}
        return HTMLResponse(draw("closed.html", shared=self._sessions.options.is_shared, **given), status)


def address_of(scope: Scope) -> str:
    """Where a request comes from; of IPv6 the network that one house has."""
    client = scope.get("client")
    address = str(client[0]) if client else ""
    return ":".join(address.split(":")[:4]) if ":" in address else address


async def _form(receive: Receive) -> dict[str, str]:
    """The fields of a small form; none where it is too long or no form."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return {}
        body += message.get("body", b"")
        if len(body) > LONGEST_FORM:
            return {}
        if not message.get("more_body"):
            break
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
