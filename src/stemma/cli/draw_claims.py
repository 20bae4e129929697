"""Claims as blocks of words: what is said, on whose word, how surely, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import Console
from rich.text import Text

from stemma.cli.hanging import Hanging
from stemma.cli.harmless import harmless
from stemma.model import Claim, ClaimType, Coding, Role
from stemma.show import LedgerRow, LedgerTally, Voice, make_ledger

SEATED: Final = frozenset({ClaimType.BASED_IN, ClaimType.CONTROLS})
"""Ties whose other end is the claim's place."""

PLAIN, HEDGED, NEGATED = "cyan", "yellow", "red"
OPEN: Final = "somebody not named"
DIVIDER: Final = " · "


def draw_coding(console: Console, coding: Coding) -> Iterator[LedgerRow]:
    """Prints the report's heading and each of its claims; gives each row as it is printed."""
    console.print(heading(coding), end="\n\n")
    for row in make_ledger([coding]):
        console.print(claim_block(row))
        yield row
    if not coding.claims:
        console.print(Text("  no claims found\n", style="dim"))


def draw_totals(console: Console, tally: LedgerTally) -> None:
    """Prints what the claims amount to."""
    console.print(Text(tally.words(), style="bold"))


def heading(coding: Coding) -> Text:
    """`The Fellowship · 2017-02-07 · Elite Hamas Fighters … (seed/elite-fighters)`."""
    line = words("■ ", "bold")
    line.append(harmless(coding.outlet or "outlet unknown"), style="bold" if coding.outlet else "dim")
    line.append(DIVIDER, style="dim")
    line.append(coding.published.isoformat() if coding.published else "date unknown")
    if coding.title:
        line.append(DIVIDER, style="dim").append(harmless(coding.title), style="italic")
    return line.append(f"  {harmless(coding.report)}", style="dim")


def claim_block(row: LedgerRow) -> Hanging:
    """The claim as a block: headline, circumstances, chain, hedge and the words that carry it."""
    lines = [headline(row)]
    if circumstances(row):
        lines.append(Text(harmless(circumstances(row))))
    lines.append(word_of(row))
    lines.extend(doubts(row))
    lines.append(quoted(row))
    return stack(row, [*lines, Text("")])


def stack(row: LedgerRow, lines: list[Text]) -> Hanging:
    """The lines of one claim under each other, behind its number in the colour of its hedge."""
    return Hanging(Text(harmless(row.claim.id), style=f"bold {tone(row.claim)}"), lines)


def tone(claim: Claim) -> str:
    """The colour of a claim: plain, hedged, or said not to be."""
    if claim.negated:
        return NEGATED
    return HEDGED if claim.hedged else PLAIN


def headline(row: LedgerRow) -> Text:
    """Type, mode, and who does what to whom."""
    claim = row.claim
    line = words("NOT " if claim.negated else "", f"bold {NEGATED}")
    line.append(str(claim.type), style=f"bold {tone(claim)}")
    if claim.mode:
        mode = f"“{claim.mode}”" if claim.type is ClaimType.MEMBER_OF else claim.mode
        line.append(f" {harmless(mode)}", style=tone(claim))
    line.append("  ")
    actor = row.names(Role.ACTOR)
    line.append(harmless(", ".join(actor)) if actor else OPEN, style="bold" if actor else "dim italic")
    target = _target(row)
    if target:
        arrow = " ↔ " if claim.type.is_mutual else " → "
        line.append(arrow, style="dim").append(harmless(", ".join(target)), style="bold")
    for label, names in _others(row):
        line.append(f"{DIVIDER}{label} ", style="dim").append(harmless(", ".join(names)))
    return line


def _target(row: LedgerRow) -> tuple[str, ...]:
    """The other end of the claim's arrow."""
    if row.claim.type in SEATED and row.place:
        return (row.place,)
    if row.type.is_tie and row.names(Role.TO):
        return row.names(Role.TO)
    return row.names(Role.RECIPIENT)


def _others(row: LedgerRow) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The parties that stand at neither end of the arrow, with a word for their role."""
    labels = {
        Role.VICTIM: "victims" if len(row.names(Role.VICTIM)) > 1 else "victim",
        Role.OBJECT: "about"
        if row.type in {ClaimType.DENY, ClaimType.REQUEST, ClaimType.AGREE}
        else "object",
        Role.INSTRUMENT: "with",
        Role.FROM: "from",
        Role.TO: "to",
    }
    target = _target(row)
    for role, label in labels.items():
        names = row.names(role)
        if names and names != target:
            yield label, names
    if row.names(Role.RECIPIENT) and row.names(Role.RECIPIENT) != target:
        yield "towards", row.names(Role.RECIPIENT)


def circumstances(row: LedgerRow) -> str:
    """When, where and how many: `in December (2016-12) · Sinai Peninsula, Egypt · 1 killed`."""
    place = "" if row.type in SEATED else row.place
    return DIVIDER.join(part for part in (row.time, place, *row.counts) if part)


def word_of(row: LedgerRow) -> Text:
    """`on whose word: Palestinian sources (anonymous) → The Times of Israel`."""
    line = words("on whose word: ", "dim")
    if not row.links:
        return line.append("the report's own voice", style="dim")
    for index, link in enumerate(row.links):
        if index:
            line.append(" → ", style="bold")
        for place, voice in enumerate(link):
            if place:
                line.append(" + ", style="bold")
            line.append_text(voice_words(voice))
    return line


def voice_words(voice: Voice) -> Text:
    """The voice, in a colour of its own where it has no name."""
    if voice.mark == "anonymous":
        return words(harmless(voice.words), "bold magenta")
    return words(harmless(voice.words), "green")


def doubts(row: LedgerRow) -> Iterator[Text]:
    """The hedge in words, that a tie has ended, and what the claim's notes say; each where it is so."""
    if row.hedge:
        yield words("hedge: ", "dim").append(harmless(row.hedge), style=tone(row.claim))
    if row.ended:
        yield Text(harmless(row.ended), style="dim")
    for note in row.claim.notes:
        yield words(f"note: {harmless(note.text)}", "dim")


def quoted(row: LedgerRow) -> Text:
    """The evidence in quotation marks, its trigger emphasised."""
    evidence, at = row.claim.evidence, row.trigger_at
    if at is None:
        return words(f"“{harmless(evidence)}”", "dim")
    line = words(f"“{harmless(evidence[: at.start])}", "dim")
    line.append(harmless(evidence[at.start : at.end]), style="bold underline")
    return line.append(f"{harmless(evidence[at.end :])}”", style="dim")


def words(text: str, style: str) -> Text:
    """A line to append to: a style given to `Text` itself would colour all that follows."""
    return Text().append(text, style=style)
