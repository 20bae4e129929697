"""The command as a process of its own: start-up, pipes and streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stemma.version import __version__


def run(*args: str, code: str = "from stemma.cli import main; main()") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, check=False, timeout=60
    )


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"stemma {__version__}\n")


def test_help_loads_no_model_and_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from stemma.cli import main\n"
        "try:\n    main()\n"
        "finally:\n"
        "    heavy = {'onnxruntime', 'numpy', 'sqlalchemy', 'trafilatura', 'stemma.model', 'stemma.run'}\n"
        "    print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = run("--help", code=code)
    assert done.returncode == 0
    assert done.stderr.strip() == "[]"
    for command in ("read", "add", "claims", "show", "status"):
        assert command in done.stdout


def test_an_unknown_command_is_wrong_usage() -> None:
    done = run("reed")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_module_call(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stemma", "status", "--casebook", str(tmp_path / "none")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


FAKE = """
import stemma.extract
from stemma.model import Coding

class Fake:
    name, version = "fake", "1"
    def extract(self, document):
        return Coding(report=document.report)

stemma.extract.find_engine = lambda options: Fake()
from stemma.cli import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_bar_on_the_terminal_leaves_the_results_alone(tmp_path: Path) -> None:
    import pty

    for number in range(3):
        (tmp_path / f"r{number}.txt").write_text(
            f"Note {number}\n\nThe harbour was quiet all day, and the ferry left on time in the morning.\n"
        )
    (tmp_path / "r3.txt").write_text("")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", FAKE, "read", str(tmp_path), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"},
    )
    os.close(theirs)
    out, _ = process.communicate(timeout=60)
    told = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so where the other side has gone
            break
        if not piece:
            break
        told += piece
    os.close(ours)
    assert process.returncode == 1
    assert [json.loads(line)["report"] for line in out.splitlines()] == ["r0", "r1", "r2"]
    words = told.decode()
    assert "━" in words
    assert "3 reports read, 1 refused, 0 claims" in words
    assert "\x1b[?25h" in words, "the cursor is shown again"
