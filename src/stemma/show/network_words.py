"""Where the words of a network's lines stand: beside their line, hiding nothing, or not at all."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]
"""A quadratic curve: its begin, its control point, its end."""
Room = tuple[float, float, float, float]
"""Left, top, right, bottom."""

ALONG: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where along a line its words may stand, the middle first."""
BESIDE: Final = (0.0, -17.0, 17.0)
"""Pixels that they may stand above or below the line."""
ABOVE: Final = 14
BELOW: Final = 13
"""Pixels that two rows of words reach above and below their point."""
CELL: Final = 96.0
"""Pixels of a square of the grid that what is taken is looked up in."""
AIR: Final = 3.0
"""Pixels left free around words: the widths of letters are estimates, and what touches is hard to read."""


class Sheet:
    """What is taken of a picture."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Room]] = {}

    def take(self, room: Room) -> None:
        """Nothing else is to stand here."""
        for cell in _cells_of(room):
            self._cells.setdefault(cell, []).append(room)

    def find(self, curve: Curve, wide: float) -> tuple[Point, bool]:
        """Where words of this width stand best, and whether they hide nothing there; then it is taken."""
        best, least = on_curve(curve, ALONG[0]), math.inf
        for beside in BESIDE:
            for share in ALONG:
                x, y = on_curve(curve, share)
                room = (x - wide / 2, y + beside - ABOVE, x + wide / 2, y + beside + BELOW)
                hidden = self._hidden(_with_air(room))
                if not hidden:
                    self.take(room)
                    return (x, y + beside), True
                if hidden < least:
                    best, least = (x, y + beside), hidden
        return best, False

    def _hidden(self, room: Room) -> float:
        near = {other for cell in _cells_of(room) for other in self._cells.get(cell, ())}
        return sum(_shared(room, other) for other in near)


def on_curve(curve: Curve, share: float) -> Point:
    """The point of the curve after this share of it."""
    (x0, y0), (x1, y1), (x2, y2) = curve
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2


def _with_air(room: Room) -> Room:
    return room[0] - AIR, room[1] - AIR, room[2] + AIR, room[3] + AIR


def _cells_of(room: Room) -> Iterator[tuple[int, int]]:
    for column in range(int(room[0] // CELL), int(room[2] // CELL) + 1):
        for row in range(int(room[1] // CELL), int(room[3] // CELL) + 1):
            yield column, row


def _shared(one: Room, other: Room) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
