"""Where exports go: a file, a folder, or a stream; nothing half written takes an old file's place."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from stemma.errors import UsageError


class Place(Protocol):
    """A target that is taken over at the end: by `keep`, or thrown away where it was not called."""

    def open(self, name: str = "") -> IO[bytes]:
        """A binary file to write: the one file, or the file of this name in the folder."""
        ...

    def keep(self) -> tuple[str, ...]:
        """Puts all that was written in its place; gives the names of the files."""
        ...

    def drop(self) -> None:
        """Removes what was written and not kept."""
        ...


class FileTarget:
    """One file at `path`, or, with names, the files of the folder `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._drafts: dict[Path, Path] = {}
        self._open: list[IO[bytes]] = []

    def open(self, name: str = "") -> IO[bytes]:
        """A file to write, under a name of its own until it is kept."""
        path = self._path / name if name else self._path
        self._check(path, folder=bool(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._drafts[path] = draft
        file = draft.open("wb")
        self._open.append(file)
        return file

    def _check(self, path: Path, *, folder: bool) -> None:
        if folder and self._path.exists() and not self._path.is_dir():
            raise UsageError("this format writes a folder, and here is a file", where=str(self._path))
        if path.is_dir():
            raise UsageError("here is a folder", where=str(path), mend="give the name of a file")

    def keep(self) -> tuple[str, ...]:
        """Puts the files in their places."""
        for file in self._open:
            file.close()
        for path, draft in self._drafts.items():
            draft.replace(path)
        kept = tuple(str(path) for path in self._drafts)
        self._drafts = {}
        return kept

    def drop(self) -> None:
        """Removes the drafts."""
        for file in self._open:
            file.close()
        for draft in self._drafts.values():
            draft.unlink(missing_ok=True)


class StreamTarget:
    """A stream of another's, such as standard output; it is neither closed nor taken back."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def open(self, name: str = "") -> IO[bytes]:
        """The stream; raises `UsageError` where a folder is asked for."""
        if name:
            raise UsageError(
                "this format writes several files", where="--out", mend="name a folder, or one --table"
            )
        return _Unclosed(self._stream)  # type: ignore[return-value]

    def keep(self) -> tuple[str, ...]:
        """Passes on what is buffered."""
        self._stream.flush()
        return ()

    def drop(self) -> None:
        """What went into a stream is gone."""


class _Unclosed:
    """A stream that stays open after its `with`."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._at = 0

    def write(self, content: bytes) -> int:
        self._at += len(content)
        return self._stream.write(content)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        self._stream.flush()

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    @property
    def closed(self) -> bool:
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()


@contextlib.contextmanager
def taken(target: Place) -> Iterator[Place]:
    """The target, thrown away where the block ends by an exception."""
    try:
        yield target
    except BaseException:
        target.drop()
        raise
