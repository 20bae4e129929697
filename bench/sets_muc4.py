"""MUC-4 templates from claims: incidents with type and fillers, stage, and who is held responsible how.

Template F1 as Du et al. (2021) measure it: a template has one slot for its type and one for each entity of
the five roles. Ours are mapped to gold's one to one, only where the types are the same, so that most slots
are right; an entity of ours is one wording, right where it is one of a gold entity's. Micro F1 over all
slots. A gold template marked optional counts neither way, nor does one of ours that meets it.

Incidents: ASSAULT is ATTACK; by a bomb (mode or words) BOMBING; by fire ARSON. COERCE kidnap is KIDNAPPING;
destroy ARSON by fire, BOMBING by a bomb, else ATTACK; seize ROBBERY where the words say so. Clashes and air
strikes are war and no incident for MUC. Claims of one type are one incident unless their places or
times exclude each other; an ATTACK that shares a party harmed with another incident belongs to that.
Stage: THREATENED where the status is future or hypothetical, ATTEMPTED where negated with a cue ("foiled"),
else ACCOMPLISHED. What is merely said not to have happened is no incident, nor is one of nobody and nothing.

Slot 11, by the guidelines' tree: CLAIMED OR ADMITTED where the organisation itself claims it or says it;
POSSIBLE where the words make it only possible; SUSPECTED OR ACCUSED (BY AUTHORITIES, where the accuser is an
official or a government) where they make it probable or somebody accuses it; else REPORTED AS FACT.
`class of found` is the share of right classes where the organisation was found in the mapped template;
`slot 11 f1` counts organisation and class together, organisations not found as missed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from public_sets import Figures, f1
from sets_shared import code
from stemma.model import Certainty, Claim, ClaimType, Coding, Entity, EntityKind, Role, SourceKind, Status

ROLES = ("individual", "organisation", "target", "victim", "weapon")
BOMB = re.compile(r"bomb|explo|dynamit|blast|detonat|grenade.*explo|\bmine\b", re.IGNORECASE)
FIRE = re.compile(r"\bburn|set (?:it |them )?(?:on )?fire|arson|torch|ablaze|incendiar", re.IGNORECASE)
ROB = re.compile(r"\brob|\bst(?:eal|ole)|\bloot|hold-?up|\btheft", re.IGNORECASE)
WAR = {"clash", "airstrike"}
HUMAN = {EntityKind.PERSON, EntityKind.PEOPLE}
# What MUC calls an individual perpetrator though a party may be coded as a group.
GENERIC = re.compile(
    r"(?:men|man|guerrillas?|rebels?|terrorists?|gunmen|individuals?|members?|hitmen|assassins?|persons?|"
    r"people|soldiers?|troops|commandos?|extremists?|subjects?|youths?|attackers?|militants?|insurgents?)$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"^(?:(?:the|a|an|some|several|many|about|at least|more than|two|three|four|five|six|seven|eight|"
    r"nine|ten|\d[\d,]*)\s+)+(?=\w)",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\))\s*$")
NOBODY = re.compile(r"(?:no|none|nobody)\b|(?:he|she|it|they|we|you|i|him|her|them|us)$", re.IGNORECASE)


@dataclass
class Incident:
    """A template of ours: per role one wording an entity, and how sure each organisation's guilt is."""

    type: str
    stage: str = "ACCOMPLISHED"
    fillers: dict[str, list[str]] = field(default_factory=dict)
    confidence: dict[str, str] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)

    def slots(self) -> int:
        return 1 + sum(map(len, self.fillers.values()))


def kind_of(claim: Claim) -> str | None:
    """The type of incident that a claim tells of; null where MUC knows none."""
    words = f"{claim.trigger} {claim.evidence}"
    if claim.type is ClaimType.ASSAULT and claim.mode not in WAR:
        if claim.mode in ("bombing", "suicide-bombing") or BOMB.search(claim.trigger):
            return "BOMBING"
        return "ARSON" if FIRE.search(claim.trigger) else "ATTACK"
    if claim.type is ClaimType.COERCE and claim.mode == "kidnap":
        return "KIDNAPPING"
    if claim.type is ClaimType.COERCE and claim.mode == "destroy":
        return "ARSON" if FIRE.search(words) else "BOMBING" if BOMB.search(words) else "ATTACK"
    if claim.type is ClaimType.COERCE and claim.mode == "seize" and ROB.search(claim.trigger):
        return "ROBBERY"
    return None


def stage_of(claim: Claim) -> str:
    if claim.negated:
        return "ATTEMPTED"
    return "THREATENED" if claim.status in (Status.FUTURE, Status.HYPOTHETICAL) else "ACCOMPLISHED"


