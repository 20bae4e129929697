"""The users file of a shared desk: who may come, and with which secret."""

from __future__ import annotations

import stat
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from stemma.errors import UsageError

SHORTEST_SECRET: Final = 16
FEWEST_SIGNS: Final = 6
"""Different signs of a secret: `aaaaaaaaaaaaaaaa` is long, and the first thing that is tried."""
LONGEST_NAME: Final = 60
LOOK_SECONDS: Final = 1.0
"""How often it is looked at whether the file has changed."""


def plain_name(name: str) -> str:
    """A reviewer's name on one line; raises `ValueError` where it is none."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    if not plain or len(plain) > LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} letters")
    return plain


def read_users(path: Path) -> dict[str, str]:
    """The reviewers of a users file, one `NAME SECRET` a line; raises `UsageError`."""
    if sys.platform != "win32" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError("others may read the secrets", where=str(path), mend=f"chmod 600 {path}")
    users: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, secret = line.strip().rpartition(" ")
        where = f"{path}:{number}"
        if not name or len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_SIGNS:
            raise UsageError(
                f"is no name with a secret of {SHORTEST_SECRET} letters or more, {FEWEST_SIGNS} of them "
                "different",
                where=where,
                mend="write: ann 4kf0-29dk-s83m-x71q",
            )
        if not secret.isascii() or secret in users.values():
            raise UsageError(
                "the secret is used twice, or is not plain ASCII", where=where, mend="choose another"
            )
        try:
            users[plain_name(name)] = secret
        except ValueError as error:
            raise UsageError(str(error), where=where, mend="shorten the name") from error
    if not users:
        raise UsageError("names no reviewer", where=str(path), mend="write one NAME SECRET a line")
    return users


class Users:
    """The secrets by name, as the file has them now: who is taken out of it is out within seconds.

    A file that has become unreadable leaves what was known, and says so once in the terminal.
    """

    def __init__(
        self,
        known: Mapping[str, str],
        path: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._known, self._path, self._clock = dict(known), path, clock
        self._state = self._look()
        self._looked = clock()
        self._lock = threading.Lock()

    def known(self) -> Mapping[str, str]:
        """Name -> secret."""
        with self._lock:
            if self._path is not None and self._clock() - self._looked >= LOOK_SECONDS:
                self._looked = self._clock()
                state = self._look()
                if state != self._state:
                    self._state = state
                    self._read(self._path)
            return self._known

    def _look(self) -> tuple[int, int, int] | None:
        if self._path is None:
            return None
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self, path: Path) -> None:
        try:
            self._known = read_users(path)
        except (UsageError, OSError, UnicodeDecodeError) as error:
            what = error.line() if isinstance(error, UsageError) else f"{path}: cannot be read"
            sys.stderr.write(f"stemma desk: {what}; who was known before may still come\n")
