"""ACLED's words for what happened and for who took part, and how our types and parties map to them."""

from __future__ import annotations

import re
from typing import Final

from stemma.export.happenings import Happening
from stemma.export.parties import Party, Sort
from stemma.model import ClaimType, EntityKind, Role

BATTLES: Final = "Battles"
EXPLOSIONS: Final = "Explosions/Remote violence"
CIVILIANS: Final = "Violence against civilians"
PROTESTS: Final = "Protests"
RIOTS: Final = "Riots"
STRATEGIC: Final = "Strategic developments"

SUB_EVENTS: Final[dict[str, tuple[str, ...]]] = {
    BATTLES: ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    EXPLOSIONS: (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    CIVILIANS: ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    PROTESTS: ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    RIOTS: ("Violent demonstration", "Mob violence"),
    STRATEGIC: (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
"""The 25 sub-events of ACLED's 6 events."""

_REMOTE: Final = {
    "airstrike": "Air/drone strike",
    "bombing": "Remote explosive/landmine/IED",
    "suicide-bombing": "Suicide bomb",
    "shelling": "Shelling/artillery/missile attack",
    "rocket": "Shelling/artillery/missile attack",
    "chemical": "Chemical weapon",
}
_SEXUAL = re.compile(r"(?i)\brap(?:e|ed|es|ing)\b|\bsexual")
_GRENADE = re.compile(r"(?i)\bgrenades?\b")
_RIOT = re.compile(r"(?i)\briot|\bloot|\bvandal|\bclash|\bset fire|\bstones?\b")
_SHOT = frozenset(("shooting", "execution", "torture", "attack-other"))

NUMBERS: Final = {
    Sort.STATE: 1,
    Sort.GROUP: 2,
    Sort.UNIDENTIFIED: 3,
    Sort.RIOTERS: 5,
    Sort.PROTESTERS: 6,
    Sort.CIVILIANS: 7,
    Sort.BODY: 7,
}
"""ACLED's numbers of actor types. We do not tell political (3) from identity militias (4)."""

EXTERNAL: Final = 8


def sub_event(happening: Happening) -> tuple[str, str] | None:
    """ACLED's event and sub-event of a happening; null for what ACLED does not code."""
    kind, mode = happening.type, happening.claim.mode
    if kind is ClaimType.ASSAULT:
        return _assault(happening, mode)
    if kind is ClaimType.COERCE:
        return _coerce(happening, mode)
    if kind is ClaimType.PROTEST:
        riot = mode in ("riot", "vandalize") or _RIOT.search(happening.claim.trigger)
        return (RIOTS, "Violent demonstration") if riot else (PROTESTS, "Peaceful protest")
    if kind is ClaimType.AGREE:
        return STRATEGIC, "Agreement"
    if kind is ClaimType.REALIGN:
        return STRATEGIC, "Change to group/activity"
    if kind in (ClaimType.RETREAT, ClaimType.MOBILIZE, ClaimType.MOVE):
        armed = any(party.armed for party in happening.parties(Role.ACTOR))
        return (STRATEGIC, "Other") if armed else None
    return None


def _assault(happening: Happening, mode: str | None) -> tuple[str, str]:
    actors = happening.parties(Role.ACTOR)
    targets = (*happening.parties(Role.RECIPIENT), *happening.parties(Role.VICTIM))
    tools = " ".join(party.said for party in happening.parties(Role.INSTRUMENT))
    if _GRENADE.search(f"{tools} {happening.claim.trigger}"):
        return EXPLOSIONS, "Grenade"
    if mode in _REMOTE:
        return EXPLOSIONS, _REMOTE[mode]
    if _SEXUAL.search(f"{happening.claim.trigger} {happening.claim.evidence}"):
        return CIVILIANS, "Sexual violence"
    if any(party.sort is Sort.PROTESTERS for party in targets) and mode in _SHOT:
        return PROTESTS, "Excessive force against protesters"
    if any(party.sort is Sort.PROTESTERS for party in actors):
        return RIOTS, "Violent demonstration"
    if any(party.sort is Sort.RIOTERS for party in actors):
        return RIOTS, "Mob violence"
    if any(party.armed for party in targets):
        return BATTLES, "Armed clash"
    return (BATTLES, "Armed clash") if mode == "clash" and not targets else (CIVILIANS, "Attack")


def _coerce(happening: Happening, mode: str | None) -> tuple[str, str]:
    if mode == "kidnap":
        return CIVILIANS, "Abduction/forced disappearance"
    if mode == "arrest":
        return STRATEGIC, "Arrests"
    if mode == "destroy":
        return STRATEGIC, "Looting/property destruction"
    if mode == "seize" and any(p.kind is EntityKind.PLACE for p in happening.parties(Role.OBJECT)):
        actor = next((party for party in happening.parties(Role.ACTOR) if party.armed), None)
        if actor:
            state = actor.sort is Sort.STATE
            return BATTLES, SUB_EVENTS[BATTLES][1 if state else 2]
    if mode == "seize" and any(p.kind is EntityKind.WEAPON for p in happening.parties(Role.OBJECT)):
        return STRATEGIC, "Disrupted weapons use"
    return STRATEGIC, "Other"


def disorder(event: str, sub: str) -> str:
    """ACLED's disorder type of an event."""
    if sub == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if event == PROTESTS or sub == "Violent demonstration":
        return "Demonstrations"
    return STRATEGIC if event == STRATEGIC else "Political violence"


def actor_number(party: Party, country: str | None) -> int | None:
    """ACLED's number of an actor's type; null for what is no actor. Foreign state forces are external."""
    if party.sort is Sort.STATE and country and party.country and party.country != country:
        return EXTERNAL
    return NUMBERS.get(party.sort)


def actor_name(party: Party, country: str) -> str:
    """The name in ACLED's manner: those without one are called by their sort and country."""
    where = f" ({country})" if country else ""
    if party.sort is Sort.UNIDENTIFIED:
        return f"Unidentified Armed Group{where}"
    if party.sort is Sort.STATE and party.kind is EntityKind.PEOPLE:
        return f"Security Forces{where}"
    people = {Sort.RIOTERS: "Rioters", Sort.PROTESTERS: "Protesters", Sort.CIVILIANS: "Civilians"}
    return f"{people[party.sort]}{where}" if party.sort in people else party.name
