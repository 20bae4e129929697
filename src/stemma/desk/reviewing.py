"""A report as one person judged it: the coding with the person's values, and a state for each claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from stemma.desk.book import parts_of
from stemma.merge.judgements import apply_judgements
from stemma.merge.protocol import Held
from stemma.model import Coding, Document, Judgement


@dataclass(slots=True)
class State:
    """What a person decided about a claim: `verdict` is empty, `accept`, `reject`, `correct` or `add`."""

    verdict: str = ""
    values: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Review:
    """A report for one person. `coding` holds rejected claims too: they are shown struck out."""

    document: Document
    coding: Coding
    states: dict[str, State]

    def state(self, claim: str) -> State:
        """The state of a claim; an empty one where nothing was decided."""
        return self.states.get(claim) or State()

    @property
    def open_claims(self) -> tuple[str, ...]:
        """The claims without a verdict, in the coding's order."""
        return tuple(claim.id for claim in self.coding.claims if not self.state(claim.id).verdict)


def review(document: Document, coding: Coding, judgements: Sequence[Judgement]) -> Review:
    """The report under these standing judgements of one person, in their order."""
    kept = [j for j in judgements if not (j.verdict == "reject" and not parts_of(j.subject)[2])]
    held = apply_judgements([Held(document, coding)], kept).held[0]
    return Review(document, held.coding, states_of(judgements))


def judged_coding(document: Document, coding: Coding, judgements: Sequence[Judgement]) -> Coding:
    """The coding as these judgements leave it: rejected claims gone, values corrected, claims added."""
    return apply_judgements([Held(document, coding)], judgements).held[0].coding


def states_of(judgements: Iterable[Judgement]) -> dict[str, State]:
    """The state of each claim that these judgements, in order, speak of."""
    states: dict[str, State] = {}
    for judgement in judgements:
        _, claim, value = parts_of(judgement.subject)
        if claim.startswith("@"):
            continue
        state = states.setdefault(claim, State())
        verdict = judgement.verdict
        if verdict == "note":
            state.notes.append(judgement.reason or str(judgement.value or ""))
        elif verdict in ("same", "not-same"):
            other = str(judgement.value)
            here, there = (state.same, state.apart) if verdict == "same" else (state.apart, state.same)
            here.append(other)
            if other in there:
                there.remove(other)
        elif verdict == "reject" and value:
            state.verdict = "correct"
            state.values.append(value)
        elif verdict in ("accept", "reject", "correct", "add"):
            settled = state.verdict in ("correct", "add") and verdict == "accept"
            state.verdict = state.verdict if settled else verdict
            state.reasons = [judgement.reason] if judgement.reason and not value else []
            if value:
                state.values.append(value)
    return states
