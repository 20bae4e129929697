"""What every noun shares: frozen, one wire form, a content hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen value. Equal content means equal value, equal wire form and equal hash."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        ser_json_bytes="base64",
        val_json_bytes="base64",
        allow_inf_nan=False,
    )

    def wire(self) -> dict[str, Any]:
        """The wire form as plain JSON values (dict, list, str, int, float, bool, None)."""
        return self.model_dump(mode="json")

    def wire_json(self) -> str:
        """The wire form as one line of JSON, keys in the order of the fields."""
        return json.dumps(self.wire(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_wire(cls, wire: dict[str, Any] | str | bytes) -> Self:
        """The noun that `wire` or `wire_json` wrote; raises `pydantic.ValidationError`."""
        if isinstance(wire, dict):
            wire = json.dumps(wire)
        return cls.model_validate_json(wire)

    def content_hash(self) -> str:
        """SHA-256 of the canonical wire form (sorted keys, no spaces), as 64 hex digits."""
        canonical = json.dumps(self.wire(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hash_bytes(canonical.encode("utf-8"))


def hash_bytes(content: bytes) -> str:
    """SHA-256 of `content`, as 64 hex digits: the one hash of the project."""
    return hashlib.sha256(content).hexdigest()
