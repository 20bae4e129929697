"""What the formats of graphs, maps and the web share: names, chains and hedges as words, and safe JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from stemma.model import Certainty, Claim, ClaimAt, Coding, Entity, Place, Role, Source, Status, Time

STEERING: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
"""Marks that steer the direction of text: they make it read otherwise than it is stored."""

HIDDEN: Final = (*range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xE0000, 0xE0080))
_UNSEEN: Final = (*(code for code in range(0x20) if code not in (0x09, 0x0A)), *STEERING, *HIDDEN)
_SHOWN: Final = {code: f"⟨U+{code:04X}⟩" for code in _UNSEEN}
_JSON: Final = {code: json.dumps(chr(code))[1:-1] for code in (*STEERING, *HIDDEN)}
_MARKUP: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
_LONGEST_LABEL: Final = 120


def safe_json(value: Any) -> str:
    """`value` as one line of JSON: the same value, but no character in it steers or hides text.

    `<`, `>` and `&` are escaped too, so that the line may stand within a page.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate({**_JSON, **_MARKUP})


def visible(text: str) -> str:
    """`text` with every control and direction character as a sign (`⟨U+202E⟩`); breaks and tabs stay."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """`text` in one line, control and direction characters as signs."""
    return visible(" ".join(text.split()))


def shortened(text: str) -> str:
    """`text` in one line of at most 120 characters, for a label."""
    line = one_line(text)
    return line if len(line) <= _LONGEST_LABEL else line[: _LONGEST_LABEL - 1] + "…"


def web_address(url: str | None) -> str | None:
    """`url` where it is a plain address of the web, else null: a report may give `javascript:`."""
    if url is None or any(sign.isspace() or ord(sign) < 0x21 or ord(sign) in _SHOWN for sign in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def at_path(at: ClaimAt) -> str:
    """The wire path of a claim, `REPORT#CLAIM`."""
    return f"{at.report}#{at.claim}"


def entities_of(coding: Coding) -> Mapping[str, Entity]:
    """The entities of a coding by id; of two with one id the first."""
    found: dict[str, Entity] = {}
    for entity in coding.entities:
        found.setdefault(entity.id, entity)
    return found


def labels(claim: Claim, role: Role, entities: Mapping[str, Entity]) -> list[str]:
    """The labels of a role's entities; an id without an entity stands for itself."""
    return [label_of(party, entities) for party in claim.parties(role)]


def label_of(party: str, entities: Mapping[str, Entity]) -> str:
    """The label of an entity by its id; an id without an entity stands for itself."""
    return entities[party].label if party in entities else party


def claim_label(claim: Claim, entities: Mapping[str, Entity]) -> str:
    """A claim as a short title, without its evidence: `ASSAULT shelling: rebels → a market`."""
    kind = f"{claim.type} {claim.mode}" if claim.mode else str(claim.type)
    doers = ", ".join(labels(claim, Role.ACTOR, entities))
    done_to = (Role.RECIPIENT, Role.VICTIM, Role.TO, Role.OBJECT)
    others = next((found for role in done_to if (found := labels(claim, role, entities))), [])
    parties = " → ".join(part for part in (doers, ", ".join(others)) if part)
    return shortened(f"{kind}: {parties}" if parties else kind)


def ultimate(claim: Claim) -> list[Source]:
    """The ultimate sources of a claim: the first of its chain and those beside it."""
    found = list(claim.sources[:1])
    for source in claim.sources[1:]:
        if not source.parallel:
            break
        found.append(source)
    return found


def chain_words(sources: Sequence[Source]) -> str:
    """A chain in words, the ultimate source first: `the army + residents → State television`."""
    words = ""
    for source in sources:
        text = one_line(source.text)
        if source.kind.value == "anonymous":
            text += " (anonymous)"
        words += (" + " if source.parallel else " → ") + text if words else text
    return words


def hedge_words(claim: Claim) -> str:
    """How the report holds back, in words: `reportedly (probable); said not to have happened`."""
    parts = []
    if claim.certainty is not Certainty.CERTAIN:
        parts.append(str(claim.certainty))
    if claim.negated:
        parts.append("said not to have happened")
    if claim.status in (Status.FUTURE, Status.HYPOTHETICAL):
        parts.append(str(claim.status))
    cue = f" (“{one_line(claim.cue)}”)" if claim.cue else ""
    return "; ".join(parts) + cue if parts else cue.strip()


def time_words(time: Time | None) -> str:
    """When, in words: `in December (2016-12 to 2016-12)`; empty where no time is said."""
    if time is None:
        return ""
    ends = [end for end in (time.start, time.end) if end]
    return f"{one_line(time.text)} ({' to '.join(dict.fromkeys(ends))})" if ends else one_line(time.text)


def place_words(place: Place | None) -> str:
    """Where, with the larger units where they are known; empty where no place is said."""
    return one_line(place.canonical or place.text) if place else ""


def joined(parts: Iterable[str | None], by: str = "; ") -> str:
    """The parts that say something, joined."""
    return by.join(part for part in parts if part)
