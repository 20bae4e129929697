"""The commands. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Runs the command line; ends the process with status 0, 1, 2 or 130."""
    from stemma.cli.app import app

    app(prog_name="stemma")
