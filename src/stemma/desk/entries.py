"""Free entry: what a person types, as a value on the wire; a `ValueError` says in one line what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from stemma.model import (
    Certainty,
    Claim,
    ClaimType,
    Coding,
    Counted,
    Document,
    Entity,
    EntityKind,
    SourceKind,
    Status,
    hash_bytes,
)

LONGEST: Final = 500
_KIND: Final = re.compile(r"^(.*?)\s*\(([a-z]+)\)$")
_DAY: Final = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_INTERVAL: Final = re.compile(rf"^(?:({_DAY})?\s*(?:\.\.|/| to )\s*({_DAY})?|({_DAY}))$")
_COUNT: Final = re.compile(
    r"^(?P<lead>at least |up to |about )?(?P<low>\d[\d,]*)(?:\s*(?:-|–| to )\s*(?P<high>\d[\d,]*))?"
    r"(?P<plus>\+)?(?:\s+(?P<what>[a-z]+))?$"
)
_PLACE: Final = re.compile(r"^(.*?)\s*\[([A-Za-z]{2})\]$")


@dataclass(slots=True)
class Entry:
    """The wire form of what was typed, and the entities that it brings along."""

    value: Any
    entities: list[Entity] = field(default_factory=list)


def read_entry(document: Document, coding: Coding, claim: Claim, path: str, typed: str) -> Entry:
    """What `typed` means as the value at `path`; raises `ValueError` where it means nothing."""
    typed = " ".join(typed.split())
    if not typed or len(typed) > LONGEST:
        raise ValueError(f"type 1 to {LONGEST} letters")
    if path.startswith("roles."):
        return _parties(document, coding, claim, path.partition(".")[2], typed)
    if path == "sources":
        return _chain(document, coding, typed)
    if path == "time":
        return Entry(_time(document, claim, typed))
    if path == "place":
        return Entry(_place(document, claim, typed))
    if path == "counts":
        return Entry([_count(claim, part.strip()) for part in typed.split(";") if part.strip()])
    if path == "negated":
        if typed.lower() not in ("yes", "no", "true", "false"):
            raise ValueError("type yes or no")
        return Entry(typed.lower() in ("yes", "true"))
    if path in _WORDS:
        word = typed.upper().replace(" ", "_") if path == "type" else typed.lower()
        known = _WORDS[path]
        hits = [own for own in known if own == word] or [own for own in known if own.startswith(word)]
        if len(hits) != 1:
            raise ValueError(f"{typed!r} is none of: {', '.join(known)}")
        return Entry(hits[0])
    return Entry(typed)  # the mode of a tie is free text, and so is a hedge word


_WORDS: Final = {
    "type": tuple(str(kind) for kind in ClaimType),
    "status": tuple(str(status) for status in Status),
    "certainty": tuple(str(certainty) for certainty in Certainty),
}


def find_or_make(document: Document, coding: Coding, name: str, kind: EntityKind | None = None) -> Entity:
    """The report's entity of this name, or a new one under an id made of the name."""
    wanted = name.casefold()
    for entity in coding.entities:
        if wanted in {known.casefold() for known in (*entity.names, entity.canonical or "")}:
            return entity
    # A name that the report has not is the common one outside it; the words are the report's own.
    stands = name in document.text
    made = "h" + hash_bytes(f"{coding.report}\0{wanted}".encode())[:10]
    if stands:
        return Entity(id=made, kind=kind or _guess(name), names=(name,))
    return Entity(id=made, kind=kind or _guess(name), names=(), canonical=name)


def _guess(name: str) -> EntityKind:
    """A bare guess of the kind: a person writes the right one in brackets, `Senn (person)`."""
    first = name.split(maxsplit=1)[0]
    return (
        EntityKind.GROUP
        if any(letter.isupper() for letter in name)
        else (EntityKind.PEOPLE if first.islower() else EntityKind.GROUP)
    )


