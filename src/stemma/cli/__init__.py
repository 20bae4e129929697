"""The commands. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys

__all__ = ["main"]


def main() -> None:
    """Runs the command line; ends the process with status 0, 1, 2 or 130."""
    # The heads' products are small: a second thread of numpy's only waits for the first, and on a machine
    # that does other work besides they took four times as long. It must be said before numpy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from stemma.cli.app import app

        app(prog_name="stemma")
    except KeyboardInterrupt:
        # Before a command has begun; later the command's own guard answers.
        sys.stderr.write("stopped\n")
        sys.exit(130)
