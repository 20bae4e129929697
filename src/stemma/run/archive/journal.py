"""The journal of a shard: what was begun and what is done, one line each, so that a stop loses nothing."""

from __future__ import annotations

import json
import os
import signal
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from stemma.run.archive.options import ArchiveOptions

STOPS: Final = 5
"""How often a record may be what a process was at when it was stopped from outside (`kill -9`, an out of
memory killer, a machine that went away) before it is taken to be the reason."""

OUTSIDE: Final = (-int(signal.SIGKILL), -int(signal.SIGTERM), -int(getattr(signal, "SIGHUP", 1)))


@dataclass(slots=True)
class State:
    """What a journal says: results by record, how often the shard was opened, and what was being worked on.

    `suspect` is the record that was begun and is not done; `got` says whether it was had from its file;
    `crashes` and `stops` how often a process ended at it by itself or from outside; `reason` why, at last.
    """

    results: dict[int, dict[str, Any]] = field(default_factory=dict)
    opened: int = 0
    suspect: int | None = None
    got: bool = False
    crashes: int = 0
    stops: int = 0
    reason: str = ""
    sound: int = 0
    _at: float = 0.0
    _open: bool = False

    def follow(self, line: dict[str, Any]) -> None:
        """Takes one line in."""
        if "opened" in line:
            self._ended()
            self.opened += 1
        elif "begin" in line:
            if line["begin"] != self.suspect:
                self.suspect, self.crashes, self.stops, self.reason = line["begin"], 0, 0, ""
            self.got, self._at, self._open = False, line["time"], True
        elif "got" in line:
            self.got = True
        elif "died" in line and self._open:
            self._open = False
            if line["died"] in OUTSIDE:
                self.stops += 1
            else:
                self.crashes += 1
            self.reason = _reason(line["died"], line["time"] - self._at, line["seconds"])
        elif "done" in line:
            self.results[line["done"]] = line
            self.suspect, self._open = None, False

    def _ended(self) -> None:
        if self._open:
            # Nobody was left to say how the process ended: the machine or the driver went as well.
            self._open = False
            self.stops += 1
            self.reason = self.reason or "its process was stopped from outside again and again"

    def is_poison(self, options: ArchiveOptions) -> bool:
        """True where the suspect must not be tried again."""
        return self.suspect is not None and (self.crashes >= options.attempts or self.stops >= STOPS)

    @property
    def tried(self) -> int:
        """How often the suspect was tried."""
        return self.crashes + self.stops


def _reason(code: int, took: float, seconds: float) -> str:
    if took >= seconds * 0.95:
        return f"it took longer than {seconds:g} seconds"
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = str(-code)
        return f"it ended its process by signal {name}"
    return f"it ended its process with status {code}"


class Journal:
    """A shard's journal, open for writing and locked: one process at a time works on a shard."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("ab", buffering=0)
        _lock(self._file.fileno())
        self.state = read_journal(path)
        # What was half written when the last process stopped goes.
        self._file.truncate(self.state.sound)

    def begin(self, record: int) -> None:
        """Notes that a record is begun: the next one to look at, should the process end."""
        self._write({"begin": record, "time": time.time()})

    def got(self) -> None:
        """Notes that the record was had from its file."""
        self._write({"got": 1})

    def done(self, record: int, line: dict[str, Any], row: dict[str, Any] | None) -> None:
        """Keeps what became of a record."""
        result = {"done": record, "line": line, "row": row}
        self._write(result)
        self.state.results[record] = result

    def opened(self) -> None:
        """Notes that a process begins to work on the shard."""
        self._write({"opened": os.getpid()})
        self.state.follow({"opened": 0})

    def _write(self, line: dict[str, Any]) -> None:
        content = _encoded(line)
        if self._file.write(content) != len(content):
            raise OSError(28, os.strerror(28), str(self.path))

    def close(self, *, remove: bool = False) -> None:
        """Releases the journal; one that is no longer needed is removed."""
        if remove:
            self.path.unlink(missing_ok=True)
        self._file.close()


def note_death(path: Path, code: int, seconds: float) -> None:
    """Notes how the process ended that worked on a shard."""
    if path.exists():
        sound = read_journal(path).sound
        with path.open("r+b") as file:
            file.truncate(sound)
            file.seek(0, os.SEEK_END)
            file.write(_encoded({"died": code, "time": time.time(), "seconds": seconds}))


def _encoded(line: dict[str, Any]) -> bytes:
    content = json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(content), content)


def read_journal(path: Path) -> State:
    """What a journal says, as far as it is whole."""
    state = State()
    for line, end in _lines(path):
        state.follow(line)
        state.sound = end
    return state


def _lines(path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    end = 0
    with path.open("rb") as file:
        for raw in file:
            end += len(raw)
            content = raw[9:-1]
            if not raw.endswith(b"\n") or raw[:8] != b"%08x" % zlib.crc32(content):
                return
            yield json.loads(content), end


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: two runs into one folder at once are not kept apart there
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
