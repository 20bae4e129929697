"""The limits of unpacking."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """How far archives are unpacked. They change which records are had, never what becomes of one.

    `max_ratio`: all that is unpacked out of one file, at any depth, may be so many times its size; the first
    `free_bytes` are never held against it. News compresses 4 to 10 times, templates 30 times, a bomb 1,000
    times. `max_depth`: archives within archives. `max_members`: files in one archive.
    """

    max_ratio: int = 200
    max_depth: int = 4
    max_members: int = 10_000_000
    free_bytes: int = 64 * MEBIBYTE
