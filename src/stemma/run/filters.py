"""The filters that commands and the Python API share: words as a person writes them, checked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypedDict, TypeVar

from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.model import Status
    from stemma.run.recording import Asking
    from stemma.store.protocol import Query, Store

Day = datetime.date | str
"""A day, or a year or month as `2017` or `2017-02`."""

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class ClaimFilters(TypedDict, total=False):
    """Which claims. All that is given must hold; case does not matter."""

    actor: str | None
    """A party in any role."""
    with_units: bool
    """With `actor`: its parts and leaders count too."""
    as_of: Day | None
    """With `with_units`: its parts at that time."""
    type: str | Iterable[str] | None
    """One type of claim, or several."""
    place: str | None
    country: str | None
    """Two letters."""
    since: Day | None
    until: Day | None
    source: str | None
    """A voice anywhere in the chain."""
    outlet: str | None
    hedged: bool | None
    """Only hedged, or only plain claims."""
    text: str | None
    """Words that the evidence holds, all of them."""
    report: str | None
    limit: int | None


class IncidentFilters(TypedDict, total=False):
    """Which incidents. All that is given must hold."""

    actor: str | None
    with_units: bool
    type: str | Iterable[str] | None
    place: str | None
    country: str | None
    since: Day | None
    until: Day | None
    source: str | None
    only_source: str | None
    """What rests on this voice alone."""
    outlet: str | None
    status: str | Iterable[str] | None
    """`actual`, `ongoing`, `future` or `hypothetical`."""
    known_by: Day | None
    """As it was known on that day: only reports published up to it."""


FiltersT = TypeVar("FiltersT", bound=Mapping[str, Any])

Naming = Callable[[str], str]
"""How a filter is called where it was given: `since`, or `--since` on the command line."""


def make_query(  # noqa: PLR0917 - the filters, one by one
    actor: str | None = None,
    type: str | Iterable[str] | None = None,
    place: str | None = None,
    country: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    source: str | None = None,
    outlet: str | None = None,
    hedged: bool | None = None,
    text: str | None = None,
    report: str | None = None,
    limit: int | None = None,
    *,
    naming: Naming = str,
) -> Query:
    """The store's query.

    Raises `UsageError` for a value that says nothing, and for an end before its beginning.
    """
    from stemma.store.protocol import Query

    if limit is not None and limit < 1:
        raise UsageError(f"{limit} is none", where=naming("limit"), mend="give 1 or more, or leave it out")
    query = Query(
        actor=_filled(actor, naming("actor")),
        types=parse_types(type, naming("type")),
        place=_filled(place, naming("place")),
        country=parse_country(country, naming("country")),
        since=parse_date(since, naming("since"), last=False),
        until=parse_date(until, naming("until"), last=True),
        source=_filled(source, naming("source")),
        outlet=_filled(outlet, naming("outlet")),
        hedged=hedged,
        text=text,
        report=report,
        limit=limit,
    )
    if query.since and query.until and query.until < query.since:
        raise UsageError(f"{until} lies before {since}", where=naming("until"), mend="exchange the two")
    return query


def known_filters(method: str, filters: FiltersT, kind: type[Any]) -> FiltersT:
    """The filters given to a method; raises `TypeError`, as a call does, for one that it does not know."""
    from stemma.names.near import find_near

    names = list(kind.__annotations__)
    for name in filters:
        if name not in names:
            raise TypeError(f"{method}() has no filter {name!r}{find_near(name, names)}")
    return filters


def only_ties(filters: IncidentFilters) -> IncidentFilters:
    """The same filters for ties only, unless they name types."""
    from stemma.model import TIES

    given = filters.get("type")
    asked = (given,) if isinstance(given, str) else tuple(given or ())
    return {**filters, "type": asked or tuple(sorted(kind.value for kind in TIES))}


def with_units(store: Store, query: Query, as_of: Day | None = None) -> Query:
    """`query` in which the actor's parts (see `stemma.run.units`) count as the actor; raises `UsageError`."""
    from stemma.run.units import names_of, parts_in

    if not query.actor:
        raise UsageError("it needs an actor", where="with_units", mend="give an actor")
    first = parse_date(as_of, "as_of", last=False)
    last = parse_date(as_of, "as_of", last=True)
    parts = parts_in(store, query.actor, (first, last) if first and last else None)
    return replace(query, units=names_of(parts, query.actor))


