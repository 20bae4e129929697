"""What gathering goes by, and the refusals that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from stemma.model import Header, Refusal
from stemma.read.options import ReadOptions
from stemma.run.intake.options import IntakeOptions

FIELDS: Final = ("id", "text", "html", "title", "outlet", "published", "byline", "language", "url")
"""What a column of a table or a key of a JSON object can be mapped to."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """`mapping` from field to column, `overrides` before every header, the options and the limits."""

    mapping: Mapping[str, str]
    overrides: Header
    options: ReadOptions
    limits: IntakeOptions = field(default_factory=IntakeOptions)


@dataclass(frozen=True, slots=True)
class Passed:
    """A record of an archive that is no report, and why: a picture, a request, a page seen before.

    `code` is `not-a-page` or `revisit` (the crawler saw the same page before).
    """

    where: str
    code: str
    what: str


def unreadable(where: str, error: OSError | ValueError) -> Refusal:
    """The refusal of what the system does not let us open or read."""
    if isinstance(error, FileNotFoundError | ValueError):
        return Refusal(where=where, code="not-found", what="there is no such file", mend="look at the path")
    if isinstance(error, PermissionError):
        return Refusal(
            where=where,
            code="unreadable",
            what="you have no permission to read this",
            mend="change its permissions, or run as its owner",
        )
    reason = error.strerror or type(error).__name__
    return Refusal(
        where=where, code="unreadable", what=f"it cannot be read ({reason})", mend="look at the file"
    )


def too_large(where: str, size: int, limit: int) -> Refusal:
    """The refusal of one report of more bytes than any real page has."""
    return Refusal(
        where=where,
        code="too-large",
        what=f"it has {size:,} bytes, more than {limit:,}",
        mend="split it, or give JSON lines or CSV with one report per row",
    )
