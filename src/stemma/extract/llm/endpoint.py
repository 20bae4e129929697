"""Where a report is sent: an address that only the user gives, checked, and the key that goes there alone."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from stemma.errors import UsageError
from stemma.extract.llm.wires import Wire, wire_of
from stemma.extract.llm_options import APIS, LlmOptions

KEY: Final = "STEMMA_LLM_KEY"
KNOWN_KEYS: Final = {"api.openai.com": "OPENAI_API_KEY", "api.anthropic.com": "ANTHROPIC_API_KEY"}
"""A vendor's own variable is read for that vendor's host and for no other."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint: `address` is where requests are posted, `host` what the user is told."""

    address: str
    host: str
    local: bool
    wire: Wire
    _key: str = field(default="", repr=False)

    def headers(self) -> dict[str, str]:
        """The headers of a request; the key is in these and nowhere else."""
        return {"content-type": "application/json", **self.wire.headers(self._key)}

    def without_key(self, text: str) -> str:
        """`text` with the key struck out."""
        return text.replace(self._key, "[key]") if self._key else text


def find_endpoint(options: LlmOptions) -> Endpoint:
    """The endpoint that `options` name; raises `UsageError` for one that is none, or that is not safe."""
    where = "--llm-url"
    url = options.url.strip()
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise UsageError("this is no address", where=where, mend="write it as https://host/v1") from error
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() for c in url):
        raise UsageError("this is no address of the web", where=where, mend="write it as https://host/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(
            "an address may hold no user, key or query", where=where, mend=f"put the key into {KEY}"
        )
    if options.api and options.api not in APIS:
        raise UsageError(
            f"no protocol is called {options.api!r}", where="--llm-api", mend=f"use {' or '.join(APIS)}"
        )
    if not options.model:
        raise UsageError("which model?", where="--llm-model", mend="name one, or set STEMMA_LLM_MODEL")
    local = is_this_machine(host)
    key = key_for(host)
    if parts.scheme == "http" and key and not local:
        raise UsageError(
            "the key would cross the network in the clear", where=where, mend="use https, or unset the key"
        )
    if any(not ("!" <= letter <= "~") for letter in key):
        raise UsageError("the key holds a space or an odd character", where=KEY, mend="copy it again")
    wire = wire_of(options, host)
    path = parts.path.rstrip("/").removesuffix(wire.path)
    shown = f"[{host}]" if ":" in host else host
    shown = f"{shown}:{port}" if port else shown
    return Endpoint(f"{parts.scheme}://{shown}{path}{wire.path}", shown, local, wire, key)


def key_for(host: str) -> str:
    """The key of the environment for this host; empty where there is none, as for local servers."""
    return (os.environ.get(KEY) or os.environ.get(KNOWN_KEYS.get(host, ""), "")).strip()


def is_this_machine(host: str) -> bool:
    """True for a host name or address that never leaves this machine."""
    if host.lower() == "localhost" or host.lower().endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
