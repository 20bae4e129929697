"""Judged reports as gold: the form of the coding guidelines, as training takes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stemma.desk.book import JudgementBook
from stemma.desk.reviewing import judged_coding
from stemma.errors import UsageError
from stemma.merge import Held
from stemma.model import Claim, Entity, hash_bytes
from stemma.store import Store

FOLDER: Final = "judged"
_SAFE: Final = re.compile(r"[^A-Za-z0-9._-]+|\.{2,}")
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One file to write: `path` is relative, of safe letters only, whatever the report's id is."""

    path: str
    content: str


def gold_files(held: Held) -> Iterator[GoldFile]:
    """The two files of one judged report: its coding, and its text."""
    name = _file_name(held.report)
    wire = gold_form(held, f"{FOLDER}/{name}")
    yield GoldFile(f"{FOLDER}__{name}.json", json.dumps(wire, ensure_ascii=False, indent=1) + "\n")
    yield GoldFile(f"text/{FOLDER}/{name}.txt", held.document.text)


def write_gold(folder: Path, reports: Iterator[Held]) -> int:
    """Writes the judged reports into `folder`; gives how many. Files of other reports stay."""
    if folder.exists() and not folder.is_dir():
        raise UsageError("is a file, not a folder", where=str(folder), mend="name a folder")
    count = 0
    for held in reports:
        for file in gold_files(held):
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.content, "utf-8", newline="")
        count += 1
    return count


def gold_form(held: Held, report: str) -> dict[str, Any]:
    """The coding in the form of the guidelines. What does not stand in the text is left open there."""
    coding, text = held.coding, held.document.text
    claims = [claim for claim in coding.claims if claim.evidence and claim.evidence in text]
    used = _used(claims)
    entities = [_entity(entity, text) for entity in coding.entities if entity.id in used]
    known = {entity["id"] for entity in entities}
    return {
        "report": report,
        "outlet": coding.outlet,
        "published": coding.published.isoformat() if coding.published else None,
        "entities": entities,
        "claims": [_claim(claim, text, known) for claim in claims],
    }


def _file_name(report: str) -> str:
    """Letters that every file system takes; the hash keeps two ids apart that look alike without theirs."""
    plain = _SAFE.sub("-", report).strip(".-")[:_LONGEST]
    return f"{plain or 'report'}-{hash_bytes(report.encode('utf-8', 'surrogatepass'))[:8]}"


def _used(claims: list[Claim]) -> set[str]:
    used = {party for claim in claims for parties in claim.roles.values() for party in parties}
    used |= {count.entity for claim in claims for count in claim.counts if count.entity}
    return used | {source.entity for claim in claims for source in claim.sources if source.entity}


def _entity(entity: Entity, text: str) -> dict[str, Any]:
    names = [name for name in entity.names if name in text]
    return {"id": entity.id, "kind": str(entity.kind), "names": names, "canonical": entity.canonical}


def _claim(claim: Claim, text: str, entities: set[str]) -> dict[str, Any]:
    def said(words: str | None) -> str | None:
        return words if words and words in text else None

    time, place = claim.time, claim.place
    return {
        "id": claim.id,
        "type": str(claim.type),
        "mode": claim.mode,
        "evidence": claim.evidence,
        "trigger": claim.trigger if claim.trigger in claim.evidence else "",
        "roles": {str(role): [p for p in parties if p in entities] for role, parties in claim.roles.items()},
        "counts": [
            {
                "entity": c.entity,
                "what": str(c.what),
                "text": said(c.text) or "",
                "low": c.low,
                "high": c.high,
            }
            for c in claim.counts
        ],
        "time": {"text": said(time.text) or "", "start": time.start, "end": time.end} if time else None,
        "place": {"text": said(place.text) or "", "canonical": place.canonical, "country": place.country}
        if place
        else None,
        "sources": [
            {
                "text": said(source.text) or "",
                "entity": source.entity if source.entity in entities else None,
                "kind": str(source.kind),
                "cue": said(source.cue),
                **({"parallel": True} if source.parallel else {}),
            }
            for source in claim.sources
        ],
        "status": str(claim.status),
        "negated": claim.negated,
        "certainty": str(claim.certainty),
        "cue": said(claim.cue),
    }


def judged_reports(store: Store, book: JudgementBook, person: str | None = None) -> Iterator[Held]:
    """The reports whose every claim has been judged, as the judgements (of `person` only) leave them."""
    for report, reviewed in sorted(book.reports(person).items()):
        try:
            document, coding = store.document(report), store.coding(report)
        except KeyError:
            continue
        if {claim.id for claim in coding.claims} <= reviewed:
            yield Held(document, judged_coding(document, coding, book.on(report, person)))
