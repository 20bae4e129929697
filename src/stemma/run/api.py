"""What `stemma.read`, `stemma.read_all` and `stemma.open_casebook` do."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from stemma.errors import ReadError, UsageError
from stemma.model import Header, Refusal, Report
from stemma.run.intake import gather_reports
from stemma.run.pipeline import read_paths
from stemma.run.reading import Reading
from stemma.run.work import read_one, start_engine
from stemma.settings import Settings
from stemma.store import open_casebook as open_store
from stemma.store.protocol import Store

ReportPath = str | os.PathLike[str]
Published = datetime.date | str | None


def make_header(outlet: str | None = None, published: Published = None, url: str | None = None) -> Header:
    """The header that a caller gives for all reports; raises `UsageError` for a date that is none."""
    if isinstance(published, datetime.datetime):
        published = published.date()
    if isinstance(published, str):
        try:
            published = datetime.date.fromisoformat(published)
        except ValueError as error:
            raise UsageError(
                f"{published!r} is no date", where="published", mend="write it as 2017-02-07"
            ) from error
    try:
        return Header(outlet=outlet, published=published, url=url)
    except ValidationError as error:
        raise UsageError(str(error), where="header") from error


def read_single(source: ReportPath | IO[str] | IO[bytes], header: Header) -> Reading:
    """The reading of the one report that `source`, a path or an open file, holds."""
    settings = Settings()
    if isinstance(source, str | os.PathLike):
        report = _only_one(source, header, settings)
    else:
        report = _report_in(source, header)
    start_engine(settings.extract)
    return read_one(report, settings)


def _only_one(source: ReportPath, header: Header, settings: Settings) -> Report:
    """The one report under this path; raises `UsageError` where there are several."""
    items = gather_reports([os.fspath(source)], {}, header, settings.read)
    first = next(items, None)
    if first is None:
        raise ReadError("there is no report", where=os.fspath(source), mend="give the path of a report")
    if next(items, None) is not None:
        raise UsageError(
            "this holds several reports", where=os.fspath(source), mend="use stemma.read_all for all of them"
        )
    if isinstance(first, Refusal):
        raise ReadError(first.what, where=first.where, mend=first.mend)
    return first


def read_several(paths: ReportPath | Sequence[ReportPath]) -> Iterator[Reading | Refusal]:
    """The readings of all reports under `paths`, in order, and a refusal for each that has none."""
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    return read_paths([os.fspath(path) for path in several], Settings())


def open_casebook(casebook: ReportPath | None = None, *, create: bool = False) -> Store:
    """The casebook in this file, for use in a `with` statement."""
    options = Settings.from_environment().store
    if casebook is not None:
        options = replace(options, casebook=os.fspath(casebook))
    return open_store(options, create=create)


def _report_in(file: IO[Any], header: Header) -> Report:
    """The report in an open file of text or bytes; markup where it begins like markup."""
    content = file.read()
    charset = None
    if isinstance(content, str):
        content, charset = content.encode("utf-8", "replace"), "utf-8"
    name = getattr(file, "name", None)
    address = name if isinstance(name, str) else "-"
    markup = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return Report(
        id=Path(address).stem or address,
        address=address,
        media_type="text/html" if markup else "text/plain",
        content=content,
        charset=charset,
        header=header,
    )
