"""The local engine."""

from __future__ import annotations

from stemma.extract.options import ExtractOptions
from stemma.model import Coding, Document


class LocalEngine:
    """Codes a document with the shipped model."""

    name = "local"
    version = "0"

    def __init__(self, options: ExtractOptions) -> None:
        self.options = options

    def extract(self, document: Document) -> Coding:
        """The coding of `document`."""
        return Coding(
            report=document.report,
            outlet=document.outlet,
            published=document.published,
            title=document.title,
            url=document.url,
            language=document.language,
            agencies=document.agencies,
            document_hash=document.content_hash(),
            engine=self.name,
            engine_version=self.version,
        )
