"""The options of reading."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How reports become documents.

    `max_bytes`: a larger report is refused (a day's newspaper is under 1 MiB of text; 20 MiB leaves
    room for any real page). `detect_language`: fill `Document.language` where the header is silent.
    `ocr`: the languages, as tesseract calls them (`eng`, `ara+eng`), in which the text of a PDF's pages that
    are pictures is recognised; empty for not at all. `ocr_seconds`: what recognising one report may take;
    `ocr_mib`: memory that the process which does it may take.
    """

    max_bytes: int = 20 * MEBIBYTE
    detect_language: bool = True
    ocr: str = ""
    ocr_seconds: float = 600.0
    ocr_mib: int = 2048

    def telling(self) -> dict[str, Any]:
        """The options on which documents depend; what only recognition needs is left out where there is none,
        so that a report is the same unit of work as before there was recognition."""
        found = asdict(self)
        if not self.ocr:
            found = {name: value for name, value in found.items() if not name.startswith("ocr")}
        return found
