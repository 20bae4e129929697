"""Where the reports of one incident differ: tolls, culprit, place, time, and whether it happened at all."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence

from stemma.merge.entities import Entities, related
from stemma.merge.facts import Fact
from stemma.merge.incidents import Group
from stemma.merge.kinship import Kinship
from stemma.merge.places import Fit, fit_of, is_narrow
from stemma.merge.roots import Root
from stemma.merge.values import Value
from stemma.model import ClaimAt, ClaimType, Dispute, Role, Version

RootsOf = Callable[[Sequence[Fact], Iterable[str]], list[Root]]
"""The roots of what some facts say, and of what reports without facts say too."""


def disputes_of(
    group: Group, values: Sequence[Value], entities: Entities, kinship: Kinship, roots_of: RootsOf
) -> tuple[Dispute, ...]:
    """The disputes of an incident: tolls first, then the others; none where all agree."""
    found: list[Dispute] = []
    for kind, whom in sorted({(value.kind, value.whom) for value in values}):
        of = [value for value in values if (value.kind, value.whom) == (kind, whom)]
        found += _toll(kind, whom, of, kinship, roots_of)
    found += _happened(group, roots_of)
    found += _actor(group, entities, roots_of)
    found += _place(group, roots_of)
    found += _time(group, roots_of)
    return tuple(found)


def _toll(
    kind: str, whom: str, values: Sequence[Value], kinship: Kinship, roots_of: RootsOf
) -> list[Dispute]:
    by_number: dict[int, list[Value]] = {}
    for value in values:
        by_number.setdefault(value.number, []).append(value)
    found: list[Dispute] = []
    versions: list[Version] = []
    keys: list[frozenset[str]] = []
    for number, of in sorted(by_number.items()):
        roots = _roots_of_values(of, roots_of)
        keys.append(frozenset(root.key for root in roots if root.sort in ("body", "person", "pool")))
        versions.append(
            Version(
                value=of[0].words,
                claims=_claims(of),
                reports=_reports(of),
                origins=tuple(dict.fromkeys(root.name for root in roots)),
                said=_said(of),
            )
        )
        moved = _moved(of, of[0].words, kinship, roots_of) if number > 1 else None
        if moved:
            found.append(moved)
    if len(versions) > 1:
        how, note, versions = _in_motion(versions, keys, by_number)
        found.insert(0, Dispute(attribute=kind, of=whom, kind=how, versions=tuple(versions), note=note))
    return found + _headlines(kind, whom, values)


def _roots_of_values(values: Sequence[Value], roots_of: RootsOf) -> list[Root]:
    facts = [fact for value in values for fact in value.facts]
    bare = [value.report for value in values if not value.facts]
    return roots_of(facts, bare)


def _in_motion(
    versions: list[Version], keys: Sequence[frozenset[str]], by_number: dict[int, list[Value]]
) -> tuple[str, str, list[Version]]:
    """Marks the figures that their own source has replaced since: a source in motion is no dispute of two."""
    numbers = sorted(by_number)
    dates = [_dates(by_number[number]) for number in numbers]
    notes: list[str] = []
    for old in range(len(versions)):
        for new in range(len(versions)):
            shared = keys[old] & keys[new]
            if not (shared and dates[old] and dates[new]) or min(dates[old]) >= min(dates[new]):
                continue
            turned = min(dates[new])
            late = [v.report for v in by_number[numbers[old]] if (d := _published(v)) and d >= turned]
            who = ", ".join(sorted(set(versions[old].origins) & set(versions[new].origins))) or "one source"
            note = f"{who}: {versions[old].value}, then {versions[new].value} ({turned.isoformat()})"
            if late:
                note += f"; the older figure still stands in {', '.join(sorted(set(late)))}"
            notes.append(note)
            versions[old] = versions[old].model_copy(update={"withdrawn": True})
    if any(version.withdrawn for version in versions):
        return "superseded", "; ".join(dict.fromkeys(notes)), versions
    return "differs", "", versions


def _moved(values: Sequence[Value], said: str, kinship: Kinship, roots_of: RootsOf) -> Dispute | None:
    """A figure that a report took from its parent and put into another mouth."""
    of = {value.report: value for value in values}
    for report, value in of.items():
        for parent in kinship.parents(report):
            if parent not in of or not value.facts or not of[parent].facts:
                continue
            here = {r.key: r for r in roots_of(value.facts, ()) if r.sort in ("body", "person")}
            there = {r.key: r for r in roots_of(of[parent].facts, ()) if r.sort in ("body", "person")}
            if here and there and not set(here) & set(there):
                versions = tuple(
                    Version(
                        value=said,
                        claims=_claims([one]),
                        reports=(one.report,),
                        origins=tuple(root.name for root in roots.values()),
                        said=_said([one]),
                    )
                    for one, roots in ((of[parent], there), (value, here))
                )
                note = f"{report} has the figure from {parent} and gives it another source"
                return Dispute(
                    attribute=value.kind, of=value.whom, kind="moved", versions=versions, note=note
                )
    return None


def _headlines(kind: str, whom: str, values: Sequence[Value]) -> list[Dispute]:
    """Headlines whose figure stands nowhere in their own text, which gives another."""
    found = []
    for report in dict.fromkeys(value.report for value in values):
        own = [value for value in values if value.report == report]
        head, body = [v for v in own if v.title], [v for v in own if not v.title]
        if head and body and not any(one.agrees(other) for one in head for other in body):
            versions = tuple(
                Version(value=v.words, claims=_claims([v]), reports=(report,), said=_said([v]))
                for v in (head[0], body[0])
            )
            note = f"the headline of {report} says {head[0].words}, its text {body[0].words}"
            found.append(Dispute(attribute=kind, of=whom, kind="headline", versions=versions, note=note))
    return found


def _happened(group: Group, roots_of: RootsOf) -> list[Dispute]:
    """Claim and denial: what some say happened and others deny."""
    denials = [fact for fact in group.about if fact.claim.type is ClaimType.DENY]
    denials += [fact for fact in group.profile.members if fact.claim.negated]
    claims = [fact for fact in group.profile.members if not fact.claim.negated]
    if not denials or not claims:
        return []
    sides = [{root.key for root in roots_of(side, ())} for side in (claims, denials)]
    if sides[0] == sides[1]:
        # "The ministry denied that its units had fired", read as a claim too: nobody disputes himself.
        return []
    versions = (_version("it happened", claims, roots_of), _version("denied", denials, roots_of))
    return [Dispute(attribute="happened", kind="denied", versions=versions)]


def _actor(group: Group, entities: Entities, roots_of: RootsOf) -> list[Dispute]:
    """Who did it, where reports name unrelated parties that are not the other side of it."""
    told: dict[str, list[Fact]] = {}
    for fact in group.profile.members:
        for key in fact.sides.get(Role.ACTOR, ()):
            if key in group.profile.actors and key not in group.profile.others and not fact.claim.negated:
                told.setdefault(key, []).append(fact)
    kept: dict[str, list[Fact]] = {}
    for key, facts in sorted(told.items(), key=lambda item: (-len(item[1]), item[0])):
        home = next((other for other in kept if related(key, other)), key)
        kept.setdefault(home, []).extend(facts)
    together = {
        (one, two)
        for one in kept
        for two in kept
        if one != two and {f.at for f in kept[one]} & {f.at for f in kept[two]}
    }
    rivals = [key for key in kept if not any(key in pair for pair in together)]
    if len(rivals) < 2:
        return []
    versions = tuple(_version(entities.label(key), kept[key], roots_of) for key in rivals)
    return [Dispute(attribute="actor", versions=versions)]


def _place(group: Group, roots_of: RootsOf) -> list[Dispute]:
    kept: list[tuple[Fact, list[Fact]]] = []
    for fact in group.profile.members:
        if not is_narrow(fact.place):
            continue
        home = next((facts for first, facts in kept if fit_of(first.place, fact.place) >= Fit.UNKNOWN), None)
        if home is None:
            kept.append((fact, [fact]))
        else:
            home.append(fact)
    if len(kept) < 2:
        return []
    versions = tuple(
        _version((first.place.canonical or first.place.text) if first.place else "", facts, roots_of)
        for first, facts in kept
    )
    return [Dispute(attribute="place", versions=versions)]


def _time(group: Group, roots_of: RootsOf) -> list[Dispute]:
    kept: list[tuple[Fact, list[Fact]]] = []
    for fact in group.profile.members:
        if fact.days is None or fact.days.is_period:
            continue
        home = next((facts for first, facts in kept if first.days and first.days.gap(fact.days) == 0), None)
        if home is None:
            kept.append((fact, [fact]))
        else:
            home.append(fact)
    if len(kept) < 2:
        return []
    versions = tuple(
        _version(str(first.claim.time.start if first.claim.time else ""), facts, roots_of)
        for first, facts in kept
    )
    return [Dispute(attribute="time", versions=versions)]


def _version(value: str, facts: Sequence[Fact], roots_of: RootsOf) -> Version:
    roots = roots_of(facts, ())
    return Version(
        value=value,
        claims=tuple(dict.fromkeys(fact.at for fact in facts)),
        reports=tuple(dict.fromkeys(fact.at.report for fact in facts)),
        origins=tuple(dict.fromkeys(root.name for root in roots)),
        said=min((d.isoformat() for fact in facts if (d := fact.published)), default=None),
    )


def _claims(values: Sequence[Value]) -> tuple[ClaimAt, ...]:
    return tuple(dict.fromkeys(fact.at for value in values for fact in value.facts))


def _reports(values: Sequence[Value]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.report for value in values))


def _dates(values: Sequence[Value]) -> list[datetime.date]:
    return [date for value in values if (date := _published(value))]


def _said(values: Sequence[Value]) -> str | None:
    return min((date.isoformat() for date in _dates(values)), default=None)


def _published(value: Value) -> datetime.date | None:
    return value.published
