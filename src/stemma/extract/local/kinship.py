"""What the lexicon knows of parts and wholes, used only to choose among parties that the sentence names."""

from __future__ import annotations

from collections.abc import Iterable

from stemma.extract.local.decode import Draft, Link
from stemma.extract.local.parties import Parties, known_actor
from stemma.extract.local.scores import Scores
from stemma.lexicon.actors import actor_of
from stemma.model import EntityKind, Role

ASSUMED = 0.5
"""The score of a party that the lexicon chose; the network did not."""


def settle_parts(draft: Draft, parties: Parties, scores: Scores, mentions: Iterable[int]) -> list[Link]:
    """The links of a PART_OF draft, its parties put right where its sentence names a known part and its
    known whole (Qassam Brigades, Hamas) and the network paired others.

    Of several such pairs the one nearest to the trigger counts; `mentions` are spans of the report.
    """
    sentence = scores.words.sentence
    here = [
        (index, actor)
        for index in mentions
        if sentence[scores.spans.starts[index]] == sentence[draft.start]
        and (actor := known_actor(scores.words_of(index)[0], EntityKind.GROUP))
    ]
    pairs = [
        (abs(int(scores.spans.starts[part]) - draft.start), part, whole)
        for part, one in here
        if (known := actor_of(one)) and known.parent
        for whole, other in here
        if other == known.parent and parties.number(part) != parties.number(whole)
    ]
    if not pairs:
        return draft.links
    _, part, whole = min(pairs)
    kept = [link for link in draft.links if link.label not in (Role.ACTOR, Role.TO)]
    return [*kept, Link(part, Role.ACTOR, ASSUMED), Link(whole, Role.TO, ASSUMED)]
