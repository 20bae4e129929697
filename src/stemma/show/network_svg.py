"""A network as SVG: parties as boxes, ties as lines with their kind in dashes and words, and whose word."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from stemma.model import ClaimType
from stemma.show.graph import Graph, Link, Node
from stemma.show.layout import CLOSE, LOOSE, place_boxes
from stemma.show.ledger import plural
from stemma.show.network import VERBS, Standing
from stemma.show.network_words import Curve, Point, Sheet, on_curve
from stemma.show.svg import LETTER, element, link, picture, text, title

HIGH: Final = 42
LOW: Final = 27
"""Pixels of a box with and without the row that says of what kind a party is and how often it is named."""
NARROW: Final = 134
WIDE: Final = 208
EDGE: Final = 24
BOLD: Final = 8.0
NOTE: Final = 6.3
"""Pixels that a letter of a name and of a note takes on average."""
LEGEND: Final = 30
BEND: Final = 56
"""Pixels between lines that join the same two boxes."""
WORDED: Final = 60
"""Links up to which there is room for words between boxes. Of more the boxes are small and lie close, so that
the whole can be seen; the words come where a line is pointed at, and stand in the table."""
SHORT: Final = {
    ClaimType.ALSO_KNOWN_AS: "also called",
    ClaimType.AT_WAR_WITH: "at war",
    ClaimType.ALLIED_WITH: "allied",
}

DASHES: Final = {
    ClaimType.PART_OF: "10 3",
    ClaimType.CONTROLS: "6 4",
    ClaimType.BASED_IN: "2 5",
    ClaimType.ALLIED_WITH: "2 3",
    ClaimType.AT_WAR_WITH: "9 3 2 3",
    ClaimType.ALSO_KNOWN_AS: "1 4",
}

Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where marks lead: the page of a party's key, what folds it, what tells more of a tie."""

    dossier: Address | None = None
    fold: Address | None = None
    tie: Callable[[int], str] | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    """The picture's name, its boxes by key with their middles, and where they lead."""

    name: str
    nodes: dict[str, Node]
    at: dict[str, Point]
    to: Addresses
    worded: bool
    sheet: Sheet = field(default_factory=Sheet)

    @property
    def high(self) -> int:
        """Pixels of a box."""
        return HIGH if self.worded else LOW

    def wide(self, node: Node) -> float:
        """Pixels of its box."""
        return _wide(node, self.worded)


def network_svg(graph: Graph, name: str = "network-picture", to: Addresses | None = None) -> str:
    """The graph as one well-formed SVG; `to` gives the addresses of its marks."""
    worded = len(graph.links) <= WORDED
    sizes = tuple((_wide(node, worded), float(HIGH if worded else LOW)) for node in graph.nodes)
    places = {node.key: index for index, node in enumerate(graph.nodes)}
    pairs = [sorted((places[one.start], places[one.end])) for one in graph.links]
    lines = tuple(sorted({(a, b) for a, b in pairs}))
    spots, width, height = place_boxes(sizes, lines, LOOSE if worded else CLOSE)
    at = {node.key: (x + EDGE, y + EDGE) for node, (x, y) in zip(graph.nodes, spots, strict=True)}
    label = f"Network of {len(graph.nodes)} parties" + (f" as of {graph.as_of}" if graph.as_of else "")
    high = height + 2 * EDGE + LEGEND
    nodes = {node.key: node for node in graph.nodes}
    plan = _Plan(name, nodes, at, to or Addresses(), worded)
    kinds = sorted({one.type for one in graph.links})
    wide = max(width + 2 * EDGE, EDGE + sum(map(_legend_wide, kinds)) + 170, 640)
    return picture(name, wide, high, label, _lines(graph, plan, high))


def _wide(node: Node, worded: bool) -> float:
    wanted = len(node.name) * BOLD + (22 if worded else 14) + (18 if node.units else 0)
    return float(min(WIDE, max(NARROW, wanted)) if worded else min(NARROW + 20, max(NARROW / 2, wanted)))


