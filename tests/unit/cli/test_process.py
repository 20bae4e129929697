"""The command as a process of its own: start-up, pipes and streams."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
