"""On whose word: from the spans that are sources of a claim to its chain."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import numpy as np

from stemma.extract.local.decode import Draft, Link
from stemma.extract.local.heads import Floats
from stemma.extract.local.parties import Parties
from stemma.extract.local.relays import Relays, outlet_key
from stemma.extract.local.scores import Scores
from stemma.extract.local.settle import DOUBTED
from stemma.model import PassageKind, Reading, Source, SourceKind, Span

KINDS = list(SourceKind)
RANKS = {SourceKind.DOCUMENT: 1, SourceKind.SOCIAL: 1, SourceKind.OUTLET: 2}
"""Who relays whom: people and bodies speak, documents hold what they say, outlets carry both."""
PICTURED = (PassageKind.CAPTION, PassageKind.CREDIT)
"""Whoever is credited with a picture says nothing of the report beside it."""
CUE = 1
"""The attribution head's kinds are source, cue, content."""
INSIDE, LAST = 2, 3
"""Its tags are outside, first, inside, last and only word."""
UNSURE = 0.6
"""Under this chance of being a source the chain is also given without it."""
MOST_READINGS = 2
CUE_WITHIN = 15
"""Words between a source and its cue at the most."""

_AND = re.compile(
    r"\W*(?:and|or|as well as|along with|&|,|;|/)?\W*(?:and\b\W*)?(?:both\b\W*)?(?:the\b\W*)?", re.I
)
_GAP = r"[^\w.!?]+"
_CITING = re.compile(
    rf"{_GAP}(?:\w+{_GAP}){{0,3}}?(?:quot(?:ed|es|ing)|cit(?:ed|es|ing)){_GAP}(?:\w+{_GAP}){{0,4}}", re.I
)
_TOLD = re.compile(rf"{_GAP}(?:\w+{_GAP}){{0,3}}?(?:told|tells){_GAP}(?:\w+{_GAP}){{0,3}}", re.I)


def cue_spans(probabilities: Floats) -> list[tuple[int, int]]:
    """Runs of words [start, end] that the attribution head takes for a cue ("said", "according to")."""
    tags = probabilities[:, CUE].argmax(-1)
    found: list[tuple[int, int]] = []
    for index in map(int, np.flatnonzero(tags)):
        if found and found[-1][1] == index - 1 and tags[index] in (INSIDE, LAST):
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