def _lines(graph: Graph, plan: _Plan, height: float) -> Iterator[str]:
    if not graph.nodes:
        yield text(EDGE, EDGE + 12, "No ties here.", "pic-faint")
        return
    yield _tip(plan.name)
    beside: dict[tuple[str, ...], list[Link]] = {}
    for one in graph.links:
        beside.setdefault(tuple(sorted((one.start, one.end))), []).append(one)
    for key, (x, y) in plan.at.items():
        wide, high = plan.wide(plan.nodes[key]) / 2, plan.high / 2
        plan.sheet.take((x - wide, y - high, x + wide, y + high))
    apart = BEND if plan.worded else BEND / 2
    for pair, links in beside.items():
        for index, one in enumerate(links):
            bend = (index - (len(links) - 1) / 2) * apart * (1 if one.start == pair[0] else -1)
            yield _link(one, plan, bend)
    for node in graph.nodes:
        yield _node(node, plan)
    yield from _legend(sorted({one.type for one in graph.links}), height - 14)


def _tip(name: str) -> str:
    tip = element("path", d="M0,0 L8,4 L0,8 z", class_="pic-tip")
    marker = element(
        "marker", tip, id=f"{name}-tip", viewBox="0 0 8 8", refX=7, refY=4, markerWidth=8, markerHeight=8,
        markerUnits="userSpaceOnUse", orient="auto-start-reverse",
    )  # fmt: skip
    return element("defs", marker)


def _node(node: Node, plan: _Plan) -> str:
    (x, y), wide, high, to = plan.at[node.key], plan.wide(node), plan.high, plan.to
    left, top = x - wide / 2, y - high / 2
    told = [node.kind] + ([plural(node.reports, "report")] if node.reports else [])
    if node.is_folded:
        told.append(f"with {plural(node.units, 'unit')}")
    radius = high / 2 if node.kind in ("person", "people") else (1 if node.kind == "place" else 6)
    words = " · ".join(told)
    room = (wide - (20 if plan.worded else 8) - (16 if node.units else 0)) * LETTER / BOLD
    name = y + (-2 if plan.worded else 4.5)
    under = "" if node.is_folded is False else " pic-folded"
    inner = [
        title(node.name, words),
        element(
            "rect",
            x=left,
            y=top,
            width=wide,
            height=high,
            rx=radius,
            class_=f"pic-box pic-{node.kind}{under}",
        ),
        text(x, name, node.name, "pic-party", fit=room, text_anchor="middle"),
    ]
    if plan.worded:
        fit = (wide - 14) * LETTER / NOTE
        inner.append(text(x, y + 13, words, "pic-note", fit=fit, text_anchor="middle"))
    drawn = link(
        to.dossier(node.key) if to.dossier and node.is_party else None, "".join(inner), class_="pic-node"
    )
    if not node.units:
        return drawn
    sign, does = ("+", "Show") if node.is_folded else ("−", "Fold")
    badge = [
        title(f"{does} the {plural(node.units, 'unit')} of {node.name}"),
        element("circle", cx=left + wide - 6, cy=top + 4, r=9, class_="pic-badge"),
        text(left + wide - 6, top + 8.5, sign, "pic-sign", text_anchor="middle"),
    ]
    return drawn + link(to.fold(node.key) if to.fold else None, "".join(badge), class_="pic-fold unsaved")


