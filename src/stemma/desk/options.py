"""The options of the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """Where the desk listens and who may judge.

    `host` is loopback unless the desk is shared. `port` 0 takes any free one. `token` opens the desk for
    the one `reviewer`; with `users` (name -> secret) each secret opens it for its own name instead.
    """

    token: str
    host: str = LOOPBACK
    port: int = 8642
    reviewer: str = "reviewer"
    users: dict[str, str] = field(default_factory=dict)
