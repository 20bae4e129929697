"""How pages are told apart, and what their reports are called."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

LONGEST: Final = 150
"""Letters of an id; longer paths end with a hash."""
_TRACKING: Final = re.compile(
    r"utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|at_medium|at_campaign", re.IGNORECASE
)
_PLAIN: Final = re.compile(r"[A-Za-z0-9._/-]+")
_PORTS: Final = {"http": 80, "https": 443}


def host_of(address: str) -> str:
    """The host of an address, in small letters; empty where it has none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def key_of(address: str) -> str:
    """The address without what changes from link to link: scheme, tracking marks, fragment, last slash."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    host = (parts.hostname or "").rstrip(".")
    place = host if port is None or port == _PORTS.get(parts.scheme) else f"{host}:{port}"
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{place}{parts.path.rstrip('/')}{query}"


def report_of(address: str) -> str:
    """The id of the report of a page: its host and path, readable; a hash behind it where that says not all.

    Two addresses with different keys have different ids.
    """
    key = key_of(address)
    path = key.replace(":", "-").strip("/")
    if _PLAIN.fullmatch(key) and len(path) <= LONGEST and ".." not in path and "//" not in path:
        return path
    plain = re.sub(r"[^A-Za-z0-9._/-]+|\.\.+|/{2,}", "-", path)[:LONGEST].strip("-/.")
    return f"{plain}-{sha256(key.encode('utf-8', 'replace')).hexdigest()[:10]}"


def version_of(report: str, number: int) -> str:
    """The id of a later version: `north.example/bridge~02`."""
    return report if number == 1 else f"{report}~{number:02d}"
