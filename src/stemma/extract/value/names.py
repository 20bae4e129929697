"""From names to who is meant: alike names, actors of the lexicon, entities of one report that are one."""

from __future__ import annotations

from stemma.extract.value.name_groups import Merge, alias_groups
from stemma.extract.value.name_said import said_same
from stemma.names.actor import canonical_actor, is_unnamed
from stemma.names.likeness import SAME_NAME, likeness_of_names, likeness_of_words, same_name

__all__ = [
    "SAME_NAME",
    "Merge",
    "alias_groups",
    "canonical_actor",
    "is_unnamed",
    "likeness_of_names",
    "likeness_of_words",
    "said_same",
    "same_name",
]
