"""Views of the record as text: calm, readable at 80 columns, and harmless whatever a report says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.console import Console
from rich.text import Text

from stemma.cli.hanging import Hanging
from stemma.cli.harmless import harmless
from stemma.show.digest import Change, Digest
from stemma.show.disputes import DisputeRow, Disputes, VersionRow
from stemma.show.dossier import Dossier, plain
from stemma.show.ledger import plural
from stemma.show.network import Network, Standing, TieRow
from stemma.show.resting import Resting, Root
from stemma.show.story import Story, StoryRow
from stemma.show.told import Told

DATE: Final = 12
"""Columns of a date with its margins."""

SHOWN_REPORTS: Final = 6
"""Reports that a line names; the rest are counted. `--format json` has all."""

SHOWN_ORIGINS: Final = 5
LONG_VALUE: Final = 16
"""Letters of a value that stand in the margin; a longer one has a line of its own."""

SHOWN_ROWS: Final = 15
"""Incidents that one part of a dossier or digest lists; the rest are counted."""


def draw_story(console: Console, view: Story) -> None:
    """Prints the incidents, each with its origins, outlets and disputes."""
    for row in view.rows:
        console.print(_incident(row))
    _totals(console, view)


def draw_timeline(console: Console, view: Story) -> None:
    """Prints the incidents by time, a line or two for each."""
    for row in view.rows:
        console.print(_short(row))
    if view.rows:
        console.print()
    _totals(console, view)


def _totals(console: Console, view: Story) -> None:
    if view.rows:
        words = f"{plural(len(view.rows), 'incident')} in {plural(view.reports, 'report')}"
        console.print(Text(words, style="bold"))


def _incident(row: StoryRow) -> Hanging:
    lines = [_title(row)]
    place = "" if row.place in row.title else row.place
    where = " · ".join(part for part in (_range(row), place) if part)
    if where:
        lines.append(Text(harmless(where)))
    lines.append(Text(harmless(row.sentence)))
    lines += [Text(harmless(reason), style="dim") for reason in row.reasons]
    lines.append(Text(harmless(_told_words(row.told)), style="dim"))
    if row.disputes:
        lines.append(Text(harmless(f"in dispute: {', '.join(row.disputes)}"), style="yellow"))
    return Hanging(_date(row), [*lines, Text("")], indent=DATE)


def _short(row: StoryRow) -> Hanging:
    lines = [_title(row), Text(harmless(row.sentence), style="dim")]
    if row.disputes:
        lines.append(Text(harmless(f"in dispute: {', '.join(row.disputes)}"), style="yellow"))
    return Hanging(_date(row), lines, indent=DATE)


def _title(row: StoryRow) -> Text:
    # The date stands in the margin; the title as merging makes it ends with the same one.
    title = row.title
    for date in (row.start, f"until {row.end}"):
        if date:
            title = title.removesuffix(f", {date}")
    return Text().append(harmless(title), style="bold").append(f"  {harmless(row.incident)}", style="dim")


def _date(row: StoryRow) -> Text:
    if not row.when:
        return Text("no date", style="dim")
    return Text(harmless(row.start or f"to {row.end}"[: DATE - 1]), style="cyan")


def _range(row: StoryRow) -> str:
    return row.when if row.start and row.end and row.start != row.end else ""


def _told_words(told: Sequence[Told]) -> str:
    """`The Ostrel Courier 2021-10-06, Longitude News 2021-10-12 (2 reports) and 3 more`."""
    names = Counter(f"{one.label} {one.published or ''}".strip() for one in told)
    shown = list(names.items())[:SHOWN_REPORTS]
    more = len(told) - sum(number for _, number in shown)
    words = ", ".join(f"{name} ({number} reports)" if number > 1 else name for name, number in shown)
    return words + (f" and {more:,} more" if more > 0 else "")


def _few(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:SHOWN_ORIGINS])
    more = len(names) - SHOWN_ORIGINS
    return f"{shown} and {more:,} more" if more > 0 else shown


def _inside(name: str) -> str:
    """A name within a sentence: `The district hospital` is `the district hospital`."""
    return f"the {name[4:]}" if name.startswith("The ") else name


def draw_disputes(console: Console, view: Disputes) -> None:
    """Prints each incident's disputes: the values side by side."""
    for _, rows in groupby(view.rows, key=lambda row: row.incident):
        first = True
        for row in rows:
            if first:
                heading = Text().append(harmless(row.title), style="bold")
                console.print(heading.append(f"  {harmless(row.incident)}", style="dim"))
                first = False
            _dispute(console, row)
        console.print()
    if view.rows:
        several = len({row.incident for row in view.rows})
        words = f"{plural(len(view.rows), 'dispute')} about {plural(several, 'incident')}"
        console.print(Text(words, style="bold"))