def harmed(claim: Claim) -> set[str]:
    return {e for role in (Role.VICTIM, Role.RECIPIENT, Role.OBJECT) for e in claim.parties(role)}


def apart(a: Claim, b: Claim) -> bool:
    """True where the places or the times of two claims exclude each other."""
    if a.place and b.place:
        names = [(p.canonical or p.text).lower() for p in (a.place, b.place)]
        if names[0] not in names[1] and names[1] not in names[0]:
            return True
    if a.time and b.time and a.time.start and a.time.end and b.time.start and b.time.end:
        return before(a.time.end, b.time.start) or before(b.time.end, a.time.start)
    return False


def before(a: str, b: str) -> bool:
    """True where date `a` is before `b` at the coarser of the two precisions."""
    size = min(len(a), len(b))
    return a[:size] < b[:size]


def incidents(coding: Coding) -> list[Incident]:
    """The incidents of a coding in the order of their first claims."""
    found: list[Incident] = []
    told = [claim for claim in coding.claims if claim.cue or not claim.negated]
    rows = [(kind, claim) for claim in told if (kind := kind_of(claim))]
    for kind, claim in sorted(rows, key=lambda row: row[0] == "ATTACK"):
        for incident in found:
            same = incident.type == kind and not any(apart(claim, other) for other in incident.claims)
            attack = kind == "ATTACK" != incident.type
            shared = attack and any(harmed(claim) & harmed(other) for other in incident.claims)
            if (same and incident.stage == stage_of(claim)) or shared:
                incident.claims.append(claim)
                break
        else:
            found.append(Incident(kind, stage_of(claim), claims=[claim]))
    entities = {entity.id: entity for entity in coding.entities}
    for incident in found:
        fill(incident, coding, entities)
    return [incident for incident in found if incident.fillers]


def wording(entity: Entity) -> str:
    """The fullest name without article, number and bracketed short form; empty for nobody and pronouns."""
    name = BRACKETED.sub("", entity.names[0]) if entity.names else ""
    return "" if NOBODY.match(name) else COUNTED.sub("", name)


def role_of(entity: Entity, role: Role) -> str | None:
    """The MUC role of a party in this role of ours; null where it has none."""
    human = entity.kind in HUMAN
    if role is Role.ACTOR:
        return "individual" if human or GENERIC.search(wording(entity)) else "organisation"
    if role is Role.INSTRUMENT:
        return "weapon"
    if role in (Role.VICTIM, Role.RECIPIENT, Role.OBJECT):
        return "victim" if human or role is Role.VICTIM else "target"
    return None


def fill(incident: Incident, coding: Coding, entities: dict[str, Entity]) -> None:
    """Adds the fillers of the incident's claims, each entity once a role, and slot 11."""
    from corpora.muc4 import plain

    for claim in incident.claims:
        for role, parties in claim.roles.items():
            for entity in (entities[party] for party in parties if party in entities):
                name, slot = wording(entity), role_of(entity, role)
                kidnapped = incident.type == "KIDNAPPING" and slot == "target"
                known = incident.fillers.get(slot or "", [])
                if not slot or kidnapped or not plain(name) or plain(name) in map(plain, known):
                    continue
                incident.fillers.setdefault(slot, []).append(name)
                if slot == "organisation":
                    incident.confidence[name] = blame(entity.id, incident.claims, coding, entities)


def blame(party: str, told: list[Claim], coding: Coding, entities: dict[str, Entity]) -> str:
    """Slot 11 for one organisation, from what is told of the incident and who accuses or claims."""
    acts = [claim for claim in told if party in claim.parties(Role.ACTOR)]
    claimed = any(
        claim.type is ClaimType.CLAIM_RESPONSIBILITY and party in claim.parties(Role.ACTOR)
        for claim in coding.claims
    )
    if claimed or any(source.entity == party for claim in acts for source in claim.sources):
        return "CLAIMED OR ADMITTED"
    if acts and all(claim.certainty is Certainty.POSSIBLE for claim in acts):
        return "POSSIBLE"
    accusers = [
        entities[actor]
        for claim in coding.claims
        if claim.type is ClaimType.ACCUSE and party in claim.parties(Role.RECIPIENT)
        for actor in claim.parties(Role.ACTOR)
        if actor in entities
    ]
    doubted = [claim for claim in acts if claim.certainty is not Certainty.CERTAIN]
    if not accusers and (not doubted or len(doubted) < len(acts)):
        return "REPORTED AS FACT"
    official = any(source.kind is SourceKind.OFFICIAL for claim in doubted for source in claim.sources)
    if official or any(entity.kind is EntityKind.GOVERNMENT for entity in accusers):
        return "SUSPECTED OR ACCUSED BY AUTHORITIES"
    return "SUSPECTED OR ACCUSED"


