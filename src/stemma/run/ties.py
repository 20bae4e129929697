"""The ties that a question asks for, from the record that answers it."""

from __future__ import annotations

from stemma.model import Tie
from stemma.run.recording import Recorded
from stemma.show.dossier import find_parties, plain, units_of
from stemma.show.network import ties_among


def ties_asked_for(recorded: Recorded, actor: str | None = None, *, with_units: bool = False) -> list[Tie]:
    """The ties whose claims belong to the incidents asked for; with `actor`, only that party's.

    A party is meant by a part of its name, its units only `with_units`.
    """
    asked = {(at.report, at.claim) for incident in recorded.incidents for at in incident.claims}
    ties = [
        tie for tie in recorded.ties if {(at.report, at.claim) for at in (*tie.claims, *tie.denials)} & asked
    ]
    if not actor:
        return ties
    found = find_parties(recorded.parties, actor)
    # A wording that one report used for another names nobody else's ties.
    parties = [one for one in found if plain(actor) in plain(one.name)] or found[:1]
    if with_units:
        parties += [unit for one in list(parties) for unit in units_of(one, recorded.parties, ties)]
    return ties_among(ties, parties)
