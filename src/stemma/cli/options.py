"""Arguments and options that several commands share."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from stemma.settings import Settings


class ReadFormat(StrEnum):
    """The forms in which `stemma read` writes claims."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class ClaimsFormat(StrEnum):
    """The forms in which `stemma claims` writes claims."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...", help="Reports: files, folders of them, tables (CSV, JSON, JSONL), or - for input."
    ),
]
Outlet = Annotated[str | None, typer.Option(help="Who published the reports.")]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="When they were published: 2017-02-07.")]
Url = Annotated[str | None, typer.Option("--url", help="The address that they come from.")]
Maps = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="FIELD=COLUMN", help="Where a table holds a field, as text=article_content; repeat."
    ),
]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes that find claims; same result.")]
Ocr = Annotated[
    str | None,
    typer.Option(
        metavar="LANGUAGES", help="Recognise pages of PDF that are pictures: eng, or ara+eng (tesseract)."
    ),
]
Casebook = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="The casebook, a file or postgresql://…; else STEMMA_CASEBOOK, else ./stemma.casebook.",
    ),
]


def parse_maps(maps: list[str] | None) -> dict[str, str]:
    """`text=article_content` and the like as a mapping; raises `UsageError`."""
    from stemma.errors import UsageError

    mapping: dict[str, str] = {}
    for item in maps or []:
        field, sign, column = item.partition("=")
        if not (sign and field.strip() and column.strip()):
            raise UsageError(
                f"{item!r} is no mapping", where="--map", mend="write it as text=article_content"
            )
        mapping[field.strip()] = column.strip()
    return mapping


def with_ocr(settings: Settings, languages: str | None) -> Settings:
    """The settings with text recognition; raises `ReadError` at once where it is not installed."""
    if not languages:
        return settings
    from stemma.read.ocr import check_ocr

    check_ocr(languages, "--ocr")
    return replace(settings, read=replace(settings.read, ocr=languages))
