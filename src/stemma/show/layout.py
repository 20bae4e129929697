"""Where boxes go that lines join: the same for the same boxes and lines, without overlap, in bounded time."""

from __future__ import annotations

import math
from collections import deque
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

WIDER: Final = 1.35
LOWER: Final = 0.95


class Spacing(NamedTuple):
    """Pixels that a line should take before the picture is made wider than high, and room between boxes."""

    length: float
    pad_x: float
    pad_y: float


LOOSE: Final = Spacing(205.0, 84.0, 36.0)
"""The words of lines stand between the boxes."""
CLOSE: Final = Spacing(96.0, 22.0, 20.0)
"""Lines have no words. 141 parties of forty news reports are 1,430 pixels wide; with `LOOSE` 2,790."""
ROUNDS: Final = 80
"""Steps of majorisation. On 400 boxes and 1,100 lines 80 more take only 2 % off the stress."""
APART: Final = 120
GOLDEN: Final = math.pi * (3 - math.sqrt(5))
SHELF: Final = 1080.0
"""The width that groups of boxes which no line joins are packed to."""

Points = tuple[tuple[float, float], ...]
Floats = NDArray[np.float64]


@lru_cache(maxsize=32)
def place_boxes(
    boxes: tuple[tuple[float, float], ...], lines: tuple[tuple[int, int], ...], spacing: Spacing = LOOSE
) -> tuple[Points, float, float]:
    """The middles of the boxes (width, height) in pixels, and the width and height of the whole.

    Boxes that lines join are placed by stress majorisation (Gansner, Koren, North 2004: distances in the
    picture as near as can be to distances along lines), then pushed apart where they overlap; groups that
    no line joins are packed on shelves, the largest first.
    """
    if not boxes:
        return (), 0.0, 0.0
    near: list[set[int]] = [set() for _ in boxes]
    for one, other in lines:
        if one != other:
            near[one].add(other)
            near[other].add(one)
    middles = np.zeros((len(boxes), 2))
    sizes = np.array(boxes, dtype=float)
    x = y = shelf = width = 0.0
    groups = [(group, _place_group(group, near, sizes[group], spacing)) for group in _groups(near)]
    widest = max(float(np.max(spot[:, 0] + sizes[group][:, 0] / 2)) for group, spot in groups)
    for group, spots in groups:
        far = spots + sizes[group] / 2
        wide, high = float(far[:, 0].max()), float(far[:, 1].max())
        if x and x + wide > max(SHELF, widest):
            x, y, shelf = 0.0, y + shelf + spacing.pad_y, 0.0
        middles[group] = spots + np.array((x, y))
        x, shelf = x + wide + spacing.pad_x, max(shelf, high)
        width = max(width, x - spacing.pad_x)
    return tuple((round(a), round(b)) for a, b in middles.tolist()), round(width), round(y + shelf)


def _groups(near: list[set[int]]) -> list[list[int]]:
    """Boxes that lines join, each group from its box of most lines outwards; the largest group first."""
    groups, seen = [], set[int]()
    for start in sorted(range(len(near)), key=lambda one: (-len(near[one]), one)):
        if start in seen:
            continue
        seen.add(start)
        group, todo = [], deque([start])
        while todo:
            at = todo.popleft()
            group.append(at)
            for other in sorted(near[at], key=lambda one: (-len(near[one]), one)):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        groups.append(group)
    return sorted(groups, key=lambda group: (-len(group), group))


def _place_group(group: list[int], near: list[set[int]], sizes: Floats, spacing: Spacing) -> Floats:
    """The middles of one group's boxes, from (0, 0) on."""
    steps = np.arange(len(group))
    round_about = np.stack((np.cos(steps * GOLDEN), np.sin(steps * GOLDEN)), axis=1)
    spots = spacing.length * np.sqrt(steps)[:, None] * round_about
    if len(group) > 1:
        wanted = _distances(group, near) * spacing.length
        spots = _laid_flat(_majorise(spots, wanted)) * np.array((WIDER, LOWER))
    spots = _apart(spots, sizes, spacing)
    return np.asarray(spots - (spots - sizes / 2).min(axis=0))


def _distances(group: list[int], near: list[set[int]]) -> Floats:
    """How many lines lie between each two boxes."""
    place = {box: index for index, box in enumerate(group)}
    found = np.zeros((len(group), len(group)))
    for start in group:
        row = found[place[start]]
        seen, todo = {start}, deque([(start, 0)])
        while todo:
            at, steps = todo.popleft()
            row[place[at]] = steps
            for other in near[at]:
                if other not in seen:
                    seen.add(other)
                    todo.append((other, steps + 1))
    return found


def _majorise(spots: Floats, wanted: Floats) -> Floats:
    weights = np.zeros_like(wanted)
    weights[wanted > 0] = wanted[wanted > 0] ** -2
    total = weights.sum(axis=1)[:, None]
    for _ in range(ROUNDS):
        apart = spots[:, None, :] - spots[None, :, :]
        length = np.sqrt((apart**2).sum(axis=2))
        length[length < 1e-9] = 1e-9
        pull = (weights * wanted / length)[:, :, None] * apart
        spots = (pull.sum(axis=1) + weights @ spots) / total
    return spots


def _laid_flat(spots: Floats) -> Floats:
    """Turned so that it is longest from left to right."""
    centred = spots - spots.mean(axis=0)
    (a, b), (_, d) = centred.T @ centred
    angle = 0.5 * math.atan2(2 * b, a - d)
    cos, sin = math.cos(angle), math.sin(angle)
    return np.asarray(centred @ np.array(((cos, -sin), (sin, cos))))


def _apart(spots: Floats, sizes: Floats, spacing: Spacing) -> Floats:
    """Boxes that overlap are pushed apart the shorter way, both by half."""
    count = len(spots)
    room_x = (sizes[:, None, 0] + sizes[None, :, 0]) / 2 + spacing.pad_x
    room_y = (sizes[:, None, 1] + sizes[None, :, 1]) / 2 + spacing.pad_y
    order = np.sign(np.arange(count)[:, None] - np.arange(count)[None, :])
    for _ in range(APART):
        dx, dy = (spots[:, None, axis] - spots[None, :, axis] for axis in (0, 1))
        over_x, over_y = room_x - np.abs(dx), room_y - np.abs(dy)
        both = (over_x > 0.5) & (over_y > 0.5) & (order != 0)
        if not both.any():
            break
        sideways = both & (over_x < over_y)
        upright = both & ~sideways
        # One pair's push may be another's squeeze: a little more than half settles it.
        spots = (
            spots
            + 0.55
            * np.stack(
                (
                    (np.where(sideways, over_x, 0) * np.where(dx == 0, order, np.sign(dx))).sum(axis=1),
                    (np.where(upright, over_y, 0) * np.where(dy == 0, order, np.sign(dy))).sum(axis=1),
                ),
                axis=1,
            )
            / np.maximum(1, both.sum(axis=1))[:, None]
        )
    return spots
