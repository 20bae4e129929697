"""`stemma lineage`: the story that some reports tell together, nothing kept."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Workers


class StoryFormat(StrEnum):
    """The forms in which `stemma lineage` writes a story."""

    TEXT = "text"
    JSON = "json"


@guarded
def lineage(
    folders: Annotated[
        list[str], typer.Argument(metavar="FOLDER...", help="The reports of one story: folders or files.")
    ],
    *,
    format: Annotated[
        StoryFormat, typer.Option("--format", "-f", help="Text to read, or one JSON object.")
    ] = StoryFormat.TEXT,
    workers: Workers = 1,
) -> Status:
    """Show who depends on whom in a story, how many origins it has, and where its reports differ."""
    from stemma.cli.consoles import on_screen, out_console, prepare_streams, say
    from stemma.cli.progress import Run
    from stemma.merge.protocol import Held
    from stemma.model import Refusal
    from stemma.run import count_reports
    from stemma.run.merging import merge_paths, story_form
    from stemma.settings import Settings

    settings = Settings.from_environment()
    prepare_streams(machine=format is StoryFormat.JSON)
    run = Run(bar=True, total=lambda: count_reports(folders, settings))

    def tell(result: Held | Refusal) -> None:
        if isinstance(result, Refusal):
            run.refuse(result)
        else:
            run.took(len(result.coding.claims))

    try:
        with run:
            record = merge_paths(folders, settings, workers=workers, on_result=tell)
    except KeyboardInterrupt:
        say(f"stopped: {run.summary()}")
        return Status.STOPPED
    if format is StoryFormat.JSON:
        from stemma.cli.harmless import harmless_json

        wire = json.dumps(story_form(record), ensure_ascii=False, indent=1)
        sys.stdout.write((harmless_json(wire) if on_screen() else wire) + "\n")
    else:
        from stemma.cli.draw_story import draw_story

        draw_story(out_console(), record)
    say(run.summary())
    return run.status
