"""The scorers of heads, with a stand-in for the engine that answers by hand."""

from __future__ import annotations

import json
import math
from itertools import pairwise, product
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import public_sets
from bench_engine import Found
from corpora import events
from labels import EVENT_ROLES, EVENT_TYPES
from public_sets import best_tags, muc4, polnear, uw, wikievents


@pytest.fixture
def stand_in(monkeypatch):
    """Puts an engine with these answers in the place of the shipped one."""

    def put(**answers):
        engine = SimpleNamespace(states=lambda words: words, **answers)
        monkeypatch.setattr(public_sets, "BenchEngine", lambda: engine)

    return put


def key(name: str, **slots: str) -> str:
    rows = {"0": ("MESSAGE: ID", name), "1": ("MESSAGE: TEMPLATE", "1")}
    rows |= {
        "4": ("INCIDENT: TYPE", "ATTACK"),
        "10": ("PERP: ORGANIZATION ID", slots.get("organisation", "-")),
    }
    rows["18"] = ("HUM TGT: NAME", slots.get("victim", "-"))
    return "\n".join(f"{n}. {title}     {value}" for n, (title, value) in rows.items())


def muc_folder(root: Path, text: str, *keys: str) -> None:
    folder = root / "muc4" / "tst1"
    folder.mkdir(parents=True)
    (folder / "tst1-own").write_text(f"TST1-MUC3-9001\n\n{text}\n")
    (folder / "key-own").write_text("\n\n".join(keys) + "\n")


def test_muc4_is_ceaf_ree(tmp_path, stand_in) -> None:
    pair = '"MAYOR LUGO" / "MAYOR"\n                                    "TEACHER"'
    muc_folder(
        tmp_path,
        "THE RED FRONT KILLED MAYOR LUGO AND A TEACHER. THE MAYOR WAS ALONE.",
        key("TST1-MUC3-9001", organisation='"RED FRONT"', victim=pair),
    )
    stand_in(muc=lambda x, words: {"victim": ["MAYOR", "SOLDIER"], "organisation": ["THE RED FRONT", "ARMY"]})
    result = muc4(tmp_path, "tst1")
    # Victims: 1 right of 2 given and 2 wanted. Organisations: 1 of 2 given, 1 wanted. All: 2 of 4 and 3.
    assert (result["victim f1"], result["organisation f1"]) == (0.5, 0.667)
    assert (result["all p"], result["all r"], result["all f1"]) == (0.5, 0.667, 0.571)


def test_muc4_counts_an_entity_once_however_often_it_is_given(tmp_path, stand_in) -> None:
    muc_folder(tmp_path, "THEY SHOT MAYOR LUGO.", key("TST1-MUC3-9001", victim='"MAYOR LUGO" / "MAYOR"'))
    stand_in(muc=lambda x, words: {"victim": ["MAYOR", "MAYOR LUGO"]})
    result = muc4(tmp_path, "tst1")
    assert (result["all p"], result["all r"]) == (0.5, 1.0)


def test_muc4_makes_one_entity_of_two_templates_that_share_a_wording(tmp_path, stand_in) -> None:
    muc_folder(
        tmp_path,
        "THEY SHOT MAYOR LUGO. LATER THE MAYOR WAS KIDNAPPED.",
        key("TST1-MUC3-9001", victim='"MAYOR LUGO" / "MAYOR"'),
        key("TST1-MUC3-9001", victim='"MAYOR"'),
    )
    stand_in(muc=lambda x, words: {"victim": ["MAYOR LUGO"]})
    assert muc4(tmp_path, "tst1")["all r"] == 1.0


def test_polnear(tmp_path, stand_in) -> None:
    text = "The army said Sarn fell ."
    part = tmp_path / "polnear" / "dev"
    (part / "text").mkdir(parents=True)
    (part / "attributions").mkdir()
    (part / "text" / "a.txt").write_text(text)
    (part / "attributions" / "a_one.ann").write_text(
        "T1\tSource 0 8\tThe army\nT2\tCue 9 13\tsaid\nT3\tContent 14 23\tSarn fell\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
    )
    tags = np.array([[0, 0, 0], [4, 0, 0], [0, 4, 0], [0, 0, 1], [0, 0, 3], [0, 0, 0]])
    heads = SimpleNamespace(
        seen=lambda x, floor: SimpleNamespace(attribution=np.eye(5)[tags]),
        attribution_after=lambda: np.zeros((3, 5, 5)),
    )
    stand_in(heads=heads)
    result = polnear(tmp_path, None)
    # The source is cut to "army": not strict; of its words one is right of one given and two wanted.
    assert (result["source strict"], result["source words"]) == (0.0, 0.667)
    assert (result["cue strict"], result["content strict"]) == (1.0, 1.0)
    assert result["source-content pairs"] == 1.0


def test_the_likeliest_tags_are_those_that_fit_together() -> None:
    # Word by word: first, outside, last. A span that has begun goes on to its end, so the middle is inside.
    chances = np.array([[0.1, 0.9, 0, 0, 0], [0.5, 0, 0.4, 0, 0.1], [0.1, 0, 0, 0.9, 0], [0.2, 0.8, 0, 0, 0]])
    # The last word may begin no span that never ends.
    assert best_tags(chances, np.zeros((5, 5))) == [1, 2, 3, 0]
    # What a tag after another adds: inside after first so unlikely that the first word stays alone.
    after = np.zeros((5, 5))
    after[1, 2] = -9
    chances = np.array([[0, 0.6, 0, 0, 0.4], [0.15, 0, 0.8, 0, 0.05], [0.1, 0, 0, 0.9, 0]])
    assert best_tags(chances, after) == [4, 0, 0]


