"""The commands. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Runs the command line; ends the process with status 0, 1, 2 or 130."""
    try:
        from stemma.cli.app import app

        app(prog_name="stemma")
    except KeyboardInterrupt:
        # Before a command has begun; later the command's own guard answers.
        sys.stderr.write("stopped\n")
        sys.exit(130)
