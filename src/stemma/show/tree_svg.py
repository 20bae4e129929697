"""A tree as SVG: reports by time from left to right, what is not held hollow, anonymous voices marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from stemma.show.tree import VOICES, Edge, Node, Tree

WIDE: Final = 230
HIGH: Final = 62
"""Width and height of a box in pixels: an outlet's name in 13 px, a line of voices in 11 px."""
GAP_X: Final = 96
GAP_Y: Final = 26
EDGE: Final = 24
TOP: Final = 58
LETTER: Final = 7.4
SMALL_LETTER: Final = 5.9
"""Pixels that a letter of 13 px and of 11 px takes on average, a little too many for safety."""

DASHES: Final = {"copies": "", "translates": "", "excerpts": "9 4", "rewrites": "9 3 2 3", "cites": "2 4"}
LEGEND: Final = (
    ("copies", "copies, translates"),
    ("excerpts", "excerpts"),
    ("rewrites", "rewrites"),
    ("cites", "cites"),
)

# What XML 1.0 cannot hold, and what makes text read otherwise than it is stored.
_UNFIT: Final = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]"
    "|[\U000e0000-\U000e007f]"
)

STYLE: Final = """
text{font-family:system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1d2733}
.day{font-size:12px;fill:#5b6875;font-weight:600}.line{stroke:#e4e8ec}
.box{fill:#f3f6f9;stroke:#34495e;stroke-width:1.4}.absent .box{fill:none;stroke-dasharray:5 4;stroke:#7b8794}
.unnamed .box{stroke:#8e3b8e}
.name{font-size:13px;font-weight:600}.absent .name{font-style:italic;fill:#5b6875}
.id,.voice{font-size:11px;fill:#5b6875}.voice.anon{font-style:italic;fill:#8e3b8e}
.edge{fill:none;stroke:#34495e;stroke-width:1.5}.silent{stroke:#c0392b}.how{font-size:11px;fill:#34495e}
.how.silent{fill:#c0392b;stroke:none}"""


def tree_svg(tree: Tree) -> str:
    """The picture as one well-formed SVG document that fetches nothing and runs nothing."""
    rows = max((node.row for node in tree.nodes), default=0) + 1
    width = max(2 * EDGE + len(tree.columns) * (WIDE + GAP_X) - GAP_X, 640)
    height = TOP + rows * (HIGH + GAP_Y) + 44
    return "\n".join(_lines(tree, width, height)) + "\n"


def clean(text: str, letters: int | None = None) -> str:
    """`text` as one line that XML can hold, escaped; cut with … after so many letters."""
    line = " ".join(_UNFIT.sub("\ufffd", text).split())
    if letters is not None and len(line) > letters:
        line = f"{line[: max(1, letters - 1)].rstrip()}…"
    return escape(line, {'"': "&quot;", "'": "&#39;"})


def _lines(tree: Tree, width: int, height: int) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">'
    )
    held = sum(node.held for node in tree.nodes)
    yield f"<title>Lineage of {held} reports</title>"
    yield f"<style>{STYLE}</style>"
    yield (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path d="M0,0 L8,4 L0,8 z" fill="context-stroke"/></marker></defs>'
    )
    yield f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    for index, name in enumerate(tree.columns):
        x = EDGE + index * (WIDE + GAP_X)
        yield f'<text class="day" x="{x}" y="32">{clean(name)}</text>'
        yield f'<line class="line" x1="{x}" y1="40" x2="{x + WIDE}" y2="40"/>'
    nodes = {node.id: node for node in tree.nodes}
    for edge in tree.edges:
        if edge.parent in nodes and edge.child in nodes:
            yield from _edge(edge, nodes[edge.parent], nodes[edge.child])
    for node in tree.nodes:
        yield from _node(node)
    yield from _legend(height - 18)
    yield "</svg>"


def _place(node: Node) -> tuple[int, int]:
    return EDGE + node.column * (WIDE + GAP_X), TOP + node.row * (HIGH + GAP_Y)


