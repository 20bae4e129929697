"""One tree of exceptions: what went wrong, where, and what to do, in one line."""

from __future__ import annotations


class StemmaError(Exception):
    """A fault that a user can act on.

    `where` names the file, line or option, `what` says what is wrong, `mend` what to do about it.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(self.line())

    def line(self) -> str:
        """The fault as one line: `where: what; mend`."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{head}; {self.mend}" if self.mend else head
        return " ".join(line.split())


class UsageError(StemmaError):
    """An option or an argument that cannot be followed."""


class ReadError(StemmaError):
    """A report that cannot be read; the pipeline turns it into a `Refusal` and goes on.

    `code` is the refusal's code: stable and short (`empty`, `binary`, `consent-wall`).
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "", code: str = "unreadable") -> None:
        self.code = code
        super().__init__(what, where=where, mend=mend)


class EngineError(StemmaError):
    """An extraction engine that cannot start or answer.

    `code` is the code of the refusal where it is one report that has no answer.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "", code: str = "engine") -> None:
        self.code = code
        super().__init__(what, where=where, mend=mend)


class RunEnded(EngineError):  # noqa: N818 - no fault of a report: the run as a whole ends here
    """A limit is reached, or an engine cannot go on: the run ends, and what was read is kept."""


class CasebookError(StemmaError):
    """A casebook that cannot be opened, read or written."""


class CasebookVersionError(CasebookError):
    """A casebook written by a newer version of the program."""


class NotACasebookError(CasebookError):
    """A file that is something else than a casebook."""
