"""Every regular expression of the program, and texts that would trap it.

Run as a program: `patterns.py SIZE SECONDS` prints one line for each pattern that takes longer than that.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import stemma

COMMON = ["a", " ", "1", "\n", "-", "(", '"', "A", "a ", "A ", "1,", "\n ", "<", "a.", "–", "é", "said "]
"""Repeated against every pattern, beside what its own repeated parts take."""
ENDS = "\x01"
"""No pattern of ours takes it: what was matched so far has to be given back."""
FLAGS = {name: getattr(re, name) for name in ("I", "S", "M", "X", "A", "IGNORECASE", "DOTALL", "MULTILINE")}
STANDS_FOR = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_NOT_WORD: "-",
}


class TrappedError(Exception):
    """The clock of one pattern ran out."""


def all_patterns() -> dict[str, re.Pattern[Any]]:
    """Compiled patterns in modules, and those written out in a call of `re`, each with where it stands."""
    found: dict[tuple[Any, int], tuple[str, re.Pattern[Any]]] = {}
    for info in pkgutil.walk_packages(stemma.__path__, "stemma."):
        if ".versions" in info.name or info.name.endswith(("__main__", "migrations.env")):
            continue
        try:
            module = importlib.import_module(info.name)
        except ImportError:
            continue  # a part whose extra is not installed
        for name, value in vars(module).items():
            for pattern in _within(value, 0):
                found.setdefault((pattern.pattern, pattern.flags), (f"{info.name}.{name}", pattern))
    for path in sorted(Path(stemma.__path__[0]).rglob("*.py")):
        for where, pattern in _written_in(path):
            found.setdefault((pattern.pattern, pattern.flags), (where, pattern))
    return {f"{where} {str(pattern.pattern)[:60]!r}": pattern for where, pattern in found.values()}


def _within(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 3:
        return
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _within(one, depth + 1)
    elif isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from _within(one, depth + 1)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _within(getattr(value, one.name, None), depth + 1)


def _written_in(path: Path) -> Iterator[tuple[str, re.Pattern[Any]]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute)):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        said = [*node.args[1:], *(one.value for one in node.keywords)]
        flags = 0
        for word in re.findall(r"re\.([A-Z]+)", " ".join(map(ast.unparse, said))):
            flags |= FLAGS.get(word, 0)
        try:
            yield f"{path.name}:{node.lineno}", re.compile(ast.literal_eval(node.args[0]), flags)
        except (ValueError, TypeError, re.error):
            continue  # put together while the program runs, or no pattern at all


def texts_for(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Long repetitive texts: the common ones, and what the pattern's own loops take, behind its start too."""
    parts: dict[str, None] = {}
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    whole = _sample(parser.parse(source, pattern.flags), parts)
    for part in dict.fromkeys([*COMMON, *parts, *(f"{one} " for one in parts), whole]):
        if part:
            yield (part * (size // len(part) + 1))[:size] + ENDS
    for part in parts:
        for cut in range(1, min(len(whole), 8)):
            yield whole[:cut] + part * (size // len(part)) + ENDS


def _sample(nodes: Any, parts: dict[str, None]) -> str:
    """A text that the pattern (nearly) takes; what stands under an endless loop is put into `parts`."""
    return "".join(_one(code, value, parts) for code, value in nodes)


def _one(code: Any, value: Any, parts: dict[str, None]) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code in (codes.NOT_LITERAL, codes.ANY):
        return "b" if value == ord("a") else "a"
    if code is codes.IN:
        return _of_set(value)
    if code is codes.BRANCH:
        samples = [_sample(branch, parts) for branch in value[1]]  # all of them: each has its loops
        return samples[0]
    if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return _sample(value[-1] if code is codes.SUBPATTERN else value, parts)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        low, high, inner = value
        part = _sample(inner, parts)
        if part and high > 20:
            parts[part] = None
        return part * max(low, 1)
    return ""


def _of_set(items: Any) -> str:
    if items[0][0] is codes.NEGATE:
        taken = {chr(value) for code, value in items if code is codes.LITERAL}
        return next(one for one in "a1 -,.xé\u0627" if one not in taken)
    code, value = items[0]
    if code is codes.LITERAL:
        return chr(value)
    return chr(value[0]) if code is codes.RANGE else STANDS_FOR.get(value, "a")


def trapped(pattern: re.Pattern[Any], size: int, seconds: float) -> str | None:
    """The text of this size on which the pattern takes longer than so many seconds of processor."""

    def ring(*_: object) -> None:
        raise TrappedError

    signal.signal(signal.SIGVTALRM, ring)
    for text in texts_for(pattern, size):
        given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        try:
            pattern.match(given)
            pattern.fullmatch(given)
            pattern.search(given)
        except TrappedError:
            return text
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


if __name__ == "__main__":
    begin = time.process_time()
    checked = all_patterns()
    for where, one in checked.items():
        text = trapped(one, int(sys.argv[1]), float(sys.argv[2]))
        if text is not None:
            print(f"{where}: {text[:30]!r} …")
    print(f"{len(checked)} patterns, {time.process_time() - begin:.1f} s", file=sys.stderr)
