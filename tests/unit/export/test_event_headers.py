"""The public headers, letter by letter, as FORMATS and the datasets' own files give them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from stemma.export import acled, polecat, sfm, ucdp

SHARED = Path(os.environ.get("STEMMA_SHARED", Path(__file__).parents[4] / "shared"))

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,"
    "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,"
    "high,low,gwnoa,gwnob"
)


def test_acled_has_its_31_columns() -> None:
    assert ",".join(acled.COLUMNS) == ACLED
    assert len(acled.COLUMNS) == 31


def test_ucdp_has_its_49_columns() -> None:
    assert ",".join(ucdp.COLUMNS) == UCDP
    assert len(ucdp.COLUMNS) == 49


def test_polecat_has_40_columns_each_once() -> None:
    assert len(set(polecat.COLUMNS)) == len(polecat.COLUMNS) == 40


def test_the_headers_are_those_of_the_page_of_formats() -> None:
    page = SHARED / "design" / "FORMATS.md"
    if not page.exists():
        pytest.skip("no page of formats beside the checkout (set STEMMA_SHARED to the shared folder)")
    text = page.read_text("utf-8")
    assert ",".join(acled.COLUMNS) in text
    assert ",".join(ucdp.COLUMNS) in text
    assert ", ".join(polecat.COLUMNS) in text
    found = re.search(r"incident sheet: `([^`]+)`", text)
    assert found
    assert ", ".join(sfm.INCIDENTS) == found[1]
    for columns in (sfm.SOURCES, sfm.PUBLICATIONS, sfm.CITATIONS):
        assert f"`{', '.join(columns)}`" in text
