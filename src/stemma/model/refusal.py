"""A refusal: a report that cannot be read is a value with a reason; it stops nothing else."""

from __future__ import annotations

from stemma.model.base import Noun


class Refusal(Noun):
    """What could not be read, where, why and what to do.

    `code` is stable and short (`empty`, `binary`, `too-large`, `consent-wall`).
    """

    where: str
    code: str
    what: str
    mend: str

    def line(self) -> str:
        """The refusal as one line: `where: what; mend`."""
        return " ".join(f"{self.where}: {self.what}; {self.mend}".split())
