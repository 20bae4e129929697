"""A small casebook for the desk: two reports of our own, one of them hostile."""

from __future__ import annotations

import datetime
from pathlib import Path

import making

from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Document,
    Entity,
    EntityKind,
    Passage,
    PassageKind,
    Reading,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
)
from stemma.store import Store, StoreOptions, open_casebook

TITLE = "Port Velin quiet"
FIRST = "Gunmen of the Harbour Front shelled the customs house on Tuesday, residents said."
SECOND = "Captain Ilo Maren reportedly left the Front."
THIRD = "Guards came to Velin at noon. Nobody was hurt."
LETTER = "Sign up for our letter."
TEXT = "\n\n".join((TITLE, FIRST, SECOND, THIRD, LETTER))

HOSTILE = (
    '<script>document.title="owned"</script> <img src=x onerror="document.title=\'owned\'">'
    " \u202etfel\u202c of the \u0007 port 😀 {{ 7*7 }} </article></main>"
)
LONG_LINE = "x" * 200_000


def _span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def _coding() -> Coding:
    residents = Source(text="residents", entity="e3", kind=SourceKind.ANONYMOUS, cue="said")
    return Coding(
        report="velin/shelling",
        outlet="The Coast Daily",
        published=datetime.date(2021, 3, 10),
        title=TITLE,
        language="en",
        entities=(
            Entity(id="e1", kind=EntityKind.GROUP, names=("Gunmen of the Harbour Front", "the Front")),
            Entity(id="e2", kind=EntityKind.OBJECT, names=("the customs house",)),
            Entity(id="e3", kind=EntityKind.PEOPLE, names=("residents",)),
            Entity(id="e4", kind=EntityKind.PERSON, names=("Captain Ilo Maren",)),
        ),
        claims=(
            Claim(
                id="c1",
                type=ClaimType.ASSAULT,
                mode="shelling",
                evidence=FIRST,
                trigger="shelled",
                span=_span(FIRST),
                trigger_span=_span("shelled"),
                roles={Role.ACTOR: ("e1",), Role.RECIPIENT: ("e2",)},
                sources=(residents,),
                readings=(Reading(sources=(), reason="the residents may have said the day only", score=0.2),),
                score=0.9,
            ),
            Claim(
                id="c2",
                type=ClaimType.REALIGN,
                mode="leave",
                evidence=SECOND,
                trigger="left",
                span=_span(SECOND),
                trigger_span=_span("left"),
                roles={Role.ACTOR: ("e4",), Role.FROM: ("e1",)},
                score=0.4,
            ),
        ),
    )


def _document(report: Report, text: str, passages: tuple[Passage, ...], **given: str) -> Document:
    return Document(
        report=report.id,
        report_hash=report.bytes_hash(),
        text=text,
        passages=passages,
        outlet="The Coast Daily",
        published=datetime.date(2021, 3, 10),
        language="en",
        **given,
    )


def fill(store: Store) -> Store:
    report = Report(id="velin/shelling", address="in/a.txt", media_type="text/plain", content=TEXT.encode())
    passages = (
        Passage(kind=PassageKind.TITLE, span=_span(TITLE)),
        Passage(kind=PassageKind.BODY, span=Span(start=len(TITLE), end=TEXT.index(LETTER))),
        Passage(kind=PassageKind.FURNITURE, span=_span(LETTER)),
    )
    store.add(report, _document(report, TEXT, passages, title=TITLE), _coding(), "u")
    text = f"{HOSTILE}\n\nGuards came.\n\n{LONG_LINE}"
    evil = Report(
        id='evil/"><b>#%2e/../x', address="/secret/path.html", media_type="text/html", content=text.encode()
    )
    coding = Coding(
        report=evil.id,
        outlet=HOSTILE,
        title=HOSTILE,
        url="javascript:alert(1)",
        entities=(Entity(id="e1", kind=EntityKind.GROUP, names=("Guards",), canonical=HOSTILE),),
        claims=(
            Claim(
                id="c1",
                type=ClaimType.MOVE,
                mode=HOSTILE,
                evidence="Guards came.",
                trigger="came",
                roles={Role.ACTOR: ("e1",)},
                sources=(Source(text=HOSTILE, kind=SourceKind.SOCIAL, cue=HOSTILE),),
                cue=HOSTILE,
            ),
        ),
    )
    document = _document(evil, text, (), title=HOSTILE, byline=HOSTILE, url="javascript:alert(1)")
    store.add(evil, document, coding, "u")
    for name in ("a", "b", "c"):
        given = {"outlet": "Orlan News", "published": datetime.date(2021, 1, 1), "title": f"Note {name}"}
        store.add(*making.bundle(f"notes/{name}", f"Text of {name}.", **given), "u")
    return store


def make_casebook(path: Path) -> Store:
    """A filled casebook in this file; the caller closes it."""
    return fill(open_casebook(StoreOptions(str(path)), create=True))
