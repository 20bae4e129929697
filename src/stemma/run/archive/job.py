"""A job: all that a worker must know, in a form that goes to another process or machine."""

from __future__ import annotations

import base64
import json
import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from stemma.errors import UsageError
from stemma.model import Header
from stemma.read.options import ReadOptions
from stemma.run.archive.files import write_whole
from stemma.run.archive.options import ArchiveOptions
from stemma.run.intake import IntakeOptions, make_gathering
from stemma.run.intake.gathering import Gathering
from stemma.settings import Settings

GATHERED: Final = "gathered.json"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done, and the folder `out` that it goes to; the same for every shard."""

    out: str
    settings: Settings = field(default_factory=Settings)
    options: ArchiveOptions = field(default_factory=ArchiveOptions)
    mapping: Mapping[str, str] = field(default_factory=dict)
    header: Header = field(default_factory=Header)

    def wire(self) -> str:
        """The job as one word of text, for a process of ours on this machine or another."""
        return base64.b64encode(pickle.dumps(self)).decode("ascii")

    @classmethod
    def from_wire(cls, wire: str) -> Job:
        """The job that `wire` wrote. Never to be given what comes from elsewhere: it is unpickled."""
        job = pickle.loads(base64.b64decode(wire))
        if not isinstance(job, cls):
            raise TypeError("this is no job")
        return job

    def gathering(self) -> Gathering:
        """What intake goes by."""
        return make_gathering(self.mapping, self.header, self.settings.read, self.options.limits)

    def keep_gathering(self) -> None:
        """Notes in `out` what the records are had by, so that they can be had again."""
        known = {
            "mapping": dict(self.mapping),
            "header": self.header.wire(),
            "max_bytes": self.settings.read.max_bytes,
            "limits": asdict(self.options.limits),
        }
        content = json.dumps(known, indent=1).encode()
        write_whole(Path(self.out, GATHERED), lambda file: _put(file, content))

    def folder(self, name: str) -> Path:
        """A folder of `out`, made where it is missing."""
        path = Path(self.out, name)
        path.mkdir(parents=True, exist_ok=True)
        return path


def kept_gathering(out: str) -> Gathering:
    """What the records of the run in `out` were had by; raises `UsageError` where it does not say."""
    path = Path(out, GATHERED)
    if not path.is_file():
        raise UsageError(
            "these tables do not say where their reports came from (an older version wrote them)",
            where=out,
            mend="write them anew, or use stemma add on the files",
        )
    known = json.loads(path.read_bytes())
    return make_gathering(
        known["mapping"],
        Header.from_wire(known["header"]),
        ReadOptions(max_bytes=known["max_bytes"]),
        IntakeOptions(**known["limits"]),
    )


def _put(file: BinaryIO, content: bytes) -> None:
    file.write(content)


@dataclass(frozen=True, slots=True)
class Slice:
    """The records `first` to `first + count - 1` of one file, counted from 0."""

    path: str
    id: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Shard:
    """Some slices that are worked through as one.

    `again` names for a record (its number in the shard) the record that it repeats; `renamed` the number
    that its report's id gets because earlier reports have the id.
    """

    number: int
    slices: tuple[Slice, ...]
    again: Mapping[int, str] = field(default_factory=dict)
    renamed: Mapping[int, int] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """How many records it has."""
        return sum(one.count for one in self.slices)

    def wire_json(self) -> str:
        """The shard as one line of JSON."""
        slices = [[one.path, one.id, one.first, one.count] for one in self.slices]
        return json.dumps([self.number, slices, self.again, self.renamed], separators=(",", ":"))

    @classmethod
    def from_wire(cls, wire: str) -> Shard:
        """The shard that `wire_json` wrote."""
        number, slices, again, renamed = json.loads(wire)
        return cls(
            number,
            tuple(Slice(*one) for one in slices),
            {int(at): of for at, of in again.items()},
            {int(at): name for at, name in renamed.items()},
        )
