"""PLOVER's words: quad codes, modes, sectors and intensities, and how ours map to them."""

from __future__ import annotations

import re
from typing import Final

from stemma.export.happenings import Happening
from stemma.export.parties import Party, Sort
from stemma.model import ClaimType, EntityKind, Role

QUADS: Final = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"), 3),
    **dict.fromkeys(("PROTEST", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
"""The quad code of each of the 16 types: verbal or material, cooperation or conflict.

The manual lists SANCTION as verbal in its table and as material in its section; the table is followed.
"""

QUAD_NAMES: Final = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}

_ASSAULT: Final = {
    "airstrike": "aerial",
    "bombing": "explosives",
    "suicide-bombing": "suicide-attack",
    "shelling": "heavy-weapons",
    "rocket": "heavy-weapons",
    "shooting": "firearms",
    "ambush": "firearms",
    "assassination": "targeted",
    "execution": "targeted",
    "clash": "firearms",
    "torture": "torture",
    "chemical": "unconventional",
}
_COERCE: Final = {
    "arrest": "arrest",
    "seize": "seize",
    "restrict": "restrict",
    "siege": "restrict",
    "raid": "seize",
}
_DRONE = re.compile(r"(?i)\bdrones?\b|\bUAVs?\b")
_SEXUAL = re.compile(r"(?i)\brap(?:e|ed|es|ing)\b|\bsexual")
_RIOT = re.compile(r"(?i)\briot|\bloot")
_MODES_OF_TYPES: Final = {
    ClaimType.CONSULT: (
        (re.compile(r"(?i)\bphone|\bcalled\b|\btelephon"), "phone"),
        (re.compile(r"(?i)\bvisit|\barriv|\btravel"), "visit"),
        (re.compile(r"(?i)\bmediat|\bbroker"), "third-party"),
    ),
    ClaimType.PROTEST: (
        (re.compile(r"(?i)\bhunger"), "hunger"),
        (re.compile(r"(?i)\bstrik"), "strike"),
        (re.compile(r"(?i)\bboycott"), "boycott"),
        (_RIOT, "riot"),
        (re.compile(r"(?i)\bblock"), "obstruct"),
        (re.compile(r"(?i)"), "demo"),
    ),
    ClaimType.RETREAT: (
        (re.compile(r"(?i)\bwithdr|\bpull|\bretreat"), "withdraw"),
        (re.compile(r"(?i)\breleas|\bfreed?\b"), "release"),
        (re.compile(r"(?i)\bcease-?fire|\btruce"), "ceasefire"),
        (re.compile(r"(?i)\bdisarm|\bsurrender"), "disarm"),
        (re.compile(r"(?i)\bresign|\bstep"), "resign"),
    ),
    ClaimType.ACCUSE: (
        (re.compile(r"(?i)\binvestigat|\bprobe"), "investigate"),
        (re.compile(r"(?i)\bcondemn|\bcriti|\bdenounc"), "disapprove"),
        (re.compile(r"(?i)"), "allege"),
    ),
    ClaimType.MOBILIZE: (
        (re.compile(r"(?i)\bpolice"), "police"),
        (re.compile(r"(?i)\bmilitia"), "militia"),
        (re.compile(r"(?i)"), "troops"),
    ),
    ClaimType.SANCTION: (
        (re.compile(r"(?i)\bexpel|\bexil|\bdeport"), "expel"),
        (re.compile(r"(?i)\bwithdr|\brecall"), "withdraw"),
        (re.compile(r"(?i)\bconvict|\bsentenc"), "convict"),
        (re.compile(r"(?i)\bcut|\bsuspend|\bhalt|\bstop"), "discontinue"),
    ),
}

INTENSITY: Final = {
    "AGREE": 4.0,
    "CONSULT": 1.5,
    "SUPPORT": 3.5,
    "CONCEDE": 5.0,
    "COOPERATE": 6.0,
    "AID": 7.0,
    "RETREAT": 6.5,
    "REQUEST": -1.0,
    "ACCUSE": -2.5,
    "REJECT": -4.0,
    "THREATEN": -5.0,
    "SANCTION": -6.0,
    "PROTEST": -6.5,
    "MOBILIZE": -7.0,
    "COERCE": -7.5,
    "ASSAULT": -9.5,
}
"""Ours, for the type alone, on PLOVER's scale of -10 to 10; the manual has figures by mode too."""

_SECTORS: Final = (
    (re.compile(r"(?i)\bpolice|gendarme"), "COP"),
    (re.compile(r"(?i)\barmy|military|soldier|troops|navy|air force|marines|defen[cs]e force"), "MIL"),
    (re.compile(r"(?i)\bcourt|prosecut|judge|tribunal"), "JUD"),
    (re.compile(r"(?i)\bparliament|senat|congress|knesset|lawmaker|legislat"), "LEG"),
    (re.compile(r"(?i)\bintelligence|mossad|shin bet"), "SPY"),
    (re.compile(r"(?i)\bjournalist|reporter|media"), "JRN"),
    (re.compile(r"(?i)\brefugee|displaced|asylum"), "REF"),
    (re.compile(r"(?i)\bdoctor|hospital|medic|nurse"), "MED"),
    (re.compile(r"(?i)\bstudent|teacher|school|universit"), "EDU"),
    (re.compile(r"(?i)\bopposition"), "OPP"),
    (
        re.compile(
            r"(?i)\bunited nations|\bU\.?N\.?\b|african union|european union|\bEU\b|\bNATO\b|arab league"
        ),
        "IGO",
    ),
)
_BY_SORT: Final = {
    Sort.STATE: "GOV",
    Sort.GROUP: "REB",
    Sort.UNIDENTIFIED: "UAF",
    Sort.RIOTERS: "CVL",
    Sort.PROTESTERS: "CVL",
    Sort.CIVILIANS: "CVL",
    Sort.BODY: "NGO",
}


def plover_type(kind: ClaimType) -> str | None:
    """The PLOVER type that a type of ours is; null for ties and for what PLOVER does not code."""
    if kind is ClaimType.CLAIM_RESPONSIBILITY or kind is ClaimType.DENY:
        return None
    return str(kind) if str(kind) in QUADS else None


def plover_mode(happening: Happening) -> str:
    """PLOVER's mode; empty where none fits."""
    claim = happening.claim
    tools = " ".join(party.said for party in happening.parties(Role.INSTRUMENT))
    if happening.type is ClaimType.ASSAULT:
        if _SEXUAL.search(claim.trigger):
            return "sexual"
        if claim.mode == "airstrike" and _DRONE.search(f"{tools} {claim.trigger} {claim.evidence}"):
            return "drone"
        return _ASSAULT.get(claim.mode or "", "")
    if happening.type is ClaimType.COERCE:
        return _COERCE.get(claim.mode or "", "")
    for pattern, mode in _MODES_OF_TYPES.get(happening.type, ()):
        if pattern.search(claim.trigger):
            return mode
    return ""


def as_assault(happening: Happening) -> tuple[str, str] | None:
    """PLOVER's type and mode where they differ from ours: kidnapping and destruction are assaults there."""
    if happening.type is ClaimType.COERCE and happening.claim.mode == "kidnap":
        return "ASSAULT", "abduct"
    if happening.type is ClaimType.COERCE and happening.claim.mode == "destroy":
        return "ASSAULT", "destroy"
    return None


def sector_of(party: Party) -> str:
    """PLOVER's sector; empty for a place or a thing."""
    for pattern, sector in _SECTORS:
        if pattern.search(f"{party.name} {party.said}"):
            return sector
    if party.kind is EntityKind.OUTLET:
        return "JRN"
    return _BY_SORT.get(party.sort, "")
