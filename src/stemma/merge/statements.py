"""What is said of an incident, statement by statement, each with origins of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, Protocol

from stemma.merge.facts import Fact
from stemma.merge.incidents import Group
from stemma.merge.values import Value
from stemma.model import ClaimType, Origins, Statement


class Rests(Protocol):
    """The origins of what some facts say, and of what reports without facts say too; `figures` by report."""

    def __call__(
        self, facts: Sequence[Fact], bare: Sequence[str], /, figures: Mapping[str, set[int]] | None = None
    ) -> Origins:
        """The origins."""
        ...


SAID: Final = {
    "seized": frozenset(("seize",)),
    "bombed": frozenset(("bombing", "suicide-bombing")),
}
"""The modes of claims that a thing said of a fight has, where it was coded."""


def statements_of(
    group: Group, values: Sequence[Value], said: Mapping[str, frozenset[str]], rests: Rests
) -> tuple[Statement, ...]:
    """The tolls by kind and people, the denials, and each type and mode that the claims tell.

    `said` tells for each report of the incident what its words say of a fight beside what was coded.
    """
    found: list[Statement] = []
    for kind, whom in sorted({(value.kind, value.whom) for value in values}):
        of = [value for value in values if (value.kind, value.whom) == (kind, whom)]
        facts = [fact for value in of for fact in value.facts if not fact.claim.negated]
        coded = {fact.at.report for fact in facts}
        bare = [report for report in dict.fromkeys(value.report for value in of) if report not in coded]
        figures: dict[str, set[int]] = {}
        for value in of:
            figures.setdefault(value.report, set()).add(value.number)
        found.append(_statement(kind, whom, facts, bare, partial(rests, figures=figures)))
    denials = [fact for fact in group.about if fact.claim.type is ClaimType.DENY]
    denials += [fact for fact in group.profile.members if fact.claim.negated]
    denials = _not_affirming(denials) or denials
    if denials:
        found.append(_statement("denied", None, denials, _saying("denied", said), rests))
    blame = [fact for fact in group.about if fact.claim.type is ClaimType.ACCUSE]
    if blame:
        found.append(_statement("accuse", None, blame, [], rests))
    sorts: dict[str, list[Fact]] = {}
    for fact in group.profile.members:
        if not fact.claim.negated:
            name = " ".join(part for part in (fact.claim.type.value.lower(), fact.claim.mode) if part)
            sorts.setdefault(name, []).append(fact)
    for name, modes in SAID.items():
        told = [fact for fact in group.profile.members if fact.claim.mode in modes and not fact.claim.negated]
        if told:
            found.append(_statement(name, None, told, _saying(name, said), rests))
    if len(sorts) > 1:
        found += [_statement(name, None, facts, [], rests) for name, facts in sorted(sorts.items())]
    return tuple(found)


def _not_affirming(denials: Sequence[Fact]) -> list[Fact]:
    """Denials without those that name, among others, a voice that affirms other things of their report."""
    kept = []
    for fact in denials:
        affirming = {
            source.text.casefold()
            for claim in fact.held.coding.claims
            if not claim.negated and claim.type is ClaimType.ASSAULT
            for source in claim.sources
        }
        several = len(fact.claim.sources) > 1
        if not (several and any(source.text.casefold() in affirming for source in fact.claim.sources)):
            kept.append(fact)
    return kept


def _saying(kind: str, said: Mapping[str, frozenset[str]]) -> list[str]:
    return [report for report, kinds in said.items() if kind in kinds]


def _statement(
    attribute: str, of: str | None, facts: Sequence[Fact], bare: Sequence[str], rests: Rests
) -> Statement:
    ordered = sorted({fact.at: fact for fact in facts}.values(), key=lambda fact: fact.order)
    reports = dict.fromkeys([fact.at.report for fact in ordered])
    return Statement(
        attribute=attribute,
        of=of,
        claims=tuple(fact.at for fact in ordered),
        reports=tuple(dict.fromkeys([*reports, *bare])),
        origins=rests(ordered, [report for report in bare if report not in reports]),
    )
