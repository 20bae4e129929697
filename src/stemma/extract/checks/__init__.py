"""Claims of one report that contradict one another, their report or themselves: notes, nothing mended."""

from __future__ import annotations

from typing import Final

from stemma.extract.checks.after_report import find_after_report
from stemma.extract.checks.backwards import find_backwards
from stemma.extract.checks.dead import find_dead_acting
from stemma.extract.checks.outside import find_outside
from stemma.extract.checks.parents import find_two_parents
from stemma.extract.checks.sums import find_wrong_sums
from stemma.extract.checks.ties import find_contrary_ties
from stemma.extract.checks.view import View
from stemma.model import Coding, Document, Note

__all__ = ["CHECKS", "VERSION", "check_coding", "with_checks"]

CHECKS: Final = (
    find_after_report,
    find_backwards,
    find_dead_acting,
    find_outside,
    find_two_parents,
    find_wrong_sums,
    find_contrary_ties,
)
VERSION: Final = "1"
"""Changes when the same coding gets other notes."""


def check_coding(document: Document, coding: Coding) -> tuple[tuple[str, Note], ...]:
    """Every contradiction found, as the id of the claim that it is shown at and the note on it.

    In the order of the claims; a note is given once for a claim. Nothing of the coding is changed.
    """
    view = View(document, coding)
    order = {claim.id: number for number, claim in enumerate(coding.claims)}
    found = dict.fromkeys(placed for check in CHECKS for placed in check(view))
    return tuple(sorted(found, key=lambda placed: order[placed[0]]))


def with_checks(document: Document, coding: Coding) -> Coding:
    """`coding` with the notes of `check_coding` on its claims; a note that is there already stays one."""
    notes: dict[str, list[Note]] = {}
    for claim, note in check_coding(document, coding):
        notes.setdefault(claim, []).append(note)
    if not notes:
        return coding
    claims = tuple(
        claim.model_copy(update={"notes": tuple(dict.fromkeys((*claim.notes, *notes[claim.id])))})
        if claim.id in notes
        else claim
        for claim in coding.claims
    )
    return coding.model_copy(update={"claims": claims})
