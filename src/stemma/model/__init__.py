"""The nouns: one frozen type per file, hashed by content, with one wire form."""

from stemma.model.base import Noun, hash_bytes
from stemma.model.claim import Claim
from stemma.model.coding import Coding
from stemma.model.count import Count
from stemma.model.document import Document
from stemma.model.entity import Entity
from stemma.model.evidence import Evidence
from stemma.model.header import Header
from stemma.model.incident import (
    ClaimAt,
    Dispute,
    Incident,
    Merging,
    Origin,
    Origins,
    Statement,
    Version,
)
from stemma.model.judgement import Judgement, standing
from stemma.model.lineage import Alignment, Dependence, Descent, Dispatch, Lineage
from stemma.model.mention import Mention
from stemma.model.note import Note
from stemma.model.passage import Passage
from stemma.model.place import OtherPlace, Place, Precision
from stemma.model.record import Record
from stemma.model.refusal import Refusal
from stemma.model.report import Report
from stemma.model.source import Reading, Source
from stemma.model.span import Span
from stemma.model.tie import EntityAt, Party, Tie
from stemma.model.time import Time
from stemma.model.vocabulary import (
    MODES,
    TIES,
    Certainty,
    ClaimType,
    Counted,
    EntityKind,
    PassageKind,
    Role,
    SourceKind,
    Status,
)

__all__ = [
    "MODES",
    "TIES",
    "Alignment",
    "Certainty",
    "Claim",
    "ClaimAt",
    "ClaimType",
    "Coding",
    "Count",
    "Counted",
    "Dependence",
    "Descent",
    "Dispatch",
    "Dispute",
    "Document",
    "Entity",
    "EntityAt",
    "EntityKind",
    "Evidence",
    "Header",
    "Incident",
    "Judgement",
    "Lineage",
    "Mention",
    "Merging",
    "Note",
    "Noun",
    "Origin",
    "Origins",
    "OtherPlace",
    "Party",
    "Passage",
    "PassageKind",
    "Place",
    "Precision",
    "Reading",
    "Record",
    "Refusal",
    "Report",
    "Role",
    "Source",
    "SourceKind",
    "Span",
    "Statement",
    "Status",
    "Tie",
    "Time",
    "Version",
    "hash_bytes",
    "standing",
]
