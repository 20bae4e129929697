"""The codes of countries in event data: ISO, Gleditsch-Ward, Correlates of War, and regions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stemma.lexicon import read_rows
from stemma.lexicon.countries import country_of


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """The codes of one country, each empty where the list has none.

    `code` and `alpha3` are ISO 3166-1, `numeric` its number without leading zeros; `gw` the number of
    Gleditsch and Ward, `cow` that of Correlates of War. `acled_region` and `ucdp_region` are the datasets'
    regions, `acled_name` and `ucdp_name` the names that they use.
    """

    code: str
    alpha3: str
    numeric: str
    gw: str
    cow: str
    acled_region: str
    ucdp_region: str
    acled_name: str
    ucdp_name: str


@cache
def codes_of(code: str | None) -> CountryCodes | None:
    """The codes of the country with this ISO 3166-1 alpha-2 code; `None` where there is none."""
    row = _rows().get(code or "")
    if row is None:
        return None
    country = country_of(row["code"])
    name = country.name if country else row["code"]
    return CountryCodes(
        code=row["code"],
        alpha3=row["alpha3"],
        numeric=row["numeric"],
        gw=row["gw"],
        cow=row["cow"],
        acled_region=row["acled_region"],
        ucdp_region=row["ucdp_region"],
        acled_name=row["acled_name"] or name,
        ucdp_name=row["ucdp_name"] or name,
    )


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["code"]: dict(row) for row in read_rows("country_codes.csv")}
