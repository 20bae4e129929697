"""Compressed streams, unpacked as they are read, never more of them than they may hold."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from typing import Any, BinaryIO, Final, cast

PIECE: Final = 64 * 1024
"""Bytes asked of a file at a time, and unpacked at a time."""

GZIP_MAGIC: Final = b"\x1f\x8b\x08"
_GZIP: Final = 31
"""zlib's word for a gzip member with its header and checksum."""

PACKED: Final = (".gz", ".zst", ".zstd", ".bz2", ".xz")
"""Endings of compressed files."""


class TooMuchError(Exception):
    """A file unpacks to more than it may."""


class Budget:
    """How many bytes may still be unpacked out of one file, at whatever depth, and how many members."""

    def __init__(self, size: int, ratio: int, free: int, members: int) -> None:
        self._left = max(size, 1) * ratio + free
        self._ratio = ratio
        self._members = members
        self._most = members

    def take(self, number: int) -> None:
        """Counts bytes; raises `TooMuchError` where they are too many."""
        self._left -= number
        if self._left < 0:
            raise TooMuchError(f"it unpacks to more than {self._ratio} times its size")

    def member(self) -> None:
        """Counts one member of an archive; raises `TooMuchError` where they are too many."""
        self._members -= 1
        if self._members < 0:
            raise TooMuchError(f"it has more than {self._most:,} members")


class Stream(io.RawIOBase):
    """A stream that ends where its bytes are damaged, and says in `fault` why.

    Damage does not raise, so that what came before it is not lost in a buffer.
    """

    fault: str | None = None

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills `buffer`; 0 at the end, or where `fault` says why there is no more."""
        found = self.some(min(len(buffer), PIECE))
        buffer[: len(found)] = found
        return len(found)

    def some(self, most: int) -> bytes:
        """At most so many of the next bytes; empty at the end."""
        raise NotImplementedError

    def go_on(self, start: bytes) -> bool:
        """Looks behind the damage for a piece that begins with `start`, to read on there; false if none."""
        del start
        return False


class Gunzipped(Stream):
    """The unpacked bytes of a gzip stream, member by member."""

    def __init__(self, raw: BinaryIO, budget: Budget) -> None:
        self._raw = raw
        self._budget = budget
        self._one: Any = None
        self._in = b""
        self._ended = False

    def some(self, most: int) -> bytes:
        """At most so many of the next bytes; empty at the end."""
        while not self._ended:
            if not self._in:
                self._in = self._raw.read(PIECE)
            last = not self._in
            if self._one is None:
                if last or not self._in.strip(b"\0"):
                    self._ended = last
                    self._in = b""
                    continue
                self._one = zlib.decompressobj(_GZIP)
            try:
                # At the end of the file it is asked once more, for what it may still hold back.
                found = cast(bytes, self._one.decompress(self._in, most))
            except zlib.error as error:
                self._end(f"it is damaged ({error})")
                return b""
            self._in = self._one.unused_data if self._one.eof else self._one.unconsumed_tail
            if self._one.eof:
                self._one = None
            elif last and not found:
                self._end("it is cut off within a record")
            if found:
                self._budget.take(len(found))
                return found
        return b""

    def _end(self, fault: str) -> None:
        self._ended, self.fault = True, fault

    def go_on(self, start: bytes) -> bool:
        """Looks for the next gzip member that begins with `start`, to read on there; false if none."""
        while True:
            at = self._in.find(GZIP_MAGIC, 1)
            if at < 0:
                self._in = self._in[-2:] + (more := self._raw.read(PIECE))
                if not more:
                    return False
                # The two bytes kept are no start by themselves; one before them keeps `find` from skipping.
                self._in = b"\0" + self._in
                continue
            self._in = self._in[at:]
            if len(self._in) < PIECE:
                self._in += self._raw.read(PIECE)
            try:
                found = zlib.decompressobj(_GZIP).decompress(self._in, len(start))
            except zlib.error:
                continue
            if found == start:
                self._one, self._ended, self.fault = None, False, None
                return True


class Counted(Stream):
    """The bytes of a stream that unpacks by itself, counted against a budget."""

    def __init__(self, inner: Any, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def some(self, most: int) -> bytes:
        """At most so many of the next bytes; empty at the end."""
        if self.fault:
            return b""
        try:
            found = cast(bytes, self._inner.read(most))
        except TooMuchError:
            raise
        except Exception as error:
            # Each of these unpackers has its own tree of errors.
            self.fault = f"it is damaged or cut off ({error or type(error).__name__})"
            return b""
        self._budget.take(len(found))
        return found


def unpacked(raw: BinaryIO, ending: str, budget: Budget) -> Stream:
    """The unpacked bytes of a stream whose name has one of the endings `PACKED`."""
    if ending == ".gz":
        return Gunzipped(raw, budget)
    if ending == ".bz2":
        return Counted(bz2.BZ2File(raw), budget)
    if ending == ".xz":
        return Counted(lzma.LZMAFile(raw), budget)
    from fastwarc import ZstdReader

    return Counted(ZstdReader(raw), budget)
