"""The llm engine: a document in parts to an endpoint, its answers grounded in the document, on the wire."""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from stemma.errors import EngineError
from stemma.extract.headed import coding_of
from stemma.extract.llm.assemble import Assembly
from stemma.extract.llm.cache import Cache, cache_folder
from stemma.extract.llm.chunks import Chunk, make_chunks
from stemma.extract.llm.client import Client
from stemma.extract.llm.endpoint import find_endpoint
from stemma.extract.llm.form import read_answer
from stemma.extract.llm.ground import Grounded, Grounding
from stemma.extract.llm.prompt import make_messages, prompt_hash
from stemma.extract.llm_options import LlmOptions
from stemma.model import Coding, Document, Note, hash_bytes

GROUNDING = "2"
"""Changes when the same answers give other claims."""
LONGEST = 400_000
"""Characters of a report that are asked about, as in the local engine."""


@dataclass(slots=True)
class Answers:
    """What a model told of a document: the claims found in it, and what was left out."""

    grounded: list[Grounded]
    lost: int = 0
    malformed: int = 0
    cut: int = 0

    def notes(self) -> tuple[Note, ...]:
        """What a reader of the coding should know; never in the model's words."""
        found = []
        if self.lost:
            what = "its words do" if self.lost == 1 else "their words do"
            text = f"{_claims(self.lost)} of the model left out: {what} not stand in the report."
            found.append(Note(code="claims-left-out", text=text))
        if self.malformed:
            text = f"{_claims(self.malformed)} of the model left out: not in the form that was asked for."
            found.append(Note(code="claims-malformed", text=text))
        if self.cut:
            text = "The model's answer to a sentence was cut off: claims of it may be missing."
            found.append(Note(code="answer-cut-off", text=text))
        return tuple(found)


class LlmEngine:
    """Codes a document with a language model of the user's choice, at an address of the user's choice.

    One engine serves all threads of a run: caps and pace are the run's, not a thread's. Answers are kept by
    the hash of the question, so that the same document has the same coding as long as they are kept.
    """

    name = "llm"

    def __init__(
        self,
        options: LlmOptions,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises `UsageError` for an address or cap that cannot be, `EngineError` without the extra `llm`."""
        self.options = options
        endpoint = find_endpoint(options)
        if not options.replay and importlib.util.find_spec("httpx2") is None:
            raise EngineError(
                "the llm engine needs the package httpx2",
                where="engine llm",
                mend='install it with: pip install "stemma-record[llm]"',
            )
        self.host, self.local = endpoint.host, endpoint.local
        self.client = Client(options, endpoint, Cache(cache_folder(options.cache)), sleep, clock)
        told = [endpoint.address, options.model, options.temperature, options.answer_tokens]
        stamp = [GROUNDING, prompt_hash(), *told, options.chunk, options.overlap]
        self.version = f"{GROUNDING}-{hash_bytes(json.dumps(stamp).encode())[:12]}"

    def extract(self, document: Document) -> Coding:
        """The coding of `document`; its notes say what the model told that the report does not hold.

        Raises `EngineError` where a part of the report has no answer, and `RunEnded` at a cap.
        """
        notes: list[Note] = list(document.notes)
        if len(document.text) > LONGEST:
            text = f"Only the first {LONGEST} of {len(document.text)} characters are coded."
            notes.append(Note(code="coded-in-part", text=text))
        answers, grounding = Answers([]), Grounding(document)
        for chunk in make_chunks(document, self.options.chunk, self.options.overlap):
            if chunk.span.start < LONGEST:
                self._ask(document, chunk, grounding, answers)
        entities, claims = Assembly(document).build(answers.grounded)
        return coding_of(
            document,
            entities,
            claims,
            engine=self.name,
            version=self.version,
            notes=(*notes, *answers.notes()),
        )

    def _ask(self, document: Document, chunk: Chunk, grounding: Grounding, answers: Answers) -> None:
        """Adds what the model tells of a chunk; an answer that was cut off is asked for in halves."""
        body = self.client.endpoint.wire.body(
            self.options, make_messages(document, chunk.words(document.text))
        )
        answer = self.client.ask(body)
        halves = chunk.halves()
        if answer.cut and len(halves) > 1:
            for half in halves:
                self._ask(document, half, grounding, answers)
            return
        told, malformed = read_answer(answer.text, cut=answer.cut)
        answers.cut += answer.cut
        answers.malformed += malformed
        for claim in told:
            found = grounding.ground(claim, chunk)
            if found is None:
                answers.lost += 1
            else:
                answers.grounded.append(found)


def _claims(number: int) -> str:
    return "1 claim" if number == 1 else f"{number} claims"
