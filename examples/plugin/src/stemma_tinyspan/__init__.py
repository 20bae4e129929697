"""An engine that makes claims of the spans of a span model: an attack, with the groups beside it."""

from __future__ import annotations

from stemma.extract import ExtractOptions
from stemma.extract.sentences import sentences
from stemma.model import Claim, ClaimType, Coding, Document, Entity, EntityKind, Mention, Place, Role
from stemma.model import Span as Stretch
from stemma_tinyspan.spans import Span, TinyModel


def make_engine(options: ExtractOptions) -> TinySpanEngine:
    """What the entry point names: called once a run, with the user's options."""
    return TinySpanEngine(options.min_score or 0.5)


class TinySpanEngine:
    """Codes a document: every attack with the group before it as its actor, the one behind as recipient."""

    name = "tinyspan"
    version = "1"

    def __init__(self, threshold: float) -> None:
        self._model, self._threshold = TinyModel(), threshold

    def extract(self, document: Document) -> Coding:
        """The coding of `document`; every value has its words and their place."""
        entities: dict[str, Entity] = {}
        claims: list[Claim] = []
        for start, end in sentences(document.text):
            spans = self._spans(document.text, start, end)
            for attack in (span for span in spans if span["label"] == "attack"):
                claims.append(self._claim(document, (start, end), attack, spans, entities))
        return Coding(
            report=document.report,
            outlet=document.outlet,
            published=document.published,
            title=document.title,
            entities=tuple(entities.values()),
            claims=tuple(claim.model_copy(update={"id": f"c{k + 1}"}) for k, claim in enumerate(claims)),
        )

    def _spans(self, text: str, start: int, end: int) -> list[Span]:
        """The model's spans in a sentence, with offsets into the document."""
        found = self._model.predict(text[start:end], ["attack", "armed group", "place"], self._threshold)
        return [span | {"start": span["start"] + start, "end": span["end"] + start} for span in found]  # type: ignore[misc]

    def _claim(
        self,
        document: Document,
        sentence: tuple[int, int],
        attack: Span,
        spans: list[Span],
        entities: dict[str, Entity],
    ) -> Claim:
        before = [s for s in spans if s["label"] == "armed group" and s["end"] <= attack["start"]][-1:]
        behind = [s for s in spans if s["label"] == "armed group" and s["start"] >= attack["end"]][:1]
        place = next((s for s in spans if s["label"] == "place"), None)
        whole = Stretch(start=sentence[0], end=sentence[1])
        return Claim(
            id="c0",
            type=ClaimType.ASSAULT,
            mode="attack-other",
            evidence=whole.of(document.text),
            span=whole,
            trigger=attack["text"],
            trigger_span=stretch(attack),
            roles={
                Role.ACTOR: tuple(named(span, entities) for span in before),
                Role.RECIPIENT: tuple(named(span, entities) for span in behind),
            },
            role_spans={
                Role.ACTOR: tuple(map(stretch, before)),
                Role.RECIPIENT: tuple(map(stretch, behind)),
            },
            place=Place(text=place["text"], span=stretch(place)) if place else None,
            score=attack["score"],
        )


def stretch(span: Span) -> Stretch:
    """Where a span stands."""
    return Stretch(start=span["start"], end=span["end"])


def named(span: Span, entities: dict[str, Entity]) -> str:
    """The id of the entity of these words, made new where there is none."""
    entity = entities.get(span["text"])
    mention = Mention(text=span["text"], span=stretch(span), kind=EntityKind.GROUP, score=span["score"])
    if entity is None:
        entity = Entity(id=f"e{len(entities) + 1}", kind=EntityKind.GROUP, names=(span["text"],))
    if mention.span not in {known.span for known in entity.mentions}:
        entity = entity.model_copy(update={"mentions": (*entity.mentions, mention)})
    entities[span["text"]] = entity
    return entity.id
