"""Where the engine draws its lines. Each value was chosen on the development reports (bench/RESULTS.md)."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which something is taken as found.

    `trigger` a word names an event, `heard` a coder makes a claim of it; `span` words may be a mention;
    `role` a span is a party to a claim, `needed` where the type can hardly do without that role,
    `further` where the role has one already or the party another role, `seldom` where few claims of the
    type have two there, `later` where it stands in a later sentence; `source` a span is a claim's source,
    `tied` a tie's, `beside` a further one, `doubt` one that is kept for another reading of the chain;
    `time`, `place`, `count`, `cue` a span is that to a claim; `same` two mentions are one entity;
    `reach` the words on either side of a trigger in which its parties are looked for.
    """

    trigger: float = 0.5
    heard: float = 0.3
    span: float = 0.2
    role: float = 0.4
    needed: float = 0.15
    further: float = 0.6
    seldom: float = 0.85
    later: float = 0.8
    source: float = 0.4
    tied: float = 0.6
    beside: float = 0.75
    doubt: float = 0.2
    time: float = 0.4
    place: float = 0.4
    count: float = 0.4
    cue: float = 0.4
    same: float = 0.5
    negated: float = 0.5
    hedge: float = 0.5
    reach: int = 220

    @classmethod
    def of(cls, given: dict[str, float]) -> Thresholds:
        """The defaults, with what `given` names instead; unknown names are ignored."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in given.items() if name in known})  # type: ignore[arg-type]
