from __future__ import annotations

from stemma.model import Coding, Role
from stemma.show import COLUMNS, LedgerTally, make_ledger


def test_one_row_per_claim_in_order(coding: Coding) -> None:
    rows = list(make_ledger([coding, coding]))
    assert [row.claim.id for row in rows] == ["c1", "c2", "c3", "c1", "c2", "c3"]


def test_a_row_has_names_for_ids(coding: Coding) -> None:
    shelling, toll, leaving = make_ledger([coding])
    assert shelling.names(Role.ACTOR) == ("Harbour Front",)
    assert shelling.names(Role.RECIPIENT) == ("the customs house",)
    assert shelling.names(Role.VICTIM) == ()
    assert toll.counts == ("at least 12 killed",)
    assert leaving.names(Role.FROM) == ("Harbour Front",)
    assert leaving.hedge == "reportedly (probable)"


def test_cells_stand_under_the_columns(coding: Coding) -> None:
    shelling = next(make_ledger([coding])).cells()
    assert tuple(shelling) == COLUMNS
    assert shelling["chain"] == "army + residents (anonymous) → Orlan News"
    assert shelling["origin"] == "army + residents (anonymous)"
    assert shelling["time_start"] == "2021-03-09"
    assert shelling["place_canonical"] == "Velin, Orlan"
    assert shelling["victim"] is None
    assert shelling["negated"] == "false"


def test_the_columns_are_stable() -> None:
    assert COLUMNS[:8] == ("report", "outlet", "published", "title", "url", "claim", "type", "mode")
    assert COLUMNS[8:15] == ("actor", "recipient", "victim", "from", "to", "instrument", "object")
    assert COLUMNS[-6:] == ("evidence", "trigger", "start", "end", "score", "readings")
    assert len(set(COLUMNS)) == len(COLUMNS) == 36


def test_the_trigger_is_found_within_the_evidence(coding: Coding) -> None:
    for row in make_ledger([coding]):
        assert row.trigger_at is not None
        assert row.trigger_at.of(row.claim.evidence) == row.claim.trigger


def test_offsets_choose_among_equal_words() -> None:
    found = Coding.from_wire(
        {
            "report": "r",
            "claims": [
                {
                    "id": "c1",
                    "type": "ASSAULT",
                    "evidence": "shot and shot",
                    "trigger": "shot",
                    "span": {"start": 100, "end": 113},
                    "trigger_span": {"start": 109, "end": 113},
                },
                {
                    "id": "c2",
                    "type": "ASSAULT",
                    "evidence": "shot and shot",
                    "trigger": "shot",
                    "span": {"start": 100, "end": 113},
                    "trigger_span": {"start": 102, "end": 106},
                },
            ],
        }
    )
    second, wrong = (row.trigger_at for row in make_ledger([found]))
    assert second is not None
    assert (second.start, second.end) == (9, 13)
    assert wrong is not None
    assert (wrong.start, wrong.end) == (0, 4), "offsets that do not hold the words are not trusted"


def test_an_unknown_party_keeps_its_id() -> None:
    found = Coding.from_wire(
        {
            "report": "r",
            "claims": [
                {"id": "c1", "type": "DENY", "evidence": "x", "trigger": "x", "roles": {"actor": ["e9"]}}
            ],
        }
    )
    assert next(make_ledger([found])).names(Role.ACTOR) == ("e9",)


def test_the_tally_counts_ultimate_sources(coding: Coding) -> None:
    tally = LedgerTally()
    for row in make_ledger([coding]):
        tally.add(row)
    assert tally.words() == (
        "3 claims · 2 on somebody's word · 1 hedged · 3 ultimate sources, 1 of them anonymous"
    )


def test_the_tally_takes_a_name_once_and_anonymous_voices_per_report(coding: Coding) -> None:
    tally = LedgerTally()
    other = coding.model_copy(update={"report": "velin/again"})
    for row in make_ledger([coding, other]):
        tally.add(row)
    assert tally.words() == (
        "2 reports · 6 claims · 4 on somebody's word · 2 hedged · 4 ultimate sources, 2 of them anonymous"
    )


def test_a_tally_of_nothing() -> None:
    assert LedgerTally().words() == "0 claims · 0 on somebody's word · 0 hedged"