def _node(node: Node) -> Iterator[str]:
    x, y = _place(node)
    kind = "node" if node.held else "absent"
    yield f'<g class="{kind}{" unnamed" if node.unnamed else ""}">'
    parts = [node.label, node.title or "", node.id if node.held else "not held"]
    parts += [f"on the word of {v.name}{' (anonymous)' if v.anonymous else ''}" for v in node.voices]
    yield f"<title>{clean(' · '.join(part for part in parts if part))}</title>"
    yield f'<rect class="box" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="6"/>'
    fit = int((WIDE - 20) / LETTER)
    yield f'<text class="name" x="{x + 10}" y="{y + 20}">{clean(node.label, fit)}</text>'
    fit = int((WIDE - 20) / SMALL_LETTER)
    below = node.id if node.held else "not held"
    yield f'<text class="id" x="{x + 10}" y="{y + 36}">{clean(below, fit)}</text>'
    if node.voices:
        names = [f"◌ {v.name}" if v.anonymous else v.name for v in node.voices[:VOICES]]
        more = len(node.voices) - VOICES
        said = ", ".join(names) + (f" +{more}" if more > 0 else "")
        mark = " anon" if node.unnamed else ""
        yield f'<text class="voice{mark}" x="{x + 10}" y="{y + 52}">{clean(said, fit)}</text>'
    yield "</g>"


def _edge(edge: Edge, parent: Node, child: Node) -> Iterator[str]:
    (x1, y1), (x2, y2) = _place(parent), _place(child)
    y1, y2 = y1 + HIGH // 2, y2 + HIGH // 2
    if x2 > x1:
        x1, bend = x1 + WIDE, x1 + WIDE + GAP_X // 2
        path = f"M{x1},{y1} C{bend},{y1} {bend - 16},{y2} {x1 + GAP_X - 12},{y2} L{x2},{y2}"
        # Near the child, where the edges of one parent have parted.
        at, y = x2 - 12, y2 - 6
        anchor = "end"
    else:  # the same day, or a clock that is wrong: round the right side
        x1, x2 = x1 + WIDE, x2 + WIDE
        out = max(x1, x2) + GAP_X // 2
        path = f"M{x1},{y1} C{out},{y1} {out},{y2} {x2},{y2}"
        at, y, anchor = max(x1, x2) + GAP_X // 2 - 8, (y1 + y2) // 2 + 4, "start"
    dash = f' stroke-dasharray="{DASHES[edge.kind]}"' if DASHES.get(edge.kind) else ""
    silent = "" if edge.credited else " silent"
    yield "<g>"
    credit = "credited" if edge.credited else "not credited"
    yield f"<title>{clean(f'{child.label} {edge.kind} {parent.label}, {credit}: {edge.reason}')}</title>"
    yield f'<path class="edge{silent}" d="{path}" marker-end="url(#tip)"{dash}/>'
    yield f'<text class="how{silent}" x="{at}" y="{y}" text-anchor="{anchor}">{clean(edge.kind)}</text>'
    yield "</g>"


def _legend(y: int) -> Iterator[str]:
    x = EDGE
    for kind, words in LEGEND:
        dash = f' stroke-dasharray="{DASHES[kind]}"' if DASHES[kind] else ""
        yield f'<line class="edge" x1="{x}" y1="{y - 4}" x2="{x + 34}" y2="{y - 4}"{dash}/>'
        yield f'<text class="how" x="{x + 40}" y="{y}">{words}</text>'
        x += 52 + int(len(words) * SMALL_LETTER) + 8
    yield f'<line class="edge silent" x1="{x}" y1="{y - 4}" x2="{x + 34}" y2="{y - 4}"/>'
    yield f'<text class="how silent" x="{x + 40}" y="{y}">not credited</text>'
    x += 126
    yield f'<text class="voice anon" x="{x}" y="{y}">◌ anonymous</text>'
