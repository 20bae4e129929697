"""`stemma archive`: archives of any size into tables, here or on a cluster."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Maps, Ocr, Outlet, Workers, parse_maps, with_ocr

if TYPE_CHECKING:
    from stemma.run.archive.archiving import Archived

ArchivePaths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Archives, tables, reports, or folders of them."),
]
Out = Annotated[str, typer.Option(metavar="FOLDER", help="Where the tables go; run again, it goes on there.")]
Cluster = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Apache Spark instead of --workers: spark://HOST:7077.")
]
Merge = Annotated[bool, typer.Option("--merge", help="Find lineage and incidents too, once all is read.")]
Size = Annotated[
    int, typer.Option(min=1, max=100_000, help="Reports of a shard, the part that is handed out, at most.")
]
Seconds = Annotated[float, typer.Option(min=1, help="Seconds that one record may take.")]
Memory = Annotated[int, typer.Option(min=512, help="MiB that a worker process may take.")]
Attempts = Annotated[
    int, typer.Option(min=1, max=20, help="Crashes of a record until it is put in quarantine.")
]
MaxRatio = Annotated[int, typer.Option(min=1, help="How many times its size a file may unpack to.")]
MaxDepth = Annotated[int, typer.Option(min=1, help="How deep archives may stand within archives.")]
MaxMembers = Annotated[int, typer.Option(min=1, help="Files that one archive may have.")]
MaxBytes = Annotated[int | None, typer.Option(min=1, help="Bytes that one report may have.")]

OCR_SHARE = 0.75
"""Of the seconds that a record may take, what recognising the text in its pictures may take."""


@guarded
def archive(
    paths: ArchivePaths,
    *,
    out: Out,
    workers: Workers = 1,
    cluster: Cluster = None,
    merge: Merge = False,
    outlet: Outlet = None,
    map: Maps = None,
    ocr: Ocr = None,
    reports: Size = 200,
    seconds: Seconds = 120,
    memory: Memory = 8192,
    attempts: Attempts = 2,
    max_ratio: MaxRatio = 200,
    max_depth: MaxDepth = 4,
    max_members: MaxMembers = 10_000_000,
    max_bytes: MaxBytes = None,
) -> Status:
    """Read archives (WARC, WACZ, JSONL, mail, PDF, zip, tar) into Parquet tables; a stop loses nothing."""
    from dataclasses import replace

    from stemma.cli.consoles import prepare_streams, say
    from stemma.run.api import make_header
    from stemma.run.archive.archiving import archive_paths
    from stemma.run.archive.options import ArchiveOptions
    from stemma.run.intake.options import IntakeOptions
    from stemma.settings import Settings

    prepare_streams()
    settings = with_ocr(Settings.from_environment(), ocr)
    if ocr:
        # Recognition must end by itself before the record is taken for one that hangs.
        settings = replace(settings, read=replace(settings.read, ocr_seconds=seconds * OCR_SHARE))
    if max_bytes:
        settings = replace(settings, read=replace(settings.read, max_bytes=max_bytes))
    limits = IntakeOptions(max_ratio=max_ratio, max_depth=max_depth, max_members=max_members)
    options = ArchiveOptions(reports, seconds, memory, attempts, limits)
    told = Told()
    try:
        found = archive_paths(
            paths,
            out,
            settings,
            options=options,
            mapping=parse_maps(map),
            header=make_header(outlet),
            workers=workers,
            cluster=cluster,
            tell=told.tell,
        )
        _say_found(found, out)
        if merge:
            from stemma.run.archive.merging import merge_archive

            merged = merge_archive(out, workers=workers, cluster=cluster, tell=told.tell_merged)
            say(
                f"merged: {merged.reports:,} reports in {merged.circles:,} circles, "
                f"{merged.incidents:,} incidents, {merged.dependences:,} dependences; in {out}/merged"
            )
    except KeyboardInterrupt:
        say(f"stopped; what is done is kept in {out}, the same command goes on with it")
        return Status.STOPPED
    return Status.SOME_REFUSED if found.outcomes["refused"] else Status.DONE


def _say_found(found: Archived, out: str) -> None:
    from stemma.cli.consoles import say
    from stemma.cli.progress import count

    for refusal in found.refusals:
        say(refusal.line())
    counts = found.outcomes
    parts = [
        f"{count(found.records, 'record')}: {counts['read']:,} read",
        f"{counts['duplicate']:,} seen before",
        f"{counts['not-a-page']:,} no pages",
        f"{counts['refused']:,} refused",
    ]
    say(f"{', '.join(parts)}; {count(found.claims, 'claim')}")
    tables = count(found.shards, "table")
    again = f" ({found.again:,} were done already)" if found.again else ""
    say(f"in {out}: {tables}{again}; what became of each record is in {out}/manifest.jsonl")


class Told:
    """Says now and then how far a run is: seldom enough for a log."""

    def __init__(self) -> None:
        self._at = time.monotonic()

    def tell(self, step: str, done: int, total: int, counts: Mapping[str, int]) -> None:
        """One line, where the last is old enough."""
        if self._is_time():
            more = ""
            if counts:
                read, claims, refused = (counts[name] for name in ("read", "claims", "refused"))
                more = f", {read:,} reports, {claims:,} claims, {refused:,} refused"
            self._say(f"… {done:,} of {total:,} parts {step}{more}")

    def tell_merged(self, done: int, total: int) -> None:
        """One line, where the last is old enough."""
        if self._is_time():
            self._say(f"… {done:,} of {total:,} parts merged")

    def _is_time(self) -> bool:
        from stemma.cli.progress import LINE_SECONDS

        return time.monotonic() - self._at > LINE_SECONDS

    def _say(self, line: str) -> None:
        from stemma.cli.consoles import say

        self._at = time.monotonic()
        say(line)
