"""What a report itself says of where it comes from: credits, links, citations, and what is none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from stemma.lexicon.outlets import find_outlet
from stemma.merge.lineage import saying
from stemma.merge.lineage.names import Named, Names, Own
from stemma.merge.lineage.words import text_passages
from stemma.model import Document, Passage, PassageKind, Span

LINE_AT_MOST: Final = 60
"""A paragraph of at most so many characters may be a line of credit."""

LEFT_WINDOW: Final = 110
RIGHT_WINDOW: Final = 140

VOICES: Final = frozenset(
    {
        "Amnesty International",
        "Human Rights Watch",
        "US State Department",
        "UK Government",
        "US Department of Defense",
    }
)
"""In the list of outlets for their sites; whoever names them in a sentence cites a source, no outlet."""

PICTURES_ONLY: Final = frozenset({"Getty Images", "European Pressphoto Agency"})
"""Agencies of pictures: a sentence that has words of one by its short name means another house (EPA)."""

FIRST_PASSAGES: Final = 6
"""A dateline with a name that no list has counts among so many first passages only; later, brackets before
a colon are a table's ("Lincoln (NR):")."""

_EXPLAINED: Final = re.compile(
    r"((?:[A-ZÀ-Þ][\w'’.-]*\s+(?:(?:of|for|and|the|de|des|e)\s+){0,2}){1,6})\(([A-Z]{2,6})\)"
)

_HEADS: Final = (PassageKind.DATELINE, PassageKind.BYLINE)


class Force(IntEnum):
    """What a cue says; a stronger one goes before a weaker one on the same outlet."""

    PICTURE = 0
    CITES = 1
    EARLIER = 2
    HELP = 3
    LINK = 4
    MARKED = 5
    CREDIT = 6


@dataclass(frozen=True, slots=True)
class Cue:
    """An outlet that a report names as where words come from. `start` is -1 where the header names it."""

    outlet: str
    force: Force
    start: int = -1
    end: int = -1
    agency: bool = False
    name: int = -1

    @property
    def span(self) -> Span | None:
        """The place of the cue's words in the document's text."""
        return Span(start=self.start, end=self.end) if self.start >= 0 else None


def find_cues(document: Document, names: Names, own: Own) -> tuple[Cue, ...]:
    """The cues of `document`, the strongest and first of each outlet; its own only where it says so."""
    strongest: dict[str, Cue] = {}
    pictures: dict[str, Cue] = {}
    for cue in _all_cues(document, names, own):
        if own.is_named(cue.outlet) and cue.force is not Force.EARLIER:
            continue
        if cue.force is Force.CITES and (cue.outlet in VOICES or cue.outlet in PICTURES_ONLY):
            continue
        kept = pictures if cue.force is Force.PICTURE else strongest
        if cue.outlet not in kept or cue.force > kept[cue.outlet].force:
            kept[cue.outlet] = cue
    return (*strongest.values(), *pictures.values())


def _all_cues(document: Document, names: Names, own: Own) -> Iterator[Cue]:
    credited = {canonical(name)[0] for name in document.agencies}
    seen: set[str] = set()
    unsure: set[str] = set()
    for number, passage in enumerate(document.passages):
        if passage.outlet is None:
            continue
        if number >= FIRST_PASSAGES and passage.kind in _HEADS and find_outlet(passage.outlet) is None:
            credited.discard(canonical(passage.outlet)[0])
            unsure.add(canonical(passage.outlet)[0])
            continue
        outlet, agency = canonical(passage.outlet)
        force = _passage_force(passage, outlet in credited, document.text)
        if force is not Force.PICTURE:
            seen.add(outlet)
        span = passage.outlet_span or passage.span
        yield Cue(outlet, force, span.start, span.end, agency, span.start)
    for name in document.agencies:
        outlet, agency = canonical(name)
        if outlet not in seen and outlet not in unsure:
            seen.add(outlet)
            yield Cue(outlet, Force.CREDIT, agency=agency)
    if document.byline:
        for named in names.find(document.byline, 0, len(document.byline)):
            if named.listed and named.outlet not in seen:
                yield Cue(named.outlet, Force.CREDIT, agency=named.agency)
    others = explained_otherwise(document.text)
    for passage in text_passages(document):
        yield from _cues_in(document.text, passage, names, own, others)


