"""A coding with the header of its document: the same whichever engine found the claims."""

from __future__ import annotations

from stemma.model import Claim, Coding, Document, Entity, Note


def coding_of(
    document: Document,
    entities: tuple[Entity, ...],
    claims: tuple[Claim, ...],
    *,
    engine: str,
    version: str,
    notes: tuple[Note, ...],
) -> Coding:
    """The coding of `document` by one engine of this version."""
    return Coding(
        report=document.report,
        outlet=document.outlet,
        published=document.published,
        entities=entities,
        claims=claims,
        title=document.title,
        url=document.url,
        language=document.language,
        agencies=document.agencies,
        document_hash=document.content_hash(),
        engine=engine,
        engine_version=version,
        notes=notes,
    )
