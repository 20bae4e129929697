"""re3d: spans with their types, and ties. Returns figures for all documents and for those never coded.

Spans of ours are the mentions of entities that claims use, and the places of claims. Types against kinds:

    Person             person
    Organisation       group, unit, government, organisation, outlet, people
    Location           place; a government too, where a country's name stands for it
    Nationality        people, government, group
    Weapon             weapon, object
    MilitaryPlatform   weapon, object, unit
    Vehicle            object, weapon

Temporal, Quantity, Money, DocumentReference and the like are no entities of ours and are left out.
`strict`: the same characters but for a leading article; `overlap`: one shared character. Both typed and
one to one.

Ties against our claims, a negated claim being none: BelongsTo is MEMBER_OF or PART_OF; InChargeOf is LEADS
or CONTROLS; FightingAgainst is AT_WAR_WITH, or ASSAULT of its actor on recipient or victim; AlliesOf is
ALLIED_WITH; IsSynonymOf is ALSO_KNOWN_AS, or two wordings of one entity in one sentence. The last three
have no direction. An argument is right where a mention of our entity touches it. A tie told twice of the
same wordings counts once, as the guidelines code it once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from public_sets import Figures, f1
from sets_shared import Place, bare, code, coded, pairs, places_of, touch
from stemma.extract.sentences import sentences
from stemma.model import Claim, ClaimType, Coding, EntityKind, Role

ORGANISED = {"group", "unit", "government", "organisation", "outlet", "people"}
KINDS: dict[str, set[str]] = {
    "Person": {"person"},
    "Organisation": ORGANISED,
    "Location": {"place", "government"},
    "Nationality": {"people", "government", "group"},
    "Weapon": {"weapon", "object"},
    "MilitaryPlatform": {"weapon", "object", "unit"},
    "Vehicle": {"object", "weapon"},
}
TIES = {
    ClaimType.MEMBER_OF: "BelongsTo",
    ClaimType.PART_OF: "BelongsTo",
    ClaimType.LEADS: "InChargeOf",
    ClaimType.CONTROLS: "InChargeOf",
    ClaimType.AT_WAR_WITH: "FightingAgainst",
    ClaimType.ASSAULT: "FightingAgainst",
    ClaimType.ALLIED_WITH: "AlliesOf",
    ClaimType.ALSO_KNOWN_AS: "IsSynonymOf",
}
TYPES = ("BelongsTo", "InChargeOf", "FightingAgainst", "AlliesOf", "IsSynonymOf")
MUTUAL = {"FightingAgainst", "AlliesOf", "IsSynonymOf"}
Places = tuple[Place, ...]


@dataclass(frozen=True)
class Drawn:
    """A tie of ours: its type as re3d calls it, and every place of either side."""

    type: str
    source: Places
    target: Places


def spans_of(coding: Coding) -> set[tuple[Place, str]]:
    """The mentions of the entities and the places of the claims, with their kinds."""
    found = {(place, str(entity.kind)) for entity in coding.entities for place in places_of(entity)}
    held = [claim.place.span for claim in coding.claims if claim.place and claim.place.span]
    return found | {((span.start, span.end), str(EntityKind.PLACE)) for span in held}


def drawn(coding: Coding, text: str) -> list[Drawn]:
    """The ties of a coding, each pair of parties once a type."""
    places: dict[str, Places] = {entity.id: tuple(places_of(entity)) for entity in coding.entities}
    found: dict[tuple[str, frozenset[str] | tuple[str, str]], Drawn] = {}
    for claim in coding.claims:
        kind = TIES.get(claim.type)
        if not kind or claim.negated:
            continue
        for source, target in _parties(claim):
            key = frozenset((source, target)) if kind in MUTUAL else (source, target)
            sides = places.get(source, ()), places.get(target, ())
            if source != target and all(sides):
                found.setdefault((kind, key), Drawn(kind, *sides))
        held = claim.place and claim.place.span
        if claim.type is ClaimType.CONTROLS and held:
            for source in claim.parties(Role.ACTOR):
                side, spot = places.get(source, ()), (held.start, held.end)
                key = (source, text[held.start : held.end])
                found.setdefault((kind, key), Drawn(kind, side, (spot,)))
    return [*found.values(), *_one_entity(places.values(), text)]


def _parties(claim: Claim) -> Iterable[tuple[str, str]]:
    if claim.type is ClaimType.ASSAULT:
        others = (*claim.parties(Role.RECIPIENT), *claim.parties(Role.VICTIM))
    else:
        others = (*claim.parties(Role.TO), *claim.parties(Role.RECIPIENT), *claim.parties(Role.OBJECT))
    return [(actor, other) for actor in claim.parties(Role.ACTOR) for other in dict.fromkeys(others)]


def _one_entity(entities: Iterable[Places], text: str) -> list[Drawn]:
    """Two wordings of one entity in one sentence, once a pair of wordings."""
    bounds = list(sentences(text))
    found = {}
    for places in entities:
        for a, b in combinations(sorted(places), 2):
            words = frozenset(_words(text, place) for place in (a, b))
            together = any(low <= a[0] and b[1] <= high for low, high in bounds)
            if together and len(words) == 2 and not touch(a, b):
                found.setdefault(words, Drawn("IsSynonymOf", (a,), (b,)))
    return list(found.values())


def _words(text: str, place: Place) -> str:
    start, end = bare(text, place)
    return " ".join(text[start:end].lower().split())


def tell_once(ties: Iterable, text: str) -> list:
    """The ties of the scored types, one for each type and pair of wordings."""
    found = {}
    for tie in ties:
        if tie.type in TYPES:
            sides = (_words(text, tie.source), _words(text, tie.target))
            found.setdefault((tie.type, frozenset(sides) if tie.type in MUTUAL else sides), tie)
    return list(found.values())


def same_tie(tie, given: Drawn) -> bool:
    """True where the type is the same and both arguments are touched, in either direction for mutual ones."""

    def fit(source: Place, target: Place) -> bool:
        return any(touch(source, p) for p in given.source) and any(touch(target, p) for p in given.target)

    both = fit(tie.source, tie.target) or (tie.type in MUTUAL and fit(tie.target, tie.source))
    return tie.type == given.type and both


def span_counts(gold: set[tuple[Place, str]], given: set[tuple[Place, str]], text: str) -> Counter[str]:
    """Typed spans of one document: wanted, given, right strictly and by overlap; of each type wanted, met."""
    wanted = sorted({(bare(text, place), kind) for place, kind in gold if kind in KINDS})
    ours = sorted({(bare(text, place), kind) for place, kind in given})
    counts: Counter[str] = Counter({"wanted": len(wanted), "given": len(ours)})
    counts["strict"] = pairs(wanted, ours, lambda w, g: w[0] == g[0] and g[1] in KINDS[w[1]])
    counts["overlap"] = pairs(wanted, ours, lambda w, g: touch(w[0], g[0]) and g[1] in KINDS[w[1]])
    for kind in KINDS:
        of_kind = [row for row in wanted if row[1] == kind]
        counts[f"{kind} wanted"] = len(of_kind)
        counts[f"{kind} met"] = pairs(of_kind, ours, lambda w, g: touch(w[0], g[0]) and g[1] in KINDS[w[1]])
    return counts


def tie_counts(gold: list, given: list[Drawn]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for kind in TYPES:
        wanted, ours = [t for t in gold if t.type == kind], [t for t in given if t.type == kind]
        counts[f"{kind} right"] = pairs(wanted, ours, same_tie)
        counts[f"{kind} given"], counts[f"{kind} wanted"] = len(ours), len(wanted)
    return counts


def figures(counts: Counter[str]) -> Figures:
    result: Figures = {}
    for name in ("strict", "overlap"):
        result[f"spans {name} f1"] = f1(counts[name], counts["given"], counts["wanted"])["f1"]
    overlap = f1(counts["overlap"], counts["given"], counts["wanted"])
    result |= {"spans overlap p": overlap["p"], "spans overlap r": overlap["r"]}
    for kind in ("Person", "Organisation", "Location"):
        result[f"{kind} recall"] = round(counts[f"{kind} met"] / max(1, counts[f"{kind} wanted"]), 3)
    total = [sum(counts[f"{kind} {what}"] for kind in TYPES) for what in ("right", "given", "wanted")]
    result |= {f"ties {name}": value for name, value in f1(*total).items()}
    for kind in TYPES:
        row = [counts[f"{kind} {what}"] for what in ("right", "given", "wanted")]
        result[f"{kind} f1"] = f1(*row)["f1"]
    return result


def score(root: Path, split: str | None) -> Figures:
    from corpora import re3d as corpus

    corpus.ROOT = root / "re3d"
    known = coded("re3d")
    everything: Counter[str] = Counter()
    fresh: Counter[str] = Counter()
    for document in corpus.load(split):
        coding = code(f"re3d/{document.name}", document.text)
        counts = span_counts(document.spans, spans_of(coding), document.text)
        counts += tie_counts(tell_once(document.ties, document.text), drawn(coding, document.text))
        for tally in (everything, fresh) if document.name not in known else (everything,):
            tally.update(counts)
            tally["documents"] += 1
    return {
        "documents": everything["documents"],
        **{f"all: {name}": value for name, value in figures(everything).items()},
        "never coded": fresh["documents"],
        **figures(fresh),
    }
