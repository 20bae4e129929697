"""A casebook for the pictures: days and months, towns and provinces, ties through time, evil names."""

from __future__ import annotations

import datetime
from pathlib import Path

from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Document,
    Entity,
    EntityKind,
    Passage,
    PassageKind,
    Place,
    Precision,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Time,
)
from stemma.store import Store, StoreOptions, open_casebook

EVIL = 'Colonel Zar "/></svg><script>document.title="owned"</script>&\u202e\u0007'
ARABIC = "كتيبة الميناء"

SARAQIB = Place(
    text="Saraqib", canonical="Saraqib, Idlib, Syria", country="SY", latitude=35.864, longitude=36.806,
    admin1="Idlib", precision=Precision(ucdp=1, acled=1),
)  # fmt: skip
IDLIB = Place(
    text="Idlib province", canonical="Idlib, Syria", country="SY", latitude=35.83, longitude=36.649,
    admin1="Idlib", precision=Precision(ucdp=4, acled=3),
)  # fmt: skip
SYRIA = Place(
    text="Syria", canonical="Syria", country="SY", latitude=35.0, longitude=38.5,
    precision=Precision(ucdp=6, acled=3),
)  # fmt: skip

ENTITIES = (
    Entity(id="e1", kind=EntityKind.GROUP, names=("the Northern Front", "the Front")),
    Entity(id="e2", kind=EntityKind.UNIT, names=("the Hill Brigade",)),
    Entity(id="e3", kind=EntityKind.PERSON, names=("Ilo Maren",)),
    Entity(id="e4", kind=EntityKind.PERSON, names=(EVIL,)),
    Entity(id="e5", kind=EntityKind.UNIT, names=(ARABIC,)),
    Entity(id="e6", kind=EntityKind.PEOPLE, names=("residents",)),
)
RESIDENTS = Source(text="residents", entity="e6", kind=SourceKind.ANONYMOUS, cue="said")
FRONT = Source(text="the Front", entity="e1", kind=SourceKind.GROUP, cue="said")

LINES = {
    "c1": "The Northern Front shelled Saraqib on 12 December, residents said.",
    "c2": "The Hill Brigade bombed Idlib province in November.",
    "c3": "Fighting went on in Syria through the autumn.",
    "c4": "The Hill Brigade is part of the Northern Front, the Front said.",
    "c5": "Ilo Maren led the Hill Brigade until June 2016.",
    "c6": f"Kidnapped: {EVIL} at Nowhere Farm, by Ilo Maren.",
    "c7": f"{ARABIC} is part of the Northern Front.",
}


def _claim(id: str, kind: ClaimType, actor: str, other: str = "", **given: object) -> Claim:
    roles = {Role.ACTOR: (actor,)} | ({Role.RECIPIENT: (other,)} if other else {})
    return Claim(id=id, type=kind, evidence=LINES[id], trigger=LINES[id].split()[0], roles=roles, **given)


def _time(text: str, start: str | None, end: str | None, edtf: str) -> Time:
    return Time(text=text, start=start, end=end, edtf=edtf)


CLAIMS = (
    _claim(
        "c1", ClaimType.ASSAULT, "e1", mode="shelling", place=SARAQIB, sources=(RESIDENTS,),
        time=_time("on 12 December", "2016-12-12", "2016-12-12", "2016-12-12"),
    ),
    _claim(
        "c2", ClaimType.ASSAULT, "e2", mode="airstrike", place=IDLIB,
        time=_time("in November", "2016-11", "2016-11", "2016-11"),
    ),
    _claim(
        "c3", ClaimType.MOBILIZE, "e1", place=SYRIA,
        time=_time("through the autumn", "2016-09", "2016-11", "2016-09/2016-11"),
    ),
    _claim("c4", ClaimType.PART_OF, "e2", "e1", sources=(FRONT,)),
    _claim("c5", ClaimType.LEADS, "e3", "e2", time=_time("until June 2016", None, "2016-06", "../2016-06")),
    _claim("c6", ClaimType.COERCE, "e3", "e4", mode="kidnap", place=Place(text="Nowhere Farm")),
    _claim("c7", ClaimType.PART_OF, "e5", "e1"),
)  # fmt: skip


def fill(store: Store) -> Store:
    text = "\n\n".join(LINES.values())
    report = Report(id="north/one", address="in/n.txt", media_type="text/plain", content=text.encode())
    published = datetime.date(2016, 12, 14)
    document = Document(
        report=report.id,
        report_hash=report.bytes_hash(),
        text=text,
        passages=(Passage(kind=PassageKind.BODY, span=Span(start=0, end=len(text))),),
        outlet="The Coast Daily",
        published=published,
        language="en",
    )
    coding = Coding(
        report=report.id, outlet="The Coast Daily", published=published, entities=ENTITIES, claims=CLAIMS
    )
    store.add(report, document, coding, "u")
    return store


def make_casebook(path: Path) -> Store:
    """A filled casebook in this file; the caller closes it."""
    return fill(open_casebook(StoreOptions(str(path)), create=True))
