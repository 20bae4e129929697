"""The network's graph, its layout and its picture."""

from __future__ import annotations

import datetime
import sys
import time
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from telling import record

from stemma.model import ClaimAt, ClaimType, EntityKind, Origin, Origins, Party, SourceKind, Tie
from stemma.show.graph import MOST_NODES, Graph, make_graph
from stemma.show.layout import place_boxes
from stemma.show.network import Standing
from stemma.show.network_svg import WORDED, Addresses, network_svg
from stemma.show.network_words import Sheet

EVIL = '"/></svg><script>x</script>&\u202e\u0007'
AT = (ClaimAt(report="paper", claim="c1"),)


def tie(kind: ClaimType, party: str, other: str, **given: Any) -> Tie:
    wire: dict[str, Any] = {
        "type": kind,
        "party": party,
        "party_name": party,
        "other": other,
        "other_name": other,
    }
    return Tie(**{**wire, "claims": AT, **given})


def party(key: str, kind: EntityKind = EntityKind.GROUP, **given: Any) -> Party:
    return Party(key=key, name=key, kind=kind, names=(key,), **given)


PARTIES = (
    party("front"),
    party("brigade", EntityKind.UNIT),
    party("company", EntityKind.UNIT),
    party("maren", EntityKind.PERSON),
)
TIES = (
    tie(ClaimType.PART_OF, "brigade", "front"),
    tie(ClaimType.PART_OF, "company", "brigade"),
    tie(ClaimType.LEADS, "maren", "company", end="2016-06"),
    tie(ClaimType.CONTROLS, "company", "velin"),
)


def graph(*ties: Tie, **asked: Any) -> Graph:
    return make_graph(record(), PARTIES, ties or TIES, **asked)


def test_ties_as_of_a_day() -> None:
    assert len(graph().links) == 4
    after = graph(as_of=datetime.date(2017, 1, 1))
    assert [link.type for link in after.links if link.type is ClaimType.LEADS] == []
    assert (after.over, after.not_yet) == (1, 0)
    before = graph(as_of=datetime.date(2016, 1, 1))
    assert next(link for link in before.links if link.type is ClaimType.LEADS).standing is Standing.MAY_HOLD


def test_units_fold_into_what_they_stand_under() -> None:
    folded = graph(folded=True)
    assert {node.key for node in folded.nodes} == {"front", "maren", "velin"}
    assert folded.inside == 2
    assert next(node for node in folded.nodes if node.key == "front").is_folded
    assert next(link for link in folded.links if link.type is ClaimType.LEADS).end == "front"


def test_one_party_is_folded_or_unfolded_by_itself() -> None:
    one = graph(but=["brigade"])
    assert {node.key for node in one.nodes} == {"front", "brigade", "maren", "velin"}
    other = graph(folded=True, but=["front"])
    assert {node.key for node in other.nodes} == {"front", "brigade", "maren", "velin"}


def test_units_that_stand_under_each_other_end_somewhere() -> None:
    round_about = (tie(ClaimType.PART_OF, "brigade", "company"), tie(ClaimType.PART_OF, "company", "brigade"))
    assert len(graph(*round_about).nodes) == 2
    assert graph(*round_about, folded=True).nodes is not None


def test_whose_word_it_is_stands_at_the_line() -> None:
    named = Origins(
        origins=(
            Origin(name="the Front", kind=SourceKind.GROUP),
            Origin(name="State Radio", kind=SourceKind.OUTLET),
        )
    )
    unnamed = Origins(origins=(Origin(name="residents", kind=SourceKind.ANONYMOUS, anonymous=True),))
    drawn = graph(
        tie(ClaimType.PART_OF, "brigade", "front", origins=named),
        tie(ClaimType.LEADS, "maren", "front", origins=unnamed, hedged=True),
        tie(ClaimType.AT_WAR_WITH, "front", "company", claims=(), denials=AT),
    )
    picture = network_svg(drawn)
    assert "the Front +1" in picture
    assert "◌ residents" in picture
    assert "leads, hedged" in picture
    assert "at war, denied" in picture
    assert 'class="pic-cross"' in picture


