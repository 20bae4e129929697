"""What changed in a page, as lines."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.text import Text

from stemma.cli.hanging import Hanging
from stemma.cli.harmless import harmless
from stemma.show.difference import Difference
from stemma.show.ledger import plural

_STYLES: Final = {"-": "red", "+": "green", "…": "dim", " ": ""}


def draw_difference(console: Console, view: Difference) -> None:
    """Prints one change: sentences taken out with `-`, put in with `+`."""
    head = Text(harmless(f"{view.older} → {view.newer}"), style="bold")
    head.append(f"  {plural(view.taken, 'sentence')} out, {view.put:,} in", style="dim")
    console.print(head)
    for line in view.lines:
        style = _STYLES[line.sign]
        text = Text(harmless(line.text), style=style)
        console.print(Hanging(Text(line.sign, style=style), [text], indent=3))
    console.print()
