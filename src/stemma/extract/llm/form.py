"""The compact form in which a model gives claims: its JSON Schema, and answers read claim by claim."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from stemma.model import (
    MODES,
    Certainty,
    ClaimType,
    Counted,
    EntityKind,
    Role,
    SourceKind,
    Status,
)

MOST_CLAIMS: Final = 200
"""Claims of one answer that are looked at: more than any 6,000 characters hold."""

Words = Annotated[str, StringConstraints(max_length=2000)]
Said = Annotated[Words | None, BeforeValidator(lambda value: value or None)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Party(_Form):
    """One party: its role, its words at the claim, its fullest wording in the report."""

    role: Role
    words: Words
    name: Said = None
    kind: EntityKind


class Counting(_Form):
    """A count in its words, and the words of the party that it counts."""

    words: Words
    what: Counted
    of: Said = None


class Voice(_Form):
    """One voice of the chain, from the ultimate source to the nearest."""

    words: Words
    name: Said = None
    kind: SourceKind
    cue: Said = None
    beside: bool = False


class Told(_Form):
    """One claim as a model tells it: words of the report and codes, no offsets and no values."""

    quote: Words
    trigger: Words
    type: ClaimType
    mode: Said = None
    parties: tuple[Party, ...] = ()
    counts: tuple[Counting, ...] = ()
    time: Said = None
    place: Said = None
    sources: tuple[Voice, ...] = ()
    status: Status = Status.ACTUAL
    negated: bool = False
    certainty: Certainty = Certainty.CERTAIN
    hedge: Said = None


class FormError(ValueError):
    """An answer that is no JSON of the form."""


def read_answer(text: str, *, cut: bool = False) -> tuple[list[Told], int]:
    """The claims of an answer, and how many of its claims are not of the form and were left out.

    `cut` allows for an answer that ends in the middle: the claims before that are read. Raises `FormError`
    where the answer as a whole is not of the form.
    """
    claims = _whole_claims(text) if cut else _claims(text)
    told: list[Told] = []
    for claim in claims[:MOST_CLAIMS]:
        try:
            told.append(Told.model_validate(claim))
        except ValidationError:
            continue
    return told, len(claims) - len(told)


def _claims(text: str) -> list[Any]:
    try:
        answer = json.loads(_unfenced(text))
    except (ValueError, RecursionError) as error:
        raise FormError("the answer is no JSON") from error
    claims = answer.get("claims") if isinstance(answer, dict) else None
    if not isinstance(claims, list):
        raise FormError("the answer has no list of claims")
    return claims


def _unfenced(text: str) -> str:
    """The text without the code fence that some models put around JSON."""
    text = text.strip()
    if text.startswith("```"):
        text = text.partition("\n")[2]
        text = text.rpartition("```")[0] or text
    return text


def _whole_claims(text: str) -> list[Any]:
    """The claims that are complete in an answer that ends in the middle."""
    _, sign, rest = text.partition('"claims"')
    at = rest.find("[") + 1
    decoder, found = json.JSONDecoder(), list[Any]()
    while sign and at > 0:
        while at < len(rest) and rest[at] in " \t\r\n,":
            at += 1
        try:
            claim, at = decoder.raw_decode(rest, at)
        except (ValueError, RecursionError):
            break
        found.append(claim)
    return found


def make_schema() -> dict[str, Any]:
    """The JSON Schema of an answer, in the part of JSON Schema that all endpoints know.

    Every key is required and no other allowed (strict structured output asks for it); what may be missing is
    null.
    """
    words, said = {"type": "string"}, {"type": ["string", "null"]}
    modes = sorted({mode for modes in MODES.values() for mode in modes})
    party = _object(role=_one_of(Role), words=words, name=said, kind=_one_of(EntityKind))
    count = _object(words=words, what=_one_of(Counted), of=said)
    voice = _object(words=words, name=said, kind=_one_of(SourceKind), cue=said, beside={"type": "boolean"})
    claim = _object(
        quote=words,
        trigger=words,
        type=_one_of(ClaimType),
        mode={"type": ["string", "null"], "description": f"null, a title, or one of {', '.join(modes)}"},
        parties=_list(party),
        counts=_list(count),
        time=said,
        place=said,
        sources=_list(voice),
        status=_one_of(Status),
        negated={"type": "boolean"},
        certainty=_one_of(Certainty),
        hedge=said,
    )
    return _object(claims=_list(claim))


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(words: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [str(word) for word in words]}
