"""The tables of the story pages as rows of plain values, for saving as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from stemma.export.sheets import Cell
from stemma.show.incident import IncidentView
from stemma.show.ledger import BETWEEN, COLUMNS
from stemma.show.story import StoryRow

Cells = tuple[Cell, ...]

STORIES: Final = (
    *("incident", "type", "title", "start", "end", "place", "country", "reports", "outlets"),
    *("origins_low", "origins", "origins_high", "sentence", "disputes"),
)


def story_cells(row: StoryRow) -> Cells:
    """One incident under the names of `STORIES`."""
    return (
        *(row.incident, row.type, row.title, row.start, row.end, row.place or None, row.country),
        *(len(row.told), len(row.outlets), row.low, row.likely, row.high, row.sentence),
        BETWEEN.join(row.disputes) or None,
    )


def _disputes(view: IncidentView) -> Iterator[Cells]:
    for dispute in view.disputes:
        for version in dispute.versions:
            for told, claim in version.through:
                yield (
                    *(dispute.question, dispute.how, version.value, "yes" if version.withdrawn else "no"),
                    *(BETWEEN.join(version.origins) or None, told.outlet),
                    *(str(told.published) if told.published else None, told.report, claim or None),
                    dispute.note or None,
                )


def _toll(view: IncidentView) -> Iterator[Cells]:
    for toll in view.tolls:
        for one in toll.figures:
            day = str(one.told.published) if one.told.published else None
            yield (
                *(toll.kind, toll.of, one.value, one.low, one.high, "yes" if one.withdrawn else "no"),
                *(BETWEEN.join(one.origins) or None, one.told.outlet, day, one.told.report, one.claim),
            )


def _origins(view: IncidentView) -> Iterator[Cells]:
    for root in view.roots:
        kind = (root.name, root.institution, root.kind, "yes" if root.anonymous else "no")
        for step in root.steps:
            told = step.told
            day = str(told.published) if told.published else None
            yield (*kind, "yes" if root.held else "no", told.outlet, day, told.report, step.depth, step.how)
        if not root.steps:
            yield (*kind, "yes" if root.held else "no", None, None, None, None, None)


def _claims(view: IncidentView) -> Iterator[Cells]:
    for telling in view.tellings:
        for row in telling.claims:
            cells = row.cells()
            yield tuple(cells[column] for column in COLUMNS)


TABLES: Final[dict[str, tuple[tuple[str, ...], Callable[[IncidentView], Iterator[Cells]]]]] = {
    "claims": (COLUMNS, _claims),
    "disputes": (
        (
            *("question", "how", "value", "withdrawn", "on_the_word_of", "outlet", "published", "report"),
            *("claim", "note"),
        ),
        _disputes,
    ),
    "toll": (
        (
            *("kind", "of", "value", "low", "high", "withdrawn", "on_the_word_of", "outlet", "published"),
            *("report", "claim"),
        ),
        _toll,
    ),
    "origins": (
        (
            *("origin", "institution", "kind", "anonymous", "held", "outlet", "published", "report"),
            *("steps_below", "depends_how"),
        ),
        _origins,
    ),
}
"""Each table of a story's page by its name: its columns, and what makes its rows."""
