"""RAMS: the claim of a trigger, and head words of arguments."""

from __future__ import annotations

import json

from handmade import at, claim, coding, entity, place

import sets_rams
from corpora import events, rams
from corpora.rams import parse
from sets_rams import arguments_of, heads_of

ROW = {
    "doc_key": "own",
    "sentences": [["Two", "gunmen", "from", "Vell", "shot", "a", "guard"], ["It", "was", "in", "Sarn", "."]],
    "evt_triggers": [[4, 4, [["conflict.attack.n/a", 1.0]]]],
    "gold_evt_links": [
        [[4, 4], [0, 3], "evt001arg01attacker"],
        [[4, 4], [5, 6], "evt001arg02target"],
        [[4, 4], [10, 10], "evt001arg04place"],
        [[7, 7], [8, 8], "evt001arg04place"],
    ],
}
TEXT = "Two gunmen from Vell shot a guard\nIt was in Sarn .\n"
GUNMEN, GUARD = entity(TEXT, "e1", "people", "gunmen"), entity(TEXT, "e2", "person", "a guard")


def test_an_excerpt_is_read_with_the_arguments_of_its_own_trigger() -> None:
    excerpt = parse(ROW)
    assert excerpt.text == TEXT
    assert TEXT[slice(*excerpt.trigger)] == "shot"
    assert [(TEXT[a:b], role) for (a, b), role in excerpt.arguments] == [
        ("Two gunmen from Vell", "attacker"),
        ("a guard", "target"),
        ("Sarn", "place"),
    ]


def test_heads_are_the_words_before_what_qualifies_them() -> None:
    spans = [at(TEXT, words) for words in ("Two gunmen from Vell", "gunmen", "a guard")]
    assert heads_of(TEXT, [(span.start, span.end) for span in spans]) == {1, 6}


def test_the_best_claim_of_the_trigger_answers() -> None:
    weak = claim(TEXT, "COERCE", "shot", {"actor": GUARD}, score=0.3)
    strong = claim(TEXT, "ASSAULT", "shot", {"actor": GUNMEN}, score=0.8, place=place(TEXT, "Sarn"))
    spans = [(4, 10), (44, 48)]
    assert arguments_of(coding([weak, strong], GUNMEN, GUARD), (21, 25)) == spans
    assert arguments_of(coding([weak], GUARD), (0, 3)) is None


def test_score(tmp_path, monkeypatch) -> None:
    (tmp_path / "rams").mkdir()
    lost = ROW | {"doc_key": "lost", "evt_triggers": [[7, 7, [["life.die.n/a", 1.0]]]]}
    (tmp_path / "rams" / "dev.jsonl").write_text(f"{json.dumps(ROW)}\n{json.dumps(lost)}\n")
    one = claim(TEXT, "ASSAULT", "shot", {"actor": GUNMEN, "victim": GUARD, "instrument": GUNMEN})
    monkeypatch.setattr(sets_rams, "code", lambda name, text: coding([one], GUNMEN, GUARD))
    # One of two triggers. Its two heads are right, of three wanted; the lost one had one more.
    monkeypatch.setattr("corpora.rams.held_out", lambda name: True)
    assert sets_rams.score(tmp_path, None) == {
        "triggers found": 0.5,
        "argument head f1 of found": 0.8,
        "argument head f1 end to end": 0.667,
    }


def test_what_trains_is_not_measured(tmp_path, monkeypatch) -> None:
    (tmp_path / "rams").mkdir()
    rows = [json.dumps(ROW | {"doc_key": f"own{number}"}) for number in range(30)]
    (tmp_path / "rams" / "dev.jsonl").write_text("\n".join(rows))
    measured = []
    monkeypatch.setattr(sets_rams, "code", lambda name, text: measured.append(name) or coding([]))
    sets_rams.score(tmp_path, None)
    monkeypatch.setattr("corpora.rams.ROOT", tmp_path / "rams")
    trained = {story.name for story in events.rams()}
    names = {name.removeprefix("rams/") for name in measured}
    assert names
    assert not names & {name.removeprefix("RAMS/") for name in trained}
    assert len(names) + len([n for n in range(30) if not rams.held_out(f"own{n}")]) == 30
