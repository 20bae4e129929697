"""An invented record in which no value is empty, and one of hostile texts."""

from __future__ import annotations

from typing import Any

from stemma.model import Document, Record

TEXT = (
    "Rebels reportedly killed at least 16 people in Kolmaz on Tuesday, “the army” and residents told "
    "State television, Longitude said.\nCaptain Rado Senn is said to lead the Tolvar Free Front."
)


def _span(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


PLACE: dict[str, Any] = {
    "text": "Kolmaz",
    "canonical": "Kolmaz, Tolvar",
    "country": "SY",
    "span": _span("Kolmaz"),
    "geonames": 12,
    "latitude": 34.5,
    "longitude": 36.25,
    "admin1": "Tolvar",
    "precision": {"ucdp": 2, "acled": 1},
    "reason": "the only place of this name",
    "alternatives": [{"canonical": "Kolmaz, Elsewhere", "country": "CO", "geonames": 13, "reason": "far"}],
}
TIME: dict[str, Any] = {
    "text": "on Tuesday",
    "start": "2021-10-12",
    "end": "2021-10-13",
    "span": _span("on Tuesday"),
    "edtf": "2021-10-12~",
    "anchor": "2021-10-14",
}
ARMY: dict[str, Any] = {
    "text": "“the army”",
    "entity": "e3",
    "kind": "organisation",
    "cue": "told",
    "parallel": False,
    "span": _span("“the army”"),
    "cue_span": _span("told"),
    "score": 0.5,
}
RESIDENTS = {
    **ARMY,
    "text": "residents",
    "entity": None,
    "kind": "anonymous",
    "parallel": True,
    "span": _span("residents"),
}
TELEVISION = {
    **ARMY,
    "text": "State television",
    "entity": None,
    "kind": "outlet",
    "parallel": False,
    "cue": "said",
    "span": _span("State television"),
    "cue_span": _span("said"),
}
NOTE = {"code": "no-date", "text": "no date is said"}
CLAIM: dict[str, Any] = {
    "id": "c1",
    "type": "ASSAULT",
    "mode": "shelling",
    "evidence": TEXT.split("\n", maxsplit=1)[0],
    "trigger": "killed",
    "roles": {"actor": ["e1"], "victim": ["e2"]},
    "counts": [
        {
            "entity": "e2",
            "what": "killed",
            "text": "at least 16",
            "low": 16,
            "high": 20,
            "span": _span("at least 16"),
        }
    ],
    "time": TIME,
    "place": PLACE,
    "sources": [ARMY, RESIDENTS, TELEVISION],
    "readings": [{"sources": [TELEVISION], "reason": "the comma", "score": 0.25}],
    "status": "future",
    "negated": True,
    "certainty": "probable",
    "cue": "reportedly",
    "span": {"start": 0, "end": TEXT.index("\n")},
    "trigger_span": _span("killed"),
    "cue_span": _span("reportedly"),
    "role_spans": {"actor": [_span("Rebels")], "victim": [_span("people")]},
    "score": 0.75,
    "notes": [NOTE],
}
TIE: dict[str, Any] = {
    **CLAIM,
    "id": "c2",
    "type": "LEADS",
    "mode": "captain",
    "evidence": TEXT.split("\n")[1],
    "trigger": "lead",
    "roles": {"actor": ["e4"], "to": ["e1"]},
    "counts": [],
    "span": {"start": TEXT.index("\n") + 1, "end": len(TEXT)},
    "trigger_span": _span("lead"),
    "cue": "is said",
    "cue_span": _span("is said"),
    "role_spans": {"actor": [_span("Rado Senn")], "to": [_span("Tolvar Free Front")]},
}


def _entity(id: str, kind: str, name: str, words: str, canonical: str | None = None) -> dict[str, Any]:
    mention = {"text": words, "span": _span(words), "kind": kind, "score": 0.5}
    return {
        "id": id,
        "kind": kind,
        "names": [name, "the others"],
        "canonical": canonical,
        "mentions": [mention],
    }


def full_wire(hostile: str = "") -> dict[str, Any]:
    """The record on the wire; `hostile` is added to every name, title and text that is free."""
    at = {"report": "herald/1", "claim": "c1"}
    origin = {
        "name": "the army",
        "kind": "organisation",
        "institution": "Army of Dravenia",
        "anonymous": True,
        "held": False,
        "reports": ["herald/1"],
    }
    origins = {
        "origins": [origin],
        "low": 1,
        "likely": 2,
        "high": 3,
        "reasons": ["pools may overlap" + hostile],
        "sentence": "Rests on one to three origins." + hostile,
    }
    coding = {
        "report": "herald/1",
        "outlet": "Lakeside Herald" + hostile,
        "published": "2021-10-14",
        "entities": [
            _entity("e1", "group", "Rebels" + hostile, "Rebels", "Tolvar Free Front" + hostile),
            _entity("e2", "people", "at least 16 people" + hostile, "people"),
            _entity("e3", "government", "“the army”" + hostile, "“the army”", "Dravenian Army"),
            _entity("e4", "person", "Captain Rado Senn" + hostile, "Rado Senn", "Rado Senn" + hostile),
        ],
        "claims": [CLAIM, TIE],
        "title": "Market shelled" + hostile,
        "url": "https://herald.example/1?a=1&b=2",
        "language": "en",
        "agencies": ["Longitude"],
        "document_hash": "ab" * 32,
        "engine": "local",
        "engine_version": "1",
        "notes": [NOTE],
    }
    version = {
        "value": "16" + hostile,
        "claims": [at],
        "reports": ["herald/1"],
        "origins": ["the army"],
        "said": "2021-10-14",
        "withdrawn": True,
    }
    incident = {
        "id": "i1",
        "type": "ASSAULT",
        "title": "Shelling of Kolmaz" + hostile,
        "claims": [at],
        "merged": [{"left": at, "right": {**at, "claim": "c2"}, "reason": "same day", "score": 0.5}],
        "parties": {"actor": ["Tolvar Free Front"]},
        "time": TIME,
        "place": PLACE,
        "part_of": "i2",
        "origins": origins,
        "disputes": [
            {
                "attribute": "killed",
                "of": "people",
                "kind": "superseded",
                "versions": [version],
                "note": "later",
            }
        ],
        "statements": [
            {
                "attribute": "killed",
                "of": "people",
                "claims": [at],
                "reports": ["herald/1"],
                "origins": origins,
            }
        ],
        "told": ["gazette/2"],
    }
    dependence = {
        "report": "herald/1",
        "parent": "outlet:Longitude" + hostile,
        "kind": "copies",
        "credited": True,
        "reason": "the byline" + hostile,
        "score": 0.5,
        "cue": _span("Longitude"),
        "alignments": [{"span": _span("Rebels"), "other": {"start": 3, "end": 9}}],
    }
    return {
        "codings": [coding],
        "judgements": [
            {
                "subject": "herald/1#c1/rating",
                "verdict": "note",
                "value": {"alternateName": "Unproven" + hostile, "scale": [1, 2.5]},
                "person": "Ana" + hostile,
                "at": "2022-01-02T03:04:05Z",
                "reason": "two calls" + hostile,
            }
        ],
        "lineage": {
            "dependences": [dependence],
            "dispatches": [{"parent": "outlet:Longitude", "reports": ["herald/1"], "reason": "byline"}],
        },
        "incidents": [incident],
    }


def full_record(hostile: str = "") -> Record:
    return Record.from_wire(full_wire(hostile))


def full_document() -> Document:
    return Document(
        report="herald/1", report_hash="cd" * 32, text=TEXT, title="Market shelled", outlet="Lakeside Herald"
    )


HOSTILE = (
    "<script>alert(1)</script>",
    "]]>\" onload='x' --><!-- &amp; &lt; </title></style>",
    "\x00\x01\x08\x0b\x1f\x7f\x85\ufffe\uffff",
    "\u202egnp.exe\u2066\u2069\u200f\u061c\U000e0041",
    "a\r\nb\tc\u2028d\u2029e _x0041_ _x005F_x0042_",
    "=cmd|' /C calc'!A0",
    '"""\\" \\u0041 . <urn:x> @prefix } ] )',
    "[link](javascript:alert(1)) `code` *b* _i_ | # \\",
    "x" * 10_000,
    "😀 é مرحبا",
)
