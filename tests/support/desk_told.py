"""A casebook for the story pages: a shelling told by a paper, copied by another, counted by a ministry."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Final

from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Count,
    Counted,
    Document,
    Entity,
    EntityKind,
    Passage,
    PassageKind,
    Place,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Time,
)
from stemma.store import Store, StoreOptions, open_casebook

SHELLED = (
    "Gunmen of the Harbour Front shelled the fish market of Port Velin on Thursday morning, killing 14 "
    "soldiers who had come to buy bread, residents said."
)
SECOND = (
    "The shells fell one after the other for a quarter of an hour, and the boats that lay at the quay burned "
    "until the evening, when rain came in from the sea and put the fires out."
)
PAPER = f"Shells on Port Velin\n\n{SHELLED}\n\n{SECOND}"
COPY = f"Market shelled\n\nPORT VELIN (The Coast Daily) - {SHELLED}\n\n{SECOND}"
TOLL = (
    "The Ministry of Defence of Orlan said that 9 soldiers were killed when the Harbour Front shelled the "
    "fish market of Port Velin on Thursday."
)
MINISTRY = f"A statement\n\n{TOLL}"
EVIL = '=cmd|"/c calc"!A1 <script>document.title="owned"</script> \u202e'
ARABIC = "قصف سوق السمك"

RESIDENTS = Source(text="residents", entity="e3", kind=SourceKind.ANONYMOUS, cue="said")
OFFICIAL = Source(
    text="The Ministry of Defence of Orlan", entity="e3", kind=SourceKind.ORGANISATION, cue="said"
)


def _coding(id: str, outlet: str, day: int, *, title: str, text: str, evidence: str, killed: int) -> Coding:
    start = text.index(evidence)
    place = Place(text="Port Velin", canonical="Port Velin, Orlan", country=None)
    source = OFFICIAL if "Ministry" in evidence else RESIDENTS
    kind = EntityKind.GOVERNMENT if "Ministry" in evidence else EntityKind.PEOPLE
    return Coding(
        report=id,
        outlet=outlet,
        published=datetime.date(2021, 3, day),
        title=title,
        language="en",
        entities=(
            Entity(id="e1", kind=EntityKind.GROUP, names=("the Harbour Front",), canonical="Harbour Front"),
            Entity(id="e2", kind=EntityKind.PEOPLE, names=("soldiers",)),
            Entity(id="e3", kind=kind, names=(source.text,)),
        ),
        claims=(
            Claim(
                id="c1",
                type=ClaimType.ASSAULT,
                mode="shelling",
                evidence=evidence,
                trigger="shelled",
                span=Span(start=start, end=start + len(evidence)),
                roles={Role.ACTOR: ("e1",), Role.VICTIM: ("e2",)},
                counts=(Count(entity="e2", what=Counted.KILLED, text=str(killed), low=killed, high=killed),),
                time=Time(text="on Thursday", start="2021-03-04", end="2021-03-04"),
                place=place,
                sources=(source,),
                score=0.9,
            ),
        ),
    )


def _add(store: Store, id: str, outlet: str, day: int, *, title: str, told: tuple[str, str, int]) -> None:
    text, evidence, killed = told
    coding = _coding(id, outlet, day, title=title, text=text, evidence=evidence, killed=killed)
    report = Report(id=id, address=f"in/{id}.txt", media_type="text/plain", content=text.encode())
    document = Document(
        report=id,
        report_hash=report.bytes_hash(),
        text=text,
        passages=(
            Passage(kind=PassageKind.TITLE, span=Span(start=0, end=text.index("\n"))),
            Passage(kind=PassageKind.BODY, span=Span(start=text.index("\n"), end=len(text))),
        ),
        outlet=outlet,
        published=coding.published,
        title=title,
        language="en",
    )
    store.add(report, document, coding, "u")


FILTERED: Final = (
    ({"type": "ASSAULT"}, 1),
    ({"type": "AID"}, 0),
    ({"place": "velin"}, 1),
    ({"actor": "harbour"}, 1),
    ({"actor": "nobody"}, 0),
    ({"since": "2021-03-05"}, 0),
    ({"until": "2021-03-04"}, 1),
    ({"source": "ministry"}, 1),
    ({"outlet": "coast"}, 1),
    ({"disputed": "yes"}, 1),
    ({"single": "yes"}, 0),
    ({"q": "submarine"}, 0),
)
"""Filters, and how many incidents of the told casebook they leave: one or none."""


def make_told(path: Path) -> Store:
    """A filled casebook in this file; the caller closes it."""
    store = open_casebook(StoreOptions(str(path)), create=True)
    _add(
        store,
        "paper",
        "The Coast Daily",
        5,
        title="Shells on Port Velin",
        told=(PAPER, SHELLED, 14),
    )
    _add(store, "copy", EVIL, 6, title=ARABIC, told=(COPY, SHELLED, 14))
    _add(store, "ministry", "Ministry of Defence of Orlan", 8, title="A statement", told=(MINISTRY, TOLL, 9))
    return store