def explained_otherwise(text: str) -> frozenset[str]:
    """The short names that the text itself explains as something else: "Arakan Army (AA)" is no agency."""
    found = set()
    for match in _EXPLAINED.finditer(text):
        short = match[2]
        known = find_outlet(short)
        if known is None:
            continue
        words = re.findall(r"[A-ZÀ-Þ][\w'’.-]*", match[1])
        full = words[-len(short) :]
        if "".join(word[0] for word in full) == short and find_outlet(" ".join(full)) != known:
            found.add(short)
    return frozenset(found)


def canonical(name: str) -> tuple[str, bool]:
    """The one name of the outlet called `name`, and whether it is an agency."""
    known = find_outlet(name)
    return (known.name, known.is_agency) if known else (" ".join(name.split()), False)


def _passage_force(passage: Passage, credited: bool, text: str) -> Force:
    if passage.kind is PassageKind.EXCERPT:
        return Force.MARKED
    if passage.kind is PassageKind.FURNITURE:
        return Force.LINK if saying.LINK.search(passage.span.of(text)) else Force.CITES
    if passage.kind in _HEADS or (passage.kind is PassageKind.CREDIT and credited):
        return Force.CREDIT
    if passage.kind in (PassageKind.CAPTION, PassageKind.CREDIT):
        return Force.PICTURE
    return Force.CITES


def _cues_in(text: str, passage: Passage, names: Names, own: Own, others: frozenset[str]) -> Iterator[Cue]:
    start, end = passage.span.start, passage.span.end
    before: Named | None = None
    for named in names.find(text, start, end):
        if text[named.start : named.end] in others:
            before = None
            continue
        force, first, last = _force_of(text, start, end, named, own)
        if force is None and before and saying.JOINED.fullmatch(text, before.end, named.start):
            force, first, last = Force.CITES, named.start, named.end
        if force is None or (not named.listed and force is not Force.CITES):
            before = None
            continue
        yield Cue(named.outlet, force, first, last, named.agency, named.start)
        before = named


def _force_of(text: str, start: int, end: int, named: Named, own: Own) -> tuple[Force | None, int, int]:
    """What the words around a name make of it, and where those words stand."""
    left = text[max(start, named.start - LEFT_WINDOW) : named.start]
    right = text[named.end : min(end, named.end + RIGHT_WINDOW)]
    whole_left = named.start - start <= LEFT_WINDOW
    credit = _credit(left, right, whole_left, end - start, named)
    if credit:
        return credit, named.start, named.end
    if own.is_named(named.outlet):
        if saying.EARLIER.search(left) or saying.EARLIER_AFTER.match(right):
            return Force.EARLIER, named.start, named.end
        return None, 0, 0
    if (saying.PICTURE.search(left) and right.startswith(")")) or saying.PICTURE_FROM.search(left):
        return Force.PICTURE, named.start, named.end
    match = saying.BEFORE.search(left)
    if match:
        return Force.CITES, named.start - len(left) + match.start(), named.end
    match = saying.AFTER.match(right)
    if match:
        return Force.CITES, named.start, named.end + match.end()
    return None, 0, 0


def _credit(left: str, right: str, whole_left: bool, size: int, named: Named) -> Force | None:
    if saying.HELPED.match(right):
        return Force.HELP
    closes = bool(saying.LINE_END.match(right)) and len(right) < RIGHT_WINDOW
    if not closes:
        return None
    if saying.WITH_HELP.search(left):
        return Force.HELP
    if whole_left and size <= LINE_AT_MOST and (saying.LINE_LEAD.match(left) or saying.ALONE.match(left)):
        return Force.CREDIT
    if named.agency and saying.SENTENCE_END.search(left):
        return Force.CREDIT
    return None
