"""The desk's pictures for a notebook or a file: one SVG each that brings its own colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from stemma.show.html import picture, whole

LIGHT: Final = {
    "ink": "#1d2126",
    "sheet": "#ffffff",
    "faint": "#586069",
    "line": "#d9d6ce",
    "rule": "#8b8f94",
    "blue": "#0b5f87",
    "blue-soft": "#dcedf5",
    "amber": "#8a4b00",
    "amber-soft": "#fdeccb",
    "red": "#a1241b",
    "focus": "#0b5f87",
    "sans": "system-ui,-apple-system,Segoe UI,Noto Sans,Liberation Sans,Arial,sans-serif",
}
"""The desk's colours by day: a saved picture stands on white, whatever surrounds it."""

_VARIABLE: Final = re.compile(r"var\(--([a-z-]+)\)")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: `svg` is one document that fetches nothing and runs nothing, `words` say what it shows."""

    svg: str
    words: str

    def _repr_html_(self) -> str:
        return whole([picture(self.svg, self.words)])


def standing_alone(svg: str) -> str:
    """A picture of the desk with the style that its page would give it."""
    head, _, rest = svg.partition(">")
    head = head.replace("<svg ", '<svg style="background:#ffffff" ', 1)
    return f"{head}><style>{_style()}</style>{rest}"


@cache
def _style() -> str:
    """The sheet of pictures (data of the desk: nothing of it is imported), its colours put in."""
    sheet = files("stemma").joinpath("desk", "static", "pictures.css").read_text("utf-8")
    own = dict(re.findall(r"--([a-z-]+):\s*([^;]+);", sheet.partition("@media")[0]))
    rules = sheet[sheet.index(".figure") :]
    return _VARIABLE.sub(lambda found: {**LIGHT, **own}.get(found[1], "inherit"), rules)
