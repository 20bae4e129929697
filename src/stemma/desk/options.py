"""The options of the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

LOOPBACK: Final = "127.0.0.1"
IDLE: Final = 2 * 3600.0
LONGEST: Final = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """Where the desk listens and who may judge.

    `host` is loopback unless the desk is shared. `port` 0 takes any free one. `token` opens the desk for
    the one `reviewer`; with `users` (name -> secret) each secret opens it for its own name instead, and the
    desk is a shared one. `users_file` is where they come from: it is read again when it changes.

    On a shared desk a session ends `idle` seconds after its last request, `longest` seconds after its
    beginning, and the addresses that the terminal shows are good for `longest` seconds too. The desk of one
    person ends with the terminal that it was started in.
    """

    token: str
    host: str = LOOPBACK
    port: int = 8642
    reviewer: str = "reviewer"
    users: dict[str, str] = field(default_factory=dict)
    users_file: Path | None = None
    idle: float = IDLE
    longest: float = LONGEST

    @property
    def is_shared(self) -> bool:
        """True where several people come, each with a secret of their own."""
        return bool(self.users)