class Chains:
    """Builds the chain of sources of each claim of a document."""

    def __init__(self, scores: Scores) -> None:
        self._scores, self._document = scores, scores.document
        self._cues: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for first, last in cue_spans(scores.attribution):
            self._cues[int(scores.words.sentence[first])].append((first, last))
        self._relays = Relays(scores.document)

    def hear_cited(self, draft: Draft) -> None:
        """Makes a doubtful voice a source where the report says that it tells a sure one, or is told by it:
        "the Courier reported, citing security sources" names two whatever the network makes of the first."""
        sure = draft.linked("source")
        for link in draft.linked(DOUBTED):
            one = self._scores.words_of(link.span)[1]
            for other in sure:
                two = self._scores.words_of(other.span)[1]
                first, second = (one, two) if one.start < two.start else (two, one)
                if any(self._only(first, second, words) for words in (_CITING, _TOLD)):
                    link.label = "source"
                    break

    def chain(self, draft: Draft, parties: Parties, ids: dict[int, str]) -> tuple[Source, ...]:
        """The sources of a claim, from the ultimate to the nearest; none stands there twice."""
        return self._chain(draft, draft.linked("source"), parties, ids)

    def readings(
        self, draft: Draft, sources: tuple[Source, ...], parties: Parties, ids: dict[int, str]
    ) -> tuple[Reading, ...]:
        """Other chains that the words allow than `sources`: with a voice that was passed over, without the
        least sure one, or with two voices one behind the other instead of side by side."""
        links, found = draft.linked("source"), list[Reading]()
        for link in draft.linked(DOUBTED)[:1]:
            text = self._scores.words_of(link.span)[0]
            reason = f"“{text}” may be a source of it too." if links else f"“{text}” may be its source."
            other = self._chain(draft, [*links, link], parties, ids)
            found.append(Reading(sources=other, reason=reason, score=round(link.score, 3)))
        if links and links[-1].score < UNSURE:
            text = self._scores.words_of(links[-1].span)[0]
            reason = f"“{text}” may not be a source of it."
            other = self._chain(draft, links[:-1], parties, ids)
            found.append(Reading(sources=other, reason=reason, score=round(1 - links[-1].score, 3)))
        for index, (one, two) in enumerate(pairwise(sources)):
            if two.parallel and two.span and two.kind not in RANKS and not self._between(one, two, _AND):
                behind = [*sources]
                behind[index + 1] = two.model_copy(update={"parallel": False})
                reason = f"“{one.text}” may speak through “{two.text}” and not beside it."
                found.append(Reading(sources=tuple(behind), reason=reason))
        voices = [source.text for source in sources]
        found = [r for r in found if [s.text for s in r.sources] != voices or r.score is None]
        return tuple(sorted(found, key=lambda reading: -(reading.score or 0.0))[:MOST_READINGS])

    def _chain(
        self, draft: Draft, links: list[Link], parties: Parties, ids: dict[int, str]
    ) -> tuple[Source, ...]:
        links = sorted(links, key=lambda link: int(self._scores.spans.starts[link.span]))
        found: list[Source] = []
        known: list[set[str]] = []
        told = self._relays.kind_at(int(self._scores.words.start[draft.start]))
        for link in links:
            text, span = self._scores.words_of(link.span)
            if told not in PICTURED and self._relays.kind_at(span.start) in PICTURED:
                continue
            number = parties.number(link.span)
            entity = ids.get(number)
            names = {outlet_key(text), *map(outlet_key, parties.names(number))}
            if any(names & other for other in known):
                continue
            cue = self._cue_of(link.span)
            known.append(names)
            found.append(
                Source(
                    text=text,
                    entity=entity,
                    kind=KINDS[int(self._scores.source_kinds[link.span])],
                    cue=cue.of(self._document.text) if cue else None,
                    span=span,
                    cue_span=cue,
                    score=round(link.score, 3),
                )
            )
        return tuple(self._relayed(draft, found, known))

    def _cue_of(self, index: int) -> Span | None:
        """The nearest cue in the source's own sentence."""
        spans = self._scores.spans
        first, last = int(spans.starts[index]), int(spans.ends[index])
        cues = self._cues.get(int(self._scores.words.sentence[first]), [])
        near = [(min(abs(a - last), abs(first - b)), a, b) for a, b in cues if not (a >= first and b <= last)]
        near = [row for row in near if row[0] <= CUE_WITHIN]
        return self._scores.place_of(*min(near)[1:]) if near else None

    def _relayed(self, draft: Draft, found: list[Source], known: list[set[str]]) -> list[Source]:
        """The chain in its order, with the outlets that relay the claim by where it stands at its end."""
        relays = self._relays.at(int(self._scores.words.start[draft.start]))
        last: list[Source] = []
        named: set[int] = set()
        for k, (name, span) in enumerate(relays):
            keys = {outlet_key(name)} | ({outlet_key(span.of(self._document.text))} if span else set())
            # An outlet's own reporter is no source beside it ("The Herald's Ann Oduya").
            starts = tuple(f"{key} " for key in keys)
            own = [k for k, source in enumerate(found) if outlet_key(source.text).startswith(starts)]
            hits = [index for index, names in enumerate(known) if names & keys] + own
            if hits:
                named.update(hits)
                source = found[hits[0]]
            else:
                text = span.of(self._document.text) if span else name
                source = Source(text=text, kind=SourceKind.OUTLET, span=span)
            if source not in last:
                last.append(source.model_copy(update={"parallel": True}) if k else source)
        voices = self._ordered([source for index, source in enumerate(found) if index not in named])
        return voices + last

    def _ordered(self, found: list[Source]) -> list[Source]:
        """Voices in text order, then documents, then outlets; who stands beside whom is marked."""
        ordered = sorted(found, key=lambda source: RANKS.get(source.kind, 0))
        for index, (one, other) in enumerate(pairwise(ordered)):
            if RANKS.get(one.kind, 0) == RANKS.get(other.kind, 0) and self._between(one, other, _CITING):
                ordered[index : index + 2] = other, one
        beside = [bool(k) and self._beside(ordered[k - 1], source) for k, source in enumerate(ordered)]
        return [
            source if source.parallel == told else source.model_copy(update={"parallel": told})
            for source, told in zip(ordered, beside, strict=True)
        ]

    def _beside(self, before: Source, source: Source) -> bool:
        """True where the source stands beside the one before it instead of relaying it."""
        rank = RANKS.get(source.kind, 0)
        if rank != RANKS.get(before.kind, 0):
            return False
        if rank:
            return self._between(before, source, _AND)
        return not (self._between(before, source, _TOLD) or self._between(source, before, _CITING))

    def _between(self, one: Source, other: Source, words: re.Pattern[str]) -> bool:
        """True where `words` are all that stands between two sources, in this order."""
        if not one.span or not other.span:
            return False
        return self._only(one.span, other.span, words)

    def _only(self, one: Span, other: Span, words: re.Pattern[str]) -> bool:
        """True where `words` are all that stands between two spans, in this order."""
        if other.start < one.end:
            return False
        between = self._document.text[one.end : other.start]
        return len(between) <= 100 and bool(words.fullmatch(between))
