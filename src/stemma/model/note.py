"""A note: something a reader of a document or a claim should know and the program did not mend."""

from __future__ import annotations

from pydantic import Field

from stemma.model.base import Noun


class Note(Noun):
    """`code` is stable and short (`mojibake-repaired`, `no-date`), `text` one plain sentence."""

    code: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    text: str
