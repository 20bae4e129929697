"""A view on the wire: plain JSON values under the names of its fields."""

from __future__ import annotations

import datetime
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from stemma.model import Noun


def wire_of(view: Any) -> Any:
    """`view` as plain values (dict, list, str, int, float, bool, None), dates as `2017-02-07`.

    Keys are in the order of the fields. Raises `TypeError` for what no view holds.
    """
    if isinstance(view, Noun):
        return view.wire()
    if is_dataclass(view) and not isinstance(view, type):
        return {field.name: wire_of(getattr(view, field.name)) for field in fields(view)}
    if isinstance(view, Enum):
        return view.value
    if isinstance(view, datetime.date):
        return view.isoformat()
    if isinstance(view, dict):
        return {str(wire_of(key)): wire_of(value) for key, value in view.items()}
    if isinstance(view, tuple | list):
        return [wire_of(item) for item in view]
    if view is None or isinstance(view, str | int | float | bool):
        return view
    raise TypeError(f"no view holds a {type(view).__name__}")
