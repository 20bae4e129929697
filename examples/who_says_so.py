"""One line per report: what it says of an incident, and on whose word, oldest first.

Run by `make demo`, and a first example of Stemma from Python.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import stemma

QUESTIONS = (
    ("Captain Senn left the army", ("REALIGN",), "Senn", "members"),
    ("Shells killed people in the market of Kolmaz", ("ASSAULT",), "market", "killed"),
    ("A convoy was ambushed at Grel Pass", ("ASSAULT",), "ambush", "killed"),
)
"""What is asked: a title, the types of claim, a word that they hold, and what is counted."""

OWN_VOICE = "— its own voice"


def answers(
    store: stemma.Store, types: tuple[str, ...], word: str
) -> Iterator[tuple[stemma.Coding, stemma.Claim]]:
    """The claims of these types whose evidence or parties hold the word, oldest report first."""
    codings = store.codings(stemma.Query(types=types))
    for coding in sorted(codings, key=lambda coding: (str(coding.published), coding.report)):
        for claim in coding.claims:
            parties = [party for filled in claim.roles.values() for party in filled]
            names = [name for party in parties for name in coding.entity(party).names]
            if any(word in words for words in (claim.evidence, *names)):
                yield coding, claim


def chain(claim: stemma.Claim) -> str:
    """`the army + residents → State television`: beside each other, then relayed by the next."""
    words = ""
    for source in claim.sources:
        joint = " + " if source.parallel else " → "
        unnamed = " (unnamed)" if source.kind == "anonymous" else ""
        words += f"{joint if words else ''}{source.text}{unnamed}"
    return words or OWN_VOICE


def figure(claim: stemma.Claim, counted: str) -> str:
    """The count in the report's words, or that it did not happen."""
    counts = [count.text for count in claim.counts if count.what == counted]
    return "NOT SO" if claim.negated else ", ".join(counts)


def main(casebook: str) -> None:
    """Prints a table for each question."""
    with stemma.open_casebook(casebook) as store:
        for title, types, word, counted in QUESTIONS:
            lines = []
            for coding, claim in answers(store, types, word):
                outlet = (coding.outlet or "unknown")[:28]
                line = (str(coding.published), outlet, figure(claim, counted), chain(claim))
                if line not in lines:
                    lines.append(line)
            print(f"\n  {title}\n")
            for published, outlet, count, voices in lines:
                print(f"    {published}  {outlet:<29} {count:<13} {voices}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo.casebook")
