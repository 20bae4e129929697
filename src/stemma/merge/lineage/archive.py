"""What is kept of each report while its lineage is sought: a few hundred bytes, never its text."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from stemma.lexicon.outlets import domain_of
from stemma.merge.lineage.align import Overlap, align
from stemma.merge.lineage.cues import Cue, Force, find_cues
from stemma.merge.lineage.names import Names, Own
from stemma.merge.lineage.near import Index, fingerprints, stock_words
from stemma.merge.lineage.traits import traits_of
from stemma.merge.lineage.words import Hashes, Words, hash_text, text_passages, words_of
from stemma.merge.protocol import Held
from stemma.model import Document, PassageKind

NEIGHBOURS_AT_MOST: Final = 24
"""Reports that one report is aligned with: those it shares most fingerprints with."""

WORDS_KEPT: Final = 4096
RARE_TRAITS: Final = 10
"""Traits by which a report is looked up: its rarest ones that another report has too."""

ALL_STOCK: Final = 0.9
"""A report of which so much is stock has no other words: there they count."""

COMMON_TRAIT: Final = 200
"""A trait of more reports leads nowhere."""


@dataclass(slots=True)
class Trace:
    """One report: who published it when, what it credits, and where its fingerprints are filed."""

    report: str
    own: Own
    day: int | None
    late: bool
    language: str | None
    address: int
    kin: int
    size: int
    house: bool
    cues: tuple[Cue, ...]
    marked: tuple[tuple[str, float], ...]

    def cue(self, outlet: str) -> Cue | None:
        """The strongest cue that names `outlet`."""
        return next((cue for cue in self.cues if cue.outlet == outlet and cue.force > Force.PICTURE), None)

    def text_credits(self) -> tuple[Cue, ...]:
        """The cues by which the text, or a part of it, is another outlet's."""
        return tuple(cue for cue in self.cues if cue.force >= Force.HELP)


@dataclass(slots=True)
class Archive:
    """The reports, with what was seen of each; `neighbours` are known once `gather` is through."""

    held: Sequence[Held]
    traces: list[Trace] = field(default_factory=list)
    index: Index = field(default_factory=Index)
    first_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    trait_hashes: array[int] = field(default_factory=lambda: array("Q"))
    trait_starts: array[int] = field(default_factory=lambda: array("Q", [0]))
    neighbours: dict[int, list[int]] = field(default_factory=dict)
    stock: Hashes = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    _cache: dict[int, Words] = field(default_factory=dict)

    def words(self, number: int) -> Words:
        """The words of a report, read again where they are no longer at hand."""
        known = self._cache.pop(number, None)
        if known is None:
            known = words_of(self.held[number].document)
            mask = stock_words(known.hashes, self.stock)
            if mask.sum() < ALL_STOCK * len(known):
                known = known.without(mask, number)
            if len(self._cache) >= WORDS_KEPT:
                self._cache.pop(next(iter(self._cache)))
        self._cache[number] = known
        return known

    def overlap(self, here: int, there: int) -> Overlap:
        """The exact alignment of two reports."""
        return align(self.words(here), self.words(there))

    def traits(self, number: int) -> tuple[int, ...]:
        """The hashes of a report's traits in text order."""
        return tuple(self.trait_hashes[self.trait_starts[number] : self.trait_starts[number + 1]])


def gather(held: Sequence[Held], today: datetime.date) -> Archive:
    """Reads every report once: its cues, fingerprints and traits, and then which share text."""
    names = Names()
    # One object for each outlet: a million reports have a few thousand.
    known: dict[Own, Own] = {}
    owns = [known.setdefault(own, own) for own in (names.own(one.document) for one in held)]
    names.learn(owns)
    archive = Archive(held)
    for number, one in enumerate(held):
        document = one.document
        words = words_of(document)
        kin = hash_text(words.hashes.tobytes().hex()) if len(words) else -1 - number
        first = archive.first_of.setdefault(kin, number)
        if first == number:
            archive.index.add(number, fingerprints(words.hashes))
        else:
            archive.members.setdefault(first, [first]).append(number)
        own = owns[number]
        day, late = _day(document.published, today)
        archive.traces.append(
            Trace(
                report=document.report,
                own=own,
                day=day,
                late=late,
                language=(document.language or "").split("-")[0].lower() or None,
                address=_address(document.url),
                kin=first,
                size=len(words),
                house=bool(own.outlet and document.byline and own.is_named(_label(names, document.byline))),
                cues=find_cues(document, names, own),
                marked=_marked(document),
            )
        )
        archive.trait_hashes.extend(traits_of(document).hashes)
        archive.trait_starts.append(len(archive.trait_hashes))
    houses = {outlet: number for number, outlet in enumerate(dict.fromkeys(own.outlet for own in owns))}
    archive.stock = archive.index.stock(
        np.array([houses[own.outlet] if own.outlet else -1 for own in owns], dtype=np.int64),
        np.array([-1 if trace.day is None else trace.day for trace in archive.traces], dtype=np.int64),
    )
    archive.neighbours = _neighbours(archive.index, archive.stock)
    archive.index = Index()
    return archive


def _label(names: Names, byline: str) -> str:
    found = next(names.find(byline, 0, len(byline)), None)
    return found.outlet if found and found.listed else byline


def _day(published: datetime.date | None, today: datetime.date) -> tuple[int | None, bool]:
    """The day as a number; none where the date lies ahead, which no date of publication does."""
    if published is None:
        return None, False
    if published > today + datetime.timedelta(days=1):
        return None, True
    return published.toordinal(), False


def _address(url: str | None) -> int:
    """A hash of the address without what changes from link to link; 0 where there is none."""
    if not url:
        return 0
    rest = url.split("//", 1)[-1].split("#", 1)[0]
    path, _, query = rest.partition("?")
    kept = "&".join(
        part
        for part in sorted(query.split("&"))
        if part and not part.lower().startswith(("utm_", "fbclid", "gclid", "ref="))
    )
    slash = path.find("/")
    tail = path[slash:].rstrip("/") if slash >= 0 else ""
    if not tail and not kept:
        return 0
    return hash_text(f"{domain_of(url)}{tail}?{kept}")


def _marked(document: Document) -> tuple[tuple[str, float], ...]:
    """How much of the text is marked as an excerpt of each outlet, in [0, 1]."""
    total, parts = 0, dict[str, int]()
    for passage in text_passages(document):
        size = passage.span.end - passage.span.start
        total += size
        if passage.kind is PassageKind.EXCERPT and passage.outlet:
            parts[passage.outlet] = parts.get(passage.outlet, 0) + size
    return tuple((outlet, size / total) for outlet, size in parts.items())


def _neighbours(index: Index, stock: Hashes) -> dict[int, list[int]]:
    low, high, counts = index.pairs(without=stock)
    if not len(low):
        return {}
    nodes = np.concatenate([low, high])
    others = np.concatenate([high, low])
    weights = np.concatenate([counts, counts])
    order = np.lexsort((others, -weights, nodes))
    nodes, others = nodes[order], others[order]
    starts = np.flatnonzero(np.r_[True, nodes[1:] != nodes[:-1]])
    ends = np.r_[starts[1:], len(nodes)]
    return {
        int(nodes[start]): others[start : min(end, start + NEIGHBOURS_AT_MOST)].tolist()
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    }
