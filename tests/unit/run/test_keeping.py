"""The record of a casebook, kept up to date step by step, is that of merging everything anew."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from merging import claim, held
from stemma.errors import CasebookError
from stemma.merge import Held, circles
from stemma.model import Judgement, Report
from stemma.run import keeping, recording
from stemma.run.keeping import bring_up_to_date
from stemma.store import Store, StoreOptions, open_casebook

PLACES = ("Tarun", "Kelmet", "Sorvik")
COPIED = " ".join(f"word{n}" for n in range(40))


def report(number: int, place: int, day: int, killed: int, copied: bool) -> Held:
    where, when = PLACES[place], f"2021-03-{day:02d}"
    row = claim(
        f"Ardan Front attacked Belor Army at {where} on {when}.",
        by="Ardan Front", on="Belor Army", at=where, day=when, killed=(str(killed), killed),
    )  # fmt: skip
    text = f"{row['evidence']} {number}\n{COPIED if copied else ''}"
    return held(
        f"r{number}", row, text=text, outlet=f"Paper {number % 3}", published=f"2021-03-{day + 1:02d}"
    )


def add(store: Store, one: Held, unit: str = "u1") -> None:
    content = one.document.text.encode()
    made = Report(id=one.report, address=one.report, media_type="text/plain", content=content)
    store.add(made, one.document, one.coding, unit)


def state(store: Store) -> set[str]:
    return {record.wire_json() for record in store.merged()}


def judge(subject: str, verdict: str, value: Any, minute: int) -> Judgement:
    at = datetime.datetime(2024, 1, 1, 12, minute, tzinfo=datetime.UTC)
    return Judgement(subject=subject, verdict=verdict, value=value, person="Ann", at=at)


@pytest.fixture
def casebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Store]:
    monkeypatch.setattr(circles, "LARGEST", 6)
    monkeypatch.setattr(circles, "LEVELS", ((6, 6, 9, 99), (3, 3, 9, 99), (0, 0, 9, 99)))
    made: list[int] = []

    def open_new() -> Store:
        made.append(1)
        return open_casebook(StoreOptions(str(tmp_path / f"{len(made)}.casebook")), create=True)

    return open_new


reports = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 9), st.sampled_from([3, 12]), st.booleans()),
    min_size=1,
    max_size=12,
)
verdicts = st.lists(st.integers(0, 4), unique=True, max_size=3)
SAID: list[tuple[str, str, Any]] = [
    ("r0#c1", "reject", None),
    ("r0#c1", "same", "r1#c1"),
    ("r2#c1", "not-same", "r3#c1"),
    ("r4#", "depends", {"parent": "r1", "kind": "rewrites"}),
    ("@Ardan Front", "same", "@Belor Army"),
]


@given(reports, verdicts, st.randoms(use_true_random=False), st.data())
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_step_by_step_is_all_at_once(
    casebook: Callable[[], Store],
    rows: list[Any],
    said: list[int],
    chance: random.Random,
    data: st.DataObject,
) -> None:
    made = [report(number, *row) for number, row in enumerate(rows)]
    given_ = [judge(*SAID[which], minute) for minute, which in enumerate(said)]
    steps: list[Any] = [*made, *given_]
    chance.shuffle(steps)
    with casebook() as store, casebook() as whole:
        while steps:
            size = data.draw(st.integers(1, 4))
            part, steps = steps[:size], steps[size:]
            for one in part:
                if isinstance(one, Held):
                    add(store, one)
                else:
                    store.judge(one)
            bring_up_to_date(store)
        for one in made:
            add(whole, one)
        for judgement in given_:
            whole.judge(judgement)
        _all_at_once(whole)
        assert state(store) == state(whole)
        assert bring_up_to_date(store).merged == 0


def _all_at_once(store: Store) -> None:
    before, keeping.FEW = keeping.FEW, 0
    try:
        bring_up_to_date(store)
    finally:
        keeping.FEW = before


def test_a_report_coded_anew_takes_the_place_of_its_old_claims(casebook: Callable[[], Store]) -> None:
    with casebook() as store:
        for one in (report(0, 0, 1, 12, False), report(1, 0, 1, 12, False)):
            add(store, one)
        bring_up_to_date(store)
        (record,) = store.merged()
        assert record.incidents[0].reports == ("r0", "r1")
        moved = report(1, 1, 8, 3, False)
        old = report(1, 0, 1, 12, False)
        add(store, Held(old.document, moved.coding), "u2")
        assert bring_up_to_date(store).filed == 1
        assert sorted(i.reports for record in store.merged() for i in record.incidents) == [("r0",), ("r1",)]


def test_only_what_is_touched_is_merged_again(casebook: Callable[[], Store]) -> None:
    with casebook() as store:
        for number in range(9):
            add(store, report(number, number % 3, 1, 12, False))
        assert bring_up_to_date(store).merged == 9
        add(store, report(9, 0, 1, 12, False))
        assert bring_up_to_date(store).merged == 4
        store.judge(judge("r1#c1", "reject", None, 1))
        assert bring_up_to_date(store).merged == 3


def test_a_stop_before_all_is_written_is_made_good(
    casebook: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    with casebook() as store:
        for number in range(9):
            add(store, report(number, number % 3, 1, 12, False))
        monkeypatch.setattr(keeping, "FEW", 0)
        monkeypatch.setattr(keeping, "AT_ONCE", 2)

        def stop(done: int, total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            bring_up_to_date(store, tell=stop)
        assert len(list(store.merged())) == 1
        monkeypatch.setattr(keeping, "FEW", 300)
        bring_up_to_date(store)
        assert len(list(store.merged())) == 3
        assert list(store.unfiled()) == []


def test_several_workers_give_the_same(
    casebook: Callable[[], Store], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(keeping, "FEW", 0)
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    found = []
    for workers in (1, 2):
        with casebook() as store:
            for number in range(9):
                add(store, report(number, number % 3, 1, 12, number > 3))
            path = str(tmp_path / f"{workers}.casebook")
            bring_up_to_date(store, workers=workers, casebook=path)
            found.append(state(store))
    assert found[0] == found[1]


def test_a_question_without_a_filter_on_a_large_casebook_reads_the_record_kept(
    casebook: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "SMALL", 5)
    with casebook() as store:
        for number in range(9):
            add(store, report(number, number % 3, 1, 12, False))
        store.judge(judge("r0#c1", "reject", None, 1))
        found = recording.record_of(store)
        kept = {incident.id for record in store.merged() for incident in record.incidents}
        assert {incident.id for incident in found.incidents} == kept
        assert [len(coding.claims) for coding in found.record.codings] == [0, *[1] * 8]
        assert found.parties[0].name == "Ardan Front"


def test_who_asks_after_an_add_is_told_and_sees_what_was_added(
    casebook: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "SMALL", 5)
    notes: list[str] = []
    waiting = recording.Waiting(notes.append)
    with casebook() as store:
        for number in range(9):
            add(store, report(number, number % 3, 1, 12, False))
        recording.record_of(store, waiting=waiting)
        recording.record_of(store, waiting=waiting)
        assert len(notes) == 1
        assert "the whole casebook, once" in notes[0]
        add(store, report(9, 1, 1, 12, False))
        found = recording.record_of(store, waiting=waiting)
        assert notes[1:] == ["1 report is not merged yet: merging now"]
        assert "r9" in {report for incident in found.incidents for report in incident.reports}


def test_a_casebook_that_cannot_be_written_to_is_merged_for_the_answer(
    casebook: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CasebookError("someone else is writing", where="a.casebook", mend="try again")

    monkeypatch.setattr(recording, "SMALL", 5)
    monkeypatch.setattr("stemma.run.kept.bring_up_to_date", refuse)
    notes: list[str] = []
    with casebook() as store:
        for number in range(9):
            add(store, report(number, number % 3, 1, 12, False))
        found = recording.record_of(store, waiting=recording.Waiting(notes.append))
        assert len(found.incidents) == 3
        assert not list(store.merged())
    assert "someone else is writing" in notes[-1]


def test_another_version_of_merging_makes_all_anew(
    casebook: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    with casebook() as store:
        for number in range(4):
            add(store, report(number, number % 3, 1, 12, False))
        bring_up_to_date(store)
        assert bring_up_to_date(store).merged == 0
        monkeypatch.setattr(keeping, "CIRCLES", "2")
        assert bring_up_to_date(store).merged == 4
