from __future__ import annotations

from stemma.model import ClaimAt, ClaimType, Dispute, Incident, Origin, Origins, Record, Statement, Version
from stemma.model.vocabulary import SourceKind
from stemma.run.merging import story_form

HERE = ClaimAt(report="02", claim="c1")
RESTS = Origins(
    origins=(
        Origin(name="the army", kind=SourceKind.ORGANISATION, reports=("01",)),
        Origin(name="Reuters", kind=SourceKind.OUTLET, held=False),
    ),
    low=1,
    likely=1,
    high=2,
    sentence="Two reports, one origin: the army.",
)


def incident(id: str, *reports: str, **more: object) -> Incident:
    claims = tuple(ClaimAt(report=report, claim="c1") for report in reports)
    return Incident(id=id, type=ClaimType.ASSAULT, title=id, claims=claims, origins=RESTS, **more)  # type: ignore[arg-type]


def test_claims_of_most_reports_come_first_and_say_what_is_held() -> None:
    toll = Statement(attribute="killed", of="soldiers", reports=("03", "01", "02"), origins=RESTS)
    told = story_form(
        Record(incidents=(incident("i-1", "01"), incident("i-2", "02", "01", statements=(toll,))))
    )
    assert [(claim["type"], claim["stated_in"]) for claim in told["claims"]] == [
        ("killed soldiers", ["01", "02", "03"]),
        ("ASSAULT", ["01", "02"]),
        ("ASSAULT", ["01"]),
    ]
    assert told["claims"][0]["origins"] == ["the army"]
    assert told["claims"][0]["n_independent"] == 1


def test_a_report_with_two_values_has_both_beside_each_other() -> None:
    versions = (
        Version(value="9", claims=(HERE,), reports=("02", "01"), origins=("the army",)),
        Version(value="57", claims=(), reports=("02",)),
    )
    dispute = Dispute(attribute="killed", of="soldiers", versions=versions)
    told = story_form(Record(incidents=(incident("i-1", "01", "02", disputes=(dispute,)),)))
    assert told["disputes"][0]["attribute"] == "killed soldiers"
    assert told["disputes"][0]["values"] == {"01": "9 (the army)", "02": "9 (the army); 57"}
