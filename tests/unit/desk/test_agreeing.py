"""Agreement kept up to date: what was judged since is compared, and nothing else."""

from __future__ import annotations

import datetime
import random
import time
from collections.abc import Iterator
from pathlib import Path

import desk_client
import making
import pytest

from stemma.desk.agreeing import Agreeing, Agreement
from stemma.desk.house import House
from stemma.desk.options import DeskOptions
from stemma.model import Claim, ClaimType, Judgement
from stemma.store import Store, StoreOptions, open_casebook

REPORTS, CLAIMS = 4, 3


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_casebook(StoreOptions(str(tmp_path / "judged.casebook")), create=True) as made:
        for number in range(REPORTS):
            claims = tuple(
                Claim(id=f"c{n}", type=ClaimType.AID, evidence=f"Bread came to house {n}.", trigger="came")
                for n in range(CLAIMS)
            )
            made.add(*making.bundle(f"r{number}", claims=claims), "u1")
        yield made


def _judge(store: Store, subject: str, verdict: str, person: str, value: str | None = None) -> Judgement:
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(
        seconds=len(list(store.judgements()))
    )
    made = Judgement(subject=subject, verdict=verdict, person=person, at=at, value=value)
    store.judge(made)
    return made


def _fresh(store: Store) -> Agreement:
    found = Agreeing(House(store, DeskOptions(token="x"), "x")).now(60)
    assert found
    return found


def test_what_is_kept_up_to_date_is_what_is_made_anew(store: Store) -> None:
    chance = random.Random(4)
    kept = Agreeing(House(store, DeskOptions(token="x"), "x"))
    given: list[Judgement] = []
    for _ in range(60):
        subject = f"r{chance.randrange(REPORTS)}#c{chance.randrange(CLAIMS)}"
        person = chance.choice(("ann", "ben", "cem"))
        if given and chance.random() < 0.2:
            last = chance.choice(given)
            _judge(store, last.subject, chance.choice(("undo", "redo")), last.person, last.content_hash())
        else:
            given.append(_judge(store, subject, chance.choice(("accept", "accept", "reject")), person))
        assert kept.now(60) == _fresh(store)
    found = _fresh(store)
    assert found.alphas[0].units > 3
    assert any(one.reports for one in found.comparisons)


def test_a_judgement_costs_the_reading_of_its_report_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(REPORTS):
        _judge(store, f"r{number}#c0", "accept", "ann")
    kept = Agreeing(House(store, DeskOptions(token="x"), "x"))
    kept.now(60)
    read: list[str] = []
    coding = type(store).coding
    monkeypatch.setattr(type(store), "coding", lambda self, one: read.append(one) or coding(self, one))
    _judge(store, "r2#c1", "reject", "ben")
    kept.now(60)
    kept.now(60)
    assert read == ["r2"]


def test_a_report_that_comes_later_is_compared_then(store: Store) -> None:
    _judge(store, "later#c1", "accept", "ann")
    kept = Agreeing(House(store, DeskOptions(token="x"), "x"))
    first = kept.now(60)
    assert first
    assert first.people["ann"].claims == 0
    claim = Claim(id="c1", type=ClaimType.AID, evidence="Bread came.", trigger="came")
    store.add(*making.bundle("later", claims=(claim,)), "u1")
    second = kept.now(60)
    assert second
    assert (second.people["ann"].claims, second.people["ann"].reports) == (1, 1)


def test_many_reports_are_compared_in_the_background_and_the_page_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stemma.desk.agreeing.AT_ONCE", 0)
    monkeypatch.setattr("stemma.desk.pages.agreement.WAIT", 0)
    for number in range(REPORTS):
        _judge(store, f"r{number}#c0", "accept", "ann")
    client = desk_client.make_client(store).enter()
    first = client.get("/agreement").text
    assert 'data-why="comparing"' in first
    assert f"of {REPORTS} reports" in first
    end = time.monotonic() + 60
    while 'data-why="comparing"' in (text := client.get("/agreement").text):
        assert time.monotonic() < end
        time.sleep(0.02)
    assert "Who judged" in text
    assert client.get("/api/v1/agreement").json()["people"] == {"ann": {"claims": REPORTS, "reports": 0}}


def test_one_report_that_cannot_be_compared_hides_no_other(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("stemma.desk.agreeing.AT_ONCE", 0)
    for number in range(REPORTS):
        _judge(store, f"r{number}#c0", "accept", "ann")
    coding = type(store).coding

    def broken(self: Store, report: str) -> object:
        if report == "r1":
            raise RuntimeError("torn")
        return coding(self, report)

    monkeypatch.setattr(type(store), "coding", broken)
    found = Agreeing(House(store, DeskOptions(token="x"), "x")).now(60)
    assert found
    assert found.people["ann"].claims == REPORTS - 1
    assert "'r1' (RuntimeError)" in capsys.readouterr().err
