"""Any text within XML 1.0: what XML forbids is written as a sign that can be turned back."""

from __future__ import annotations

import re
from typing import Final

from stemma.export.phrases import HIDDEN, STEERING

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that no XML 1.0 document may hold, not even as a reference (W3C XML 1.0, 2.2)."""

_LOOKALIKE: Final = re.compile(r"_(?=x[0-9A-F]{4}_)")
_MARKED: Final = re.compile(r"_x([0-9A-F]{4})_")
_REFERENCES: Final = {
    **{code: f"&#x{code:X};" for code in (0x09, 0x0A, 0x0D, *STEERING, *HIDDEN)},
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
}


def xml_text(text: str) -> str:
    """`text` for an element or a quoted attribute.

    A forbidden character becomes `_xHHHH_`, and a `_` that would look like one `_x005F_` (the convention of
    ECMA-376 for strings, `ST_Xstring`); breaks and marks of direction become references.
    """
    kept = _LOOKALIKE.sub("_x005F_", text)
    return _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", kept).translate(_REFERENCES)


def from_xml_text(text: str) -> str:
    """The text that `xml_text` wrote, once a parser has undone the references."""
    return _MARKED.sub(lambda found: chr(int(found[1], 16)), text)
