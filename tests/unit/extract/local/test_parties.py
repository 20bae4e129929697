from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from network import MENTION, STATE, Sheet, make_document, make_heads

from stemma.extract.local import parties as parties_module
from stemma.extract.local.heads import Heads, SpanScores
from stemma.extract.local.parties import Parties, fullest_first
from stemma.extract.local.scores import Scores
from stemma.extract.local.words import split_words
from stemma.model import EntityKind


@pytest.fixture(autouse=True)
def head_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of names have their own tests: here only the coreference head joins."""
    monkeypatch.setattr(parties_module, "MOST_ALIASES", 0)


def strangers(folder: Path, **given: float) -> Heads:
    """Heads that take mentions for one entity by the likeness of their names alone, weighed as given."""
    weight = np.zeros((1, 8))
    for name, value in given.items():
        weight[0, ["equal", "last", "first", "held", "share", "acronym", "pronoun", "long"].index(name)] = (
            value
        )
    zero = np.zeros((MENTION, MENTION))
    return make_heads(
        folder,
        **{
            "same_features.bias": np.array([-20.0]),
            "same_features.weight": weight,
            "same_left.weight": zero,
            "same_right.weight": zero,
        },
    )


def join(heads: Heads, text: str, spans: dict[str, str]) -> list[set[str]]:
    """The wordings that are one, in the order of their first mention."""
    sheet = Sheet(make_document(text), spans)
    parties = Parties(heads, sheet.scores, list(sheet.index.values()), 0.5)
    found: dict[int, set[str]] = {}
    for words, index in sheet.index.items():
        found.setdefault(parties.number(index), set()).add(words)
    return list(found.values())


def test_one_name_is_one_entity(tmp_path: Path) -> None:
    text = "The army shelled Arra. An army spokesman said army units left."
    spans = {"The army": "government", "army units": "unit", "An army": "government"}
    assert join(strangers(tmp_path), text, spans) == [{"The army", "An army"}, {"army units"}]


def test_alike_mentions_are_one_entity(tmp_path: Path) -> None:
    text = "Free Valley Front men won. FVF said so. Reuters left."
    spans = {"Free Valley Front": "group", "FVF": "group", "Reuters": "outlet"}
    found = join(strangers(tmp_path, acronym=40), text, spans)
    assert sorted(map(len, found)) == [1, 2]
    assert {"Free Valley Front", "FVF"} in found
    assert len(join(strangers(tmp_path), text, spans)) == 3


def test_names_that_stand_for_one_another_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties_module, "MOST_ALIASES", 150)
    text = "Free Valley Front (FVF) men won. Reuters left."
    found = join(
        strangers(tmp_path), text, {"Free Valley Front": "group", "FVF": "group", "Reuters": "outlet"}
    )
    assert sorted(map(len, found)) == [1, 2]


def test_a_place_is_never_the_party_of_its_name(tmp_path: Path) -> None:
    text = "Arra said the shelling in ARRA went on."
    assert len(join(strangers(tmp_path, equal=40), text, {"Arra": "government", "ARRA": "place"})) == 2
    assert len(join(strangers(tmp_path, equal=40), text, {"Arra": "government", "ARRA": "group"})) == 1
    assert len(join(strangers(tmp_path, equal=40), text, {"Arra": "government", "ARRA": "person"})) == 2


def test_unnamed_people_of_one_wording_stay_apart(tmp_path: Path) -> None:
    text = "Two men fled. TWO MEN died."
    assert len(join(strangers(tmp_path), text, {"Two men": "people", "TWO MEN": "people"})) == 2


def test_entities_hold_all_their_wordings_with_their_places(tmp_path: Path) -> None:
    text = "It left. FVF won. Free Valley Front men said so."
    sheet = Sheet(make_document(text), {"Free Valley Front": "group", "FVF": "unit"})
    parties = Parties(strangers(tmp_path, acronym=40), sheet.scores, [0, 1], 0.5)
    (entity,) = parties.entities([parties.number(0)]).values()
    assert entity.id == "e1"
    assert entity.names == ("Free Valley Front", "FVF")
    assert [mention.span.of(text) for mention in entity.mentions] == ["FVF", "Free Valley Front"]
    assert [mention.kind for mention in entity.mentions] == [EntityKind.UNIT, EntityKind.GROUP]
    assert parties.names(0) == {"free valley front", "fvf"}


def many(count: int, seed: int = 0) -> Scores:
    rng = np.random.default_rng(seed)
    # Words in small letters: names would keep strangers apart.
    text = " ".join(f"name{k % 97}" for k in range(count))
    words = split_words(text)
    firsts = np.searchsorted(words.start, [match * 1 for match in _starts(text)])
    kinds = np.zeros((count, 14), dtype=np.float32)
    kinds[:, 2] = 0.9
    return Scores(
        document=make_document(text),
        words=words,
        states=np.zeros((len(words), STATE), dtype=np.float32),
        spans=SpanScores(firsts, firsts, kinds),
        mentions=rng.normal(0, 1, (count, MENTION)).astype(np.float32),
        source_kinds=np.zeros(count, dtype=np.int64),
        attribution=np.zeros((len(words), 3, 3), dtype=np.float32),
        triggers=np.zeros((len(words), 1), dtype=np.float32),
        between=np.zeros((len(words), 1), dtype=np.float32),
    )


def _starts(text: str) -> list[int]:
    return [0, *(k + 1 for k, character in enumerate(text) if character == " ")]


def plain_loop(heads: Heads, scores: Scores, same: float) -> list[int]:
    """The entity of each mention, all compared with all: what `Parties` does within reach."""
    texts = [scores.words_of(k)[0] for k in range(len(scores.spans))]
    alike = heads.same(scores.mentions, texts)
    members: list[list[int]] = []
    for k, text in enumerate(texts):
        how = [
            max((alike[k, of].max() + alike[k, of].mean()) / 2, 0.9 * any(texts[m] == text for m in of))
            for of in members
        ]
        if how and max(how) > same:
            members[int(np.argmax(how))].append(k)
        else:
            members.append([k])
    return [next(c for c, of in enumerate(members) if k in of) for k in range(len(texts))]


def test_short_reports_compare_all_with_all(tmp_path: Path) -> None:
    heads, scores = make_heads(tmp_path), many(120)
    parties = Parties(heads, scores, list(range(120)), 0.4)
    found = [parties.number(k) for k in range(120)]
    assert found == plain_loop(heads, scores, 0.4)
    assert 1 < len(set(found)) < 98


def test_names_are_known_again_however_far_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties_module, "NEAR", 8)
    parties = Parties(strangers(tmp_path), many(300), list(range(300)), 0.5)
    assert [parties.number(k) for k in range(300)] == [k % 97 for k in range(300)]


def test_no_more_mentions_are_compared_at_once_in_a_long_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parties_module, "NEAR", 8)
    heads, seen = make_heads(tmp_path), []
    plain = heads.same
    monkeypatch.setattr(
        heads, "same", lambda mentions, names: seen.append(len(names)) or plain(mentions, names)
    )
    Parties(heads, many(300), list(range(300)), 0.5)
    assert max(seen) <= 16
    assert len(seen) <= 300 / 8 + 1


def test_the_fullest_name_comes_first() -> None:
    assert fullest_first(["they", "the militants", "Hamas", "the Hamas movement"]) == [
        "the Hamas movement",
        "Hamas",
        "the militants",
        "they",
    ]


def test_no_party_goes_by_a_count_or_an_article() -> None:
    assert fullest_first(["At least 88 regime forces", "regime forces"])[0] == "regime forces"
    assert fullest_first(["an alleged US-led coalition", "the US-led coalition"])[0] == "the US-led coalition"
    assert fullest_first(["the militants", "Thirteen militants of IS", "At least ten men"]) == [
        "Thirteen militants of IS",
        "the militants",
        "At least ten men",
    ]


def test_no_mentions_make_no_entities(tmp_path: Path) -> None:
    sheet = Sheet(make_document("Nobody."), {})
    assert Parties(make_heads(tmp_path), sheet.scores, [], 0.5).entities([]) == {}


def certain(folder: Path) -> Heads:
    """Heads that take every two mentions for one entity."""
    zero = np.zeros((MENTION, MENTION))
    weights = {"same_left.weight": zero, "same_right.weight": zero, "same_features.weight": np.zeros((1, 8))}
    return make_heads(folder, **weights, **{"same_features.bias": np.array([20.0])})


def test_two_men_of_one_meeting_stay_two(tmp_path: Path) -> None:
    text = "Mevlut Cavusoglu met Sean Spicer. Spicer left. Cavusoglu stayed."
    names = ["Mevlut Cavusoglu", "Sean Spicer", "Spicer", "Cavusoglu"]
    found = join(certain(tmp_path), text, dict.fromkeys(names, "person"))
    assert {"Mevlut Cavusoglu", "Cavusoglu"} in found
    assert {"Sean Spicer", "Spicer"} in found


def test_two_agencies_stay_two(tmp_path: Path) -> None:
    text = "Reuters and AFP said so. The agency did not say why."
    spans = dict.fromkeys(["Reuters", "AFP"], "outlet")
    assert join(certain(tmp_path), text, spans) == [{"Reuters"}, {"AFP"}]


@pytest.mark.parametrize("cue", ["also known as", "formerly", "alias"])
def test_another_name_that_the_report_gives_is_the_same_man(tmp_path: Path, cue: str) -> None:
    text = f"Kyaw Min Yu, {cue} Ko Jimmy Aung, was hanged."
    spans = dict.fromkeys(["Kyaw Min Yu", "Ko Jimmy Aung"], "person")
    assert len(join(certain(tmp_path), text, spans)) == 1


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Mevlut Cavusoglu left. A Kurdish commander stayed.", False),
        ("Sudesh Amman, a student, was shot.", True),
        ("Sudesh Amman was a student.", True),
    ],
)
def test_an_indefinite_wording_is_a_named_man_only_where_it_is_said_of_him(
    tmp_path: Path, text: str, one: bool
) -> None:
    wordings = [
        w for w in ("Mevlut Cavusoglu", "A Kurdish commander", "Sudesh Amman", "a student") if w in text
    ]
    assert (len(join(certain(tmp_path), text, dict.fromkeys(wordings, "person"))) == 1) is one
