"""Agreement of reviewers beyond chance: Krippendorff's alpha for nominal values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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
    weights: dict[tuple[Hashable, Hashable], float] = {}
    comparable = 0
    for values in units:
        if len(values) < 2:
            continue
        comparable += 1
        counts = Counter(values)
        for one, times in counts.items():
            for two, others in counts.items():
                same = times * (others - (one == two))
                if same:
                    weights[one, two] = weights.get((one, two), 0.0) + same / (len(values) - 1)
    totals: dict[Hashable, float] = {}
    for (one, _), weight in weights.items():
        totals[one] = totals.get(one, 0.0) + weight
    all_of_them = sum(totals.values())
    expected = all_of_them**2 - sum(total**2 for total in totals.values())
    if comparable == 0 or expected <= 0:
        return None, comparable
    observed = sum(weight for (one, two), weight in weights.items() if one != two)
    return 1 - (all_of_them - 1) * observed / expected, comparable


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


class Alphas:
    """Alpha for the verdict and for each value, over reviews that are added one by one and not kept.

    The unit is a claim that two or more reviewed. A correction counts as the claim's acceptance; values
    are compared where both kept the claim.
    """

    def __init__(self) -> None:
        self._verdicts: dict[tuple[str, str], list[Hashable]] = {}
        self._values: dict[str, dict[tuple[str, str], list[Hashable]]] = {}

    def add(self, review: Review) -> None:
        """One report as one person judged it."""
        for claim in review.coding.claims:
            verdict = review.state(claim.id).verdict
            if not verdict or verdict == "add":
                continue
            unit = (review.coding.report, claim.id)
            self._verdicts.setdefault(unit, []).append("reject" if verdict == "reject" else "keep")
            if verdict != "reject":
                for name, value in values_of(claim, review.coding).items():
                    self._values.setdefault(name, {}).setdefault(unit, []).append(value)

    def found(self) -> list[Alpha]:
        """An alpha for the verdict, then one for each value."""
        values = (Alpha(name, *krippendorff_alpha(units.values())) for name, units in self._values.items())
        return [Alpha("kept or rejected", *krippendorff_alpha(self._verdicts.values())), *values]


def alphas(reviews: Mapping[str, Iterable[Review]]) -> list[Alpha]:
    """The same over the reviews of each person, by name."""
    made = Alphas()
    for review in chain.from_iterable(reviews.values()):
        made.add(review)
    return made.found()
