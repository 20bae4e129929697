"""A place: the words that say where, and what they name."""

from __future__ import annotations

from pydantic import Field

from stemma.model.base import Noun
from stemma.model.span import Span


class Precision(Noun):
    """How precise a place's point is, in the classes that the two great event datasets use.

    `ucdp` is UCDP's where_prec: 1 the place itself, 2 within about 25 km of it, 3 a district, 4 a province,
    5 a part of a country or a wide region, 6 a country, 7 seas. `acled` is ACLED's geo_precision: 1 a town,
    2 near a town or a part of a district, 3 a province or more; empty for seas.
    """

    ucdp: int = Field(ge=1, le=7)
    acled: int | None = Field(default=None, ge=1, le=3)


class OtherPlace(Noun):
    """Another place that the words may name, and why it was thought less likely."""

    canonical: str
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    geonames: int | None = Field(default=None, gt=0)
    reason: str


class Place(Noun):
    """Where something happened, as said: the narrowest place given for the claim itself.

    `canonical` adds the next larger units (`Rafah, Gaza Strip`); `country` is ISO 3166-1 alpha-2. `admin1`
    is the name of the first-order unit, `geonames` the GeoNames id of what the words name. `latitude` and
    `longitude` are WGS 84 degrees: both or neither, as precise as `precision` says. `reason` says in a
    sentence why this place; `alternatives` are the likeliest first.
    """

    text: str
    canonical: str | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    span: Span | None = None
    geonames: int | None = Field(default=None, gt=0)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    admin1: str | None = None
    precision: Precision | None = None
    reason: str | None = None
    alternatives: tuple[OtherPlace, ...] = ()
