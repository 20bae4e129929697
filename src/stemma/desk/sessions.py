"""Who sits at the desk: a secret becomes a cookie, a cookie a name, and both have an end.

The desk of one person: its address holds a secret of this run, and ends with it. A shared desk: the secret of
the users file is typed in and stands in no address; an address of the terminal opens the desk once, for one
person, within hours. A session ends by itself (idle, or old), by signing out, when its person is taken out of
the users file or gets another secret there, and when that person has no role in the casebook any more.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from stemma.desk.options import DeskOptions
from stemma.desk.users import Users, plain_name

MOST: Final = 500
"""Sessions kept at once; the oldest goes first. A team has a few, a loop of a broken script has many."""
MOST_OF_ONE: Final = 20
"""Sessions of one person of a shared desk: nobody's loop drives another out."""
MEMBERS_SECONDS: Final = 5.0
"""How long it is taken for known whether a person has a role in the casebook."""

WINDOW: Final = 300.0
"""Seconds over which wrong secrets are counted."""
TRIES: Final = 10
"""Wrong secrets of one address within `WINDOW`, after which no secret is looked at until it is over."""
TRIES_OF_ALL: Final = 100
"""The same for all addresses together: 28,800 a day, so that even two words out of 10,000 take ten years."""
MOST_ADDRESSES: Final = 1000


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. `csrf` must come with all that it writes; `fixed` names cannot be changed.

    `secret` is a hash of what opened it: where the users file has another one now, the session is over.
    """

    id: str
    name: str
    csrf: str
    fixed: bool
    begun: float = 0.0
    secret: str = ""


class TooManyTriesError(Exception):
    """Too many wrong secrets; `seconds` until the next one is looked at."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        super().__init__(f"wait {self.seconds} seconds")


