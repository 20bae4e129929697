from __future__ import annotations

import re
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from telling import record

from stemma.model import Dependence, Descent
from stemma.show.tree import Edge, Node, Tree, VoiceAt, make_tree
from stemma.show.tree_mermaid import tree_mermaid
from stemma.show.tree_svg import tree_svg

SVG = "{http://www.w3.org/2000/svg}"
texts = st.text(max_size=30)


def test_time_runs_from_left_to_right() -> None:
    tree = make_tree(record())
    assert tree.columns == ("not held", "2021-03-05", "2021-03-06", "no date")
    assert {node.id: node.column for node in tree.nodes} == {
        "outlet:The Wire": 0,
        "paper": 1,
        "copy": 2,
        "ministry": 3,
    }


def test_absent_parents_and_anonymous_voices_are_marked() -> None:
    nodes = {node.id: node for node in make_tree(record()).nodes}
    assert not nodes["outlet:The Wire"].held
    assert nodes["outlet:The Wire"].label == "The Wire"
    assert nodes["paper"].voices == (VoiceAt("residents", True),)
    assert nodes["paper"].unnamed
    assert not nodes["ministry"].unnamed


def test_some_reports_bring_all_that_hang_together() -> None:
    tree = make_tree(record(), ["copy"])
    assert {node.id for node in tree.nodes} == {"outlet:The Wire", "paper", "copy"}


def test_no_box_stands_on_another_or_on_the_way_of_an_edge() -> None:
    edges = tuple(
        Dependence(report=child, parent=parent, kind=Descent.CITES, credited=True, reason="")
        for child, parent in (
            ("copy", "outlet:A"),
            ("ministry", "outlet:A"),
            ("ministry", "paper"),
            ("paper", "outlet:A"),
        )
    )
    tree = make_tree(record(edges=edges))
    places = {node.id: (node.column, node.row) for node in tree.nodes}
    assert len(set(places.values())) == len(places)
    for edge in tree.edges:
        (start, _), (end, row) = places[edge.parent], places[edge.child]
        way = {(column, row) for column in range(start + 1, end)}
        assert not way & set(places.values())


def test_a_report_that_cites_itself_and_a_circle_are_drawn() -> None:
    pairs = (("copy", "copy"), ("copy", "paper"), ("paper", "copy"))
    edges = tuple(
        Dependence(report=child, parent=parent, kind=Descent.COPIES, credited=False, reason="")
        for child, parent in pairs
    )
    tree = make_tree(record(edges=edges))
    assert len(tree.edges) == 2
    etree.fromstring(tree_svg(tree).encode())


nodes = st.builds(
    Node,
    id=st.sampled_from(["a", "b", "c"]),
    label=texts,
    held=st.booleans(),
    published=st.none() | st.dates(),
    title=st.none() | texts,
    voices=st.lists(st.builds(VoiceAt, name=texts, anonymous=st.booleans()), max_size=5).map(tuple),
    column=st.integers(0, 3),
    row=st.integers(0, 3),
    unnamed=st.booleans(),
)
edges = st.builds(
    Edge,
    parent=st.sampled_from(["a", "b", "d"]),
    child=st.sampled_from(["a", "b", "c"]),
    kind=st.sampled_from([kind.value for kind in Descent]),
    credited=st.booleans(),
    reason=texts,
    score=st.floats(0, 1),
)
trees = st.builds(
    Tree,
    nodes=st.lists(nodes, max_size=3, unique_by=lambda node: node.id).map(tuple),
    edges=st.lists(edges, max_size=3).map(tuple),
    columns=st.lists(texts, max_size=4).map(tuple),
)


@given(trees)
def test_any_text_gives_well_formed_svg_that_runs_and_fetches_nothing(tree: Tree) -> None:
    root = etree.fromstring(tree_svg(tree).encode("utf-8", "surrogatepass"))
    allowed = {"svg", "title", "style", "defs", "marker", "path", "rect", "text", "line", "g"}
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in allowed
        assert not any(name.startswith("on") or name.endswith("href") for name in element.attrib)
    drawn = [element for element in root.iter(f"{SVG}rect") if element.get("class") == "box"]
    assert len(drawn) == len(tree.nodes)


def test_markup_in_a_report_stays_text() -> None:
    evil = "<script>alert(1)</script>&\"'\x1b[31m\u202e"
    node = Node("a", evil, True, None, evil, (VoiceAt(evil, True),), 0, 0)
    svg = tree_svg(Tree((node,), (), (evil,)))
    assert "<script" not in svg
    assert "\x1b" not in svg
    assert "\u202e" not in svg
    assert "<script>alert(1)</script>" in "".join(etree.fromstring(svg.encode()).itertext())


@given(trees)
def test_any_text_gives_mermaid_of_known_lines(tree: Tree) -> None:
    label = r'"(?:[\w .,:–-]|#\d+;|…|<br/>)*"'
    line = re.compile(rf"  n\d+\[{label}\](:::absent)?|  n\d+ (-->|-\.->)\|{label}\| n\d+")
    first, *lines, last = tree_mermaid(tree).rstrip("\n").split("\n")
    assert first == "flowchart LR"
    assert last.startswith("  classDef absent")
    assert all(line.fullmatch(one) for one in lines)
    assert len([one for one in lines if "[" in one and "|" not in one]) == len(tree.nodes)
