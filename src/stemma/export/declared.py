"""How a format declares its losses: one table of what is lost, one of what is kept in part."""

from __future__ import annotations

from collections.abc import Mapping

from stemma.export.protocol import Loss


def losses_of(lost: Mapping[str, str], part: Mapping[str, str]) -> tuple[Loss, ...]:
    """The losses of two tables of path and reason, in the order of their paths.

    A reason may serve several paths: the key then holds them, with spaces between.
    """
    found = [Loss(path, reason) for paths, reason in lost.items() for path in paths.split()]
    found += [Loss(path, reason, part=True) for paths, reason in part.items() for path in paths.split()]
    return tuple(sorted(found, key=lambda loss: loss.value))


def below(prefix: str, names: str) -> str:
    """`names` below `prefix`, as one key: `below("codings", "title url")`."""
    return " ".join(f"{prefix}.{name}" for name in names.split())
