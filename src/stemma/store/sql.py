"""What SQLite and PostgreSQL say differently: parts of statements that each compiles in its own way."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Float,
    Select,
    String,
    TableClause,
    column,
    literal,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from stemma.store.columns import Numbers, Plain, Texts
from stemma.store.fold import words

CLAIM_WORDS: Final = table("claim_words", column("rowid"), column("words"))
DOCUMENT_WORDS: Final = table("document_words", column("rowid"), column("words"))
"""The full-text search; in PostgreSQL `words` is an array under a GIN index."""

_LONGEST_WORD: Final = 200
"""Letters of a word that PostgreSQL indexes as it is: an entry of its index has 2,712 bytes at most."""


def indexed_words(text: str) -> list[str]:
    """The different words of `text`, sorted, as PostgreSQL keeps them; very long ones by their hash."""
    return sorted({_short(word) for word in words(text)})


def _short(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    return word[:_LONGEST_WORD] + hashlib.sha256(word.encode("utf-8")).hexdigest()


class _Condition(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """SQLAlchemy would write `= 1` behind it in SQLite, which a full-text match does not take."""
        return self


class contains(_Condition):  # noqa: N801 - reads as SQL does
    """True where the text of a column has this part, letter by letter."""

    inherit_cache = True

    def __init__(self, text: ColumnElement[Any], part: str) -> None:
        super().__init__(text, literal(part, Plain()))


@compiles(contains, "sqlite")
def _contains_sqlite(element: contains, compiler: Any, **given: Any) -> str:
    text, part = (compiler.process(clause, **given) for clause in element.clauses)
    return f"(instr({text}, {part}) > 0)"


@compiles(contains, "postgresql")
def _contains_postgresql(element: contains, compiler: Any, **given: Any) -> str:
    # LIKE and not strpos(): an index of trigrams, where it is there, serves LIKE.
    text, part = (compiler.process(clause, **given) for clause in element.clauses)
    bare = rf"replace(replace(replace(CAST({part} AS TEXT), '\', '\\'), '%%', '\%%'), '_', '\_')"
    return f"({text} LIKE '%%' || {bare} || '%%')"


_LETTERS: Final = 3
"""Letters of a run that SQLite's index of parts of names keeps."""


class _may_contain(FunctionElement[Any]):  # noqa: N801
    # Without a type: of a Boolean it would become "(…) = 1", which no index serves.
    inherit_cache = True


@compiles(_may_contain, "sqlite")
def _may_contain_sqlite(element: _may_contain, compiler: Any, **given: Any) -> str:
    key, match = (compiler.process(clause, **given) for clause in element.clauses)
    return f"({key} IN (SELECT rowid FROM name_letters WHERE name_letters MATCH {match}))"


@compiles(_may_contain, "postgresql")
def _may_contain_postgresql(element: _may_contain, compiler: Any, **given: Any) -> str:
    key, match = (compiler.process(clause, **given) for clause in element.clauses)
    return f"({key} IS NOT NULL OR {match} IS NULL)"  # its index serves `contains` by itself


def has_part(key: ColumnElement[Any], text: ColumnElement[Any], part: str) -> list[ColumnElement[bool]]:
    """The conditions that a name, by its key and text, has this part; runs of three letters are indexed."""
    runs = {part[at : at + _LETTERS] for at in range(len(part) - _LETTERS + 1)}
    if not runs or "\0" in part:  # NUL would end the search where it stands
        return [contains(text, part)]
    match = " AND ".join('"' + run.replace('"', '""') + '"' for run in sorted(runs))
    return [_may_contain(key, literal(match, Plain())), contains(text, part)]


class _has_words(_Condition):  # noqa: N801
    inherit_cache = True


@compiles(_has_words, "sqlite")
def _has_words_sqlite(element: _has_words, compiler: Any, **given: Any) -> str:
    index, match, _ = element.clauses
    return f"({compiler.process(index, **given).split('.')[0]} MATCH {compiler.process(match, **given)})"


@compiles(_has_words, "postgresql")
def _has_words_postgresql(element: _has_words, compiler: Any, **given: Any) -> str:
    index, _, wanted = element.clauses
    return f"({compiler.process(index, **given)} @> CAST({compiler.process(wanted, **given)} AS TEXT[]))"


def rows_with_words(index: TableClause, text: str) -> Select[Any] | None:
    """Selects the rows of a full-text index that have all words of `text`; None where it has no words."""
    wanted = words(text)
    if not wanted:
        return None
    # A word has letters and digits only, never a quote.
    match = " ".join(f'"{word}"' for word in wanted)
    condition = _has_words(index.c.words, literal(match, Plain()), literal(indexed_words(text), Texts()))
    return select(index.c.rowid).where(condition)


class among(_Condition):  # noqa: N801
    """True where a column has one of these values, given as one parameter, however many they are."""

    inherit_cache = True

    def __init__(self, value: ColumnElement[Any], kept: Collection[int] | Collection[str]) -> None:
        # By the column, not by the values: there may be none.
        texts = isinstance(value.type, (Plain, String))
        given: Any = sorted(kept)
        super().__init__(value, literal(given, Texts() if texts else Numbers()))


@compiles(among, "sqlite")
def _among_sqlite(element: among, compiler: Any, **given: Any) -> str:
    value, kept = (compiler.process(clause, **given) for clause in element.clauses)
    return f"({value} IN (SELECT value FROM json_each({kept})))"


@compiles(among, "postgresql")
def _among_postgresql(element: among, compiler: Any, **given: Any) -> str:
    value, kept = (compiler.process(clause, **given) for clause in element.clauses)
    return f"({value} = ANY({kept}))"


class any_of(_Condition):  # noqa: N801
    """True where a column has a value that a statement selects, few of them, looked up one by one.

    PostgreSQL, which cannot know how few they are, would else go through the whole table.
    """

    inherit_cache = True

    def __init__(self, value: ColumnElement[Any], chosen: Select[Any] | CompoundSelect[Any]) -> None:
        super().__init__(value, chosen.scalar_subquery())


@compiles(any_of, "sqlite")
def _any_of_sqlite(element: any_of, compiler: Any, **given: Any) -> str:
    value, chosen = (compiler.process(clause, **given) for clause in element.clauses)
    return f"({value} IN {chosen})"


@compiles(any_of, "postgresql")
def _any_of_postgresql(element: any_of, compiler: Any, **given: Any) -> str:
    value, chosen = (compiler.process(clause, **given) for clause in element.clauses)
    return f"({value} = ANY (ARRAY{chosen}))"


def asked_table(dialect: str) -> str:
    """A table `asked` with the column `value`, of the numbers in the parameter `keys` (see `Numbers`)."""
    if dialect == "postgresql":
        return "(SELECT unnest(CAST(:keys AS BIGINT[])) AS value) AS asked"
    return "json_each(:keys) AS asked"


class rounded_mean(FunctionElement[float]):  # noqa: N801
    """The mean of a group to six digits: sums in another order differ in the last ones."""

    type = Float()
    inherit_cache = True


@compiles(rounded_mean, "sqlite")
def _mean_sqlite(element: rounded_mean, compiler: Any, **given: Any) -> str:
    return f"round(avg({compiler.process(element.clauses, **given)}), 6)"


@compiles(rounded_mean, "postgresql")
def _mean_postgresql(element: rounded_mean, compiler: Any, **given: Any) -> str:
    value = compiler.process(element.clauses, **given)
    return f"CAST(round(CAST(avg({value}) AS NUMERIC), 6) AS DOUBLE PRECISION)"
