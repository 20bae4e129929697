from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from stemma.merge import MergeOptions
from stemma.model import ClaimAt, ClaimType, Coding, Judgement, Record
from stemma.run import recording
from stemma.run.api import open_casebook
from stemma.run.keeping import bring_up_to_date
from stemma.run.kept import Waiting
from stemma.run.recording import Asking, Recorded, record_around, record_before, record_of
from stemma.store import Store
from stemma.store.protocol import Query

SENTENCE = "The harbour masters of the old town spoke of a long quiet night on the northern quay"
OTHER = "Ferries left for the islands in the morning with nobody on board but the crew"


class FakeEngine:
    """Codes the first line of a report as a claim of its first word; `by X` names an outlet as source."""

    name = "fake"
    version = "1"

    def extract(self, document: Any) -> Any:
        from stemma.model import Coding

        line = document.text.splitlines()[0]
        relayed = line.partition(" by ")[2]
        return Coding.from_wire(
            {
                "report": document.report,
                "outlet": document.outlet,
                "published": document.published.isoformat() if document.published else None,
                "entities": [{"id": "e1", "kind": "group", "names": [line.split()[0]]}],
                "claims": [
                    {
                        "id": "c1",
                        "type": "DENY",
                        "evidence": line,
                        "trigger": line.split()[0],
                        "roles": {"actor": ["e1"]},
                        "sources": [{"text": relayed, "kind": "outlet"}] if relayed else [],
                    }
                ],
            }
        )


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    from stemma.model import Header
    from stemma.run.intake import gather_reports
    from stemma.run.work import read_one
    from stemma.settings import Settings

    monkeypatch.setattr("stemma.extract.find_engine", lambda options: FakeEngine())
    folder = tmp_path / "in"
    folder.mkdir()
    for name, outlet, day, text in (
        ("a", "North Post", "2021-03-05", f"Ardan {SENTENCE}"),
        ("b", "South Post", "2021-03-06", f"Belor {OTHER}\n\nArdan {SENTENCE}"),
        ("c", "East Post", "2021-03-07", "Cerin slept by West Post"),
        ("d", "West Post", "2021-03-02", "Dorin woke early that day"),
        ("e", "Far Post", None, "Erin stayed away from it all"),
    ):
        (folder / f"{name}.txt").write_text(text + "\n\nThe weather stayed as it was all over the coast.\n")
        header = {"outlet": outlet} | ({"published": day} if day else {})
        (folder / f"{name}.json").write_text(json.dumps(header))
    with open_casebook(tmp_path / "r.casebook", create=True) as opened:
        for report in gather_reports([str(folder)], {}, Header(), Settings().read):
            reading = read_one(report, Settings())
            opened.add(report, reading.document, reading.coding, f"unit-{report.id}")
        yield opened


def held(recorded: Any) -> list[str]:
    return [coding.report for coding in recorded.record.codings]


def test_a_small_casebook_is_merged_whole_and_the_answer_chosen(store: Store) -> None:
    recorded = record_of(store, Asking(query=Query(actor="Ardan")))
    assert held(recorded) == ["a", "b", "c", "d", "e"]
    assert {report for incident in recorded.incidents for report in incident.reports} >= {"a"}
    assert all("Cerin" not in incident.title for incident in recorded.incidents)


def test_of_a_large_casebook_only_the_reports_concerned_and_their_kin(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "SMALL", 0)
    assert held(record_of(store, Asking(query=Query(actor="Ardan")))) == ["a", "b"]
    assert held(record_of(store, Asking(query=Query(actor="Cerin")))) == ["c", "d"]
    assert held(record_of(store, Asking(words="slept"))) == ["c", "d"]
    around = record_around(store, "c", "c1", None, MergeOptions())
    assert held(around) == ["c", "d"]
    assert held(record_of(store)) == ["a", "b", "c", "d", "e"]


def test_too_many_reports_are_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MOST", 2)
    recorded = record_of(store, Asking(query=Query(types=("DENY",))))
    assert held(recorded) == ["b", "c"]
    assert recorded.left_out == 3
    assert record_of(store).left_out == 0


def test_what_was_known_on_a_day(store: Store) -> None:
    recorded = record_of(store, Asking(known_by=datetime.date(2021, 3, 5)))
    assert held(recorded) == ["a", "d"]
    assert recorded.undated == ("e",)


def test_the_record_before_a_day_has_the_dated_reports_before_it(store: Store) -> None:
    before = record_before(store, record_of(store), datetime.date(2021, 3, 6), MergeOptions())
    assert [coding.report for coding in before.codings] == ["a", "d"]


def test_judgements_are_applied(store: Store) -> None:
    at = datetime.datetime(2021, 4, 1, tzinfo=datetime.UTC)
    store.judge(Judgement(subject="c#c1", verdict="reject", person="me", at=at))
    recorded = record_of(store)
    assert next(c for c in recorded.record.codings if c.report == "c").claims == ()
    assert all("c" not in incident.reports for incident in recorded.incidents)


