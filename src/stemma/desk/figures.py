"""How far two codings of the same reports agree: the measures of the coding guidelines.

`detect`: claims of one type on overlapping words; `core`: of those, the same actor and the same other side;
`roles`: parties in their roles; the rest are shares of core claims, `counts` and `hedged` F1. The measures
are those that the project's gold codings are scored with, so that a person's agreement with the machine
and the machine's published quality can be set side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stemma.model import Certainty, Claim, ClaimType, Coding, Role, Source, Status
from stemma.show.room import evidence_at

_ARTICLE: Final = re.compile(r"^(the|a|an|its|their|his|her|some|many|several|most)\s+", re.IGNORECASE)
_SHORTEST: Final = 4
"""Letters that a name has at least to be found within a longer one."""

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure: its name, its value in [0, 1] (null where nothing was to be measured), out of how many."""

    name: str
    value: float | None
    of: int


def tally(text: str, reference: Coding, other: Coding) -> Counter[str]:
    """What `Comparing` adds up of one report with its text, coded twice."""
    sums: Counter[str] = Counter()
    _tally(text, reference, other, sums)
    return sums


class Comparing:
    """The figures over reports that are added one by one, and taken out again."""

    def __init__(self) -> None:
        self.reports = 0
        self._sums: Counter[str] = Counter()

    def add(self, told: Counter[str], sign: int = 1) -> None:
        """One report, tallied; -1 takes it out."""
        self.reports += sign
        for name, number in told.items():
            self._sums[name] += sign * number

    def figures(self) -> list[Figure]:
        """The measures over all reports taken together."""
        sums = self._sums
        return [
            _f1("detect", sums["found"], sums["other"], sums["reference"]),
            _f1("core", sums["core"], sums["other"], sums["reference"]),
            _f1("roles", sums["parties same"], sums["parties other"], sums["parties reference"]),
            *(_share(name, sums[name], sums["core"]) for name in ("chain", "origin", "status", "certainty")),
            _f1("hedged", sums["hedged same"], sums["hedged other"], sums["hedged reference"]),
            _share("time", sums["time"], sums["timed"]),
            _share("place", sums["place"], sums["placed"]),
            _f1("counts", sums["counts same"], sums["counts other"], sums["counts reference"]),
        ]


def compare(pairs: Iterable[tuple[str, Coding, Coding]]) -> list[Figure]:
    """The figures over (text, reference, other) of each report, all reports taken together."""
    made = Comparing()
    for text, reference, other in pairs:
        made.add(tally(text, reference, other))
    return made.figures()


def _share(name: str, hits: int, of: int) -> Figure:
    return Figure(name, hits / of if of else None, of)


def _f1(name: str, hits: int, other: int, reference: int) -> Figure:
    total = other + reference
    return Figure(name, 2 * hits / total if total else None, reference)


def plain(name: str | None) -> str:
    """A name without article, possessive, case and punctuation."""
    bare = re.sub(r"[^\w\s]", " ", re.sub(r"[’']s?\b", "", name or "").lower())
    return _ARTICLE.sub("", " ".join(bare.split()))


def alike(left: Names, right: Names) -> bool:
    """True where a name of one is, or stands whole within, a name of the other."""
    for one in left:
        for two in right:
            short, long = sorted((one.split(), two.split()), key=len)
            words = " ".join(short)
            if one == two or (len(words) >= _SHORTEST and f" {words} " in f" {' '.join(long)} "):
                return True
    return False


def _tally(text: str, reference: Coding, other: Coding, sums: Counter[str]) -> None:
    names = (_names(reference), _names(other))
    sums["reference"] += len(reference.claims)
    sums["other"] += len(other.claims)
    for side, coding, known in (("reference", reference, names[0]), ("other", other, names[1])):
        for claim in coding.claims:
            sums[f"parties {side}"] += sum(len(_parties(claim, role, known)) for role in claim.roles)
    for one, two, core in _aligned(text, reference, other, names):
        sums["found"] += 1
        for role in Role:
            sums["parties same"] += _matched(_parties(one, role, names[0]), _parties(two, role, names[1]))
        sums["hedged reference"] += one.hedged
        sums["hedged other"] += two.hedged
        sums["hedged same"] += one.hedged and two.hedged and _hedge(one) == _hedge(two)
        if core:
            _tally_core(one, two, names, sums)


