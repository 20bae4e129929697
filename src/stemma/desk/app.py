"""The desk as one ASGI application."""

from __future__ import annotations

import sys

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from stemma.desk.asking import AskingError
from stemma.desk.drawing import page, serve_asset
from stemma.desk.house import House
from stemma.desk.judging import JudgingError
from stemma.desk.pages import NAVIGATION, ROUTES
from stemma.desk.safety import Gate, allowed_hosts
from stemma.errors import StemmaError


def make_app(house: House, port: int) -> ASGIApp:
    """The application behind its gate; `port` is the one in the addresses that it answers to."""
    inner = Starlette(
        routes=[*ROUTES, Route("/static/{mark}/{name}", serve_asset)],
        exception_handlers={
            AskingError: _refuse,
            JudgingError: _refuse,
            KeyError: _missing,
            StemmaError: _refuse,
            HTTPException: _http,
            ClientDisconnect: _cut_off,
            Exception: _broken,
        },
    )
    inner.state.house = house
    inner.state.navigation = NAVIGATION
    return Gate(inner, house.sessions, allowed_hosts(house.options.host, port), port)


def _told(request: Request, status: int, what: str) -> Response:
    """One line, as JSON to scripts and as a page to people."""
    wants_json = request.url.path.startswith("/api/") or request.method not in ("GET", "HEAD")
    if wants_json or not hasattr(request.state, "session"):
        return JSONResponse({"error": what}, status)
    return page(request, "fault.html", status, what=what, title="Not found" if status == 404 else "Not so")


async def _refuse(request: Request, error: Exception) -> Response:
    return _told(request, 400, error.line() if isinstance(error, StemmaError) else str(error))


async def _missing(request: Request, error: Exception) -> Response:
    return _told(request, 404, "There is no such report in this casebook.")


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    told = _told(request, status, "There is no such page." if status == 404 else "That cannot be asked here.")
    if isinstance(error, HTTPException) and error.headers:
        told.headers.update(error.headers)
    return told


async def _cut_off(request: Request, error: Exception) -> Response:
    """The gate ends a body that grows too long without having said so; who has gone hears nothing of it."""
    return _told(request, 413, "That is too much at once.")


async def _broken(request: Request, error: Exception) -> Response:
    sys.stderr.write(f"stemma desk: {request.url.path}: {type(error).__name__}\n")
    return _told(request, 500, "The desk could not answer. What you judged before is saved.")
