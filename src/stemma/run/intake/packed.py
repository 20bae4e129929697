"""Archives: what a name ends in says how a stream is read, at whatever depth."""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Final, Self, cast

from stemma.model import Header, Refusal, Report
from stemma.run.intake.folders import PASSED_OVER, SINGLE, bare
from stemma.run.intake.gathering import Gathering, Passed, too_large
from stemma.run.intake.mail import MAIL_FACTOR, read_mbox, report_of_mail
from stemma.run.intake.objects import read_json, read_json_lines
from stemma.run.intake.rows import SIDECAR_AT_MOST, header_of
from stemma.run.intake.streams import PACKED, PIECE, Budget, Counted, Stream, TooMuchError, unpacked
from stemma.run.intake.tables import read_table
from stemma.run.intake.warcs import read_warc

SPOOL: Final = 32 * 1024 * 1024
"""Bytes of an archive within an archive that are held in memory; beyond, it goes to a temporary file."""

WHOLE: Final = {".json": "application/json", ".eml": "message/rfc822", ".pdf": "application/pdf"}
"""Endings of further files that are read as one piece."""

Item = Report | Refusal | Passed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stream stands: its address for messages, the start of its ids, its depth, the file's budget."""

    address: str
    id: str
    gathering: Gathering
    budget: Budget
    depth: int = 0

    def within(self, name: str) -> Place:
        """The place of a member called `name`."""
        parts = [
            part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")
        ]
        path = "/".join(parts) or "member"
        return replace(
            self, address=f"{self.address}/{path}", id=f"{self.id}/{bare(path)}", depth=self.depth + 1
        )


def read_archive(file: BinaryIO, path: Path, id: str, gathering: Gathering) -> Iterator[Item]:
    """The records of the open file at `path`; what is damaged or too much is refused."""
    limits = gathering.limits
    size = os.fstat(file.fileno()).st_size
    budget = Budget(size, limits.max_ratio, limits.free_bytes, limits.max_members)
    found = False
    try:
        for item in _read(file, path.name, Place(str(path), id, gathering, budget), None):
            found = True
            yield item
        if not found:
            yield Refusal(
                where=str(path), code="empty", what="there is nothing in it", mend="give a file with reports"
            )
    except TooMuchError as error:
        yield Refusal(
            where=str(path),
            code="bomb",
            what=f"{error}: the rest of it is not read",
            mend="unpack it yourself if you trust it, or raise the limit (see stemma archive --help)",
        )


def _read(file: BinaryIO, name: str, place: Place, below: Stream | None) -> Iterator[Item]:
    path = PurePosixPath(name.lower())
    ending = path.suffix
    if place.depth > place.gathering.limits.max_depth:
        yield Refusal(
            where=place.address,
            code="too-deep",
            what="archives are nested too deeply here",
            mend="unpack the outer one first",
        )
    elif ending == ".tgz":
        yield from _read_packed(file, ".gz", "x.tar", place)
    elif ending in PACKED:
        yield from _read_packed(file, ending, path.stem, place)
    elif ending in (".warc", ".wet"):
        yield from read_warc(file, below, place.address, place.id, place.gathering)
    elif ending == ".zip":
        yield from _read_zip(file, place, _any_member)
    elif ending == ".wacz":
        yield from _read_zip(file, place, _is_warc)
    elif ending == ".tar":
        yield from _read_tar(file, place)
    elif ending == ".mbox":
        yield from read_mbox(file, place.address, place.id, place.gathering)
    elif ending in (".jsonl", ".ndjson"):
        yield from read_json_lines(file, place.address, place.id, place.gathering)
    elif ending in (".csv", ".tsv"):
        yield from read_table(file, place.address, place.id, place.gathering)
    elif ending in SINGLE or ending in WHOLE:
        yield from _read_whole(file, ending, place, Header())
    elif ending in PASSED_OVER:
        yield Passed(place.address, "not-a-page", f"files that end in {ending} are no reports")
    else:
        yield Refusal(
            where=place.address,
            code="unknown-format",
            what=f"files that end in {ending} are not read",
            mend="save it as .txt or .html",
        )


def _read_whole(file: BinaryIO, ending: str, place: Place, header: Header) -> Iterator[Item]:
    """One report of one stream, read into memory; `header` is that of its sidecar."""
    limit = place.gathering.options.max_bytes * (MAIL_FACTOR if ending == ".eml" else 1)
    content = file.read(limit + 1)
    if len(content) > limit:
        yield too_large(place.address, len(content), limit)
    elif ending == ".json":
        yield from read_json(content, place.address, place.id, place.gathering)
    elif ending == ".eml":
        yield report_of_mail(content, place.address, place.id, place.gathering)
    else:
        yield Report(
            id=place.id,
            address=place.address,
            media_type=WHOLE.get(ending) or SINGLE[ending],
            content=content,
            header=place.gathering.overrides.over(header),
        )


def _read_packed(file: BinaryIO, ending: str, inner: str, place: Place) -> Iterator[Item]:
    stream = unpacked(file, ending, place.budget)
    buffered = cast(BinaryIO, io.BufferedReader(stream, PIECE))
    yield from _read(buffered, inner, replace(place, depth=place.depth + 1), stream)
    if stream.fault:
        yield _damaged(place.address, stream.fault)


