"""A comparison as text: what both have, where they differ and on whose word, and what one has alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from stemma.cli.hanging import Hanging
from stemma.cli.harmless import harmless
from stemma.show.compare import Comparison, Difference, Matched, Seen
from stemma.show.compare_rows import word_words

NAMES: Final = {"acled": "ACLED", "ucdp": "UCDP GED", "polecat": "POLECAT"}
DATE: Final = 12
SHOWN_WORDS: Final = 3
"""Voices that a line names; `--format json` has all."""


def draw_comparison(console: Console, shown: Comparison, whole: Comparison) -> None:
    """Prints the parts of a comparison; `whole` is counted where not all is shown."""
    name = NAMES.get(shown.dataset, shown.dataset)
    _part(console, f"Both have {len(whole.matched):,}, {whole.differing:,} with a difference", shown.matched)
    for pair in shown.matched:
        console.print(_pair(pair, name))
    _part(console, f"Only {name}: {len(whole.missing_here):,}", shown.missing_here)
    for seen in shown.missing_here:
        console.print(_alone(seen, "named source"))
    _part(console, f"Only the casebook: {len(whole.missing_there):,}", shown.missing_there)
    for seen in shown.missing_there:
        console.print(_alone(seen, "on the word of"))
    if whole.unlike:
        console.print(Text(f"{whole.unlike:,} incidents are of types for which {name} has no events."))
    if whole.undated:
        console.print(Text(f"{whole.undated:,} incidents have no date and were matched with nothing."))
    console.print(Text(f"Matching: {whole.method}.", style="dim"))


def _part(console: Console, title: str, rows: Sequence[object]) -> None:
    console.print(Text(title, style="bold"))
    if not rows:
        console.print(Text("  none"))


def _pair(pair: Matched, name: str) -> Hanging:
    ours, theirs = pair.ours, pair.theirs
    head = Text(harmless(ours.title), style="bold")
    head.append(f"  {ours.id} = {harmless(theirs.id)}", "dim")
    lines = [Text(f"score {pair.score:.2f}: {harmless('; '.join(pair.reasons))}", style="dim")]
    for one in pair.differences:
        lines += _difference(one, pair, name)
    if not pair.differences:
        lines.append(Text("no difference"))
    if pair.not_held:
        lines.append(Text(f"{name} names {harmless(', '.join(pair.not_held))}, not in this casebook"))
    return Hanging(_day(ours), [head, *lines], DATE)


def _difference(one: Difference, pair: Matched, name: str) -> list[Text]:
    line = Text.assemble((f"{one.attribute}: ", "yellow"), f"{harmless(one.ours)} here, ")
    line.append(f"{harmless(one.theirs)} by {name}")
    sources = ", ".join(pair.theirs.sources)
    rest = [harmless(word_words(word)) for word in one.rests[:SHOWN_WORDS]]
    more = len(one.rests) - len(rest)
    ours = "; ".join(rest) + (f" and {more} more" if more > 0 else "")
    origins = f"{one.low}" if one.low == one.high else f"{one.low} to {one.high}"
    found = [line]
    if ours:
        found.append(Text(f"  ours: {ours}; {origins} independent origin{'s' * (origins != '1')}"))
    found.append(Text(f"  theirs: {harmless(sources)}" if sources else "  theirs: no source named"))
    return found


def _day(seen: Seen) -> Text:
    """The first day, for the margin."""
    return Text(seen.when.partition(" to ")[0][:10], style="dim")


def _alone(seen: Seen, words: str) -> Hanging:
    head = Text(harmless(seen.title))
    head.append(f"  {harmless(seen.id)}", "dim")
    facts = [part for part in (seen.where, f"{seen.killed} killed" if seen.killed else "") if part]
    lines = [Text(harmless(" · ".join(facts)))] if facts else []
    if seen.sources:
        lines.append(Text(f"{words}: {harmless(', '.join(seen.sources))}"))
    return Hanging(_day(seen), [head, *lines], DATE)
