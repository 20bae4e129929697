"""The unit of work: equal units give equal results, so that work done is never done again."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from stemma.model import Report, hash_bytes
from stemma.settings import Settings

INDIFFERENT = frozenset({"threads", "llm"})
"""Options that change how fast a result comes, never the result; or that the engine's version tells, as
those of the llm engine that change its answers."""


def unit_of(report: Report, settings: Settings, read_version: str, engine: tuple[str, str]) -> str:
    """The hash of all that a coding depends on, as 64 hex digits.

    These are the report's bytes, how they are to be read (media type, charset, header, notes), and for each
    stage its version and its options. `engine` is the extraction engine's name and version.
    """
    read = _hash(
        report.bytes_hash(),
        report.media_type,
        report.charset,
        report.header.content_hash(),
        [note.wire() for note in report.notes],
        "read",
        read_version,
        settings.read.telling(),
    )
    from stemma.extract.checks import VERSION

    return _hash(read, "extract", *engine, "checks", VERSION, _options(settings.extract))


def _options(options: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(options).items() if name not in INDIFFERENT}


def _hash(*parts: Any) -> str:
    return hash_bytes(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode("utf-8"))