def make_asking(  # noqa: PLR0917 - the filters, one by one
    words: str | None = None,
    actor: str | None = None,
    with_units: bool = False,
    type: str | Iterable[str] | None = None,
    place: str | None = None,
    country: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    source: str | None = None,
    only_source: str | None = None,
    outlet: str | None = None,
    status: str | Iterable[str] | None = None,
    known_by: Day | None = None,
    *,
    naming: Naming = str,
) -> Asking:
    """What a view is asked for, checked; raises `UsageError` for what cannot be."""
    from stemma.run.recording import Asking

    if with_units and not actor:
        mend = f"name the group with {naming('actor')}"
        raise UsageError("units of whom?", where=naming("with_units"), mend=mend)
    return Asking(
        words=(words or "").strip() or None,
        query=make_query(actor, type, place, country, since, until, source, outlet, naming=naming),
        with_units=with_units,
        only_source=_filled(only_source, naming("only_source")),
        status=_statuses(status, naming("status")),
        known_by=parse_date(known_by, naming("known_by"), last=True),
    )


def _filled(name: str | None, where: str) -> str | None:
    if name is not None and not name.strip():
        raise UsageError("the name is empty", where=where, mend="give a name, or leave the option out")
    return name


def _several(given: str | Iterable[str] | None) -> tuple[str, ...]:
    return () if given is None else (given,) if isinstance(given, str) else tuple(given)


def _statuses(given: str | Iterable[str] | None, where: str) -> tuple[Status, ...]:
    from stemma.model import Status

    known = {status.value: status for status in Status}
    for name in _several(given):
        if name not in known:
            raise UsageError(
                f"no status is called {name!r}", where=where, mend=f"use one of {', '.join(known)}"
            )
    return tuple(known[name] for name in _several(given))


def parse_types(given: str | Iterable[str] | None, where: str = "type") -> tuple[str, ...]:
    """The claim types named, in any case and with `-` or `_`; raises `UsageError`."""
    from stemma.model import ClaimType
    from stemma.names.near import find_near

    known = {str(kind).replace("-", "_"): str(kind) for kind in ClaimType}
    found = []
    for name in _several(given):
        kind = known.get(name.strip().upper().replace("-", "_"))
        if kind is None:
            near = find_near(name.upper(), [str(kind) for kind in ClaimType])
            raise UsageError(f"no claim type is called {name!r}{near}", where=where)
        found.append(kind)
    return tuple(found)


def parse_country(code: str | None, where: str = "country") -> str | None:
    """Two letters in capitals; raises `UsageError`."""
    if code is None:
        return None
    if not re.fullmatch(r"[A-Za-z]{2}", code):
        raise UsageError(f"{code!r} is no country code", where=where, mend="give the two letters, as SY")
    return code.upper()


def parse_date(given: Day | None, where: str, *, last: bool) -> datetime.date | None:
    """The first (or `last`) day of a year, a month or a day; raises `UsageError`."""
    if given is None:
        return None
    if isinstance(given, datetime.datetime):
        return given.date()
    if isinstance(given, datetime.date):
        return given
    found = _PARTIAL.fullmatch(given.strip())
    try:
        if not found:
            raise ValueError(given)
        year, month, day = (int(part) if part else None for part in found.groups())
        start = datetime.date(year or 0, month or 1, day or 1)
        if not last or day:
            return start
        after = (
            datetime.date(start.year + 1, 1, 1)
            if not month or month == 12
            else start.replace(month=month + 1)
        )
        return after - datetime.timedelta(days=1)
    except (ValueError, OverflowError) as error:
        mend = "write 2017, 2017-02 or 2017-02-07"
        raise UsageError(f"{given!r} is no date", where=where, mend=mend) from error
