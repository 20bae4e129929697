"""How much a claim needs a person's eye."""

from __future__ import annotations

from typing import Final

from stemma.model import Claim, SourceKind

WEIGHTS: Final = {"ASSAULT": 1.0, "REALIGN": 1.0, "CLAIM-RESPONSIBILITY": 0.9, "DENY": 0.9, "COERCE": 0.8}
"""How much a mistake costs, by the claim's type: what a casualty record or a court file rests on first."""

OTHER_WEIGHT: Final = 0.5
UNKNOWN_SCORE: Final = 0.5
LONE: Final = 0.25
"""What a single anonymous origin adds to a claim's need: half of what the worst score does."""


def need_of(claim: Claim) -> float:
    """In [0, 1]: how unsure the engine is, times what a mistake costs, plus a lone origin.

    It is kept with the claim. Whoever changes the numbers has to bring older casebooks along by a migration.
    """
    unsure = 1.0 - (UNKNOWN_SCORE if claim.score is None else claim.score)
    weight = WEIGHTS.get(claim.type.value, OTHER_WEIGHT)
    return unsure * weight * (1 - LONE) + (LONE if is_lone(claim) else 0.0)


def is_lone(claim: Claim) -> bool:
    """True where the chain ends in one anonymous source, with none beside it."""
    if not claim.sources or claim.sources[0].kind is not SourceKind.ANONYMOUS:
        return False
    return not (len(claim.sources) > 1 and claim.sources[1].parallel)
