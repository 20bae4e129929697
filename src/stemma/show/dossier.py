"""The dossier: what the record says of one party, and who says so."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.model import ClaimType, Incident, Party, Record, Role, Tie
from stemma.show.network import TieRow, make_tie_row
from stemma.show.story import StoryRow, make_row

DOING: Final = frozenset((Role.ACTOR,))
SUFFERING: Final = frozenset((Role.RECIPIENT, Role.VICTIM))


@dataclass(frozen=True, slots=True)
class Dossier:
    """One party, with its units where they are asked for.

    `names` are all that reports call it, `units` what stands under it. `over` says what it is part of
    and whom it serves; `members` who belongs to it or leads it; `ties` the others (allies, enemies,
    ground). `did` are incidents in which it is a doer, `suffered` those done to it, `named` the others.
    `reports` is how many name it. `alike` are other parties that the name asked for may mean.
    """

    name: str
    kind: str
    names: tuple[str, ...]
    units: tuple[str, ...]
    reports: int
    over: tuple[TieRow, ...]
    members: tuple[TieRow, ...]
    ties: tuple[TieRow, ...]
    did: tuple[StoryRow, ...]
    suffered: tuple[StoryRow, ...]
    named: tuple[StoryRow, ...]
    alike: tuple[str, ...]


def find_parties(parties: Sequence[Party], name: str) -> list[Party]:
    """The parties that a name may mean, the likeliest first.

    Its own name goes before what reports call it, there the more usual wording before one that a report
    once used for another, and a whole name before a part of one.
    """
    wanted = plain(name)
    found: list[tuple[tuple[bool, bool, int], Party]] = []
    for party in parties if wanted else ():
        names = [plain(one) for one in party.names]
        own = plain(party.name)
        if wanted == own or wanted in names:
            found.append(((False, wanted != own, names.index(wanted) if wanted in names else 0), party))
        elif wanted in own or any(wanted in one for one in names):
            found.append(((True, wanted not in own, 0), party))
    return [party for _, party in sorted(found, key=lambda item: item[0])]


def plain(name: str) -> str:
    """A name without article, case, accents and doubled spaces, as two are compared."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())
    return bare.removeprefix("the ").removesuffix("'s").strip()


def units_of(party: Party, parties: Iterable[Party], ties: Iterable[Tie]) -> list[Party]:
    """What stands under a party, by the lexicon and by what the reports say is part of it."""
    table = {one.key: one for one in parties}
    below: dict[str, list[str]] = {}
    for tie in ties:
        # A person is a member of a group and no unit, whatever one report's claim says.
        if tie.type is ClaimType.PART_OF and tie.claims:
            below.setdefault(tie.other, []).append(tie.party)
    for one in table.values():
        for over in one.under:
            below.setdefault(over, []).append(one.key)
    found: dict[str, Party] = {}
    todo = [party.key]
    while todo:
        for key in below.get(todo.pop(), ()):
            unit = table.get(key)
            if unit and key not in found and key != party.key and unit.kind.value not in ("person", "place"):
                found[key] = unit
                todo.append(key)
    return sorted(found.values(), key=lambda one: one.name.casefold())


def make_dossier(
    record: Record,
    party: Party,
    parties: Sequence[Party],
    ties: Sequence[Tie],
    *,
    with_units: bool = False,
    alike: Sequence[Party] = (),
    as_of: datetime.date | None = None,
) -> Dossier:
    """What the record says of `party`; `with_units` takes what its units did and suffered for its own."""
    units = units_of(party, parties, ties)
    whole = [party, *units] if with_units else [party]
    keys = {one.key for one in whole}
    at = {(place.report, place.entity) for one in whole for place in one.at}
    over, members, others_of = dossier_of_ties(record, keys, ties, as_of)
    of_claims = _roles(record, at)
    roles = [
        (
            incident,
            frozenset().union(*(of_claims.get((c.report, c.claim), frozenset()) for c in incident.claims)),
        )
        for incident in record.incidents
        if not incident.type.is_tie
    ]

    def shown(chosen: Iterable[Incident]) -> tuple[StoryRow, ...]:
        found = [make_row(record, incident) for incident in chosen]
        return tuple(
            sorted(found, key=lambda row: (row.start or row.end or "9", -len(row.told), row.incident))
        )

    did = [incident for incident, has in roles if has & DOING]
    suffered = [incident for incident, has in roles if has & SUFFERING and not has & DOING]
    others = [incident for incident, has in roles if has and not has & (DOING | SUFFERING)]
    return Dossier(
        name=party.name,
        kind=party.kind.value,
        names=tuple(dict.fromkeys(party.names)),
        units=tuple(unit.name for unit in units),
        reports=len({report for report, _ in at}),
        over=over,
        members=members,
        ties=others_of,
        did=shown(did),
        suffered=shown(suffered),
        named=shown(others),
        alike=tuple(one.name for one in alike),
    )


def dossier_of_ties(
    record: Record, keys: set[str], ties: Iterable[Tie], as_of: datetime.date | None
) -> tuple[tuple[TieRow, ...], tuple[TieRow, ...], tuple[TieRow, ...]]:
    """The rows of the ties of these parties: what they belong to, who belongs to them, and the others."""
    own = [(tie, make_tie_row(record, tie, as_of)) for tie in ties if tie.party in keys or tie.other in keys]
    belonging = (ClaimType.MEMBER_OF, ClaimType.PART_OF, ClaimType.LEADS)
    return (
        tuple(row for tie, row in own if tie.party in keys and tie.type in belonging),
        tuple(
            row for tie, row in own if tie.other in keys and tie.party not in keys and tie.type in belonging
        ),
        tuple(row for tie, row in own if tie.type not in belonging),
    )


def _roles(record: Record, at: set[tuple[str, str]]) -> dict[tuple[str, str], frozenset[Role]]:
    """The roles that entities at these places have in claims of events, by report and claim."""
    reports = {report for report, _ in at}
    found: dict[tuple[str, str], frozenset[Role]] = {}
    for coding in record.codings:
        if coding.report not in reports:
            continue
        for claim in coding.claims:
            has = frozenset(
                role
                for role, ids in claim.roles.items()
                if any((coding.report, entity) in at for entity in ids)
            )
            if has and not claim.type.is_tie:
                found[coding.report, claim.id] = has
    return found
