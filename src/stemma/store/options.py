"""The options of the casebook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PASSWORD: Final = re.compile(r"(?<=://)([^/@:?#]*):[^/@]*(?=@)|(?<=[?&]password=)[^&]*")


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """Where the casebook is: a file (`stemma.casebook`) or a database (`postgresql://user@host/name`)."""

    casebook: str = "stemma.casebook"
    busy_seconds: float = 30.0


def is_address(casebook: str) -> bool:
    """True for a database's address, false for the path of a file."""
    return "://" in casebook


def shown(casebook: str) -> str:
    """The casebook's name as it may be shown: a password in it is left out."""
    return _PASSWORD.sub(lambda found: found[1] or "", casebook) if is_address(casebook) else casebook