def test_a_place_has_no_dossier_and_a_party_has() -> None:
    to = Addresses(
        lambda key: f"/dossier/{key}", lambda key: f"/network?turn={key}", lambda index: f"#tie-{index}"
    )
    picture = network_svg(graph(), to=to)
    assert 'href="/dossier/front"' in picture
    assert 'href="/dossier/velin"' not in picture
    assert 'href="/network?turn=brigade"' in picture
    assert 'href="#tie-0"' in picture


def test_hostile_and_arabic_names_stay_text() -> None:
    drawn = graph(tie(ClaimType.LEADS, EVIL, "كتيبة الميناء"))
    root = ET.fromstring(network_svg(drawn, to=Addresses(dossier=lambda key: f"/dossier/{key}")))
    assert "script" not in {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "كتيبة الميناء" in "".join(root.itertext())


def test_an_empty_network_is_a_picture_too() -> None:
    assert "No ties here" in network_svg(make_graph(record(), (), ()))


def test_too_many_parties_are_left_out_and_counted_in_bounded_time() -> None:
    ties = [
        tie(ClaimType.ALLIED_WITH, f"p{n:04}", f"p{(n * 7) % 450:04}")
        for n in range(450)
        if n != (n * 7) % 450
    ]
    began = time.process_time()
    drawn = make_graph(record(), (), ties)
    picture = network_svg(drawn)
    assert len(drawn.nodes) == MOST_NODES
    assert drawn.left_out > 0
    assert time.process_time() - began < 6, "400 boxes take 1.3 s of a processor"
    assert picture == network_svg(drawn)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 24), st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=40))
def test_boxes_never_overlap_and_lie_within(count: int, pairs: list[tuple[int, int]]) -> None:
    lines = tuple(sorted({(a, b) for a, b in pairs if a < b < count}))
    boxes = tuple((80.0 + 7 * (n % 9), 42.0) for n in range(count))
    place_boxes.cache_clear()
    spots, width, height = place_boxes(boxes, lines)
    place_boxes.cache_clear()
    assert place_boxes(boxes, lines) == (spots, width, height)
    for (x, y), (wide, high) in zip(spots, boxes, strict=True):
        assert x - wide / 2 >= -1
        assert x + wide / 2 <= width + 1
        assert y - high / 2 >= -1
        assert y + high / 2 <= height + 1
    for (one, a), (two, b) in combinations(zip(spots, boxes, strict=True), 2):
        assert abs(one[0] - two[0]) >= (a[0] + b[0]) / 2 - 1 or abs(one[1] - two[1]) >= (a[1] + b[1]) / 2 - 1


def test_words_that_do_not_fit_are_seen_only_when_their_line_is_pointed_at() -> None:
    few = [tie(ClaimType.LEADS, "maren", "brigade")]
    crowd = [tie(ClaimType.LEADS, f"p{n}", f"p{n + 1}") for n in range(WORDED + 1)]
    assert "pic-hush" not in network_svg(graph(*few))
    picture = network_svg(make_graph(record(), (), crowd))
    assert picture.count('class="pic-hush unsaved"') == WORDED + 1
    assert picture.count('class="pic-how"') == WORDED + 1


def test_words_take_their_room_and_no_other_words_do() -> None:
    sheet = Sheet()
    line = ((0.0, 0.0), (100.0, 0.0), (200.0, 0.0))
    spots = [sheet.find(line, 120) for _ in range(4)]
    assert [fits for _, fits in spots] == [True, False, False, False]
    assert spots[0][0] == (100.0, 0.0)
    # Above the line there is room as soon as words are short enough to stand beside the first ones.
    assert sheet.find(((0.0, 0.0), (300.0, 0.0), (600.0, 0.0)), 60)[1]
