"""The formats of those who work with event data: ledgers, PLOVER, POLECAT, ACLED, UCDP, SFM."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stemma.export.protocol import Format


def event_formats() -> tuple[Format, ...]:
    """These formats, in the order in which they are listed for a reader."""
    from stemma.export.acled import AcledFormat
    from stemma.export.jsonl import JsonlFormat
    from stemma.export.ledger_csv import CsvFormat
    from stemma.export.ledger_parquet import ParquetFormat
    from stemma.export.plover import PloverFormat
    from stemma.export.polecat import PolecatFormat
    from stemma.export.sfm import SfmFormat
    from stemma.export.ucdp import UcdpFormat

    return (
        CsvFormat(),
        ParquetFormat(),
        JsonlFormat(),
        PloverFormat(),
        PolecatFormat(),
        AcledFormat(),
        UcdpFormat(),
        SfmFormat(),
    )
