"""Reading a request: what came in, checked, or one line that says what is wrong."""

from __future__ import annotations

import datetime
import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from stemma.desk.house import House
from stemma.desk.sessions import Session

__all__ = ["AskingError", "day", "house_of", "number", "person_of", "posted", "run_in_threadpool", "word"]


class AskingError(ValueError):
    """A request that cannot be followed; the text is one line for the person."""


def house_of(request: Request) -> House:
    """The house of this desk."""
    house: House = request.app.state.house
    return house


def session_of(request: Request) -> Session:
    """The session of this browser."""
    session: Session = request.state.session
    return session


def person_of(request: Request) -> str:
    """The name under which this browser judges."""
    return session_of(request).name


def word(request: Request, name: str, among: tuple[str, ...] = (), longest: int = 300) -> str:
    """A parameter of the address; empty where it is missing. Raises `AskingError`."""
    value = request.query_params.get(name, "").strip()
    if len(value) > longest:
        raise AskingError(f"{name} is longer than {longest} letters")
    if any(0xD800 <= ord(letter) < 0xE000 for letter in value):
        raise AskingError(f"{name} is no text")
    if among and value and value not in among:
        raise AskingError(f"{name} is none of: {', '.join(among)}")
    return value


def number(request: Request, name: str, default: int, low: int, high: int) -> int:
    """A whole number of the address between `low` and `high`. Raises `AskingError`."""
    value = word(request, name, longest=12)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        raise AskingError(f"{name} is no number from {low} to {high}")
    return int(value)


def day(request: Request, name: str) -> datetime.date | None:
    """A day of the address, as 2017-02-07. Raises `AskingError`."""
    value = word(request, name, longest=10)
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise AskingError(f"{name} is no date; write it as 2017-02-07") from error


async def posted(request: Request) -> dict[str, Any]:
    """The JSON object that was sent. Raises `AskingError`."""
    try:
        # Large whole numbers are refused by Python itself (ValueError), deep nesting by the decoder.
        found = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise AskingError("what was sent is no JSON") from error
    if not isinstance(found, dict):
        raise AskingError("what was sent is no JSON object")
    return found