def test_the_loss_of_a_sequence_is_what_counting_every_sequence_gives() -> None:
    torch = pytest.importorskip("torch", reason="torch is for training only")
    from corpora.polnear import sequence_loss

    torch.manual_seed(3)
    logits, after = torch.randn(4, 3, 5), torch.randn(3, 5, 5)
    tags = torch.tensor([[1, 0, 4], [3, 1, 0], [0, 2, 1], [4, 3, 3]])

    def fits(row: tuple[int, ...]) -> bool:
        inside = [tag in (2, 3) for tag in row]
        return (
            not inside[0]
            and row[-1] not in (1, 2)
            and all(inside[i + 1] == (row[i] in (1, 2)) for i in range(len(row) - 1))
        )

    def score(row: tuple[int, ...], kind: int) -> float:
        alone = sum(float(logits[i, kind, tag]) for i, tag in enumerate(row))
        return alone + sum(float(after[kind, a, b]) for a, b in pairwise(row))

    expected = 0.0
    for kind in range(3):
        every = [math.exp(score(row, kind)) for row in product(range(5), repeat=4) if fits(row)]
        expected += math.log(sum(every)) - score(tuple(tags[:, kind].tolist()), kind)
    assert float(sequence_loss(logits, after, tags)) == pytest.approx(expected / 12, abs=1e-4)


def test_wikievents_counts_arguments_of_right_triggers_and_misses_the_rest(tmp_path, stand_in) -> None:
    def event(kind: str, at: int, *arguments: tuple[str, str]) -> dict:
        return {
            "event_type": kind,
            "trigger": {"start": at, "end": at + 1},
            "arguments": [{"text": text, "role": role} for text, role in arguments],
        }

    row = {
        "doc_id": "own",
        "tokens": "Gunmen shot two guards near Sarn . Police arrested a driver .".split(),
        "event_mentions": [
            event("Conflict.Attack.Unspecified", 1, ("Gunmen", "Attacker"), ("two guards", "Target")),
            event("Justice.ArrestJailDetain.Unspecified", 8, ("a driver", "Detainee")),
        ],
    }
    (tmp_path / "wikievents").mkdir()
    (tmp_path / "wikievents" / "dev.jsonl").write_text(json.dumps(row) + "\n")
    attack, die = EVENT_TYPES.index("Conflict.Attack"), EVENT_TYPES.index("Life.Die")
    attacker, target = EVENT_ROLES.index("Attacker"), EVENT_ROLES.index("Target")
    found = [
        # "guards" alone has the head of "two guards"; Sarn is no target.
        Found((1, 1), attack, [((0, 0), attacker), ((3, 3), target), ((5, 5), target)]),
        Found((1, 1), die, [((3, 3), EVENT_ROLES.index("Victim"))]),
    ]
    stand_in(events=lambda x, words: found)
    result = wikievents(tmp_path, None)
    # Triggers: 1 right of 2 and 2. Arguments: 2 right of 4 given and 3 wanted.
    assert result == {"trigger f1": 0.5, "argument head f1": 0.571}


def test_an_argument_stands_where_the_set_says_and_not_where_its_words_stand_first(
    tmp_path, monkeypatch
) -> None:
    """Seen on the development part: 35 of 411 arguments stood at another place with the same words, or at
    none, because their strings alone were looked for."""
    row = {
        "doc_id": "own",
        "tokens": "Guards slept . Gunmen shot guards , and guards fled from Sarn .".split(),
        "entity_mentions": [{"id": "own-T1", "start": 7, "end": 9}],
        "event_mentions": [
            {
                "event_type": "Conflict.Attack.Unspecified",
                "trigger": {"start": 4, "end": 5},
                "arguments": [{"role": "Target", "text": "guards", "entity_id": "own-T1"}],
            }
        ],
    }
    (tmp_path / "wikievents").mkdir()
    (tmp_path / "wikievents" / "dev.jsonl").write_text(json.dumps(row) + "\n")
    monkeypatch.setattr(events, "ROOT", tmp_path)
    target = EVENT_ROLES.index("Target")
    assert events.wikievents("dev")[0].events[0].arguments == [((7, 8), target)]
    del row["entity_mentions"]
    (tmp_path / "wikievents" / "dev.jsonl").write_text(json.dumps(row) + "\n")
    assert events.wikievents("dev")[0].events[0].arguments == [((5, 5), target)]


def test_uw_clips_and_compares(tmp_path, stand_in) -> None:
    folder = tmp_path / "factuality" / "uw"
    folder.mkdir(parents=True)
    targets = [{"span1": [k, k + 1], "label": value} for k, value in ((1, 3.0), (3, -2.0), (5, 1.0))]
    row = {"text": "They came , stayed and left .", "targets": targets}
    (folder / "dev.jsonl").write_text(json.dumps(row) + "\n")
    stand_in(rate=lambda x, spans: np.array([2.0, -1.0, 4.0])[: len(spans)])
    # Given (2, -1, 3 clipped) for (3, -2, 1): errors 1, 1, 2; r = (75/9) / sqrt(78/9 · 114/9).
    assert uw(tmp_path, None) == {"mae": 1.333, "r": 0.795, "not happened f1": 1.0, "mae of always 3": 2.333}