def _tally_core(
    one: Claim, two: Claim, names: tuple[dict[str, Names], dict[str, Names]], sums: Counter[str]
) -> None:
    sums["core"] += 1
    chains = [[_voice(s, known) for s in c.sources] for c, known in zip((one, two), names, strict=True)]
    sums["chain"] += len(chains[0]) == len(chains[1]) and all(map(alike, *chains))
    sums["origin"] += bool(chains[0]) == bool(chains[1]) and (
        not chains[0] or alike(chains[0][0], chains[1][0])
    )
    sums["status"] += one.status is two.status
    sums["certainty"] += one.certainty is two.certainty
    if one.time:
        sums["timed"] += 1
        sums["time"] += bool(two.time and (one.time.start, one.time.end) == (two.time.start, two.time.end))
    if one.place:
        sums["placed"] += 1
        sums["place"] += _same_place(one, two)
    counts = [Counter((count.what, count.low, count.high) for count in claim.counts) for claim in (one, two)]
    sums["counts reference"] += counts[0].total()
    sums["counts other"] += counts[1].total()
    sums["counts same"] += (counts[0] & counts[1]).total()


def _names(coding: Coding) -> dict[str, Names]:
    return {
        entity.id: frozenset(filter(None, map(plain, (*entity.names, entity.canonical))))
        for entity in coding.entities
    }


def _parties(claim: Claim, role: Role, names: dict[str, Names]) -> list[Names]:
    return [names[party] for party in claim.parties(role) if names.get(party)]


def _matched(reference: list[Names], other: list[Names]) -> int:
    """How many parties have a partner on the other side, one to one."""
    left = list(other)
    for party in reference:
        partner = next((one for one in left if alike(party, one)), None)
        if partner is not None:
            left.remove(partner)
    return len(other) - len(left)


def _voice(source: Source, names: dict[str, Names]) -> Names:
    return frozenset({plain(source.text)}) | names.get(source.entity or "", frozenset())


def _hedge(claim: Claim) -> tuple[Certainty, bool, Status]:
    return claim.certainty, claim.negated, claim.status


def _same_place(one: Claim, two: Claim) -> bool:
    if not (one.place and two.place) or one.place.country != two.place.country:
        return False
    texts = [plain(place.text) for place in (one.place, two.place)]
    heads = [plain((place.canonical or place.text).split(",")[0]) for place in (one.place, two.place)]
    return heads[0] == heads[1] or texts[0] == texts[1]


def is_core(one: Claim, two: Claim, names: tuple[dict[str, Names], dict[str, Names]]) -> bool:
    """True where both claims have the same party on either side."""
    kind = one.type
    if kind is ClaimType.REALIGN:
        far = Role.TO if one.parties(Role.TO) else Role.FROM
    else:
        far = Role.TO if kind.is_tie and not kind.is_mutual else Role.RECIPIENT

    def agree(left: Role, right: Role) -> bool:
        wanted, given = _parties(one, left, names[0]), _parties(two, right, names[1])
        return bool(_matched(wanted, given)) if wanted else not given

    straight = agree(Role.ACTOR, Role.ACTOR) and agree(far, far)
    return straight or (kind.is_mutual and agree(Role.ACTOR, far) and agree(far, Role.ACTOR))


def _aligned(
    text: str, reference: Coding, other: Coding, names: tuple[dict[str, Names], dict[str, Names]]
) -> list[tuple[Claim, Claim, bool]]:
    """One-to-one pairs of one type on overlapping words: core pairs first, then those that share most."""
    scored = []
    for at, one in enumerate(reference.claims):
        for to, two in enumerate(other.claims):
            shared = _overlap(text, one, two) if one.type is two.type else 0.0
            if shared > 0:
                core = is_core(one, two, names)
                rank = (core, plain(one.trigger) == plain(two.trigger), one.mode == two.mode, shared)
                scored.append((rank, at, to))
    scored.sort(key=lambda item: item[0], reverse=True)
    pairs: list[tuple[Claim, Claim, bool]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for rank, at, to in scored:
        if at not in taken[0] and to not in taken[1]:
            taken[0].add(at)
            taken[1].add(to)
            pairs.append((reference.claims[at], other.claims[to], rank[0]))
    return pairs


def _overlap(text: str, one: Claim, two: Claim) -> float:
    left, right = evidence_at(text, one), evidence_at(text, two)
    if left is None or right is None:
        return 0.0
    shared = min(left.end, right.end) - max(left.start, right.start)
    return shared / max(1, min(left.end - left.start, right.end - right.start)) if shared > 0 else 0.0
