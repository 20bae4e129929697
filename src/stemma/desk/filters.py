"""The filters that all pages of the record share. They stand in the address: a view is sent as a link.

How a page uses them:

    filters = read_filters(request)              # raises AskingError, one line that says what is wrong
    catalogue = catalogue_or_page(request, "Stories")  # desk/awaiting.py: or the page that says why not
    leaf = catalogue.incidents(filters, limit=30)

and in the template, with fields of its own inside the call where it has any:

    {% from "filters.html" import filter_form with context %}
    {% call filter_form(filters, "/stories") %}<label>Order …</label>{% endcall %}
    <a href="{{ with_query(filters.query(), page=2) }}">further</a>

What filters mean is decided in one place, `stemma.run.recording`, for commands and desk alike.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from starlette.requests import Request

from stemma.desk.asking import AskingError, day, word
from stemma.desk.house import House
from stemma.model import ClaimType, Incident, Record
from stemma.run.recording import Asking, asked_of
from stemma.store import Query

TYPES = tuple(str(kind) for kind in ClaimType)
YES = "yes"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the record is narrowed to; all that is given must hold. The address has the fields' names.

    `q`: words that are all said of an incident; `type`: a claim's type; `actor`: a party in any role; `place`
    and `country`: where it happened; `since`/`until`: when it happened; `outlet`: who published a report of
    it; `source`: a voice in a chain; `disputed`: reports differ about it; `single`: it may rest on one
    origin's word alone (the fewest independent origins are one or none).
    """

    q: str = ""
    type: str = ""
    actor: str = ""
    place: str = ""
    country: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    outlet: str = ""
    source: str = ""
    disputed: bool = False
    single: bool = False

    @property
    def is_open(self) -> bool:
        """True where nothing narrows the record."""
        return self == Filters()

    def only_disputed(self) -> Filters:
        """The same, and disputed."""
        return replace(self, disputed=True)

    def query(self) -> dict[str, str]:
        """The filters that are given, as values for an address (`with_query` makes one of them)."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: YES if value is True else str(value) for name, value in given.items() if value}

    def words(self) -> str:
        """The filters for a printed page: `type ASSAULT, place Kolmaz`; empty where there is none."""
        return ", ".join(
            _NAMES.get(name, name) + ("" if value == YES and name in _FLAGS else f" {value}")
            for name, value in self.query().items()
        )

    def asking(self) -> Asking:
        """The same as the question that commands ask; `disputed` and `single` are no part of it."""
        query = Query(
            actor=self.actor or None,
            types=(self.type,) if self.type else (),
            place=self.place or None,
            country=self.country or None,
            since=self.since,
            until=self.until,
            source=self.source or None,
            outlet=self.outlet or None,
        )
        return Asking(words=self.q or None, query=query)

    def choose(self, house: House, record: Record) -> Sequence[Incident]:
        """The incidents of `record` that the filters ask for, in its order, ties included."""
        return [
            incident
            for incident in asked_of(house.store, record, self.asking())
            if (not self.disputed or incident.disputes) and (not self.single or incident.origins.low <= 1)
        ]


_FLAGS = ("disputed", "single")
_NAMES = {"q": "words", "since": "from", "until": "to", "single": "one origin"}


def read_filters(request: Request) -> Filters:
    """The filters of an address. Raises `AskingError` for what cannot be asked."""
    country = word(request, "country", longest=2).upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise AskingError("country is no country code; write two letters, as SY")
    since, until = day(request, "since"), day(request, "until")
    if since and until and until < since:
        raise AskingError(f"until ({until}) lies before since ({since}); exchange the two")
    return Filters(
        q=word(request, "q"),
        type=word(request, "type", TYPES),
        actor=word(request, "actor"),
        place=word(request, "place"),
        country=country,
        since=since,
        until=until,
        outlet=word(request, "outlet"),
        source=word(request, "source"),
        disputed=word(request, "disputed", (YES,)) == YES,
        single=word(request, "single", (YES,)) == YES,
    )
