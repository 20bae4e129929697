from __future__ import annotations

import os
import runpy
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network import WordStates, make_document, make_engine, write_heads

from stemma.extract.local import engine as engine_module
from stemma.extract.local.engine import LocalEngine, first_words
from stemma.extract.options import ExtractOptions
from stemma.model import Coding, Document, PassageKind

NEWS = (
    "ARRA (Reuters) - Rebels of the Free Valley Front reportedly shelled the old town of Arra on Monday, "
    "killing at least nine men, the army and residents said.\n\nState television quoted a spokesman as "
    "saying jets had bombed 12 camps in May. He gave no proof.\n\nSign up for our letter about rebels.\n"
)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalEngine:
    return make_engine(monkeypatch, tmp_path)


@pytest.fixture(scope="module")
def shared_engine(tmp_path_factory: pytest.TempPathFactory) -> LocalEngine:
    with pytest.MonkeyPatch.context() as patch:
        return make_engine(patch, tmp_path_factory.mktemp("model"))


def gold_check() -> Any:
    beside = Path(__file__).parents[5] / "shared"
    path = Path(os.environ.get("STEMMA_SHARED", beside)) / "gold" / "check_gold.py"
    return runpy.run_path(str(path))["faults"] if path.is_file() else None


GOLD_FAULTS = gold_check()


def check(document: Document, coding: Coding) -> None:
    """What holds of every coding, whatever the network says."""
    text, ids = document.text, [entity.id for entity in coding.entities]
    assert ids == [f"e{k + 1}" for k in range(len(ids))]
    assert [claim.id for claim in coding.claims] == [f"c{k + 1}" for k in range(len(coding.claims))]
    used = set()
    for claim in coding.claims:
        for ground in claim.grounds():
            assert ground.span.of(text) == ground.text, ground
        assert claim.span
        assert claim.trigger_span
        assert claim.span.covers(claim.trigger_span)
        for role, parties in claim.roles.items():
            assert len(parties) == len(claim.role_spans[role])
            used.update(parties)
        used.update(source.entity for source in claim.sources if source.entity)
        used.update(count.entity for count in claim.counts if count.entity)
        assert len({source.text for source in claim.sources}) == len(claim.sources)
    assert used == set(ids)
    for entity in coding.entities:
        assert {mention.text for mention in entity.mentions} == set(entity.names)
        assert all(mention.span.of(text) == mention.text for mention in entity.mentions)
    if GOLD_FAULTS:
        assert list(GOLD_FAULTS(coding.wire(), text)) == []


def test_a_coding_holds_what_the_guidelines_ask(engine: LocalEngine) -> None:
    document = make_document(
        NEWS,
        (PassageKind.DATELINE, "ARRA (Reuters) -", "Reuters"),
        agencies=("Reuters",),
        outlet="Valley Post",
    )
    coding = engine.extract(document)
    assert coding.claims
    check(document, coding)
    assert coding.document_hash == document.content_hash()
    assert (coding.engine, coding.notes) == ("local", ())
    assert all("Reuters" in [source.text for source in claim.sources] for claim in coding.claims)


def test_the_same_document_has_the_same_coding(engine: LocalEngine) -> None:
    document = make_document(NEWS * 2)
    assert engine.extract(document) == engine.extract(document)


def test_muted_passages_carry_no_claim_and_furniture_no_mention(engine: LocalEngine) -> None:
    sign_up = "Sign up for our letter about rebels."
    document = make_document(NEWS, (PassageKind.FURNITURE, sign_up, None))
    plain, muted = engine.extract(make_document(NEWS)), engine.extract(document)
    start = NEWS.index(sign_up)
    assert muted.claims
    assert any(_reaches(plain, start)), "this network would find something there"
    assert not any(_reaches(muted, start))
    document = make_document(NEWS, (PassageKind.DATELINE, NEWS, None))
    assert engine.extract(document).claims == ()


def _reaches(coding: Coding, start: int) -> list[bool]:
    spans = [mention.span for entity in coding.entities for mention in entity.mentions]
    spans += [ground.span for claim in coding.claims for ground in claim.grounds()]
    return [span.end > start for span in spans]


@pytest.mark.parametrize(
    ("language", "codes"),
    [("fr", ["language-not-supported"]), ("ar", ["language-not-supported"]), ("en-GB", []), (None, [])],
)
def test_another_language_is_said_and_coded(
    engine: LocalEngine, language: str | None, codes: list[str]
) -> None:
    coding = engine.extract(make_document(NEWS, language=language))
    assert [note.code for note in coding.notes] == codes
    assert coding.claims


