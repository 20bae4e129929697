"""The closed vocabularies of the codebook. PLOVER names where PLOVER has one."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class EntityKind(StrEnum):
    PERSON = "person"
    PEOPLE = "people"
    GROUP = "group"
    UNIT = "unit"
    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    PLACE = "place"
    WEAPON = "weapon"
    OBJECT = "object"


class ClaimType(StrEnum):
    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    REALIGN = "REALIGN"
    TRANSFER = "TRANSFER"
    MOVE = "MOVE"
    CLAIM_RESPONSIBILITY = "CLAIM-RESPONSIBILITY"
    DENY = "DENY"
    MEMBER_OF = "MEMBER_OF"
    PART_OF = "PART_OF"
    LEADS = "LEADS"
    ALLIED_WITH = "ALLIED_WITH"
    AT_WAR_WITH = "AT_WAR_WITH"
    CONTROLS = "CONTROLS"
    BASED_IN = "BASED_IN"
    ALSO_KNOWN_AS = "ALSO_KNOWN_AS"

    @property
    def is_tie(self) -> bool:
        """True for a state that holds, false for an event."""
        return self in TIES

    @property
    def is_mutual(self) -> bool:
        """True where the two sides may change places: an agreement, a war, two names of one party."""
        return self in MUTUAL


MUTUAL: Final = frozenset(
    {
        ClaimType.AGREE,
        ClaimType.CONSULT,
        ClaimType.COOPERATE,
        ClaimType.ALLIED_WITH,
        ClaimType.AT_WAR_WITH,
        ClaimType.ALSO_KNOWN_AS,
    }
)

TIES: Final = frozenset(
    {
        ClaimType.MEMBER_OF,
        ClaimType.PART_OF,
        ClaimType.LEADS,
        ClaimType.ALLIED_WITH,
        ClaimType.AT_WAR_WITH,
        ClaimType.CONTROLS,
        ClaimType.BASED_IN,
        ClaimType.ALSO_KNOWN_AS,
    }
)

MODES: Final[dict[ClaimType, tuple[str, ...]]] = {
    ClaimType.ASSAULT: (
        "airstrike",
        "bombing",
        "suicide-bombing",
        "shelling",
        "rocket",
        "shooting",
        "ambush",
        "assassination",
        "execution",
        "clash",
        "torture",
        "chemical",
        "attack-other",
    ),
    ClaimType.COERCE: ("arrest", "kidnap", "siege", "raid", "seize", "destroy", "restrict", "coerce-other"),
    ClaimType.AID: ("military", "medical", "humanitarian", "financial", "training", "shelter"),
    ClaimType.REALIGN: ("defect", "join", "leave", "pledge", "recruit", "split", "merge"),
    ClaimType.TRANSFER: ("smuggle", "sell", "ship"),
    ClaimType.MOVE: ("flee", "infiltrate", "travel", "return", "deploy-abroad"),
}
"""The modes of the types that have them. The mode of MEMBER_OF is free text: the role's title."""


class Role(StrEnum):
    ACTOR = "actor"
    RECIPIENT = "recipient"
    VICTIM = "victim"
    FROM = "from"
    TO = "to"
    INSTRUMENT = "instrument"
    OBJECT = "object"


class SourceKind(StrEnum):
    PERSON = "person"
    OFFICIAL = "official"
    ORGANISATION = "organisation"
    GROUP = "group"
    OUTLET = "outlet"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    SOCIAL = "social"


class Status(StrEnum):
    ACTUAL = "actual"
    ONGOING = "ongoing"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"


class Certainty(StrEnum):
    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Counted(StrEnum):
    MEMBERS = "members"
    KILLED = "killed"
    INJURED = "injured"
    CAPTURED = "captured"
    DISPLACED = "displaced"
    OTHER = "other"


class PassageKind(StrEnum):
    TITLE = "title"
    DATELINE = "dateline"
    BYLINE = "byline"
    BODY = "body"
    EXCERPT = "excerpt"
    QUOTATION = "quotation"
    CAPTION = "caption"
    CREDIT = "credit"
    CORRECTION = "correction"
    FURNITURE = "furniture"
