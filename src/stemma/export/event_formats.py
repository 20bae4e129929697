"""The formats of those who work with event data: ledgers, PLOVER, POLECAT, ACLED, UCDP, SFM."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stemma.export.protocol import Format


def event_formats() -> tuple[Format, ...]:
    """These formats, in the order in which they are listed for a reader."""
    return ()
