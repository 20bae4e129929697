"""PLOVER: one JSON record per event and line, of the Open Event Data Alliance's event ontology."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from stemma.export.days import days_of
from stemma.export.declared import below, losses_of
from stemma.export.event_rows import EVENT_LOST
from stemma.export.happenings import Happening, chain_words, happenings
from stemma.export.options import ExportOptions
from stemma.export.parties import Party, Sort
from stemma.export.plover_vocabulary import QUADS, as_assault, plover_mode, plover_type, sector_of
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.tolls import least
from stemma.export.words import flat, hedge_words
from stemma.lexicon.country_codes import codes_of
from stemma.model import Counted, Place, Role, Status

CODEBOOK: Final = "PLOVER"
NOWHERE: Final = "---"
"""PLOVER's code of an actor whose country is not known."""

_RESOLUTION: Final = {1: 2, 2: 2, 3: 3, 4: 4, 5: 4, 6: 5}
"""UCDP's where_prec to PLOVER's resolution: 2 a city, 3 a district, 4 a province, 5 a country."""

_SIZES: Final = {Counted.KILLED: "dead", Counted.INJURED: "injured", Counted.CAPTURED: "arrested"}


class PloverFormat:
    """PLOVER's JSON."""

    name = "plover"
    description = "PLOVER event records as JSON lines, for those who code political events by machine."
    suffix = ".jsonl"
    tables: tuple[str, ...] = ()
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What a record cannot hold."""
        return losses_of({**EVENT_LOST, **_LOST}, _PART)

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes one record per happening of PLOVER's 16 types."""
        left_out: Counter[str] = Counter()
        rows = 0
        with target.open() as file:
            for happening in happenings(stock, options):
                record = plover_record(happening, options)
                if isinstance(record, str):
                    left_out[record] += 1
                    continue
                file.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
                rows += 1
        return Written(rows, dict(left_out))


def why_no_event(happening: Happening) -> str | None:
    """The reason why a happening is no PLOVER event; null where it is one."""
    if happening.type.is_tie:
        return "a tie, not an event"
    if plover_type(happening.type) is None:
        return f"PLOVER has no type for {happening.type}"
    if happening.claim.negated:
        return "said not to have happened"
    if happening.claim.status in (Status.FUTURE, Status.HYPOTHETICAL):
        return "planned or hypothetical"
    return "no date" if days_of(happening.time) is None else None


def type_and_mode(happening: Happening) -> tuple[str, str]:
    """PLOVER's type and mode of a happening that is an event."""
    return as_assault(happening) or (plover_type(happening.type) or "", plover_mode(happening))


def plover_record(happening: Happening, options: ExportOptions) -> dict[str, Any] | str:
    """The record, without empty fields, or the reason why there is none."""
    reason = why_no_event(happening)
    days = days_of(happening.time)
    if reason or days is None:
        return reason or "no date"
    kind, mode = type_and_mode(happening)
    claim, coding = happening.claim, happening.chief.coding
    actors = _people(happening.parties(Role.ACTOR))
    against = _people((*happening.parties(Role.RECIPIENT), *happening.parties(Role.VICTIM)))
    span = claim.span
    record: dict[str, Any] = {
        "id": happening.id,
        "has_event": True,
        "date": days.first.isoformat(),
        "enddate": days.last.isoformat() if days.length > 1 else None,
        "actor": actors or [{"code": NOWHERE}],
        "recipient": against,
        "event": [kind],
        "event_loc": _location(happening.place),
        "event_text": claim.trigger,
        "quad_code": QUADS[kind],
        "mode": [mode] if mode else None,
        "size": _size(happening),
        "text": claim.evidence,
        "text_info": _filled({"start": span.start, "end": span.end}) if span else None,
        "cite_info": _cite(happening),
        "coder": coding.engine,
        "coded_date": options.made.date().isoformat() if options.made else None,
        "comment": _comment(happening),
    }
    return _filled(record)


