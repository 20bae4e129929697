"""Who sits at the desk: a secret in the opened address becomes a cookie, a cookie a name."""

from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass, field, replace
from typing import Final

from stemma.desk.options import DeskOptions

MOST: Final = 500
"""Sessions kept at once; the oldest goes first. A team has a few, a loop of a broken script has many."""

LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. `csrf` must come with all that it writes; `fixed` names cannot be changed."""

    id: str
    name: str
    csrf: str
    fixed: bool


@dataclass(slots=True)
class Sessions:
    """All open sessions, in memory only: they end with the desk."""

    options: DeskOptions
    _open: dict[str, Session] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, secret: str) -> Session | None:
        """A new session for whoever knows `secret`; None for a wrong one."""
        name = self._name_of(secret)
        if name is None:
            return None
        session = Session(
            secrets.token_urlsafe(24), name, secrets.token_urlsafe(24), bool(self.options.users)
        )
        with self._lock:
            self._open[session.id] = session
            while len(self._open) > MOST:
                del self._open[next(iter(self._open))]
        return session

    def find(self, id: str) -> Session | None:
        """The session of a cookie; None where it is unknown."""
        return self._open.get(id)

    def rename(self, session: Session, name: str) -> Session:
        """The session under another name; raises `ValueError` where the name is fixed or none."""
        if session.fixed:
            raise ValueError("on a shared desk each reviewer has the name of the users file")
        renamed = replace(session, name=plain_name(name))
        with self._lock:
            self._open[session.id] = renamed
        return renamed

    def bearer(self, secret: str) -> Session | None:
        """A session for one request of a program that sends the secret as a bearer token."""
        name = self._name_of(secret)
        return Session("", name, "", True) if name is not None else None

    def _name_of(self, secret: str) -> str | None:
        known = self.options.users or {self.options.reviewer: self.options.token}
        given = secret.encode("utf-8", "replace")
        found = None
        for name, own in known.items():  # all of them, so that the time taken tells nothing
            if hmac.compare_digest(given, own.encode("utf-8")):
                found = name
        return found


def plain_name(name: str) -> str:
    """A reviewer's name on one line; raises `ValueError` where it is none."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    if not plain or len(plain) > LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} letters")
    return plain
