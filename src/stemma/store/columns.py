"""Kinds of columns that mean the same in SQLite and in PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

KEY: Final = BigInteger().with_variant(Integer(), "sqlite")
"""Sixty-four bits in both; in SQLite only `INTEGER` is the row's own number."""

_CODES: Final = {"\0": "\1\2\2", "\1": "\1\2\3", "\2": "\1\3\2", "\3": "\1\3\3"}
_ENCODED: Final = str.maketrans(_CODES)
_DECODED: Final = {code: letter for letter, code in _CODES.items()}


def encode(text: str) -> str:
    """`text` without NUL, which PostgreSQL does not take; order and substrings stay what they were.

    A code begins with a sign that stands nowhere else and goes on with signs that stand nowhere else, so
    that the code of a part is found where the part is, and there alone.
    """
    return text.translate(_ENCODED) if any(letter in text for letter in _CODES) else text


def decode(text: str) -> str:
    """What `encode` was given."""
    if "\1" not in text:
        return text
    parts = text.split("\1")
    return parts[0] + "".join(_DECODED["\1" + part[:2]] + part[2:] for part in parts[1:])


class Plain(TypeDecorator[str]):
    """Any text, compared letter by letter as its UTF-8 bytes are; no length is too long."""

    impl = Text
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        super().__init__()
        self._length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL would else compare by the language of the database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Text(collation="C"))
        return dialect.type_descriptor(String(self._length) if self._length else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """As the database takes it."""
        return encode(value) if value is not None and dialect.name == "postgresql" else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """As it was given."""
        return decode(value) if value is not None and dialect.name == "postgresql" else value


class Numbers(TypeDecorator[Collection[int]]):
    """Numbers as one parameter, however many: a list of parameters has an end."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array, or JSON where there are no arrays."""
        return dialect.type_descriptor(ARRAY(BigInteger()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        """As the database takes it."""
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


class Texts(TypeDecorator[Collection[str]]):
    """Texts as one parameter, however many."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array, or JSON where there are no arrays."""
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> Any:
        """As the database takes it."""
        texts = list(value or ())
        return [encode(text) for text in texts] if dialect.name == "postgresql" else json.dumps(texts)
