"""An entity: who or what the mentions of one report refer to."""

from __future__ import annotations

from stemma.model.base import Noun
from stemma.model.mention import Mention
from stemma.model.note import Note
from stemma.model.vocabulary import EntityKind


class Entity(Noun):
    """A party, place or thing of one report.

    `names` holds every wording, the fullest first; `canonical` the common full name outside this
    report where there is one. `mentions` are the places of the wordings in the document. `notes` say of
    each name why it is taken for this entity's (`names-merged`).
    """

    id: str
    kind: EntityKind
    names: tuple[str, ...]
    canonical: str | None = None
    mentions: tuple[Mention, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def label(self) -> str:
        """The name to show: the canonical one, else the fullest of the report."""
        return self.canonical or (self.names[0] if self.names else self.id)
