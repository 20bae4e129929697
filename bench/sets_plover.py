"""PLOVER codes of sentences: PLV, the PLOVER gold records, and the quad classes of the CAMEO sentences.

The code of a sentence is that of our best-scored event claim in it (a tie's where there is no event);
`marked`, as the published systems have it, is the best one whose actor touches the source that PLV marks
or whose other side touches the target, where there is one. Where there is no claim the answer is none and
wrong (class 0 of the CAMEO sentences). Codes are PLV's: YIELD is CONCEDE and RETREAT.

    REALIGN             join, pledge, merge, recruit SUPPORT; defect, leave, split YIELD
    TRANSFER            AID; smuggle COOPERATE
    MOVE                deploy-abroad, infiltrate MOBILIZE; flee, return YIELD; travel CONSULT
    CLAIM-RESPONSIBILITY ASSAULT; DENY REJECT
    ties                AT_WAR_WITH ASSAULT; ALLIED_WITH SUPPORT; the others none

PLV codes what is promised, threatened or undone by another code than what is done, and so here: planned or
demanded cooperation is AGREE, planned material conflict THREATEN; undone verbal cooperation REJECT, undone
material cooperation SANCTION, undone conflict AGREE (verbal) or YIELD (material). The gold records do not:
there the code is that of the act.
"""

from __future__ import annotations

from pathlib import Path

from public_sets import Figures
from sets_shared import Place, accuracy, code, macro_f1, role_places, touch
from stemma.model import Claim, ClaimType, Coding, Role, Status

NONE = "none"
SAME = {
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
}
OURS: dict[str, str] = {
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
    "REALIGN": "SUPPORT",
    "REALIGN/defect": "YIELD",
    "REALIGN/leave": "YIELD",
    "REALIGN/split": "YIELD",
    "TRANSFER": "AID",
    "TRANSFER/smuggle": "COOPERATE",
    "MOVE": "CONSULT",
    "MOVE/flee": "YIELD",
    "MOVE/return": "YIELD",
    "MOVE/infiltrate": "MOBILIZE",
    "MOVE/deploy-abroad": "MOBILIZE",
    "CLAIM-RESPONSIBILITY": "ASSAULT",
    "DENY": "REJECT",
    "AT_WAR_WITH": "ASSAULT",
    "ALLIED_WITH": "SUPPORT",
}


def root_of(claim: Claim) -> str:
    """The root code of what the claim is about, done or not."""
    kind = str(claim.type)
    return kind if kind in SAME else OURS.get(f"{kind}/{claim.mode}", OURS.get(kind, NONE))


def with_modality(root: str, quad: int, planned: bool, undone: bool) -> str:
    """The code of an act that is promised, threatened, demanded or undone."""
    if undone:
        if quad in (1, 2):
            return "SANCTION" if quad == 2 and not planned else "REJECT"
        return "YIELD" if quad == 4 and not planned else "AGREE"
    if planned and quad in (1, 2):
        return "AGREE"
    return "THREATEN" if planned and quad == 4 else root


def answer(claim: Claim | None, modality: bool) -> str:
    """The code of a claim as PLV would have it; none without a claim."""
    from corpora.plover import QUADS

    if claim is None:
        return NONE
    root = root_of(claim)
    if not modality or root == NONE:
        return root
    planned = claim.status in (Status.FUTURE, Status.HYPOTHETICAL)
    return with_modality(root, QUADS[root], planned, claim.negated)


def best(claims: list[Claim]) -> Claim | None:
    """The best-scored event, else the best-scored tie that has a code."""
    coded = [claim for claim in claims if root_of(claim) != NONE]
    return max(coded, key=lambda c: (not ClaimType(c.type).is_tie, c.score or 0.0), default=None)


def marked(coding: Coding, text: str, source: str, target: str) -> Claim | None:
    """The best claim of those whose sides touch the most of the marked source and target."""

    def spot(name: str) -> Place | None:
        at = text.find(name) if name else -1
        return (at, at + len(name)) if at >= 0 else None

    def met(places: list[Place], at: Place | None) -> bool:
        return at is not None and any(touch(place, at) for place in places)

    others = (Role.RECIPIENT, Role.VICTIM, Role.TO, Role.FROM, Role.OBJECT)

    def sides(claim: Claim) -> int:
        actor = met(role_places(claim, Role.ACTOR), spot(source))
        return actor + met(role_places(claim, *others), spot(target))

    most = max(map(sides, coding.claims), default=0)
    return best([claim for claim in coding.claims if sides(claim) == most]) or best([*coding.claims])


def score(root: Path, split: str | None) -> Figures:
    from corpora import plover as corpus

    corpus.ROOT = root / "plover"
    quads = {**corpus.QUADS, NONE: 0}
    result: Figures = {}
    # Two thirds of the development part train the model; the third that does not is measured.
    rows = corpus.plv(split) if split else [row for row in corpus.plv() if row.held_out]
    codings = [code(f"plv/{k}", row.text) for k, row in enumerate(rows)]
    wanted = [row.root for row in rows]
    plain = [best([*coding.claims]) for coding in codings]
    known = [marked(c, row.text, row.source, row.target) for c, row in zip(codings, rows, strict=True)]
    result["plv with a claim"] = round(sum(c is not None for c in plain) / max(1, len(rows)), 3)
    for name, claims in (("plv", plain), ("plv marked", known)):
        given = [answer(claim, modality=True) for claim in claims]
        result[f"{name} accuracy"] = accuracy(wanted, given)
        result[f"{name} macro f1"] = macro_f1(wanted, given)
        result[f"{name} quad accuracy"] = accuracy([row.quad for row in rows], [quads[g] for g in given])
    if split:
        return result
    gold = corpus.records()
    given = [answer(best([*code(f"plover/{k}", r.text).claims]), modality=False) for k, r in enumerate(gold)]
    result["records accuracy"] = accuracy([row.root for row in gold], given)
    result["records macro f1"] = macro_f1([row.root for row in gold], given)
    result["records quad accuracy"] = accuracy([row.quad for row in gold], [quads[g] for g in given])
    cameo = corpus.classes()
    given = [answer(best([*code(f"cameo/{k}", r.text).claims]), modality=True) for k, r in enumerate(cameo)]
    result["cameo quad accuracy"] = accuracy([row.quad for row in cameo], [quads[g] for g in given])
    return result
