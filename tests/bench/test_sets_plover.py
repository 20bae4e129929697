"""PLOVER: our types as its codes, what modality changes, which claim answers."""

from __future__ import annotations

import json

import pytest
from handmade import claim, coding, entity

import sets_plover
from corpora import plover
from corpora.plover import QUADS
from sets_plover import NONE, OURS, answer, best, marked, root_of
from stemma.model import MODES, ClaimType

TEXT = "Ondria shelled Sarn after Vell signed a pact with Kar."
ONDRIA, SARN = entity(TEXT, "e1", "government", "Ondria"), entity(TEXT, "e2", "government", "Sarn")
VELL, KAR = entity(TEXT, "e3", "government", "Vell"), entity(TEXT, "e4", "government", "Kar")
SHELLED = claim(TEXT, "ASSAULT", "shelled", {"actor": ONDRIA, "recipient": SARN}, score=0.9)
SIGNED = claim(TEXT, "AGREE", "signed", {"actor": VELL, "recipient": KAR}, score=0.6)


def test_every_event_type_and_mode_has_a_code() -> None:
    for kind in ClaimType:
        for mode in (None, *MODES.get(kind, ())):
            given = claim(TEXT, kind, "shelled", mode=mode)
            assert root_of(given) in QUADS or kind.is_tie
    assert set(OURS.values()) <= set(QUADS)


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("ASSAULT", {}, "ASSAULT"),
        ("ASSAULT", {"status": "future"}, "THREATEN"),
        ("ASSAULT", {"negated": True}, "YIELD"),
        ("AID", {"status": "hypothetical"}, "AGREE"),
        ("AID", {"negated": True}, "SANCTION"),
        ("AID", {"negated": True, "status": "future"}, "REJECT"),
        ("CONSULT", {"negated": True}, "REJECT"),
        ("ACCUSE", {"status": "future"}, "ACCUSE"),
        ("ACCUSE", {"negated": True}, "AGREE"),
        ("RETREAT", {}, "YIELD"),
        ("DENY", {}, "REJECT"),
        ("MEMBER_OF", {"negated": True}, NONE),
    ],
)
def test_modality(kind: str, more: dict, code: str) -> None:
    assert answer(claim(TEXT, kind, "shelled", **more), modality=True) == code


def test_without_modality_the_code_is_that_of_the_act() -> None:
    assert answer(claim(TEXT, "ASSAULT", "shelled", negated=True), modality=False) == "ASSAULT"
    assert answer(None, modality=True) == NONE


def test_the_best_scored_event_answers_and_a_tie_only_where_there_is_none() -> None:
    war = claim(TEXT, "AT_WAR_WITH", "shelled", score=0.99)
    assert best([SIGNED, SHELLED, war]) is SHELLED
    assert best([war, claim(TEXT, "MEMBER_OF", "shelled", score=1.0)]) is war
    assert best([]) is None


def test_the_marked_parties_choose_the_claim() -> None:
    given = coding([SHELLED, SIGNED], ONDRIA, SARN, VELL, KAR)
    assert marked(given, TEXT, "Vell", "Kar") is SIGNED
    assert marked(given, TEXT, "Ondria", "Sarn") is SHELLED
    assert marked(given, TEXT, "", "") is SHELLED


def test_a_claim_without_a_code_of_the_marked_parties_gives_way() -> None:
    member = claim(TEXT, "MEMBER_OF", "signed", {"actor": VELL, "to": KAR})
    assert marked(coding([SHELLED, member], ONDRIA, SARN, VELL, KAR), TEXT, "Vell", "Kar") is SHELLED


def test_score(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "plover"
    (folder / "cameo_class").mkdir(parents=True)
    head = "sentence\tgold_root\tgold_penta\tsource\ttarget\n"
    rows = [f"{TEXT}\tAGREE\t1\tVell\tKar", f"{TEXT}\tCOERCE\t4\tOndria\tSarn", "Nothing.\tAID\t2\t\t"]
    (folder / "PLV_train.tsv").write_text(head + "\n".join(rows) + "\n")
    records = [{"event": "DOCUMENT"}, {"event": "FIGHT", "text": TEXT}, {"event": "DEMAND", "text": TEXT}]
    (folder / "PLOVER_GSR_CAMEO.txt").write_text(json.dumps(records))
    (folder / "cameo_class" / "train.tsv").write_text(f"{TEXT}\t4\nNothing.\t0\n{TEXT}\t2\n")
    full = coding([SHELLED, SIGNED], ONDRIA, SARN, VELL, KAR)
    monkeypatch.setattr(sets_plover, "code", lambda name, text: full if text == TEXT else coding([]))
    monkeypatch.setattr(plover.Sentence, "held_out", True)
    result = sets_plover.score(tmp_path, None)
    assert result["plv with a claim"] == 0.667
    assert (result["plv accuracy"], result["plv quad accuracy"]) == (0.0, 0.333)
    # AGREE by its parties; ASSAULT for COERCE, which has the same quad class; no claim for AID.
    assert (result["plv marked accuracy"], result["plv marked quad accuracy"]) == (0.333, 0.667)
    assert result["plv marked macro f1"] == 0.333
    assert (result["records accuracy"], result["records quad accuracy"]) == (0.5, 0.5)
    assert result["cameo quad accuracy"] == 0.667
    assert "records accuracy" not in sets_plover.score(tmp_path, "PLV_train")
