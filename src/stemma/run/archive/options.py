"""The options of a run over an archive."""

from __future__ import annotations

from dataclasses import dataclass, field

from stemma.run.intake.options import IntakeOptions


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """How an archive is worked through. None of these changes what is found in a report.

    `reports`: of a shard, the unit that is handed out, at most (`scanning.reports_of`); more lose less to
    starting, fewer spread better.
    `seconds` and `memory_mib` are what one record may take; one that takes more ends its process. `attempts`:
    how often a record may end its process before it is put in quarantine.
    """

    reports: int = 200
    seconds: float = 120.0
    memory_mib: int = 8192
    attempts: int = 2
    limits: IntakeOptions = field(default_factory=IntakeOptions)
