"""Marks of a picture as SVG text: escaped, one line each, coloured by classes of the desk's sheet.

Every picture of the desk is drawn from these. Colours stand in `desk/static/pictures.css`, so that one
drawing serves light, dark and print; a saved file takes them along (`desk/static/saving.js`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stemma.show.tree_svg import LETTER, SMALL_LETTER, clean

__all__ = ["LETTER", "SMALL_LETTER", "clean", "curve_label", "element", "link", "picture", "text", "title"]

Value = str | int | float | None
XLINK: Final = "http://www.w3.org/1999/xlink"


def element(name: str, content: str = "", /, **attributes: Value) -> str:
    """One element; `content` is markup that is safe already, attributes are escaped, those of None left out.

    Underscores in names stand for hyphens, a last one for nothing: `class_="bar"`, `text_anchor="end"`.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def text(x: float, y: float, words: str, class_: str, fit: float | None = None, **more: Value) -> str:
    """Words at a point, cut with … where they would be longer than `fit` pixels (at 13 px a letter)."""
    letters = None if fit is None else int(fit / LETTER)
    return element("text", clean(words, letters), x=x, y=y, class_=class_, **more)


def title(*lines: str) -> str:
    """What a pointer shows and a screen reader says of the mark that this stands in."""
    told = " · ".join(line for line in lines if line)
    return element("title", clean(told)) if told.strip() else ""


def link(address: str | None, content: str, **attributes: Value) -> str:
    """`content` as a link within the desk; as a plain group where there is no address."""
    if not address:
        return element("g", content, **attributes)
    return element("a", content, href=address, **attributes)


def picture(name: str, width: float, height: float, label: str, lines: Iterable[str]) -> str:
    """The whole picture: `name` is its id in the page, `label` what it is called where it is not seen."""
    head = element("title", clean(label), id=f"{name}-title")
    body = "\n".join((head, *lines))
    return element(
        "svg", "\n" + body + "\n",
        xmlns="http://www.w3.org/2000/svg", id=name, class_="picture", role="group",
        aria_labelledby=f"{name}-title", width=width, height=height,
        viewBox=f"0 0 {_value(width)} {_value(height)}",
    )  # fmt: skip


def curve_label(words: str, x: float, y: float, class_: str) -> str:
    """Words in the middle of a line, with a halo so that they can be read on it."""
    return element("text", clean(words), x=x, y=y, class_=class_, text_anchor="middle")


def _value(value: str | int | float | None) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return clean(str(value))
