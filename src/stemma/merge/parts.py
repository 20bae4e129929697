"""What is part of what: strikes and the total of their day, or their campaign; a campaign and its war."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from stemma.merge.days import days_of
from stemma.merge.entities import related
from stemma.merge.facts import Fact
from stemma.merge.incidents import Group
from stemma.merge.incidents_score import LONG
from stemma.merge.places import Fit, corners_of, fit_of, place_names
from stemma.model import Counted, Incident, Role, Status

FORCE: Final = "force"
LONGER: Final = 2
"""How many times as long a war is as a campaign that is part of it."""


def is_campaign(group: Group) -> bool:
    """True for what goes on or lasts: `often attacks`, an offensive of weeks."""
    facts = group.profile.members
    ongoing = all(fact.claim.status is Status.ONGOING for fact in facts)
    lasting = [fact.days for fact in facts if fact.days]
    return group.first.family == "force" and (
        ongoing or (bool(lasting) and all(d.is_period for d in lasting))
    )


def link_parts(made: Sequence[tuple[Incident, Group]]) -> list[Incident]:
    """Each incident with what it is part of, where something says so; nothing is part of its own part.

    In this order: the total of a day that a report tells beside the strikes that it counts (`_totals_of`);
    the nearest campaign of its type that covers its time and place and shares a party (`_nearness`); the war
    of which one of its reports tells (`_war_of`). A campaign may be part of a war.
    """
    incidents = [incident for incident, _ in made]
    habits = {incident.id: is_campaign(group) for incident, group in made}
    totals = _totals_of(made)
    by_party: dict[str, list[Incident]] = defaultdict(list)
    wars: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if not habits[incident.id]:
            continue
        for name in incident.parties.get("actor", ()):
            by_party[name].append(incident)
        if _is_war(incident):
            for report in incident.reports:
                wars[report].append(incident)
    homes: dict[str, str] = {}
    for incident in incidents:
        home = totals.get(incident.id)
        if home is None and not habits[incident.id]:
            near = [c for name in incident.parties.get("actor", ()) for c in by_party.get(name, [])]
            held = [c for c in near if c.type is incident.type and _covers(c, incident)]
            home = max(held, key=lambda c: _nearness(c, incident)).id if held else None
        home = home or _war_of(incident, wars)
        if home and not _is_above(incident.id, home, homes):
            homes[incident.id] = home
    return [
        one.model_copy(update={"part_of": homes[one.id]}) if one.id in homes else one for one in incidents
    ]


def _is_above(id: str, home: str, homes: Mapping[str, str]) -> bool:
    """True where `home` is itself a part of the incident `id`."""
    while home != id and home in homes:
        home = homes[home]
    return home == id


def _totals_of(made: Sequence[tuple[Incident, Group]]) -> dict[str, str]:
    """For an incident the total that it is counted in, by what most of its reports tell of one day."""
    told: dict[str, list[tuple[int, Fact]]] = defaultdict(list)
    for index, (_, group) in enumerate(made):
        if group.first.family == FORCE:
            for fact in group.profile.members:
                if fact.where and fact.days and not fact.days.is_period and fact.days.first:
                    told[fact.at.report].append((index, fact))
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for facts in told.values():
        for part, whole in _counted_in(facts):
            votes[part][whole] += 1
    homes: dict[str, str] = {}
    for part, found in votes.items():
        # Where each is told to hold the other, one of them is fused of several.
        wholes = [whole for whole in found if found[whole] > (votes[whole][part] if whole in votes else 0)]
        if wholes:
            homes[made[part][0].id] = made[max(wholes, key=lambda whole: (found[whole], -whole))][0].id
    return homes


def _counted_in(facts: Sequence[tuple[int, Fact]]) -> Iterator[tuple[int, int]]:
    """Pairs of a strike and the total of its day, of what one report tells."""
    for whole, total in facts:
        dead = _killed(total)
        if dead is None:
            continue
        parts = [
            (part, fact)
            for part, fact in facts
            if part != whole and fact.days and total.days and fact.days.first == total.days.first
            if _lies_in(fact, total) and (_killed(fact) or 0) < dead
        ]
        by_figure = {part: low for part, fact in parts if (low := _killed(fact))}
        adds_up = len(by_figure) > 1 and sum(by_figure.values()) <= dead
        for part, fact in parts:
            by, also = fact.sides.get(Role.ACTOR, frozenset()), total.sides.get(Role.ACTOR, frozenset())
            alike = not by or not also or any(related(a, b) for a in by for b in also)
            if fact.claim.type is total.claim.type and (alike or (adds_up and part in by_figure)):
                yield part, whole


def _killed(fact: Fact) -> int | None:
    return max((f.low for f in fact.figures if f.kind == Counted.KILLED.value and f.low), default=None)


def _lies_in(part: Fact, whole: Fact) -> bool:
    """True where the place of one claim is a smaller one within that of the other."""
    if part.where is None or whole.where is None:
        return False
    here, there = place_names(part.where), place_names(whole.where)
    smaller = len(here) > len(there) or (
        bool(here and there) and bool(corners_of(here[0])) and not corners_of(there[0])
    )
    return smaller and fit_of(part.where, whole.where) is Fit.WITHIN


def _is_war(campaign: Incident) -> bool:
    """True for what is told of a whole country over a long time: `since the conflict began in 2011`."""
    days = days_of(campaign.time)
    wide = campaign.place is not None and len(place_names(campaign.place)) == 1
    return wide and days is not None and days.first is not None and days.length > LONG


def _war_of(incident: Incident, wars: Mapping[str, list[Incident]]) -> str | None:
    """The war that one of its reports tells of and that has its time and its place; the longest."""
    days = days_of(incident.time)
    if days is None or incident.place is None:
        return None
    found = []
    for war in {war.id: war for report in incident.reports for war in wars.get(report, ())}.values():
        over = days_of(war.time)
        if war.id == incident.id or war.type is not incident.type or over is None:
            continue
        if over.length < LONGER * days.length or not days.within(over):
            continue
        if fit_of(war.place, incident.place) in (Fit.WITHIN, Fit.SAME):
            found.append((over.length, war.id))
    return max(found)[1] if found else None


def _nearness(campaign: Incident, strike: Incident) -> tuple[int, int, int, int, str]:
    """How surely a strike is part of a campaign: both told by one report, of one place, both with a time;
    then the shorter campaign."""
    over = days_of(campaign.time)
    return (
        len(set(campaign.reports) & set(strike.reports)),
        int(fit_of(campaign.place, strike.place)),
        int(over is not None and days_of(strike.time) is not None),
        -over.length if over else 0,
        campaign.id,
    )


def _covers(campaign: Incident, strike: Incident) -> bool:
    one, other = days_of(campaign.time), days_of(strike.time)
    if one and other and one.gap(other) > 0:
        return False
    fit = fit_of(campaign.place, strike.place)
    # A power at war has campaigns in many places: by its name alone none of them covers a strike.
    if fit is Fit.APART or (fit is Fit.UNKNOWN and not set(campaign.reports) & set(strike.reports)):
        return False
    sides = [p for role in ("recipient", "victim") for p in campaign.parties.get(role, ())]
    others = [p for role in ("recipient", "victim") for p in strike.parties.get(role, ())]
    met = any(related(a.casefold(), b.casefold()) for a in sides for b in others)
    said = bool(one and other) or fit > Fit.UNKNOWN
    return met or (said and not (sides and others))
