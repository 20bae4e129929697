"""A person who is killed and acts or speaks afterwards, or is the source of the own death."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stemma.extract.checks.view import Placed, View, first_day, is_held, last_day
from stemma.model import Claim, ClaimType, Counted, EntityKind, Note, Role

_DEADLY_MODES = frozenset({"assassination", "execution"})
_DEADLY = re.compile(
    r"(?i)\b(?:kill(?:s|ed|ing)?|murder(?:s|ed|ing)?|assassinat\w+|execut\w+|behead\w+|slain|slay\w*|dead"
    r"|deaths?|died|dies|dying|hang(?:s|ed|ing)?|martyred)\b"
)


def find_dead_acting(view: View) -> Iterator[Placed]:
    """A note for each claim in which a dead person speaks or acts later, by the times the report gives.

    Words of the dead from before are quoted every day, therefore a claim counts only where its own time
    begins after the death, or where it is the claim of the death itself.
    """
    deaths = [(claim, person) for claim in view.held() for person in killed(view, claim)]
    for death, person in deaths:
        name = view.label(person)
        if any(source.entity == person for source in death.sources):
            text = f"{name} is killed in this claim and is given as its source."
            yield death.id, Note(code="dead-source", text=text)
        over = last_day(death.time)
        for claim in view.coding.claims:
            start = first_day(claim.time)
            if claim is death or over is None or start is None or start <= over or not is_held(claim):
                continue
            speaks = any(source.entity == person for source in claim.sources)
            acts = person in claim.parties(Role.ACTOR) and not claim.type.is_tie
            if speaks or acts:
                did = "speaks" if speaks else "acts"
                text = f"{name} {did} here on {start} or later, and was killed by {over}, as {death.id} says."
                yield claim.id, Note(code="dead-acts", text=text)


def killed(view: View, claim: Claim) -> tuple[str, ...]:
    """The persons, each one human, whom a claim says to be killed."""
    if claim.type is not ClaimType.ASSAULT:
        return ()
    people = dict.fromkeys((*claim.parties(Role.VICTIM), *claim.parties(Role.RECIPIENT)))
    deadly = claim.mode in _DEADLY_MODES or bool(_DEADLY.search(claim.trigger))
    found = []
    for person in people:
        entity = view.entity(person)
        counts = [count for count in claim.counts if count.entity == person]
        dead = [count for count in counts if count.what is Counted.KILLED and count.low]
        hurt = any(count.what is not Counted.KILLED for count in counts)
        if entity and entity.kind is EntityKind.PERSON and (dead or (deadly and not hurt)):
            found.append(person)
    return tuple(found)