def _damaged(where: str, fault: str) -> Refusal:
    return Refusal(
        where=where, code="damaged", what=fault, mend="get the file anew; what comes before is read"
    )


def _any_member(name: str) -> bool:
    return True


def _is_warc(name: str) -> bool:
    return name.startswith("archive/")


def _read_zip(file: BinaryIO, place: Place, wanted: Callable[[str], bool]) -> Iterator[Item]:
    try:
        archive = zipfile.ZipFile(_seekable(file))
        # In the order of their names, as a folder is walked.
        members = sorted((info for info in archive.infolist() if not _is_folder(info)), key=_name)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield _damaged(place.address, f"it is no zip file that can be read ({error})")
        return
    with archive:
        names = {info.filename: info for info in members}
        for info in members:
            place.budget.member()
            at = place.within(info.filename)
            if not info.filename:
                yield _damaged(place.address, "a member of it has no name and is not read")
                continue
            if _is_hidden(info.filename) or _owner(info.filename, names):
                continue
            if not wanted(info.filename):
                yield Passed(at.address, "not-a-page", "the index of an archive")
                continue
            try:
                opened = archive.open(info)
            except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
                what = "it is locked with a password" if info.flag_bits & 1 else f"it is damaged ({error})"
                yield Refusal(where=at.address, code="damaged", what=what, mend="unpack it yourself")
                continue
            with opened:
                header, own_id = _sidecar(archive, info.filename, names, place)
                yield from _read_member(opened, info.filename, replace(at, id=own_id or at.id), header)


def _is_folder(info: zipfile.ZipInfo) -> bool:
    # The library's own question fails for a member without a name.
    return info.filename.endswith("/")


def _name(info: zipfile.ZipInfo) -> str:
    return info.filename


def _read_member(opened: Any, name: str, at: Place, header: Header) -> Iterator[Item]:
    stream = Counted(opened, at.budget)
    buffered = cast(BinaryIO, io.BufferedReader(stream, PIECE))
    ending = PurePosixPath(name.lower()).suffix
    if ending in SINGLE and header != Header():
        items = _read_whole(buffered, ending, at, header)
    else:
        items = _read(buffered, name, at, stream)
    held: Item | None = None
    for item in items:
        if held is not None:
            yield held
        held = item
    if stream.fault:
        # The last report may be cut: what is no whole is none.
        yield _damaged(at.address, stream.fault)
    elif held is not None:
        yield held


def _owner(name: str, names: Mapping[str, object]) -> bool:
    """True for the sidecar `NAME.json` of another member `NAME.txt`."""
    path = PurePosixPath(name)
    if path.suffix.lower() != ".json":
        return False
    return any(path.with_suffix(ending).as_posix() in names for ending in SINGLE if ending)


def _sidecar(
    archive: zipfile.ZipFile, name: str, names: Mapping[str, zipfile.ZipInfo], place: Place
) -> tuple[Header, str | None]:
    path = PurePosixPath(name)
    beside = (
        names.get(path.with_suffix(".json").as_posix())
        if path.suffix.lower() in SINGLE and path.suffix
        else None
    )
    if beside is None:
        return Header(), None
    try:
        with archive.open(beside) as opened:
            content = opened.read(SIDECAR_AT_MOST)
        place.budget.take(len(content))
        values = json.loads(content.decode("utf-8-sig"))
        header, _ = header_of(values)
        own_id = values.get("id")
    except (
        OSError,
        ValueError,
        AttributeError,
        RecursionError,
        RuntimeError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        return Header(), None
    return header, str(own_id).strip() or None if isinstance(own_id, str | int) else None


def _read_tar(file: BinaryIO, place: Place) -> Iterator[Item]:
    try:
        with tarfile.open(fileobj=file, mode="r|", tarinfo=_Member) as archive:
            for info in archive:
                if not info.isfile() or _is_hidden(info.name):
                    continue
                place.budget.member()
                opened = archive.extractfile(info)
                if opened is not None:
                    yield from _read_member(opened, info.name, place.within(info.name), Header())
    except (tarfile.TarError, OSError, ValueError, EOFError) as error:
        yield _damaged(place.address, f"it is no tar file that can be read further ({error})")


class _Member(tarfile.TarInfo):
    """A member whose long name and further headers, which are read as a whole, are of a bounded size."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """The member of a header block; raises `tarfile.ReadError` where its headers are too long."""
        made = super().frombuf(buf, encoding, errors)
        if made.type in _TAR_HEADERS and made.size > SIDECAR_AT_MOST:
            raise tarfile.ReadError(f"a header of {made.size:,} bytes")
        return made


_TAR_HEADERS: Final = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name.replace("\\", "/")).parts)


def _seekable(file: BinaryIO) -> Any:
    """The same bytes where one can go back and forth: a zip begins at its end."""
    if isinstance(getattr(file, "raw", None), io.FileIO):
        return file
    copy = SpooledTemporaryFile(SPOOL)  # noqa: SIM115 - closed when the zip is no longer read
    shutil.copyfileobj(file, copy, PIECE)
    copy.seek(0)
    return copy
