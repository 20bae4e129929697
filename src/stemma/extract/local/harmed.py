"""People whom violence harms are its victims; its recipient is what was attacked: forces, bodies, things."""

from __future__ import annotations

from dataclasses import replace

from stemma.extract.local.counted import is_harm
from stemma.extract.local.decode import Draft, Link
from stemma.extract.local.parties import Parties
from stemma.extract.local.scores import Scores
from stemma.model import EntityKind, Role


def settle_harmed(draft: Draft, parties: Parties, scores: Scores) -> list[Link]:
    """The links of an ASSAULT draft, people in the right one of two roles that the network confuses.

    Coded by hand (3,435 claims), 64 persons are victims of an assault and 6 its recipients; of people
    whom a word of harm ("killed", "executed") hits, 126 are victims, 7 of them recipients too. With
    other words ("attacks on civilians") both occur, seldom for the same people: there the network's
    choice stays, and victims go before recipients.
    """
    harm = is_harm(scores.place_of(draft.start, draft.end).of(scores.words.text))
    victims = {parties.number(link.span) for link in draft.links if link.label == Role.VICTIM}
    kept: list[Link] = []
    for link in draft.links:
        kind = parties.kind(link.span) if link.label == Role.RECIPIENT else None
        if kind in (EntityKind.PERSON, EntityKind.PEOPLE) and parties.number(link.span) in victims:
            continue
        if kind is EntityKind.PERSON or (kind is EntityKind.PEOPLE and harm):
            victims.add(parties.number(link.span))
            kept.append(replace(link, label=Role.VICTIM))
        else:
            kept.append(link)
    return kept
