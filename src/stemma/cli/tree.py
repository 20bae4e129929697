"""`stemma lineage`: who depends on whom, in a casebook or in a folder of which nothing is kept."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.asking import Actor, KnownBy, make_asking, record_for, say_nothing
from stemma.cli.guard import Status, guarded
from stemma.cli.lineage import StoryFormat
from stemma.cli.lineage import lineage as lineage_of_folder
from stemma.cli.options import Casebook, Workers
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.model import Record


class TreeFormat(StrEnum):
    """The forms in which a lineage is written."""

    TEXT = "text"
    JSON = "json"
    SVG = "svg"
    MERMAID = "mermaid"


@guarded
def lineage(
    folders: Annotated[
        list[str] | None,
        typer.Argument(metavar="FOLDER", help="The reports of one story; none with --casebook."),
    ] = None,
    *,
    query: Annotated[
        str | None, typer.Option(metavar="WORDS", help="With --casebook: what it is about.")
    ] = None,
    actor: Actor = None,
    known_by: KnownBy = None,
    format: Annotated[
        TreeFormat, typer.Option("--format", "-f", help="Text, one JSON object, a picture, or a flowchart.")
    ] = TreeFormat.TEXT,
    workers: Workers = 1,
    casebook: Casebook = None,
) -> Status:
    """Show who depends on whom in a story, how many origins it has, and where its reports differ."""
    from stemma.run.api import open_casebook

    if folders:
        if casebook or query or actor or known_by:
            mend = "give a folder, or --casebook with its filters"
            raise UsageError("a folder and a casebook at once", where="FOLDER", mend=mend)
        if format in (TreeFormat.TEXT, TreeFormat.JSON):
            lineage_of_folder(folders, format=StoryFormat(format.value), workers=workers)
        return _picture_of_folder(folders, format, workers)
    asking = make_asking([query] if query else None, actor, known_by=known_by)
    with open_casebook(casebook) as store:
        recorded = record_for(store, asking)
        reports = {report for incident in recorded.incidents for report in incident.reports}
        if asking.is_open:
            reports = {coding.report for coding in recorded.record.codings}
        if not reports:
            say_nothing(store, asking, "reports")
            return Status.DONE
        kept = recorded.record
        if not asking.is_open:
            kept = _cut(kept.model_copy(update={"incidents": recorded.incidents}), reports)
        _write(kept, format)
    return Status.DONE


def _picture_of_folder(folders: list[str], format: TreeFormat, workers: int) -> Status:
    from stemma.cli.consoles import say
    from stemma.cli.progress import Run
    from stemma.merge.protocol import Held
    from stemma.model import Refusal
    from stemma.run import count_reports
    from stemma.run.merging import merge_paths
    from stemma.settings import Settings

    settings = Settings.from_environment()
    run = Run(bar=True, total=lambda: count_reports(folders, settings))

    def tell(result: Held | Refusal) -> None:
        if isinstance(result, Refusal):
            run.refuse(result)
        else:
            run.took(len(result.coding.claims))

    with run:
        record = merge_paths(folders, settings, workers=workers, on_result=tell)
    _write(record, format)
    say(run.summary())
    return run.status


def _cut(record: Record, reports: set[str]) -> Record:
    """The record with these reports and all that they hang together with, and no others."""
    from stemma.show.tree import make_tree

    kept = {node.id for node in make_tree(record, reports).nodes}
    lineage = record.lineage
    edges = tuple(edge for edge in lineage.dependences if edge.report in kept)
    dispatches = tuple(one for one in lineage.dispatches if set(one.reports) <= kept)
    return record.model_copy(
        update={
            "codings": tuple(coding for coding in record.codings if coding.report in kept),
            "lineage": lineage.model_copy(update={"dependences": edges, "dispatches": dispatches}),
        }
    )


def _write(record: Record, format: TreeFormat) -> None:
    from stemma.cli.consoles import on_screen, out_console, prepare_streams
    from stemma.cli.harmless import harmless_json

    prepare_streams(machine=format is not TreeFormat.TEXT)
    if format is TreeFormat.TEXT:
        from stemma.cli.draw_story import draw_story

        draw_story(out_console(), record)
    elif format is TreeFormat.JSON:
        from stemma.run.merging import story_form

        wire = json.dumps(story_form(record), ensure_ascii=False, indent=1)
        sys.stdout.write((harmless_json(wire) if on_screen() else wire) + "\n")
    else:
        from stemma.show.tree import make_tree
        from stemma.show.tree_mermaid import tree_mermaid
        from stemma.show.tree_svg import tree_svg

        tree = make_tree(record)
        sys.stdout.write(tree_svg(tree) if format is TreeFormat.SVG else tree_mermaid(tree))
