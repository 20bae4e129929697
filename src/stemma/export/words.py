"""Values as plain words for text columns."""

from __future__ import annotations

from typing import Final

from stemma.model import Certainty, Claim, Count, Status

STATUS_WORDS: Final = {Status.FUTURE: "planned or announced", Status.HYPOTHETICAL: "hypothetical"}


def flat(text: str | None) -> str:
    """`text` on one line, with single spaces; empty for null."""
    return " ".join(text.split()) if text else ""


def hedge_words(claim: Claim) -> str:
    """How the report holds back, in its word and ours: `reportedly (probable)`; empty where it does not."""
    parts = []
    cue = flat(claim.cue)
    if claim.certainty is not Certainty.CERTAIN:
        parts.append(f"{cue} ({claim.certainty})" if cue else str(claim.certainty))
        cue = ""
    if claim.negated:
        parts.append(f"said not to have happened (“{cue}”)" if cue else "said not to have happened")
        cue = ""
    if claim.status in STATUS_WORDS:
        parts.append(STATUS_WORDS[claim.status])
    return "; ".join(parts)


def count_words(count: Count) -> str:
    """A count as said: `killed: at least 30`."""
    return f"{count.what}: {flat(count.text)}"


def sentence_case(text: str) -> str:
    """`text` with a capital first letter."""
    return text[:1].upper() + text[1:]
