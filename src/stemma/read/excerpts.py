"""Excerpts: paragraphs that are another outlet's, and whose."""

from __future__ import annotations

import re
from typing import Final

from stemma.model import PassageKind
from stemma.read.pieces import NamedOutlet, Piece, looks_like_outlet, outlets_within

_REPORTING: Final = re.compile(
    r"\b(?:reports?|reported|reporting|writes?|wrote|says?|said|notes?|noted|adds?|added|has\s+(?:this|more)|published"
    r"|according\s+to|via|from|as\s+per|informs?|informed|carries|carried|explains?|explained|details?|detailed"
    r"|quotes?|quoted|cites?|cited|excerpts?|article|story|report|reads?|observes?|observed)\b",
    re.IGNORECASE,
)
_STRICT: Final = re.compile(
    r"\b(?:reports?|reported|writes?|wrote|according\s+to|via|as\s+per)\b", re.IGNORECASE
)
_CAPITALISED: Final = re.compile(
    r"(?P<name>(?:The\s+)?[A-ZÀ-Þ][\w.’'-]*?(?:\s+(?:of\s+|the\s+|for\s+)?[A-ZÀ-Þ][\w.-]*){0,5})(?:['’]s?\s+[^,:;]{0,60}?)?"
    r"\s+(?:reports?|reported|writes?|wrote)\b"
)
_VIA: Final = re.compile(
    r"(?:[Vv]ia|[Ff]rom|[Aa]ccording\s+to)\s+(?P<name>(?:the\s+|The\s+)?[A-ZÀ-Þ][^:,;.]{1,50}?)\s*:?$"
)
_RETURN: Final = re.compile(
    r"(?:(?:The|That)\s+(?:full\s+)?(?:report|article|story|paper|piece|site|newspaper|agency)\s+"
    r"(?:also\s+|then\s+|further\s+)?(?:goes\s+on|continues|adds?|added|notes?|noted|concludes?|concluded|says|said)\b"
    r"|(?:End|end)\s+of\s+(?:excerpt|quote|quotation)\b|\[?(?:Emphasis|emphasis)\s+(?:added|mine|ours)\b"
    r"|(?:Our|My|Editor['’]s)\s+(?:comment|take|view)\b)"
)
_SENTENCE: Final = re.compile(r"(?<=[.!?”\"])\s+(?=[A-ZÀ-Þ“\"])")

LEAD_IN_WINDOW: Final = 500


def mark_excerpts(text: str, pieces: list[Piece], quoted: frozenset[int]) -> None:
    """Turns the body pieces that are another outlet's into excerpts of that outlet, in place.

    `quoted` are the starts of the blocks that the format itself marks as quoted. A paragraph that
    ends with a colon and names an outlet as the one who reports leads in the paragraphs after it:
    those marked as quoted, or those that open with a quotation mark, or else all of them up to the
    next furniture, correction or caption-free end.
    """
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if piece.kind is not PassageKind.BODY:
            index += 1
            continue
        if piece.start in quoted:
            index = _take_quoted(text, pieces, index, quoted, _lead_before(text, pieces, index))
            continue
        named = lead_in(text, piece)
        following = _next_body(pieces, index)
        if named and following is not None and pieces[following].start not in quoted:
            index = _take_following(text, pieces, following, named)
            continue
        index += 1


def lead_in(text: str, piece: Piece) -> NamedOutlet | None:
    """The outlet whose words the paragraph says will follow; `None` where it does not say so."""
    window = max(piece.start, piece.end - LEAD_IN_WINDOW)
    last = _last_sentence(text, window, piece.end)
    sentence = text[last : piece.end].rstrip()
    colon = sentence.endswith((":", ":”", "…:"))
    bare = re.search(r"\b(?:reports?|reported|writes)$", sentence) is not None
    if not colon and not bare:
        return None
    known = outlets_within(text, last, piece.end)
    if known and (bare or _REPORTING.search(sentence)):
        return _reporting_one(sentence, known, last)
    if not colon or not _STRICT.search(sentence):
        return None
    match = _CAPITALISED.search(sentence) or _VIA.search(sentence.rstrip(":"))
    if not match:
        return None
    name = re.sub(r"['’]s?$", "", match["name"].strip())
    if not (looks_like_outlet(name) or (name.startswith("The ") and len(name.split()) > 2)):
        return None
    first = last + match.start("name")
    return NamedOutlet(name, first, first + len(name))


def _reporting_one(sentence: str, known: list[NamedOutlet], offset: int) -> NamedOutlet | None:
    """Of the outlets that a lead-in names, the one nearest before the verb, else the last."""
    verbs = list(_REPORTING.finditer(sentence))
    if not verbs:
        return known[-1]
    verb = verbs[-1]
    before = [one for one in known if one.end - offset <= verb.start()]
    # "told Reuters:" leads in a person's speech, not a report of Reuters.
    if re.search(
        r"\b(?:told|tells|telling|spoke\s+to|interview\s+with)\s+(?:the\s+)?$",
        sentence[: known[-1].start - offset],
    ):
        return None
    said = verb[0].lower() in {"says", "say", "said", "added", "adds", "add", "noted", "notes", "note"}
    if said and not (before and _is_subject(sentence, before[-1], offset, verb)):
        return None
    if before:
        return before[-1]
    between = sentence[verb.end() : known[0].start - offset].strip().lower()
    leads = verb[0].lower() in {"via", "from", "as per"} or verb[0].lower().startswith("according")
    return known[0] if leads or between in {"by", "in", "by the", "in the"} else None


def _is_subject(sentence: str, named: NamedOutlet, offset: int, verb: re.Match[str]) -> bool:
    return sentence[named.end - offset : verb.start()].strip() in {"", "also", "has", "then"}


def _last_sentence(text: str, start: int, end: int) -> int:
    last = start
    for match in _SENTENCE.finditer(text, start, end):
        last = match.end()
    return last


def _next_body(pieces: list[Piece], index: int) -> int | None:
    for position in range(index + 1, len(pieces)):
        kind = pieces[position].kind
        if kind is PassageKind.BODY:
            return position
        if kind in (PassageKind.FURNITURE, PassageKind.CORRECTION):
            return None
    return None


def _lead_before(text: str, pieces: list[Piece], index: int) -> NamedOutlet | None:
    for position in range(index - 1, max(-1, index - 3), -1):
        if pieces[position].kind is PassageKind.BODY:
            return lead_in(text, pieces[position])
    return None


def _take_quoted(
    text: str, pieces: list[Piece], index: int, quoted: frozenset[int], named: NamedOutlet | None
) -> int:
    while index < len(pieces):
        piece = pieces[index]
        if piece.kind is PassageKind.BODY:
            if piece.start not in quoted:
                break
            piece.kind = PassageKind.EXCERPT
            piece.name_outlet(named)
        index += 1
    return index


def _take_following(text: str, pieces: list[Piece], index: int, named: NamedOutlet) -> int:
    in_marks = text[pieces[index].start] in '“"«'
    while index < len(pieces):
        piece = pieces[index]
        if piece.kind in (PassageKind.FURNITURE, PassageKind.CORRECTION):
            break
        if piece.kind is PassageKind.BODY:
            if _RETURN.match(text, piece.start, piece.end):
                break
            if in_marks and text[piece.start] not in '“"«':
                break
            piece.kind = PassageKind.EXCERPT
            piece.name_outlet(named)
        index += 1
    return index
