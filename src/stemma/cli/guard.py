"""How every command ends: one line for a fault, silence for a closed pipe, and the right status."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import ParamSpec

import typer

from stemma.cli.consoles import say
from stemma.errors import StemmaError

P = ParamSpec("P")


class Status(IntEnum):
    """The exit statuses of all commands."""

    DONE = 0
    SOME_REFUSED = 1
    USAGE = 2
    ENDED = 3
    STOPPED = 130


def guarded(command: Callable[P, Status]) -> Callable[P, None]:
    """The command with every way out mapped to a status, and never a traceback for a user's fault."""

    @wraps(command)
    def guard(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            status = command(*args, **kwargs)
            sys.stdout.flush()
        except StemmaError as error:
            say(f"stemma: {error.line()}")
            status = Status.USAGE
        except KeyboardInterrupt:
            say("stopped")
            status = Status.STOPPED
        except BrokenPipeError:
            _swallow_output()
            status = Status.DONE
        except OSError as error:
            say(f"stemma: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}")
            _swallow_output()
            status = Status.USAGE
        raise typer.Exit(int(status))

    del guard.__annotations__["return"]
    return guard


def _swallow_output() -> None:
    """The reader of a pipe (`head`) has what it wanted; Python's last flush must not complain."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError, io.UnsupportedOperation):
        pass
