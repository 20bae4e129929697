"""What is said of an incident, statement by statement, each with origins of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stemma.merge.facts import Fact
from stemma.merge.incidents import Group
from stemma.merge.values import Value
from stemma.model import ClaimType, Origins, Statement

Rests = Callable[[Sequence[Fact], Sequence[str]], Origins]
"""The origins of what some facts say, and of what reports without facts say too."""


def statements_of(group: Group, values: Sequence[Value], rests: Rests) -> tuple[Statement, ...]:
    """The tolls by kind and people, the denials, and each type and mode that the claims tell."""
    found: list[Statement] = []
    for kind, whom in sorted({(value.kind, value.whom) for value in values}):
        of = [value for value in values if (value.kind, value.whom) == (kind, whom)]
        facts = [fact for value in of for fact in value.facts if not fact.claim.negated]
        coded = {fact.at.report for fact in facts}
        bare = [report for report in dict.fromkeys(value.report for value in of) if report not in coded]
        found.append(_statement(kind, whom, facts, bare, rests))
    denials = [fact for fact in group.about if fact.claim.type is ClaimType.DENY]
    denials += [fact for fact in group.profile.members if fact.claim.negated]
    if denials:
        found.append(_statement("denied", None, denials, [], rests))
    blame = [fact for fact in group.about if fact.claim.type is ClaimType.ACCUSE]
    if blame:
        found.append(_statement("accuse", None, blame, [], rests))
    sorts: dict[str, list[Fact]] = {}
    for fact in group.profile.members:
        if not fact.claim.negated:
            name = " ".join(part for part in (fact.claim.type.value.lower(), fact.claim.mode) if part)
            sorts.setdefault(name, []).append(fact)
    if len(sorts) > 1:
        found += [_statement(name, None, facts, [], rests) for name, facts in sorted(sorts.items())]
    return tuple(found)


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