def _people(parties: Sequence[Party]) -> list[dict[str, Any]]:
    seen: dict[str, dict[str, Any]] = {}
    for party in parties:
        if party.sort is Sort.THING:
            continue
        codes = codes_of(party.country)
        entity = {
            "code": codes.alpha3 if codes else NOWHERE,
            "sector": sector_of(party),
            "entity_text": party.said,
            "identifier_text": party.name,
        }
        seen.setdefault(party.name.casefold(), _filled(entity))
    return list(seen.values())


def _location(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    codes = codes_of(place.country)
    return _filled(
        {
            "extracted_place": place.text,
            "resolved_place": place.canonical,
            "geonameid": place.geonames,
            "lat": place.latitude,
            "lon": place.longitude,
            "province": place.admin1,
            "country": codes.acled_name if codes else None,
            "country_code": codes.alpha3 if codes else None,
            "resolution": _RESOLUTION.get(place.precision.ucdp) if place.precision else None,
        }
    )


def _size(happening: Happening) -> dict[str, int] | None:
    sizes: dict[str, int] = {}
    for count in happening.claim.counts:
        name = _SIZES.get(count.what)
        if name:
            sizes[name] = max(sizes.get(name, 0), least(count))
    return sizes or None


def _cite(happening: Happening) -> dict[str, Any]:
    coding = happening.chief.coding
    return _filled(
        {
            "citation": coding.report,
            "url": coding.url,
            "title": coding.title,
            "language": coding.language,
            "publication": coding.outlet,
            "coder": coding.engine,
            "codebook": CODEBOOK,
            "version": coding.engine_version,
        }
    )


def _comment(happening: Happening) -> str | None:
    """What PLOVER has no field for and no reader should miss: the hedge, the chain, the origins."""
    claim, incident = happening.claim, happening.incident
    chain = chain_words(claim)
    parts = [
        f"hedge: {words}" if (words := hedge_words(claim)) else "",
        f"on the word of: {chain}" if chain else "",
        flat(incident.origins.sentence) if incident else "",
    ]
    return "; ".join(part for part in parts if part) or None


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """`values` without the empty ones: only what is known stands in a PLOVER record."""
    return {name: value for name, value in values.items() if value is not None and value not in ("", [], {})}


_LOST: Final = {
    "codings.published": "PLOVER has no field for it",
    "codings.claims.counts.entity codings.claims.counts.high": "PLOVER counts the dead, not whose they are",
    "codings.claims.place.precision.acled incidents.place.precision.acled": "PLOVER has a resolution",
    "codings.claims.time.text incidents.time.text": "PLOVER has no field for it",
    "incidents.disputes": "PLOVER has no field for it",
    "incidents.origins.likely incidents.origins.origins": "the sentence in the comment says it in words",
}
_PART: Final = {
    "codings.claims.id": "in the id, where nothing is merged",
    "codings.entities": "the parties of the event, with country, sector and name",
    "codings.claims.type": "16 of 29 types",
    "codings.claims.mode": "as PLOVER's mode, which has no word for some of ours",
    "codings.claims.status codings.claims.negated": "what did not happen, or not yet, is left out",
    "codings.claims.certainty codings.claims.cue": "in words in the comment",
    "codings.claims.roles": "actor and recipient; victims are recipients, an instrument may decide the mode",
    "codings.claims.counts": "dead, injured and arrested as one number each",
    "codings.claims.time": "first and last day",
    below("codings.claims.place", "country precision"): "as ISO alpha-3 and as PLOVER's resolution",
    "codings.claims.sources": "the chain in words in the comment",
    "incidents.origins": "the sentence in the comment",
    "incidents.claims": "the fullest one stands for all",
    "incidents.parties": "decide who stands first",
    "incidents.type": "16 of 29 types",
    "incidents.time": "first and last day",
    below("incidents.place", "country precision"): "as ISO alpha-3 and as PLOVER's resolution",
}
