"""A tree as a Mermaid flowchart, for a wiki or an issue that draws Mermaid."""

from __future__ import annotations

import re
from typing import Final

from stemma.show.tree import Tree

LONGEST: Final = 60
"""Letters of a label; Mermaid gives a box the width of its text."""

_PLAIN: Final = re.compile(r"[^\w .,:–-]")


def tree_mermaid(tree: Tree) -> str:
    """The flowchart as text. What is not held is a dashed box, an uncredited edge says so."""
    names = {node.id: f"n{number}" for number, node in enumerate(tree.nodes)}
    lines = ["flowchart LR"]
    for node in tree.nodes:
        day = f"<br/>{node.published.isoformat()}" if node.published else ""
        words = label(node.label) + (day if node.held else "<br/>not held")
        if node.unnamed:
            words += "<br/>anonymous sources only"
        lines.append(f'  {names[node.id]}["{words}"]{"" if node.held else ":::absent"}')
    for edge in tree.edges:
        if edge.parent in names and edge.child in names:
            arrow = "-.->" if edge.kind == "cites" else "-->"
            credit = "" if edge.credited else ", not credited"
            lines.append(f'  {names[edge.parent]} {arrow}|"{label(edge.kind)}{credit}"| {names[edge.child]}')
    lines.append("  classDef absent fill:none,stroke-dasharray:5 4")
    return "\n".join(lines) + "\n"


def label(text: str) -> str:
    """`text` as a Mermaid label: what could end the label or start markup becomes a character entity."""
    line = " ".join(text.split())
    line = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    return _PLAIN.sub(lambda found: f"#{ord(found[0])};", line)
