"""The views of a record as HTML for a notebook."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Protocol

from stemma.show.digest import Change, Digest
from stemma.show.disputes import DisputeRow, VersionRow
from stemma.show.dossier import Dossier
from stemma.show.html import SHOWN, days, faint, name, names, safe, table, whole
from stemma.show.ledger import plural
from stemma.show.network import Standing, TieRow
from stemma.show.resting import Resting, Root
from stemma.show.story import StoryRow
from stemma.show.told import Told

NAMED = 3
"""Outlets of an incident that a table names; the rest are counted."""


class Listed(Protocol):
    """A report as a list shows it."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def outlet(self) -> str | None: ...  # noqa: D102
    @property
    def published(self) -> datetime.date | None: ...  # noqa: D102
    @property
    def claims(self) -> int: ...  # noqa: D102
    @property
    def sourced(self) -> int: ...  # noqa: D102
    @property
    def hedged(self) -> int: ...  # noqa: D102


def story_html(rows: Sequence[StoryRow], drawn: str = "") -> str:
    """Incidents as a table: when, what, who tells of it, and on how many independent words it rests.

    `drawn` is a picture to go before it.
    """
    count = faint(plural(len(rows), "incident"))
    return whole([drawn, _incidents(rows), count] if rows else [faint("no incidents")])


def _incidents(rows: Sequence[StoryRow]) -> str:
    cells = [
        (
            days(row.when) if row.when else "no time told",
            f'<b>{name(row.title)}</b><br><span class="type">{safe(row.type)}</span> {name(row.place)}'
            f"{faint(row.incident)}",
            _told(row.told),
            f"{safe(row.sentence)}{faint('; '.join(row.reasons)) if row.reasons else ''}",
            f'<span class="warn">{names(row.disputes)}</span>' if row.disputes else "",
        )
        for row in rows[:SHOWN]
    ]
    heads = ("when", "incident", "told by", "on whose word", "in dispute")
    return table(heads, cells, len(rows) - SHOWN)


def _told(told: Sequence[Told]) -> str:
    labels = list(dict.fromkeys(one.label for one in told))
    more = f" and {len(labels) - NAMED:,} more" if len(labels) > NAMED else ""
    return f"{names(labels[:NAMED])}{more}{faint(plural(len(told), 'report'))}"


def disputes_html(rows: Sequence[DisputeRow]) -> str:
    """Disputes as a table: the values below each other, and who says which."""
    cells = [
        (
            f"<b>{name(row.title)}</b>{faint(row.incident)}",
            f"{safe(row.question)}{faint(row.how)}",
            "<br>".join(_version(version) for version in row.versions),
            safe(row.note),
        )
        for row in rows[:SHOWN]
    ]
    if not rows:
        return whole([faint("no disputes")])
    heads = ("incident", "what", "who says which", "what it rests on")
    return whole([table(heads, cells, len(rows) - SHOWN), faint(plural(len(rows), "dispute"))])


def _version(version: VersionRow) -> str:
    value = f"<b>{name(version.value)}</b>"
    if version.withdrawn:
        value = f"<s>{value}</s> withdrawn"
    reports = ", ".join(dict.fromkeys(told.label for told in version.told))
    origins = names(version.origins) or "in the report's own voice"
    return f"{value}: {origins}{faint(f'in {reports}') if reports else ''}"


def resting_html(view: Resting) -> str:
    """One claim, on how many independent words it rests, and the reports that stand on each."""
    parts = [
        f'<p><span class="evidence">{safe(view.evidence)}</span></p>',
        faint(f"{view.report}#{view.claim} · on whose word: {view.chain or 'the report’s own voice'}"),
    ]
    if view.incident is None:
        return whole([*parts, "<p>It is about no incident of the record.</p>"])
    parts.append(f"<h4>{name(view.title)}</h4><p>{safe(view.sentence)}</p>")
    parts += [faint(reason) for reason in view.reasons]
    parts += [f"<p>{safe(said.what)}: {safe(said.sentence)}</p>" for said in view.statements]
    return whole([*parts, *(_root(root) for root in view.roots)])


def _root(root: Root) -> str:
    kind = ' class="anonymous"' if root.anonymous else ""
    head = f"<b{kind}>{name(root.name)}</b>"
    if root.institution and root.institution.casefold() != root.name.casefold():
        head += f" speaks for {name(root.institution)}"
    if not root.held:
        head += " (its own story is not held)"
    lines = []
    for step in root.steps:
        how = f", {step.how}, {'credited' if step.credited else 'not credited'}" if step.how else ""
        words = f"└ {step.told.label}, {step.told.published or 'no date'}{how}"
        lines.append(f'<p class="faint" style="margin-left:{1 + step.depth}em">{safe(words)}</p>')
    return f"<h4>{head}</h4>{''.join(lines)}"


