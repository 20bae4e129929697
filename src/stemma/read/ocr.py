"""Text recognition for pages of PDF that are pictures, by tesseract, in a process that is bounded.

What draws and recognises hostile pages is a process of its own (`stemma.read.recognising`), so that its time
and its memory have an end whatever a page does.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from stemma.errors import ReadError
from stemma.read.options import ReadOptions

PROGRAM: Final = "tesseract"
LANGUAGES: Final = re.compile(r"[A-Za-z][\w/-]{0,40}(?:\+[A-Za-z][\w/-]{0,40}){0,9}")
MOST_PAGES: Final = 200
"""Pages of one PDF whose text is recognised, at most."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of each page whose text was recognised, by the page's number from 0; pages that were not."""

    lines: dict[int, list[str]] = field(default_factory=dict)
    left: tuple[int, ...] = ()
    why: str = ""


def check_ocr(languages: str, where: str) -> None:
    """Raises `ReadError`, in one line what to install, where these languages cannot be recognised."""
    if not LANGUAGES.fullmatch(languages):
        raise ReadError(
            f"{languages!r} is no language of tesseract's",
            where=where,
            mend="give its code, as eng, or several, as ara+eng",
            code="no-ocr",
        )
    if shutil.which(PROGRAM) is None:
        raise ReadError(
            "recognising text needs the program tesseract",
            where=where,
            mend="install it: apt install tesseract-ocr, or brew install tesseract",
            code="no-ocr",
        )
    known = _installed()
    missing = [one for one in languages.split("+") if one not in known]
    if missing:
        raise ReadError(
            f"tesseract has no language {', '.join(missing)}, only {', '.join(sorted(known))}",
            where=where,
            mend=f"install it: apt install {' '.join(f'tesseract-ocr-{_package(one)}' for one in missing)}",
            code="no-ocr",
        )


def recognise(content: bytes, pages: list[int], options: ReadOptions, where: str) -> Recognised:
    """The text of these pages of a PDF, as far as the time allows; raises `ReadError` without tesseract."""
    check_ocr(options.ocr, where)
    asked, left = pages[:MOST_PAGES], pages[MOST_PAGES:]
    why = f"only {MOST_PAGES} pages of a PDF are recognised" if left else ""
    lines: dict[int, list[str]] = {}
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", "stemma.read.recognising", options.ocr, str(options.ocr_mib),
             ",".join(map(str, asked))],
            stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    ended = threading.Timer(options.ocr_seconds, _kill, (process,))
    ended.start()
    assert process.stdout is not None
    try:
        for line in process.stdout:
            with suppress(ValueError):
                number, text = json.loads(line)
                lines[number] = text.splitlines()
        code = process.wait()
    finally:
        in_time = ended.is_alive()
        ended.cancel()
        _kill(process)
        process.wait()
        process.stdout.close()
    missing = [number for number in asked if number not in lines]
    if missing:
        why = f"they took longer than {options.ocr_seconds:g} seconds"
        if in_time:
            why = f"recognising them failed (status {code})" if code else "recognising them failed"
    return Recognised(lines, tuple(sorted([*missing, *left])), why)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and what it started; it began a session of its own."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


@cache
def version() -> str:
    """The version of tesseract."""
    said = _asked("--version").split()
    return said[1] if len(said) > 1 else "of an unknown version"


@cache
def _installed() -> frozenset[str]:
    return frozenset(line.strip() for line in _asked("--list-langs").splitlines()[1:] if line.strip())


def _asked(option: str) -> str:
    done = subprocess.run([PROGRAM, option], capture_output=True, text=True, check=False, timeout=60)
    return done.stdout or done.stderr


def _package(language: str) -> str:
    return language.lower().replace("_", "-")
