"""Agreement of reviewers beyond chance: Krippendorff's alpha for nominal values."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.desk.figures import plain
from stemma.desk.reviewing import Review
from stemma.model import Claim, Coding, Role
from stemma.show.words import interval_words

MACHINE: Final = "the machine"


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha for one value, over how many claims that two or more judged; null where it has no meaning."""

    value: str
    alpha: float | None
    units: int


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> tuple[float | None, int]:
    """Alpha over `units`, each the values that its coders gave, and how many units could be compared.

    1 is perfect agreement, 0 what chance gives; null where all values are the same, for then chance
    agrees always, and where no unit has two values. Nominal metric, missing values left out
    (Krippendorff, Content Analysis, 4th ed. 2018, ch. 12).
    """
    sums = _Sums()
    for values in units:
        sums.add(values)
    return sums.alpha()


def values_of(claim: Claim, coding: Coding) -> dict[str, Hashable]:
    """What is compared of a claim: each value in a form that is equal where two people mean the same."""
    labels = {entity.id: plain(entity.label) for entity in coding.entities}

    def named(role: Role) -> Hashable:
        return frozenset(labels.get(party, party) for party in claim.parties(role))

    return {
        "type": claim.type,
        "actor": named(Role.ACTOR),
        "other side": (named(Role.RECIPIENT), named(Role.TO), named(Role.FROM)),
        "time": interval_words(claim.time.start, claim.time.end) if claim.time else "",
        "place": plain((claim.place.canonical or claim.place.text).split(",")[0]) if claim.place else "",
        "chain": tuple(plain(source.text) for source in claim.sources),
        "hedge": (claim.status, claim.certainty, claim.negated),
    }


VALUES: Final = ("type", "actor", "other side", "time", "place", "chain", "hedge")
_NAMES: Final = ("kept or rejected", *VALUES)


def units_of(reviews: Iterable[Review]) -> array[int]:
    """What several people said of the claims of one report, packed: see `Alphas`.

    The unit is a claim that two or more reviewed. A correction counts as the claim's acceptance; values
    are compared where both kept the claim.
    """
    said: dict[tuple[int, str], list[Hashable]] = {}
    for one in reviews:
        for claim in one.coding.claims:
            verdict = one.state(claim.id).verdict
            if not verdict or verdict == "add":
                continue
            said.setdefault((0, claim.id), []).append("reject" if verdict == "reject" else "keep")
            if verdict != "reject":
                found = values_of(claim, one.coding)
                for number, name in enumerate(VALUES, 1):
                    said.setdefault((number, claim.id), []).append(found[name])
    packed = array("q")
    for (number, _), values in said.items():
        if len(values) > 1:
            packed.extend((number, len(values), *map(hash, values)))
    return packed


class Alphas:
    """Alpha for the verdict and for each value, over units that are added, and taken out again.

    Of a unit only hashes of its values are kept, and of all units only sums: whole numbers, so that what is
    taken out leaves nothing behind.
    """

    def __init__(self) -> None:
        self._sums = [_Sums() for _ in _NAMES]

    def add(self, units: array[int], sign: int = 1) -> None:
        """The units of a report, as `units_of` packs them; -1 takes them out."""
        at = 0
        while at < len(units):
            number, coders = units[at : at + 2]
            self._sums[number].add(units[at + 2 : at + 2 + coders], sign)
            at += 2 + coders

    def found(self) -> list[Alpha]:
        """An alpha for the verdict, then one for each value; those that nobody compared left out."""
        pairs = zip(_NAMES, self._sums, strict=True)
        return [Alpha(name, *sums.alpha()) for name, sums in pairs if sums.units or name == _NAMES[0]]


class _Sums:
    """What alpha needs of the units of one value."""

    def __init__(self) -> None:
        self.units = 0
        self._totals: Counter[Hashable] = Counter()
        self._apart: Counter[int] = Counter()  # pairs that differ, by how many coders the unit has, less one

    def add(self, values: Sequence[Hashable], sign: int = 1) -> None:
        if len(values) < 2:
            return
        counts = Counter(values)
        self.units += sign
        for value, times in counts.items():
            self._totals[value] += sign * times
            if not self._totals[value]:
                del self._totals[value]
        same = sum(times * times for times in counts.values())
        self._apart[len(values) - 1] += sign * (len(values) ** 2 - same)

    def alpha(self) -> tuple[float | None, int]:
        everything = self._totals.total()
        expected = everything**2 - sum(total**2 for total in self._totals.values())
        if not self.units or expected <= 0:
            return None, self.units
        observed = sum(pairs / others for others, pairs in self._apart.items())
        return 1 - (everything - 1) * observed / expected, self.units
