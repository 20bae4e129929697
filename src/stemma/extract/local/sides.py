"""Who stands on which side of a claim, where its own words say it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from stemma.extract.local.decode import Draft, Link
from stemma.extract.local.scores import Scores
from stemma.model import ClaimType, Role

JOINED: Final = re.compile(r"(?i)-\s?(?:led|backed|supported|allied|aligned|held|controlled|run|ruled)\b")
"""Behind the hyphen of such a word stands what the party before it is to another."""
FIGHT: Final = re.compile(r"(?i)\b(?:clash|fighting|battle|combat|skirmish|firefight)")
BETWEEN: Final = re.compile(r"(?i)\b(?:broker|sponsor|mediat|host|overs|announc|visit|guarant)")
"""Those who bring two sides together, or visit a third, do it side by side."""
OPPOSITE: Final = {Role.ACTOR: Role.RECIPIENT, Role.RECIPIENT: Role.ACTOR}


def settle_sides(draft: Draft, kind: ClaimType, scores: Scores) -> list[Link]:
    """The links of a draft with its two sides as the codebook wants them.

    "US-led", "rebel-held": the party within the word is the actor, alone. A mutual act has one side as
    actor and the other as recipient: where the network puts two parties on one side and nobody on the
    other, the one named first is the actor.
    """
    words = scores.place_of(draft.start, draft.end).of(scores.words.text)
    links = _named_within(draft, scores) if JOINED.search(words) else draft.links
    mutual = kind.is_mutual and kind is not ClaimType.ALSO_KNOWN_AS
    if not mutual and not (kind is ClaimType.ASSAULT and FIGHT.search(words)):
        return links
    for role, other in OPPOSITE.items():
        mine = [link for link in links if link.label == role]
        if len(mine) < 2 or any(link.label == other for link in links) or BETWEEN.search(words):
            continue
        first = min(mine, key=lambda link: int(scores.spans.starts[link.span]))
        moved = [first] if role == Role.RECIPIENT else [link for link in mine if link is not first]
        return [replace(link, label=other) if link in moved else link for link in links]
    return links


def _named_within(draft: Draft, scores: Scores) -> list[Link]:
    """The links without actors that stand beside the word where one stands within it."""
    starts, ends = scores.spans.starts, scores.spans.ends
    within = [
        link
        for link in draft.linked(Role.ACTOR)
        if draft.start <= starts[link.span] and ends[link.span] <= draft.end
    ]
    return [link for link in draft.links if link.label != Role.ACTOR or not within or link in within]