def test_a_least_score_leaves_claims_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document(NEWS * 2)
    every = make_engine(monkeypatch, tmp_path).extract(document)
    scores = sorted(claim.score or 0 for claim in every.claims)
    least = scores[len(scores) // 2]
    some = make_engine(monkeypatch, tmp_path, min_score=least).extract(document)
    assert 0 < len(some.claims) < len(every.claims)
    assert all((claim.score or 0) >= least - 0.001 for claim in some.claims)


def test_the_version_changes_with_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = make_engine(monkeypatch, tmp_path).version
    assert make_engine(monkeypatch, tmp_path).version == one
    write_heads(tmp_path, thresholds={"role": 0.7})
    monkeypatch.setattr(engine_module, "Encoder", WordStates)
    assert LocalEngine(ExtractOptions(), tmp_path).version != one


LINE = (
    NEWS.replace("\n", " ")
    + "The army said on Monday that at least 30 fighters of the Free Valley Front were killed in Arra. "
)
HARD = {
    "empty": "",
    "blank": " \n\t \n",
    "one word": "Attack",
    "capitals": NEWS.upper(),
    "no punctuation": " ".join(NEWS.replace(".", " ").replace(",", " ").split()) * 2,
    "table": "\n".join(f"Arra\t{k}\tkilled\tarmy|rebels|{k}%" for k in range(40)),
    "list": "\n".join(f"- Day {k}: rebels shelled Arra; {k} killed\n  * army said" for k in range(20)),
    "arabic": "قصف الجيش بلدة عرعرة يوم الاثنين وقتل تسعة رجال، قال سكان. " * 6,
    "chinese": "军队周一炮击了该镇,造成九人死亡,居民说。" * 12,
    "right to left": "\u202bRebels\u202c shelled\u200f Arra\u200e, \u2067the army\u2069 said. " * 6,
    "zero width": "Reb\u200bels she\u200clled Ar\u200dra, the\ufeff army\u2060 said. " * 6,
    "combining": "Re\u0301be\u0301ls she\u0301lled A\u0308rra. " * 30,
    "emoji": "🙂 Rebels 👨‍👩‍👧 shelled 🇸🇾 Arra. " * 8,
    "controls": "Rebels\x00 shelled\x01 Arra\x1c on\x85 Monday\u2028 it said.",
    "digits": "9" * 400 + " killed in " + "1" * 300 + " years ago, 99999999999 hurt in 99999",
    "repeated": "a" * 1_000_000,
    "repeated word": "killed " * 600,
    "repeated name": "Omar " * 600,
    "dots": "." * 2_000,
    "line breaks": "\n" * 1_000_000 + "Rebels shelled Arra.",
}


@pytest.mark.parametrize("name", HARD)
def test_hard_texts_are_coded_with_offsets_that_hold(shared_engine: LocalEngine, name: str) -> None:
    document = make_document(HARD[name])
    check(document, shared_engine.extract(document))


@settings(max_examples=40)
@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(["Rebels", "killed", "9", "’s", "\n", "🙂", "\u200b", "İ", "ﬁ", ".", "MAY"])
    ).map(" ".join)
)
def test_any_text_is_coded_with_offsets_that_hold(shared_engine: LocalEngine, text: str) -> None:
    document = make_document(text)
    check(document, shared_engine.extract(document))


def test_an_endless_report_is_coded_in_part_and_says_so(
    shared_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "LONGEST", 1500)
    document = make_document(LINE * 8)
    coding = shared_engine.extract(document)
    check(document, coding)
    assert [note.code for note in coding.notes] == ["coded-in-part"]
    assert str(len(document.text)) in coding.notes[0].text
    assert max(claim.span.end for claim in coding.claims if claim.span) <= 1500


@pytest.mark.parametrize("text", [LINE * 12, "! " * 900, "!" * 900, "军" * 900, "a\u0301!" * 400])
def test_no_more_words_are_read_than_the_engine_bears(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "MOST_WORDS", 300)
    words = first_words(text)
    assert 150 <= len(words) <= 300
    assert text.startswith(words.text)


def test_ten_megabytes_on_one_line_take_no_more_than_what_is_coded(
    shared_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "MOST_WORDS", 400)
    document = make_document((LINE * 60_000)[:10_000_000])
    start = time.process_time()
    coding = shared_engine.extract(document)
    assert time.process_time() - start < 20
    assert [note.code for note in coding.notes] == ["coded-in-part"]
    assert coding.claims