def _dispute(console: Console, row: DisputeRow) -> None:
    console.print(Text(f"  {harmless(row.question)}: {harmless(row.how)}", style="yellow"))
    if row.kind != "headline":  # its note says it all
        width = min(LONG_VALUE, max((len(harmless(v.value)) for v in row.versions), default=0)) + 6
        for version in row.versions:
            style = "dim strike" if version.withdrawn else "bold"
            long = len(version.value) > LONG_VALUE
            value = Text("" if long else harmless(version.value), style=style)
            lines = [Text(harmless(version.value), style=style)] if long else []
            console.print(Hanging(value, [*lines, *_version(version)], indent=width))
    if row.note:
        console.print(Hanging(Text(""), [Text(harmless(row.note), style="dim")], indent=4))


def _version(version: VersionRow) -> Iterator[Text]:
    words = Text()
    if version.withdrawn:
        words.append("withdrawn; ", style="dim")
    yield words.append(harmless(_few(version.origins) or "in the report's own voice"), style="green")
    if version.told:
        yield Text(harmless(f"in {_told_words(version.told)}"), style="dim")


def draw_resting(console: Console, view: Resting) -> None:
    """Prints the claim, how many independent words it rests on, and each origin with its reports."""
    console.print(Text().append(harmless(f"{view.report}#{view.claim}"), style="bold cyan"))
    console.print(Text(harmless(f"“{view.evidence}”")))
    console.print(Text(harmless(f"on whose word: {view.chain or 'the report’s own voice'}"), style="dim"))
    console.print()
    if view.incident is None:
        console.print(Text("it is about no incident of the record"))
        return
    console.print(Text().append(harmless(view.title), style="bold").append(f"  {view.incident}", style="dim"))
    console.print(Text(harmless(view.sentence)))
    for reason in view.reasons:
        console.print(Hanging(Text(""), [Text(harmless(reason), style="dim")], indent=2))
    for said in view.statements:
        console.print(Hanging(Text(""), [Text(harmless(f"{said.what}: {said.sentence}"))], indent=2))
    for number, root in enumerate(view.roots, 1):
        console.print()
        console.print(Hanging(Text(str(number), style="bold"), list(_root(root)), indent=5))


def _root(root: Root) -> Iterator[Text]:
    name = harmless(root.name)
    line = Text().append(name, style="bold magenta" if root.anonymous else "bold green")
    if root.anonymous:
        line.append("  anonymous", style="magenta")
    if root.institution and root.institution.casefold() != root.name.casefold():
        line.append(harmless(f"  speaks for {root.institution}"), style="dim")
    if not root.held:
        line.append("  its own story is not held", style="dim italic")
    yield line
    for step in root.steps:
        told = step.told
        text = Text("  " * step.depth + "└ ")
        text.append(harmless(told.label))
        text.append(harmless(f"  {told.published or 'no date'}  {told.report}"), style="dim")
        if step.how:
            credit = "credited" if step.credited else "not credited"
            text.append(f"  {step.how}, {credit}", style="dim" if step.credited else "yellow")
        yield text


def draw_network(console: Console, view: Network) -> None:
    """Prints the ties, party by party."""
    if view.as_of:
        console.print(Text(f"as of {view.as_of}", style="bold"))
        console.print()
    for party, ties in groupby(view.ties, key=lambda tie: tie.party):
        console.print(Text(harmless(party), style="bold"))
        for tie in ties:
            _tie(console, tie)
    if view.ties:
        console.print()
        words = f"{plural(len(view.ties), 'tie')} of {_parties(len(view.parties))}"
        if view.over or view.not_yet:
            words += f"; {view.over:,} over by then, {view.not_yet:,} not yet begun"
        console.print(Text(words, style="bold"))


