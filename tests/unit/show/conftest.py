"""Codings of our own on an invented story."""

from __future__ import annotations

import datetime

import pytest

from stemma.model import Coding, Document

TEXT = """Port Velin quiet after night of shelling

VELIN (Orlan News) – Gunmen of the Harbour Front shelled the customs house on Tuesday, army and residents say.

State radio quoted the ministry as saying that at least 12 soldiers had been killed.

The Front's spokesman denied the attack. Captain Ilo Maren reportedly left the Front last year.

Sign up for our morning letter."""


def _wire() -> dict[str, object]:
    return {
        "report": "velin/shelling",
        "outlet": "The Coast Daily",
        "published": "2021-03-10",
        "title": "Port Velin quiet after night of shelling",
        "entities": [
            {
                "id": "e1",
                "kind": "group",
                "names": ["Gunmen of the Harbour Front", "the Front"],
                "canonical": "Harbour Front",
            },
            {"id": "e2", "kind": "object", "names": ["the customs house"]},
            {
                "id": "e3",
                "kind": "government",
                "names": ["the ministry"],
                "canonical": "Ministry of Defence of Orlan",
            },
            {"id": "e4", "kind": "people", "names": ["soldiers"]},
            {"id": "e5", "kind": "person", "names": ["Captain Ilo Maren"]},
        ],
        "claims": [
            {
                "id": "c1",
                "type": "ASSAULT",
                "mode": "shelling",
                "evidence": "Gunmen of the Harbour Front shelled the customs house on Tuesday",
                "trigger": "shelled",
                "roles": {"actor": ["e1"], "recipient": ["e2"], "victim": []},
                "time": {"text": "on Tuesday", "start": "2021-03-09", "end": "2021-03-09"},
                "place": {"text": "VELIN", "canonical": "Velin, Orlan", "country": None},
                "sources": [
                    {"text": "army", "kind": "organisation", "cue": "said"},
                    {"text": "residents", "kind": "anonymous", "cue": "said", "parallel": True},
                    {"text": "Orlan News", "kind": "outlet"},
                ],
                "status": "actual",
                "negated": False,
                "certainty": "certain",
                "cue": None,
            },
            {
                "id": "c2",
                "type": "ASSAULT",
                "mode": "attack-other",
                "evidence": "at least 12 soldiers had been killed",
                "trigger": "killed",
                "roles": {"victim": ["e4"]},
                "counts": [
                    {"entity": "e4", "what": "killed", "text": "at least 12", "low": 12, "high": None}
                ],
                "sources": [
                    {"text": "the ministry", "entity": "e3", "kind": "organisation", "cue": "saying"},
                    {"text": "State radio", "kind": "outlet", "cue": "quoted"},
                    {"text": "Orlan News", "kind": "outlet"},
                ],
            },
            {
                "id": "c3",
                "type": "REALIGN",
                "mode": "leave",
                "evidence": "Captain Ilo Maren reportedly left the Front last year",
                "trigger": "left",
                "roles": {"actor": ["e5"], "from": ["e1"]},
                "time": {"text": "last year", "start": "2020", "end": "2020"},
                "certainty": "probable",
                "cue": "reportedly",
            },
        ],
    }


def _document() -> Document:
    passages = []
    for kind, words, outlet in (
        ("title", "Port Velin quiet after night of shelling", None),
        ("dateline", "VELIN (Orlan News) –", "Orlan News"),
        (
            "body",
            "Gunmen of the Harbour Front shelled the customs house on Tuesday, army and residents say.",
            None,
        ),
        (
            "body",
            "State radio quoted the ministry as saying that at least 12 soldiers had been killed.",
            None,
        ),
        (
            "body",
            "The Front's spokesman denied the attack. Captain Ilo Maren reportedly left the Front last year.",
            None,
        ),
        ("furniture", "Sign up for our morning letter.", None),
    ):
        start = TEXT.index(words)
        passages.append({"kind": kind, "span": {"start": start, "end": start + len(words)}, "outlet": outlet})
    return Document.from_wire(
        {
            "report": "velin/shelling",
            "report_hash": "0" * 64,
            "text": TEXT,
            "passages": passages,
            "outlet": "The Coast Daily",
            "published": datetime.date(2021, 3, 10).isoformat(),
        }
    )


@pytest.fixture
def coding() -> Coding:
    return Coding.from_wire(_wire())


@pytest.fixture
def document() -> Document:
    return _document()
