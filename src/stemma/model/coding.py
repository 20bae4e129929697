"""A coding: the entities and claims of one report, the unit on the wire."""

from __future__ import annotations

import datetime

from stemma.model.base import Noun
from stemma.model.claim import Claim
from stemma.model.entity import Entity
from stemma.model.note import Note


class Coding(Noun):
    """What one engine (or one person) found in one document.

    `stemma read --format json` writes one per report; the form is a superset of the coding
    guidelines' `{report, outlet, published, entities, claims}`. `document_hash` is the content hash
    of the document that the offsets point into.
    """

    report: str
    outlet: str | None = None
    published: datetime.date | None = None
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    title: str | None = None
    url: str | None = None
    language: str | None = None
    agencies: tuple[str, ...] = ()
    document_hash: str | None = None
    engine: str | None = None
    engine_version: str | None = None
    notes: tuple[Note, ...] = ()

    def entity(self, id: str) -> Entity:
        """The entity of this id; raises `KeyError` where there is none."""
        for entity in self.entities:
            if entity.id == id:
                return entity
        raise KeyError(id)
