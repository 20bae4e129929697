"""A claim: what a document says happened or holds, and who is said to say it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from stemma.model.base import Noun
from stemma.model.count import Count
from stemma.model.evidence import Evidence
from stemma.model.note import Note
from stemma.model.place import Place
from stemma.model.source import Reading, Source
from stemma.model.span import Span
from stemma.model.time import Time
from stemma.model.vocabulary import Certainty, ClaimType, Role, Status


class Claim(Noun):
    """One thing that a report says, in the form of the coding guidelines.

    `evidence` are the words that carry the claim and `span` their place; `trigger` the word that
    names the event. `roles` maps each role to ids of entities of the same coding, `role_spans` each
    role to the places of the words that name them here, in the same order. `score` is the engine's
    confidence in [0, 1]. `readings` are other chains that the words allow, the likeliest
    first. `notes` say what a reader should doubt.
    """

    id: str
    type: ClaimType
    mode: str | None = None
    evidence: str
    trigger: str
    roles: dict[Role, tuple[str, ...]] = Field(default={})
    counts: tuple[Count, ...] = ()
    time: Time | None = None
    place: Place | None = None
    sources: tuple[Source, ...] = ()
    readings: tuple[Reading, ...] = ()
    status: Status = Status.ACTUAL
    negated: bool = False
    certainty: Certainty = Certainty.CERTAIN
    cue: str | None = None
    span: Span | None = None
    trigger_span: Span | None = None
    cue_span: Span | None = None
    role_spans: dict[Role, tuple[Span, ...]] = Field(default={})
    score: float | None = None
    notes: tuple[Note, ...] = ()

    def parties(self, role: Role) -> tuple[str, ...]:
        """The ids of the entities in `role`; empty where nobody is named."""
        return self.roles.get(role, ())

    @property
    def hedged(self) -> bool:
        """True unless the report says plainly that it happened or holds."""
        plain = self.status in (Status.ACTUAL, Status.ONGOING)
        return self.negated or self.certainty is not Certainty.CERTAIN or not plain

    def grounds(self) -> Iterator[Evidence]:
        """Every value of this claim that has words of its own, with their place."""
        values: list[tuple[str, str | None, Span | None]] = [
            ("evidence", self.evidence, self.span),
            ("trigger", self.trigger, self.trigger_span),
            ("cue", self.cue, self.cue_span),
        ]
        if self.time:
            values.append(("time.text", self.time.text, self.time.span))
        if self.place:
            values.append(("place.text", self.place.text, self.place.span))
        for index, count in enumerate(self.counts):
            values.append((f"counts.{index}.text", count.text, count.span))
        for index, source in enumerate(self.sources):
            values.append((f"sources.{index}.text", source.text, source.span))
            values.append((f"sources.{index}.cue", source.cue, source.cue_span))
        for value, text, span in values:
            if text is not None and span is not None:
                yield Evidence(value=value, text=text, span=span)
