"""What an extraction engine provides."""

from __future__ import annotations

from typing import Protocol

from stemma.model import Coding, Document


class Engine(Protocol):
    """Finds the claims of a document. The same document always gives the same coding."""

    @property
    def name(self) -> str:
        """The engine's name, as on the wire."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same document may be coded differently."""
        ...

    def extract(self, document: Document) -> Coding:
        """The entities and claims of `document`, every value with its offsets."""
        ...
