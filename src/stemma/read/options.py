"""The options of reading."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How reports become documents.

    `max_bytes`: a larger report is refused (a day's newspaper is under 1 MiB of text; 20 MiB leaves
    room for any real page). `detect_language`: fill `Document.language` where the header is silent.
    """

    max_bytes: int = 20 * MEBIBYTE
    detect_language: bool = True