def _link(one: Link, plan: _Plan, bend: float) -> str:
    nodes, tie = plan.nodes, plan.to.tie
    (x1, y1), (x2, y2) = plan.at[one.start], plan.at[one.end]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    control = ((x1 + x2) / 2 - (y2 - y1) / length * bend, (y1 + y2) / 2 + (x2 - x1) / length * bend)
    begin = _border((x1, y1), control, plan.wide(nodes[one.start]), plan.high)
    end = _border((x2, y2), control, plan.wide(nodes[one.end]), plan.high)
    doubt = {Standing.MAY_HOLD: "may hold", Standing.DENIED: "denied"}.get(one.standing, "")
    verb = SHORT.get(one.type, one.verb.removeprefix("is ").removeprefix("a "))
    said = (
        verb
        + (" ?" if doubt == "may hold" else f", {doubt}" if doubt else "")
        + (", hedged" if one.hedged else "")
    )
    voice = (f"◌ {one.voice}" if one.is_unnamed else one.voice) + (f" +{one.others}" if one.others else "")
    start, finish = nodes[one.start].name, nodes[one.end].name
    count = plural(len(one.ties), "tie") if len(one.ties) > 1 else ""
    whose = f"on the word of {voice}" if voice else "no origin in sight"
    path = f"M{begin[0]:.1f},{begin[1]:.1f} Q{control[0]:.1f},{control[1]:.1f} {end[0]:.1f},{end[1]:.1f}"
    doubtful = " pic-doubt" if one.standing is not Standing.HOLDS or one.hedged else ""
    inner = [
        title(f"{start} {one.verb} {finish}", *([doubt] if doubt else []), whose, count),
        element("path", d=path, class_="pic-wide"),
        element(
            "path", d=path, class_=f"pic-tie pic-{one.type.value.lower()}{doubtful}",
            stroke_dasharray=DASHES.get(one.type),
            marker_end=None if one.is_level else f"url(#{plan.name}-tip)",
        ),
    ]  # fmt: skip
    inner += _words(one, (begin, control, end), said, voice or "no origin in sight", plan)
    return link(tie(one.ties[0]) if tie else None, "".join(inner), class_="pic-link")


def _words(one: Link, curve: Curve, said: str, voice: str, plan: _Plan) -> Iterator[str]:
    """What a line says. Where it would hide boxes or words, it is seen only while the line is pointed at."""
    wide = min(150, max(len(said) * NOTE, len(voice) * NOTE * 0.92))
    (x, y), fits = plan.sheet.find(curve, wide) if plan.worded else (on_curve(curve, 0.5), False)
    if one.standing is Standing.DENIED:
        yield element("path", d=f"M{x - 6:.1f},{y - 22:.1f} l12,12 m0,-12 l-12,12", class_="pic-cross")
    words = [
        text(x, y - 3, said, "pic-how", text_anchor="middle"),
        text(
            x,
            y + 10,
            voice,
            "pic-voice pic-unnamed" if one.is_unnamed else "pic-voice",
            fit=150 * LETTER / NOTE,
            text_anchor="middle",
        ),
    ]
    yield "".join(words) if fits else element("g", "".join(words), class_="pic-hush unsaved")


def _border(middle: Point, towards: Point, wide: float, high: float) -> Point:
    """Where a line from the middle of a box leaves it."""
    dx, dy = towards[0] - middle[0], towards[1] - middle[1]
    if not dx and not dy:
        return middle
    share = min((wide / 2 + 3) / abs(dx) if dx else math.inf, (high / 2 + 3) / abs(dy) if dy else math.inf)
    return middle[0] + dx * share, middle[1] + dy * share


def _legend_wide(kind: ClaimType) -> float:
    return 58 + len(VERBS[kind]) * 6.4


def _legend(kinds: list[ClaimType], y: float) -> Iterator[str]:
    x = float(EDGE)
    for kind in kinds:
        dash = DASHES.get(kind)
        yield element(
            "line",
            x1=x,
            y1=y - 4,
            x2=x + 34,
            y2=y - 4,
            class_=f"pic-tie pic-{kind.value.lower()}",
            stroke_dasharray=dash,
        )
        words = VERBS[kind]
        yield text(x + 40, y, words, "pic-note")
        x += _legend_wide(kind)
    yield text(x, y, "◌ unnamed", "pic-voice pic-unnamed")
    yield text(x + 86, y, "? may hold", "pic-note")
