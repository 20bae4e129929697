"""How sure the engine is of a claim: a chance that holds over many claims, no raw output of the network."""

from __future__ import annotations

import math
from collections.abc import Mapping

from stemma.extract.local.decode import Draft
from stemma.model import ClaimType, Role

FEATURES = ("bias", "trigger", "parties", "no actor", "nobody else", "missing", "tie", "hedge")
EDGE = 1e-4
LIKELY = 0.98
"""The share of a type's claims that have a role is taken for no more than this: no role is sure."""
ROLES = frozenset(Role)
SIDES = (Role.ACTOR, Role.RECIPIENT, Role.TO)
OTHERS = frozenset({Role.RECIPIENT, Role.TO, Role.VICTIM, Role.OBJECT})


def features_of(draft: Draft, kind: ClaimType, usual: Mapping[str, float]) -> tuple[float, ...]:
    """What the confidence rests on, in the order of `FEATURES`.

    The network's log odds of the trigger, those of the parties on average, whether nobody acts and
    whether it meets nobody and nothing, how surprising the sides are that are missing (in nats, by the
    share `usual` of the type's claims that have each), whether the claim is a tie, how open its status is.
    """
    parties = [link.score for link in draft.links if link.label in ROLES]
    filled = {link.label for link in draft.links}
    missing = [usual.get(side, 0.0) for side in SIDES if side not in filled]
    return (
        1.0,
        _log_odds(draft.score),
        sum(map(_log_odds, parties)) / len(parties) if parties else 0.0,
        float(Role.ACTOR not in filled),
        float(not filled & OTHERS),
        -sum(math.log(1 - min(share, LIKELY)) for share in missing),
        float(kind.is_tie),
        1.0 - float(max(draft.status)),
    )


def confidence(
    draft: Draft, kind: ClaimType, weights: Mapping[str, float], usual: Mapping[str, float]
) -> float:
    """The chance in [0, 1] that `weights` give a claim: by default that a careful person codes it with
    this type and these chief parties.

    Logistic regression over `features_of` and the type, fitted by `training/calibrate.py`; without
    `weights` the network's chance of the trigger.
    """
    if not weights:
        return draft.score
    features = zip(FEATURES, features_of(draft, kind, usual), strict=True)
    odds = weights.get(kind, 0.0) + sum(weights.get(name, 0.0) * x for name, x in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _log_odds(chance: float) -> float:
    chance = min(max(chance, EDGE), 1 - EDGE)
    return math.log(chance / (1 - chance))