def network_html(ties: Sequence[TieRow], drawn: str = "") -> str:
    """Ties as a table: who is what to whom, when, and by whose word; `drawn` goes before it."""
    return whole([drawn, _ties(ties), faint(plural(len(ties), "tie"))] if ties else [faint("no ties")])


def _ties(ties: Sequence[TieRow]) -> str:
    cells = [
        (
            f"<b>{name(tie.party)}</b>",
            f"{safe(tie.verb)} <b>{name(tie.other)}</b>{f' ({names(tie.titles)})' if tie.titles else ''}",
            f"{days(tie.since)}{_standing(tie)}",
            f"{safe(tie.sentence)}{_denied(tie)}",
        )
        for tie in ties[:SHOWN]
    ]
    return table(("party", "tie", "when", "on whose word"), cells, len(ties) - SHOWN)


def _denied(tie: TieRow) -> str:
    return faint(f"denied by {', '.join(tie.denied_by)}") if tie.denied_by else ""


def _standing(tie: TieRow) -> str:
    marks = ["hedged"] if tie.hedged else []
    if tie.standing is not Standing.HOLDS:
        marks.append(tie.standing.value)
    return f' <span class="warn">{safe(", ".join(marks))}</span>' if marks else ""


def dossier_html(view: Dossier) -> str:
    """One party: its names, ties, deeds and losses, and who says so."""
    others = [one for one in view.names if one != view.name]
    parts = [
        f'<p class="title">{name(view.name)}</p>',
        faint(f"{view.kind} · named in {view.reports:,} reports"),
    ]
    for label, listed in (("called", others), ("units", view.units), ("the name may also mean", view.alike)):
        if listed:
            parts.append(f"<p>{label}: {names(listed[:12])}{' …' if len(listed) > 12 else ''}</p>")
    ties = (
        ("belongs to", view.over),
        ("members, leaders and parts", view.members),
        ("other ties", view.ties),
    )
    parts += [f"<h4>{label}</h4>{_ties(rows)}" for label, rows in ties if rows]
    told = (("what it did", view.did), ("what was done to it", view.suffered), ("also named in", view.named))
    parts += [f"<h4>{label}</h4>{_incidents(rows)}" for label, rows in told if rows]
    return whole(parts)


def digest_html(view: Digest) -> str:
    """What new reports have changed."""
    parts = [f"<p>since {view.since}: {plural(len(view.reports), 'new report')}</p>"]
    parts += [
        faint(f"{one.published or 'no date'} {one.label}: {one.title or one.report}")
        for one in view.reports[:SHOWN]
    ]
    if view.undated:
        parts.append(faint(f"without a date, so perhaps new: {', '.join(view.undated[:SHOWN])}"))
    if view.incidents:
        parts.append(f"<h4>new incidents</h4>{_incidents(view.incidents)}")
    changes = (
        ("newly disputed", view.disputed),
        ("figures that changed", view.figures),
        ("origins won or lost", view.origins),
    )
    parts += [f"<h4>{label}</h4>{_changes(rows)}" for label, rows in changes if rows]
    return whole(parts)


def _changes(changes: Sequence[Change]) -> str:
    cells = [
        (f"<b>{name(one.title)}</b>{faint(one.incident)}", safe(one.what), safe(one.before), safe(one.after))
        for one in changes[:SHOWN]
    ]
    return table(("incident", "what", "before", "after"), cells, len(changes) - SHOWN)


def reports_html(rows: Sequence[Listed]) -> str:
    """Reports as a list: who published what, when, and how many claims it makes."""
    cells = [
        (
            safe(row.published or "no date"),
            f"<b>{name(row.title or row.id)}</b>{faint(row.id)}",
            name(row.outlet or "outlet unknown"),
            f"{row.claims:,}{faint(f'{row.sourced:,} on somebody’s word, {row.hedged:,} hedged')}",
        )
        for row in rows[:SHOWN]
    ]
    if not rows:
        return whole([faint("no reports")])
    heads = ("published", "report", "outlet", "claims")
    return whole([table(heads, cells, len(rows) - SHOWN), faint(plural(len(rows), "report"))])