def right_fillers(gold: dict[str, list[set[str]]], given: dict[str, list[str]]) -> int:
    """Entities of ours that are gold's, one to one, over the five roles."""
    from corpora.muc4 import same
    from sets_shared import pairs

    return sum(
        pairs(gold.get(role, []), given.get(role, []), lambda w, g: any(same(name, g) for name in w))
        for role in ROLES
    )


def align(weights: list[list[int]]) -> list[tuple[int, int]]:
    """Pairs (row, column), each used once, of the largest total weight; pairs of weight 0 are left out.

    Exact, by dynamic programming over sets of columns: a message has few templates.
    """
    best: dict[int, tuple[int, list[tuple[int, int]]]] = {0: (0, [])}
    for row, values in enumerate(weights):
        grown = dict(best)
        for used, (total, chosen) in best.items():
            for column, value in enumerate(values):
                mask = used | 1 << column
                if value and mask != used and grown.get(mask, (-1, []))[0] < total + value:
                    grown[mask] = (total + value, [*chosen, (row, column)])
        best = grown
    return max(best.values(), key=lambda entry: entry[0])[1]


def slots_right(template, incident: Incident) -> int:
    """Right slots of a pair, its type among them; 0 where the types differ."""
    if incident.type not in [name.strip() for name in template.type.split("/")]:
        return 0
    return 1 + right_fillers(template.fillers, incident.fillers)


def counts_of(templates: Iterable, given: list[Incident]) -> Counter[str]:
    """Counts of one message."""
    wanted = sorted(templates, key=lambda template: template.optional)
    firm = sum(not template.optional for template in wanted)
    # A firm template is always preferred to an optional one: weights of the optional are below one slot.
    weights = [[slots_right(t, incident) * (1 if t.optional else 1000) for t in wanted] for incident in given]
    counts: Counter[str] = Counter()
    spared = set()
    for row, column in align(weights):
        template, incident = wanted[column], given[row]
        if template.optional:
            spared.add(row)
            continue
        counts["right"] += slots_right(template, incident)
        counts["templates right"] += 1
        counts["stage right"] += incident.stage in [name.strip() for name in template.stage.split("/")]
        counts.update(blame_counts(template, incident))
    kept = [incident for row, incident in enumerate(given) if row not in spared]
    counts["given"] = sum(incident.slots() for incident in kept)
    counts["templates given"], counts["templates wanted"] = len(kept), firm
    counts["blame given"] = sum(len(incident.confidence) for incident in kept)
    for template in wanted[:firm]:
        counts["wanted"] += 1 + sum(map(len, template.fillers.values()))
        counts["blame wanted"] += len(template.fillers.get("organisation", []))
    return counts


def blame_counts(template, incident: Incident) -> Counter[str]:
    """Organisations found in a mapped pair, and how many have a right class."""
    from corpora.muc4 import confidences, same

    counts: Counter[str] = Counter()
    for classes, names in confidences(template):
        held = [c for name, c in incident.confidence.items() if any(same(n, name) for n in names)]
        counts["blame found"] += bool(held)
        counts["blame right"] += bool(held) and held[0] in classes
        counts["fact right"] += bool(held) and "REPORTED AS FACT" in classes
    return counts


def figures(counts: Counter[str]) -> Figures:
    slots = f1(counts["right"], counts["given"], counts["wanted"])
    types = f1(counts["templates right"], counts["templates given"], counts["templates wanted"])
    found = max(1, counts["blame found"])
    return {
        **{f"template {name}": value for name, value in slots.items()},
        "incident f1": types["f1"],
        "stage of found": round(counts["stage right"] / max(1, counts["templates right"]), 3),
        "organisations found": counts["blame found"],
        "class of found": round(counts["blame right"] / found, 3),
        "class of found, always fact": round(counts["fact right"] / found, 3),
        "slot 11 f1": f1(counts["blame right"], counts["blame given"], counts["blame wanted"])["f1"],
    }


def score(root: Path, split: str | None) -> Figures:
    from corpora import muc4 as corpus

    corpus.ROOT = root / "muc4"
    total: Counter[str] = Counter()
    for message in corpus.load(*(split.split(",") if split else ["tst1", "tst2"])):
        coding = code(f"muc4/{message.name}", message.words.text)
        total += counts_of(message.templates, incidents(coding))
    return figures(total)