def test_words_must_all_be_said_of_the_incident(store: Store) -> None:
    assert len(record_of(store, Asking(words="cerin slept")).incidents) == 1
    assert len(record_of(store, Asking(words="Cer SLEP")).incidents) == 1
    assert record_of(store, Asking(words="erin lept")).incidents == ()
    # Both words stand in the report, the second not in what is said of the incident.
    assert record_of(store, Asking(words="cerin weather")).incidents == ()


FILTERS = (
    Asking(query=Query(actor="Ardan")),
    Asking(query=Query(actor="Cerin")),
    Asking(query=Query(since=datetime.date(2021, 3, 6))),
    Asking(query=Query(outlet="West Post")),
    Asking(words="slept"),
    Asking(words="cerin", query=Query(types=("DENY",))),
)


def merges_nothing(*_: Any) -> Any:
    raise AssertionError("merged anew")


def test_a_filtered_question_is_answered_from_the_record_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [record_of(store, asking) for asking in FILTERS]
    bring_up_to_date(store)
    monkeypatch.setattr(recording, "SMALL", 0)
    for asking, expected in zip(FILTERS, whole, strict=True):
        kept = record_of(store, asking, merge=merges_nothing)
        assert kept.incidents == expected.incidents
        assert {report for one in kept.incidents for report in one.reports} <= set(held(kept))
        edges = [edge for edge in expected.record.lineage.dependences if edge.report in held(kept)]
        assert list(kept.record.lineage.dependences) == edges


def test_the_record_kept_is_brought_up_to_date_for_a_filtered_question(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_up_to_date(store)
    monkeypatch.setattr(recording, "SMALL", 0)
    at = datetime.datetime(2021, 4, 1, tzinfo=datetime.UTC)
    store.judge(Judgement(subject="c#c1", verdict="reject", person="me", at=at))
    assert record_of(store, Asking(query=Query(actor="Cerin")), merge=merges_nothing).incidents == ()


def test_what_no_record_is_kept_for_is_merged_for_the_question_and_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "SMALL", 0)
    notes: list[str] = []
    waiting = Waiting(notes.append)
    record_of(store, Asking(query=Query(actor="Ardan")), waiting=waiting)
    assert notes == [
        "merging the 2 reports that the question concerns; after `stemma merge`, once, this takes seconds"
    ]
    bring_up_to_date(store)
    with pytest.raises(AssertionError, match="merged anew"):
        record_of(store, FILTERS[0], merge=merges_nothing, anew=True)
    known = Asking(query=Query(actor="Ardan"), known_by=datetime.date(2021, 3, 6))
    with pytest.raises(AssertionError, match="merged anew"):
        record_of(store, known, merge=merges_nothing)


def test_incidents_that_bear_the_words_themselves_are_named(store: Store) -> None:
    assert record_of(store).named == frozenset()
    recorded = record_of(store, Asking(words="cerin"))
    assert recorded.named == {recorded.incidents[0].id}
    # "slept" stands in the claim alone.
    assert record_of(store, Asking(words="slept")).named == frozenset()


def test_another_spelling_of_its_place_names_an_incident() -> None:
    from stemma.model import Incident

    def claims(report: str, *places: str) -> Any:
        return Coding.from_wire(
            {
                "report": report,
                "entities": [],
                "claims": [
                    {
                        "id": f"c{number}",
                        "type": "ASSAULT",
                        "evidence": "Shells fell.",
                        "trigger": "fell",
                        "place": {"text": place, "canonical": place},
                    }
                    for number, place in enumerate(places, 1)
                ],
            }
        )

    coding = claims("a", "Tarun", "Taroun", "Harrow Gate")
    incident = Incident(
        id="i-1",
        type=ClaimType.ASSAULT,
        title="shelling, Tarun",
        place=coding.claims[0].place,
        claims=tuple(ClaimAt(report="a", claim=claim.id) for claim in coding.claims),
    )
    record = Record(codings=(coding,), incidents=(incident,))

    def named(asked: str) -> set[str]:
        return set(Recorded(record, (incident,), (), words=asked).named)

    assert named("tarun") == named("taroun") == {"i-1"}
    # A slip, or the place that the shells came from.
    assert named("harrow gate") == set()


def test_the_surroundings_of_a_claim_are_those_of_the_record_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = next(one for one in record_of(store).incidents if "c" in one.reports)
    bring_up_to_date(store)
    monkeypatch.setattr(recording, "SMALL", 0)
    around = record_around(store, "c", "c1", None, MergeOptions(), merges_nothing)
    assert around.incidents == (whole,)


def test_what_has_changed_is_told_of_two_records_made_in_one_way(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stemma.run.letters import digest_of_new

    bring_up_to_date(store)
    monkeypatch.setattr(recording, "SMALL", 0)
    monkeypatch.setattr(recording, "kept_part", merges_nothing)
    asking = Asking(query=Query(actor="Ardan"))
    digest = digest_of_new(store, asking, {"b"}, datetime.date(2021, 3, 6), MergeOptions())
    assert [told.report for told in digest.reports] == ["b"]
