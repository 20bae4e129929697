"""From a model's telling of a claim to places in the report: each part found there, or left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from stemma.extract.llm.align import Aligner
from stemma.extract.llm.chunks import SILENT, Chunk
from stemma.extract.llm.form import Counting, Party, Told, Voice
from stemma.model import Document, Note, Span

LONGEST_TRIGGER: Final = 80
"""Characters of a word that names an event: longer ones are sentences, and name nothing."""
_TO_A_PROGRAM: Final = re.compile(
    r"(?i)\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|order)s?\b"
    r"|\bsystem prompt\b|\blanguage model\b|\bas an ai\b|<\|?(?:im_start|system|assistant|endoftext)\|?>"
)
"""Words that speak to a model and to no reader. Such a claim stays, with a note: the report says it."""


@dataclass(slots=True)
class Grounded:
    """A claim whose parts all stand in the report. `sentence` holds its trigger."""

    told: Told
    trigger: Span
    sentence: Span
    parties: list[tuple[Party, Span, Span | None]] = field(default_factory=list)
    counts: list[tuple[Counting, Span, Span | None]] = field(default_factory=list)
    voices: list[tuple[Voice, Span, Span | None, Span | None]] = field(default_factory=list)
    time: Span | None = None
    place: Span | None = None
    hedge: Span | None = None
    title: Span | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def fullness(self) -> int:
        """How many parts it has."""
        parts = len(self.parties) + len(self.counts) + len(self.voices)
        return parts + sum(span is not None for span in (self.time, self.place, self.hedge))


class Grounding:
    """Finds what a model told of one document in its text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._aligner = Aligner(document.text)
        self._whole = Span(start=0, end=len(document.text))

    def ground(self, told: Told, chunk: Chunk) -> Grounded | None:
        """The claim with the place of each part; null where its sentence or its trigger is not found.

        The words are looked for in the part of the report that the model was shown, nearest to the claim.
        """
        quote = self._aligner.find(told.quote, chunk.span, chunk.span.start, fuzzy=True)
        if quote is None or len(told.trigger) > LONGEST_TRIGGER:
            return None
        around = self._sentences(quote.span, chunk)
        trigger = self._aligner.find(told.trigger, quote.span, quote.span.start) or self._aligner.find(
            told.trigger, around, quote.span.start
        )
        if trigger is None:
            return None
        passage = self._document.passage_at(trigger.span.start)
        if passage and passage.kind in SILENT:
            return None
        found = Grounded(told, trigger.span, self._sentences(trigger.span, chunk))
        if quote.how == "near":
            found.notes.append(
                Note(code="found-nearly", text="The model quoted these words nearly, not letter by letter.")
            )
        if _TO_A_PROGRAM.search(found.sentence.of(self._document.text)):
            found.notes.append(
                Note(code="speaks-to-a-program", text="This sentence speaks to a program, not to a reader.")
            )
        self._fill(found, chunk)
        return found

    def _fill(self, found: Grounded, chunk: Chunk) -> None:
        told, missing = found.told, list[str]()
        near = found.trigger.start

        def find(words: str | None, what: str, within: Span = chunk.span) -> Span | None:
            if not words:
                return None
            # The claim's own sentence first: the end of the one before may be nearer to the trigger.
            own = self._aligner.find(words, found.sentence, near)
            at = own or self._aligner.find(words, within, near)
            if at is None:
                missing.append(what)
            return at.span if at else None

        def name(words: str | None) -> Span | None:
            at = self._aligner.find(words, self._whole, near) if words else None
            return at.span if at else None

        for party in told.parties:
            # Where only the fuller name stands in the report, that is the party's wording.
            words = party.words if name(party.words) or not name(party.name) else party.name
            if span := find(words, str(party.role)):
                found.parties.append((party, span, name(party.name)))
        for count in told.counts:
            if span := find(count.words, "count", found.sentence):
                found.counts.append((count, span, name(count.of)))
        for voice in told.sources:
            if span := find(voice.words, "source"):
                around = self._sentences(span, chunk)
                cue = self._aligner.find(voice.cue, around, span.end) if voice.cue else None
                found.voices.append((voice, span, cue.span if cue else None, name(voice.name)))
        found.time, found.place = find(told.time, "time"), find(told.place, "place")
        found.hedge = find(told.hedge, "hedge", found.sentence)
        found.title = name(told.mode) if told.type == "MEMBER_OF" else None
        for what in dict.fromkeys(missing):
            found.notes.append(left_out(what))

    def _sentences(self, span: Span, chunk: Chunk) -> Span:
        """The sentences that `span` touches, as one place."""
        touched = [sentence for sentence in chunk.sentences if sentence.overlaps(span)] or [span]
        return Span(start=min(touched[0].start, span.start), end=max(touched[-1].end, span.end))


def left_out(what: str) -> Note:
    """The note on a part of a claim whose words the report does not hold; they are not repeated."""
    return Note(
        code="not-in-report",
        text=f"The model gave this claim a {what} in words that do not stand there in the report: left out.",
    )
