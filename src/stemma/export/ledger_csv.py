"""CSV ledgers: a folder of tables for spreadsheets, R and pandas, with their data dictionary."""

from __future__ import annotations

from contextlib import ExitStack

from stemma.export.ledger import NAMES, columns_of, ledger_losses, ledger_rows, wanted_tables
from stemma.export.ledger_claims import CLAIMS
from stemma.export.options import ExportOptions
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.sheets import Sheet


class CsvFormat:
    """The ledgers as CSV."""

    name = "csv"
    description = "Ledgers as CSV tables with a data dictionary, for spreadsheets, R, Stata and pandas."
    suffix = ".csv"
    tables = NAMES
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What no table holds."""
        return ledger_losses()

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes all tables into a folder, or the one that the options name into a file."""
        wanted = wanted_tables(options.table)
        with ExitStack() as stack:
            sheets = {
                name: stack.enter_context(
                    Sheet(target.open("" if options.table else f"{name}.csv"), columns_of(name))
                )
                for name in wanted
            }
            for name, cells in ledger_rows(stock, frozenset(wanted)):
                sheets[name].write(cells)
        return Written(sheets[options.table or CLAIMS.name].rows)
