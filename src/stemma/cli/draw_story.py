"""A story as text: the tree of its reports, then each incident with its origins and disputes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from stemma.cli.harmless import harmless
from stemma.model import Dependence, Descent, Dispute, Incident, Record

LEAST_REPORTS: Final = 2
"""Reports from which an incident is shown where any has as many: what one report tells is `stemma read`'s."""


def draw_story(console: Console, record: Record) -> None:
    """Prints the tree of the reports, the incidents, and what reports say differently."""
    if not record.codings:
        return
    console.print(_tree(record))
    events = [incident for incident in record.incidents if not incident.type.is_tie]
    shared = [incident for incident in events if len(incident.reports) >= LEAST_REPORTS]
    for incident in sorted(shared or events, key=lambda i: (-len(i.reports), -len(i.claims), i.id)):
        console.print()
        for line in _incident_lines(incident, record):
            console.print(line)
    if shared and len(shared) < len(events):
        console.print()
        console.print(Text(f"and {len(events) - len(shared):,} told by one report each", style="dim"))


def _tree(record: Record) -> Tree:
    names = {coding.report: coding.outlet for coding in record.codings}
    dates = {coding.report: coding.published for coding in record.codings}
    under: dict[str, list[Dependence]] = {}
    placed: set[str] = set()
    for edge in record.lineage.dependences:
        if edge.kind is not Descent.CITES and edge.report not in placed and edge.parent != edge.report:
            under.setdefault(edge.parent, []).append(edge)
            placed.add(edge.report)
    tree = Tree(Text("reports", style="bold"), guide_style="dim")
    drawn: set[str] = set()

    def label(report: str, edge: Dependence | None) -> Text:
        words = [report]
        if names.get(report) and names[report] != report:
            words.append(str(names[report]))
        if dates.get(report):
            words.append(str(dates[report]))
        text = Text(harmless("  ".join(words)))
        if edge:
            text.append(f"  {edge.how}", style="dim")
        cited = [
            e.parent.partition(":")[2] or e.parent
            for e in record.lineage.of(report)
            if e.kind is Descent.CITES
        ]
        if cited:
            text.append(harmless(f"  cites {', '.join(cited)}"), style="dim")
        return text

    def grow(branch: Tree, parent: str) -> None:
        for edge in under.get(parent, ()):
            if edge.report not in drawn:
                drawn.add(edge.report)
                grow(branch.add(label(edge.report, edge)), edge.report)

    for parent in under:
        if parent not in names:
            grow(
                tree.add(Text(harmless(f"{parent.partition(':')[2] or parent}, not held"), style="italic")),
                parent,
            )
    for report in names:
        if report not in drawn and report not in placed:
            drawn.add(report)
            grow(tree.add(label(report, None)), report)
    # What is left hangs in a circle of its own.
    for report in names:
        if report not in drawn:
            drawn.add(report)
            grow(tree.add(label(report, None)), report)
    return tree


def _incident_lines(incident: Incident, record: Record) -> Iterator[Text]:
    yield Text(harmless(incident.title), style="bold")
    yield Text(f"  {harmless(incident.origins.sentence)}")
    for reason in incident.origins.reasons:
        yield Text(f"    {harmless(reason)}", style="dim")
    if incident.part_of:
        home = next((other.title for other in record.incidents if other.id == incident.part_of), "")
        yield Text(f"  part of: {harmless(home)}")
    for statement in incident.statements:
        name = " ".join(part for part in (statement.attribute, statement.of) if part)
        yield Text(f"  {harmless(name)}: {harmless(statement.origins.sentence)}")
    for dispute in incident.disputes:
        yield from _dispute_lines(dispute)


def _dispute_lines(dispute: Dispute) -> Iterator[Text]:
    name = " ".join(part for part in (dispute.attribute, dispute.of) if part)
    yield Text(f"  in dispute: {harmless(name)} ({dispute.kind})", style="yellow")
    for version in dispute.versions:
        by = f", {_joined(version.origins)}" if version.origins else ""
        gone = ", withdrawn" if version.withdrawn else ""
        yield Text(f"    {harmless(version.value)}{harmless(by)}{gone}: {harmless(_joined(version.reports))}")
    if dispute.note:
        yield Text(f"    {harmless(dispute.note)}", style="dim")


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names)
