"""A casebook's summary as a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from stemma.cli.harmless import harmless
from stemma.model import Refusal
from stemma.show import Summary

BAR_WIDTH: Final = 24
REFUSALS_SHOWN: Final = 10


def draw_summary(console: Console, summary: Summary, refusals: Sequence[Refusal]) -> None:
    """Prints what the casebook holds, the claims by type, and the last refusals."""
    console.print(Text(harmless(summary.casebook), style="bold"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for label, words in _lines(summary):
        grid.add_row(label, words)
    console.print(grid)
    if summary.types:
        console.print()
        console.print(_types(summary))
    if refusals:
        console.print()
        console.print(Text("refused", style="bold"))
        for refusal in refusals[-REFUSALS_SHOWN:]:
            console.print(Text(f"  {harmless(refusal.line())}"))
        if len(refusals) > REFUSALS_SHOWN:
            console.print(Text(f"  and {len(refusals) - REFUSALS_SHOWN:,} earlier", style="dim"))


def _lines(summary: Summary) -> list[tuple[str, str]]:
    share = f" ({summary.sourced / summary.claims:.0%})" if summary.claims else ""
    lines = [
        ("reports", f"{summary.reports:,} of {summary.outlets:,} outlet(s)"),
        ("published", _range(summary)),
        ("claims", f"{summary.claims:,}"),
        ("on somebody's word", f"{summary.sourced:,}{share}"),
        ("hedged", f"{summary.hedged:,}"),
        ("entities", f"{summary.entities:,}"),
        ("judgements", f"{summary.judgements:,}"),
        ("refused", f"{summary.refused:,}"),
        ("schema", summary.schema_version),
    ]
    return [(label, words) for label, words in lines if words]


def _range(summary: Summary) -> str:
    if summary.first_published and summary.last_published:
        if summary.first_published == summary.last_published:
            return summary.first_published.isoformat()
        return f"{summary.first_published.isoformat()} to {summary.last_published.isoformat()}"
    return "unknown"


def _types(summary: Summary) -> Table:
    most = max(number for _, number in summary.types)
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column()
    for kind, number in summary.types:
        bar = Text("█" * max(1, round(BAR_WIDTH * number / most)), style="cyan")
        grid.add_row(kind, f"{number:,}", bar)
    return grid
