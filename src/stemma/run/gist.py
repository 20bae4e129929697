"""What a circle says, for lists: made once, when the circle is merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from stemma.merge.entities import Entities, named
from stemma.merge.judgements import identity_of
from stemma.merge.protocol import Held
from stemma.merge.ties import parties_of, ties_of
from stemma.model import Claim, Coding, Incident, Party, Record, Role
from stemma.store.listing import Gist, GistIncident, GistParty, Part

_SUFFERING = frozenset((Role.RECIPIENT, Role.VICTIM))


def gist_of(held: Sequence[Held], record: Record) -> Gist:
    """The lists' share of a record that has its codings; `held` are the reports that it was made of."""
    documents = {one.report: one.document for one in held}
    judged = [Held(documents[coding.report], coding) for coding in record.codings]
    entities = Entities(judged, identity_of(judged, record.judgements))
    codings = {coding.report: coding for coding in record.codings}
    claims = {(coding.report, claim.id): claim for coding in record.codings for claim in coding.claims}
    keys = {
        (coding.report, entity.id): entities.key(entity, coding.report)
        for coding in record.codings
        for entity in coding.entities
    }
    has_ties = any(claim.type.is_tie for claim in claims.values())
    return Gist(
        incidents=[
            GistIncident(one, _moment(one, codings), _outlets(one, codings), _parts(one, claims, keys))
            for one in record.incidents
        ],
        parties=[_party(party, codings) for party in parties_of(judged, entities)],
        ties=ties_of(judged, record.lineage, entities) if has_ties else (),
    )


def _moment(incident: Incident, codings: Mapping[str, Coding]) -> str:
    if incident.time and (incident.time.start or incident.time.end):
        return (incident.time.start or incident.time.end or "")[:10]
    days = (codings[one].published for one in incident.reports if one in codings)
    return min((str(day) for day in days if day), default="")


def _outlets(incident: Incident, codings: Mapping[str, Coding]) -> int:
    told = (codings[one].outlet for one in incident.reports if one in codings)
    return len({" ".join(outlet.split()) for outlet in told if outlet})


def _parts(
    incident: Incident, claims: Mapping[tuple[str, str], Claim], keys: Mapping[tuple[str, str], str]
) -> dict[str, Part]:
    """What each named party has to do with the incident; who did it is a doer, whatever was done to him."""
    found: dict[str, Part] = {}
    for key, role in _roles(incident, claims, keys):
        part = Part.DID if role is Role.ACTOR else Part.SUFFERED if role in _SUFFERING else Part.NAMED
        found[key] = min(found.get(key, part), part)
    return found


def _roles(
    incident: Incident, claims: Mapping[tuple[str, str], Claim], keys: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, Role]]:
    for at in incident.claims:
        claim = claims.get((at.report, at.claim))
        if claim is None or claim.type.is_tie:
            continue
        for role, ids in claim.roles.items():
            for entity in ids:
                key = keys.get((at.report, entity), "")
                if key and named(key):
                    yield key, role


def _party(party: Party, codings: Mapping[str, Coding]) -> GistParty:
    own = {(at.report, at.entity) for at in party.at}
    names: Counter[str] = Counter()
    for report in sorted({report for report, _ in own}):
        called = [entity for entity in codings[report].entities if (report, entity.id) in own]
        given = (name for entity in called for name in (entity.canonical, *entity.names) if name)
        names.update({" ".join(name.split()) for name in given})
    return GistParty(party.key, party.name, party.kind, len({report for report, _ in own}), names)