def _parties(number: int) -> str:
    return f"{number:,} {'party' if number == 1 else 'parties'}"


def _tie(console: Console, tie: TieRow, *, named: bool = False) -> None:
    line = Text()
    if named:
        line.append(harmless(tie.party), style="bold").append(" ")
    line.append(f"{tie.verb} ").append(harmless(_inside(tie.other)), style="bold")
    if tie.titles:
        line.append(harmless(f" ({', '.join(tie.titles)})"))
    if tie.standing in (Standing.MAY_HOLD, Standing.DENIED):
        line.append(f"  {tie.standing.value}", style="yellow")
    if tie.hedged:
        line.append("  hedged", style="yellow")
    if tie.since:
        line.append(f"  {tie.since}", style="dim")
    console.print(Hanging(Text(""), [line], indent=3))
    below = [Text(harmless(tie.sentence), style="dim")]
    if tie.denied_by:
        below.append(Text(harmless(f"denied by {', '.join(tie.denied_by)}"), style="yellow"))
    console.print(Hanging(Text(""), below, indent=5))


def draw_dossier(console: Console, view: Dossier) -> None:
    """Prints the party: who it is, who belongs to it, what it did, and what was done to it."""
    console.print(Text().append(harmless(view.name), style="bold").append(f"  {view.kind}", style="dim"))
    others = {plain(name): name for name in reversed(view.names)}
    others.pop(plain(view.name), None)
    if others:
        console.print(_aside("called", list(reversed(others.values()))))
    if view.units:
        console.print(_aside("units", view.units))
    console.print(Text(f"named in {plural(view.reports, 'report')}", style="dim"))
    parts: list[tuple[str, Sequence[TieRow]]] = [
        ("belongs to", view.over),
        ("its members, leaders and parts", view.members),
        ("other ties", view.ties),
    ]
    for heading, ties in parts:
        if ties:
            console.print(Text(f"\n{heading}", style="cyan"))
            for tie in ties:
                _tie(console, tie, named=True)
    _incidents(console, "what it did", view.did)
    _incidents(console, "what was done to it", view.suffered)
    _incidents(console, "other incidents that name it", view.named)
    if view.alike:
        console.print()
        console.print(_aside("the name may also mean", view.alike))


def _aside(label: str, names: Sequence[str]) -> Hanging:
    shown = [*names[:12], *([f"{len(names) - 12} more"] if len(names) > 12 else [])]
    return Hanging(Text(""), [Text(harmless(f"{label}: {'; '.join(shown)}"), style="dim")], indent=2)


def _incidents(console: Console, heading: str, rows: Sequence[StoryRow]) -> None:
    if not rows:
        return
    console.print(Text(f"\n{heading}", style="cyan"))
    for row in rows[:SHOWN_ROWS]:
        console.print(_short(row))
    if len(rows) > SHOWN_ROWS:
        console.print(Text(f"  and {len(rows) - SHOWN_ROWS:,} more", style="dim"))


def draw_digest(console: Console, view: Digest) -> None:
    """Prints what is new: reports, incidents, disputes, figures, origins."""
    console.print(Text(f"since {view.since}: {plural(len(view.reports), 'new report')}", style="bold"))
    for one in view.reports:
        line = Text(harmless(f"{one.label}  "))
        line.append(harmless(one.title or ""), style="italic").append(
            f"  {harmless(one.report)}", style="dim"
        )
        console.print(Hanging(Text(str(one.published or ""), style="cyan"), [line], indent=DATE))
    if view.undated:
        console.print(_aside("without a date, so perhaps new", view.undated))
    _incidents(console, "new incidents", view.incidents)
    _changes(console, "newly disputed", view.disputed)
    _changes(console, "figures that changed", view.figures)
    _changes(console, "origins won or lost", view.origins)


def _changes(console: Console, heading: str, changes: Sequence[Change]) -> None:
    if not changes:
        return
    console.print(Text(f"\n{heading}", style="cyan"))
    for _, group in groupby(changes, key=lambda change: change.incident):
        some = list(group)
        title = Text().append(harmless(some[0].title), style="bold")
        lines = [title.append(f"  {harmless(some[0].incident)}", style="dim")]
        lines += [Text(harmless(f"{one.what}: {one.before} → {one.after}")) for one in some]
        console.print(Hanging(Text(""), lines, indent=3))
