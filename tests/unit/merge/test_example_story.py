"""The invented story of examples/, coded by hand: what its README says rests on whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.merge import Held, merge_record
from stemma.model import Coding, Header, Incident, Record, Refusal
from stemma.read import read_document
from stemma.read.options import ReadOptions
from stemma.run.intake import gather_reports

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def record() -> Record:
    options = ReadOptions()
    items = gather_reports([str(EXAMPLES / "reports")], {}, Header(), options)
    documents = {item.id: read_document(item, options) for item in items if not isinstance(item, Refusal)}
    codings = [Coding.from_wire(path.read_bytes()) for path in sorted((EXAMPLES / "codings").glob("*.json"))]
    return merge_record([Held(documents[coding.report], coding) for coding in codings])


def find(record: Record, kind: str, word: str) -> Incident:
    found = [incident for incident in record.incidents if incident.type == kind and word in incident.title]
    return max(found, key=lambda incident: len(incident.reports))


def test_the_defection_has_two_origins_and_the_ministry_denies_it(record: Record) -> None:
    defection = find(record, "REALIGN", "Senn")
    assert len(defection.reports) >= 8
    assert defection.origins.likely == 2
    held = [origin for origin in defection.origins.origins if origin.held]
    assert [origin.anonymous for origin in held].count(True) == 1
    assert "Tolvar Free Front" in {origin.name for origin in held}
    denied = next(dispute for dispute in defection.disputes if dispute.kind == "denied")
    assert denied.versions[1].reports == ("defence-ministry",)


def test_the_market_and_the_pass_are_two_incidents(record: Record) -> None:
    market, ambush = find(record, "ASSAULT", "market of Kolmaz"), find(record, "ASSAULT", "Grel Pass")
    assert market.id != ambush.id
    assert {"longitude-kolmaz", "lakeside-herald", "tolvar-gazette"} <= set(market.reports)


def test_both_culprits_of_the_shelling_are_shown(record: Record) -> None:
    market = find(record, "ASSAULT", "market of Kolmaz")
    culprits = next(dispute for dispute in market.disputes if dispute.attribute == "actor")
    assert {"Tolvar Free Front"} < {version.value for version in culprits.versions}


def test_two_wordings_of_one_source_are_one_origin(record: Record) -> None:
    smuggling = [i for i in record.incidents if set(i.reports) == {"contour-line", "ostrel-courier"}]
    assert smuggling
    assert all(incident.origins.likely == 1 for incident in smuggling)