def _parties(document: Document, coding: Coding, claim: Claim, role: str, typed: str) -> Entry:
    entry = Entry([])
    if typed.startswith("+"):
        entry.value = list(claim.wire()["roles"].get(role) or [])
        typed = typed[1:].strip()
    for part in filter(None, (part.strip() for part in typed.split(";"))):
        name, kind = part, None
        if (match := _KIND.match(part)) and match[2] in set(EntityKind):
            name, kind = match[1], EntityKind(match[2])
        entity = find_or_make(document, coding, name, kind)
        if entity not in coding.entities:
            entry.entities.append(entity)
        if entity.id not in entry.value:
            entry.value.append(entity.id)
    if not entry.value:
        raise ValueError("type a name")
    return entry


def _chain(document: Document, coding: Coding, typed: str) -> Entry:
    """`residents (anonymous) + the army (organisation) > State radio (outlet)`."""
    known = {source.text.casefold(): source for claim in coding.claims for source in claim.sources}
    sources = []
    for link in re.split(r"\s*(?:>|→)\s*", typed):
        for position, part in enumerate(re.split(r"\s+\+\s+", link)):
            match = _KIND.match(part.strip())
            kind = match[2] if match and match[2] in set(SourceKind) else None
            text = match[1] if match and kind else part.strip()
            if not text:
                raise ValueError(
                    "a voice of the chain is empty; write it as: residents (anonymous) > State radio (outlet)"
                )
            old = known.get(text.casefold())
            chosen = kind or (str(old.kind) if old else "organisation")
            at = document.text.find(text)
            sources.append(
                {
                    "text": text,
                    "entity": old.entity if old else None,
                    "kind": chosen,
                    "cue": old.cue if old else None,
                    "parallel": position > 0,
                    "span": {"start": at, "end": at + len(text)} if at >= 0 else None,
                }
            )
    return Entry(sources)


def _time(document: Document, claim: Claim, typed: str) -> dict[str, Any]:
    """An interval (`2016-02 to 2016-03`, `..2017`), or words of the report that say when."""
    match = _INTERVAL.match(typed)
    if match:
        start, end = (match[3], match[3]) if match[3] else (match[1], match[2])
        if not start and not end:
            raise ValueError("give one end at least, as 2016-02 to 2016-03")
        text = claim.time.text if claim.time else ""
        return {"text": text, "start": start, "end": end}
    at = document.text.find(typed)
    if at < 0:
        raise ValueError("write an interval, as 2016-02 to 2016-03, or words that stand in the report")
    from stemma.extract.value.times import read_time

    first, last = read_time(typed, document.published, around=claim.evidence)
    return {"text": typed, "start": first, "end": last, "span": {"start": at, "end": at + len(typed)}}


def _place(document: Document, claim: Claim, typed: str) -> dict[str, Any]:
    """`Rafah, Gaza Strip [PS]`: the country's code in square brackets, where it is known."""
    match = _PLACE.match(typed)
    name, country = (match[1], match[2].upper()) if match else (typed, None)
    first = name.split(",")[0].strip()
    at = document.text.find(first)
    if at < 0:
        text = claim.place.text if claim.place else ""
        return {"text": text, "canonical": name, "country": country}
    if country is None and claim.place is not None:
        country = claim.place.country
    span = {"start": at, "end": at + len(first)}
    return {"text": first, "canonical": name, "country": country, "span": span}


def _count(claim: Claim, typed: str) -> dict[str, Any]:
    """`14 killed`, `24-99 members`, `at least 30 injured`, `up to 5`."""
    match = _COUNT.match(typed.lower())
    if match is None:
        raise ValueError("write a count as: 14 killed; at least 30 injured; 24-99 members")
    low = int(match["low"].replace(",", "")[:12])
    high: int | None = int(match["high"].replace(",", "")[:12]) if match["high"] else low
    bottom: int | None = low
    lead = (match["lead"] or "").strip()
    if lead == "at least" or match["plus"]:
        high = None
    elif lead == "up to":
        bottom, high = None, low
    elif lead == "about":  # ten per cent, as the coding guidelines have it
        bottom, high = low - low // 10, low + low // 10
    what = match["what"] or "other"
    if what not in set(Counted):
        raise ValueError(f"{what!r} is none of: {', '.join(Counted)}")
    known = next((count for count in claim.counts if str(count.what) == what), None)
    words = match["low"] if match["low"] in claim.evidence else (known.text if known else "")
    return {
        "entity": known.entity if known else None,
        "what": what,
        "text": words,
        "low": bottom,
        "high": high,
    }
