"""The units of an actor: what stands under it by the table of actors and by the claims of a casebook."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma.lexicon.actors import Actor, actor_key, actor_of, find_actors, parts_of
from stemma.model import Claim, ClaimType, Coding, Entity, EntityKind, Role, Status
from stemma.names.actor import is_unnamed
from stemma.store.protocol import Query, Store

BODIES: Final = frozenset(
    {EntityKind.GROUP, EntityKind.UNIT, EntityKind.GOVERNMENT, EntityKind.ORGANISATION, EntityKind.PERSON}
)
"""Who may stand under an actor: bodies, and the persons who lead them or belong to them."""
TIES: Final = (ClaimType.PART_OF.value, ClaimType.MEMBER_OF.value, ClaimType.LEADS.value)
HOW: Final = {ClaimType.PART_OF: "part of", ClaimType.MEMBER_OF: "in", ClaimType.LEADS: "leads"}

Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under an actor.

    `names` are all its names, the first to show; `under` what it stands under and `how` (`part of`, `leads`);
    `word` says on whose word: `the table of actors (ground)`, or the chain of a claim with its report.
    """

    names: tuple[str, ...]
    how: str
    under: str
    word: str

    @property
    def line(self) -> str:
        """The part in one line: `X: part of Y, by …`."""
        return f"{self.names[0]}: {self.how} {self.under}, by {self.word}"


def parts_in(store: Store, name: str, as_of: Span | None = None) -> tuple[Part, ...]:
    """Everything that stands under the actor called `name`, the actor itself not counted.

    `as_of` are the first and the last day of a time: ties that are known to be over before it, or to begin
    after it, are left out. A tie that a report gives without a time is taken as holding; its `word` says when
    the report came out. A name of several actors means all of them.
    """
    roots = find_actors(name)
    found: list[Part] = []
    known = {actor_key(each): name for each in (name, *(n for actor in roots for n in actor.names))}
    for root in roots:
        for actor in parts_of(root.canonical, as_of[0].year if as_of else None):
            if actor not in roots:
                found.append(_of_table(actor, root))
                known.update(dict.fromkeys(map(actor_key, actor.names), actor.canonical))
    ties = list(_ties(store, as_of))
    while True:
        new = [part for tie in ties for part in tie.parts(known)]
        if not new:
            return tuple(found)
        for part in new:
            if not any(actor_key(each) in known for each in part.names[:1]):
                found.append(part)
                known.update(dict.fromkeys(map(actor_key, part.names), part.names[0]))


def names_of(parts: tuple[Part, ...], name: str = "") -> tuple[str, ...]:
    """The names to look for, with and without the article: of the parts, and of the actor called `name`."""
    said = [*(n for actor in find_actors(name) for n in actor.names), *(n for p in parts for n in p.names)]
    bare = [each.removeprefix("the ").removeprefix("The ") for each in said]
    return tuple(dict.fromkeys(form for name in bare for form in (name, f"the {name}")))


def _of_table(actor: Actor, root: Actor) -> Part:
    member = next((m for m in actor.member_of), None)
    under = actor.parent or (member.of if member else root.canonical)
    years = (member.start, member.end) if member and member.of == under else (actor.start, actor.end)
    dated = f", {years[0] or '…'} to {years[1] or '…'}" if any(years) else ""
    ground = f" ({actor.ground})" if actor.ground else ""
    return Part(actor.names, "part of", under, f"the table of actors{dated}{ground}")


@dataclass(frozen=True, slots=True)
class _Tie:
    """One tie of a casebook, with all that it binds."""

    coding: Coding
    claim: Claim
    lower: tuple[Entity, ...]
    upper: tuple[Entity, ...]

    def parts(self, known: dict[str, str]) -> Iterator[Part]:
        """The new parts, where the upper end is known to be the actor or a part of it."""
        above = next((known[key] for entity in self.upper for key in _keys(entity) if key in known), None)
        if above is None:
            return
        for entity in self.lower:
            names = _names(entity)
            if names and actor_key(names[0]) not in known:
                yield Part(names, HOW[self.claim.type], above, _word(self.coding, self.claim))


def _ties(store: Store, as_of: Span | None) -> Iterator[_Tie]:
    for coding in store.codings(Query(types=TIES)):
        entities = {entity.id: entity for entity in coding.entities}
        for claim in coding.claims:
            if (
                claim.negated
                or claim.status not in (Status.ACTUAL, Status.ONGOING)
                or not _held(coding, claim, as_of)
            ):
                continue
            lower = tuple(
                entities[party]
                for party in claim.parties(Role.ACTOR)
                if party in entities and entities[party].kind in BODIES
            )
            if claim.type is ClaimType.LEADS:
                # "The Hamas-led alliance": a body that leads another is no part of it.
                lower = tuple(entity for entity in lower if entity.kind is EntityKind.PERSON)
            upper = tuple(entities[party] for party in claim.parties(Role.TO) if party in entities)
            yield _Tie(coding, claim, lower, upper)


def _held(coding: Coding, claim: Claim, as_of: Span | None) -> bool:
    """False only where the words say that the tie did not hold then."""
    ended = claim.status is Status.ACTUAL and claim.cue is not None
    time = claim.time if claim.time and (claim.time.start or claim.time.end) else None
    if as_of is None:
        return not ended
    first, last = (day.isoformat() for day in as_of)
    if time:
        begins_after = time.start is not None and time.start > last[: len(time.start)]
        ends_before = time.end is not None and time.end < first[: len(time.end)]
        # "Joined in 2012" is a tie that goes on; only one that is over is over at its end.
        return not begins_after and not (ended and ends_before)
    return not ended or coding.published is None or coding.published > as_of[1]


def _names(entity: Entity) -> tuple[str, ...]:
    """The names of one entity that name it and no sort of thing; a person's only where it is a full name."""
    names = [name for name in (entity.canonical, *entity.names) if name and not is_unnamed(name)]
    if entity.kind is EntityKind.PERSON:
        names = [name for name in names if " " in name and name[:1].isupper()]
    else:
        names = [name for name in names if any(letter.isupper() for letter in name)]
    return tuple(dict.fromkeys(names))


def _keys(entity: Entity) -> list[str]:
    names = [name for name in (entity.canonical, *entity.names) if name]
    actor = next((a for name in names if (a := actor_of(name))), None)
    return [actor_key(name) for name in [*names, *(actor.names if actor else ())]]


def _word(coding: Coding, claim: Claim) -> str:
    """`residents → North News, 2017-02-07 (north/first#c3)`."""
    voices = "".join(
        (" + " if source.parallel and number else " → " if number else "") + source.text
        for number, source in enumerate(claim.sources)
    )
    outlet = coding.outlet or "an outlet unknown"
    told = f"{voices} → {outlet}" if voices else outlet
    when = f", {coding.published}" if coding.published else ""
    own = f", of {claim.time.text!r}" if claim.time else ""
    return f"{told}{when}{own} ({coding.report}#{claim.id})"
