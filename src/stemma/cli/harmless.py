"""Report text made harmless for a terminal: reports are written by others, some of them hostile."""

from __future__ import annotations

import json
from typing import Final

BIDI: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Embeddings, overrides and isolates: they make text read otherwise than it is stored."""

SEPARATORS: Final = (0x2028, 0x2029)
TAGS: Final = range(0xE0000, 0xE0080)
"""Invisible characters that can carry a hidden text."""

FILLERS: Final = (0x00AD, 0x200B, 0x2060, 0xFEFF)
"""Soft hyphen, zero-width space and their like: common in web pages, nothing to see. ZWJ, ZWNJ and
the plain direction marks stay as they are: Persian and Arabic need them."""

_SHOWN: Final = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "␡",
    **{code: f"⟨U+{code:04X}⟩" for code in (*range(0x80, 0xA0), *BIDI, *TAGS, *range(0xD800, 0xE000))},
    **dict.fromkeys(FILLERS, ""),
}
_LINES: Final = {**_SHOWN, 0x0A: "\n", 0x09: "    ", **dict.fromkeys(SEPARATORS, "\n")}
_LINE: Final = {**_SHOWN, 0x0A: " ", 0x09: " ", 0x0D: " ", **dict.fromkeys(SEPARATORS, " ")}
_SCREEN_JSON: Final = {
    code: json.dumps(chr(code))[1:-1] if code > 0x7F else f"\\u{code:04x}"
    for code in (*range(0x7F, 0xA0), *BIDI, *TAGS, *SEPARATORS)
}


def harmless(text: str) -> str:
    """`text` as one line: control characters, escapes and direction overrides become visible signs."""
    return text.translate(_LINE)


def harmless_lines(text: str) -> str:
    """As `harmless`, but line breaks stay."""
    return text.translate(_LINES)


def harmless_json(wire: str) -> str:
    """The same JSON value, with every character escaped that a terminal might obey."""
    return wire.translate(_SCREEN_JSON)
