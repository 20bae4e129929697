"""How alike two names are, and which actor of the lexicon a name means: what stages share about names."""

from __future__ import annotations

from stemma.names.actor import canonical_actor, is_unnamed
from stemma.names.likeness import SAME_NAME, likeness_of_names, likeness_of_words, same_name

__all__ = [
    "SAME_NAME",
    "canonical_actor",
    "is_unnamed",
    "likeness_of_names",
    "likeness_of_words",
    "same_name",
]