@dataclass(slots=True)
class Tries:
    """Counts wrong secrets of people, by address and of all; tokens of ours, of 192 bits, need none."""

    clock: Callable[[], float]
    _wrong: OrderedDict[str, list[float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, address: str) -> None:
        """Raises `TooManyTriesError` where no secret of this address is looked at now."""
        now = self.clock()
        with self._lock:
            for key, most in ((f"from {address}", TRIES), ("", TRIES_OF_ALL)):
                kept = [at for at in self._wrong.get(key, ()) if now - at < WINDOW]
                if len(kept) >= most:
                    raise TooManyTriesError(kept[-most] + WINDOW - now)

    def wrong(self, address: str) -> None:
        """Notes a wrong secret."""
        now = self.clock()
        with self._lock:
            for key in (f"from {address}", ""):
                kept = [at for at in self._wrong.get(key, ()) if now - at < WINDOW]
                self._wrong[key] = [*kept, now][-TRIES_OF_ALL:]
                self._wrong.move_to_end(key)
            while len(self._wrong) > MOST_ADDRESSES:
                self._wrong.popitem(last=False)


class Sessions:
    """All open sessions, in memory only: they end with the desk.

    `has_role` says whether a person may come to the casebook at all; it is asked on a shared desk.
    """

    def __init__(
        self,
        options: DeskOptions,
        has_role: Callable[[str], bool] = lambda _: True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.options = options
        self.tries = Tries(clock)
        self._users = Users(options.users, options.users_file, clock)
        self._has_role, self._clock = has_role, clock
        self._roles: dict[str, tuple[float, bool]] = {}
        self._open: dict[str, Session] = {}
        self._seen: dict[str, float] = {}
        self._invited: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def invite(self, name: str) -> str:
        """A token that opens the desk once for this person, within `options.longest` seconds."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._invited[_hash(token)] = (name, self._clock() + self.options.longest)
        return token

    def invited(self, token: str) -> str | None:
        """The name that a token of `invite` is for; None where it is unknown, used or too old."""
        name, until = self._invited.get(_hash(token), ("", 0.0))
        return name if name and self._clock() < until and name in self._users.known() else None

    def enter(self, secret: str, address: str = "") -> Session | None:
        """A new session for whoever knows `secret`; None for a wrong one.

        Raises `TooManyTriesError` after many wrong ones, whatever this one is.
        """
        name = self._use_invitation(secret) or self._counted_name_of(secret, address)
        if name is None or not self._may_come(name):
            return None
        shared = self.options.is_shared
        own = _hash(self._users.known().get(name, "")) if shared else ""
        session = Session(
            secrets.token_urlsafe(24), name, secrets.token_urlsafe(24), shared, self._clock(), own
        )
        with self._lock:
            self._open[session.id], self._seen[session.id] = session, session.begun
            self._make_room(name)
        return session

    def find(self, id: str) -> Session | None:
        """The session of a cookie, from now on in use; None where it is unknown or over."""
        with self._lock:
            session = self._open.get(id)
        if session is None:
            return None
        if self.options.is_shared and self._is_over(session):
            self.end(session)
            return None
        with self._lock:
            if id in self._open:
                self._seen[id] = self._clock()
        return session

    def end(self, session: Session) -> None:
        """Ends this session."""
        with self._lock:
            self._open.pop(session.id, None)
            self._seen.pop(session.id, None)

    def end_all(self, name: str) -> int:
        """Ends all sessions of a person and takes back their invitations; how many sessions there were."""
        with self._lock:
            gone = [one for one, session in self._open.items() if session.name == name]
            for one in gone:
                del self._open[one], self._seen[one]
            for token in [token for token, (whose, _) in self._invited.items() if whose == name]:
                del self._invited[token]
        return len(gone)

    def rename(self, session: Session, name: str) -> Session:
        """The session under another name; raises `ValueError` where the name is fixed or none."""
        if session.fixed:
            raise ValueError("on a shared desk each reviewer has the name of the users file")
        renamed = replace(session, name=plain_name(name))
        with self._lock:
            self._open[session.id] = renamed
        return renamed

    def bearer(self, secret: str, address: str = "") -> Session | None:
        """A session for one request of a program that sends the secret as a bearer token.

        Raises `TooManyTriesError` after many wrong ones.
        """
        name = self._counted_name_of(secret, address)
        return Session("", name, "", True) if name is not None and self._may_come(name) else None

    def _make_room(self, name: str) -> None:
        if self.options.is_shared:
            own = [one for one, session in self._open.items() if session.name == name]
            for one in own[: max(0, len(own) - MOST_OF_ONE)]:
                del self._open[one], self._seen[one]
        while len(self._open) > MOST:
            oldest = next(iter(self._open))
            del self._open[oldest], self._seen[oldest]

    def _is_over(self, session: Session) -> bool:
        now = self._clock()
        idle = now - self._seen.get(session.id, session.begun)
        if idle > self.options.idle or now - session.begun > self.options.longest:
            return True
        own = self._users.known().get(session.name)
        if own is None or not hmac.compare_digest(_hash(own), session.secret):
            return True
        return not self._may_come(session.name)

    def _may_come(self, name: str) -> bool:
        if not self.options.is_shared:
            return True
        now = self._clock()
        at, may = self._roles.get(name, (float("-inf"), False))
        if now - at >= MEMBERS_SECONDS:
            may = self._has_role(name)
            self._roles[name] = (now, may)
        return may

    def _use_invitation(self, token: str) -> str | None:
        name = self.invited(token)
        if name is not None:
            with self._lock:
                # Of two who come with it at the same moment, one.
                name = self._invited.pop(_hash(token), (None, 0.0))[0]
        return name

    def _counted_name_of(self, secret: str, address: str) -> str | None:
        if not self.options.is_shared:
            return self._name_of(secret)
        self.tries.check(address)
        name = self._name_of(secret)
        if name is None:
            self.tries.wrong(address)
        return name

    def _name_of(self, secret: str) -> str | None:
        shared = self.options.is_shared
        known = self._users.known() if shared else {self.options.reviewer: self.options.token}
        given = secret.encode("utf-8", "replace")
        found = None
        for name, own in known.items():  # all of them, so that the time taken tells nothing
            if hmac.compare_digest(given, own.encode("utf-8")):
                found = name
        return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
