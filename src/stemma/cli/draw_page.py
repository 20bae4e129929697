"""A report in the terminal: its words with the claims marked, and the claims beside or below them."""

from __future__ import annotations

from typing import Final

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from stemma.cli.draw_claims import circumstances, doubts, headline, quoted, stack, voice_words, words
from stemma.cli.hanging import Hanging
from stemma.cli.harmless import harmless, harmless_lines
from stemma.model import PassageKind
from stemma.show import Block, LedgerRow, LedgerTally, Page
from stemma.show.chain import Link

BESIDE: Final = 120
"""Columns from which claims stand beside the words; under it they stand below each passage."""

DRAWN_ARROW: Final = " ──▶ "

TEXT_STYLES: Final = {
    PassageKind.TITLE: "bold",
    PassageKind.BYLINE: "dim",
    PassageKind.CREDIT: "dim",
    PassageKind.CAPTION: "italic",
    PassageKind.FURNITURE: "dim",
}


def draw_page(console: Console, page: Page) -> None:
    """Prints the page: heading, passages with their claims, totals."""
    console.print(_heading(page))
    for note in page.notes:
        console.print(Text(f"note: {harmless(note)}", style="dim"))
    wide = console.width >= BESIDE
    for block in page.blocks:
        console.print()
        label = _label(block)
        if label:
            console.print(Rule(Text(label, style="dim"), align="left", style="dim"))
        console.print(_beside(page, block) if wide and block.rows else _below(page, block))
    if page.loose:
        console.print(Rule(Text("claims whose words were not found", style="dim"), align="left", style="dim"))
        for row in page.loose:
            console.print(_claim(page, row, quote=True))
    tally = LedgerTally()
    for row in page.rows:
        tally.add(row)
    console.print()
    console.print(Text(tally.words() if page.rows else "no claims found", style="bold"))


def _heading(page: Page) -> Text:
    parts = [
        page.outlet or "outlet unknown",
        page.published.isoformat() if page.published else "date unknown",
        *([page.byline] if page.byline else []),
        *([f"credits {', '.join(page.agencies)}"] if page.agencies else []),
        *([page.language] if page.language else []),
    ]
    line = words(harmless(page.report), "bold")
    line.append(f"  {harmless(' · '.join(parts))}")
    return line.append(f"\n{harmless(page.url)}", style="dim") if page.url else line


def _label(block: Block) -> str:
    """The passage's kind and whose words it holds; nothing for plain body text and the title."""
    if block.kind in (PassageKind.BODY, PassageKind.TITLE) and not block.outlet:
        return ""
    whose = f" · the words of {block.outlet}" if block.outlet else ""
    return harmless(f"{block.kind}{whose}")


def _beside(page: Page, block: Block) -> Table:
    grid = Table.grid(padding=(0, 3, 0, 0), expand=True)
    grid.add_column(ratio=11, overflow="fold")
    grid.add_column(ratio=9, overflow="fold")
    grid.add_row(_words(block), Group(*(_claim(page, row) for row in block.rows)))
    return grid


def _below(page: Page, block: Block) -> RenderableType:
    claims = [_claim(page, row) for row in block.rows]
    return Group(_words(block), *([Text("")] if claims else []), *claims)


def _words(block: Block) -> Text:
    """The passage's words: evidence underlined, triggers bold with the claim's number behind them."""
    base = TEXT_STYLES.get(block.kind, "")
    line = Text(style=base)
    for stretch in block.stretches:
        style = ("bold " if stretch.trigger else "") + ("underline" if stretch.claims else "")
        line.append(harmless_lines(stretch.text), style=style.strip() or None)
        for number in stretch.ends:
            line.append(f"[{harmless(number)}]", style="not underline not bold cyan")
    line.rstrip()
    return line


def _claim(page: Page, row: LedgerRow, *, quote: bool = False) -> Hanging:
    lines = [headline(row)]
    if circumstances(row):
        lines.append(Text(harmless(circumstances(row))))
    lines.append(_chain(page, row.links))
    for links in row.readings:
        lines.append(Text("or ", style="dim").append_text(_chain(page, links)))
    lines.extend(doubts(row))
    if quote:
        lines.append(quoted(row))
    return stack(row, [*lines, Text("")])


def _chain(page: Page, links: tuple[Link, ...]) -> Text:
    """The chain drawn as arrows, down to the report's own outlet."""
    own = harmless(page.outlet or "this report")
    if not links:
        return Text(f"{own}, in its own voice", style="dim")
    line = Text()
    for link in links:
        for place, voice in enumerate(link):
            if place:
                line.append(" + ", style="bold")
            line.append_text(voice_words(voice))
        line.append(DRAWN_ARROW, style="bold")
    return line.append(own, style="dim")
