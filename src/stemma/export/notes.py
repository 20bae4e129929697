"""A happening as sentences for a reader: what, on whose word, with the hedges and the report's own words."""

from __future__ import annotations

from stemma.export.days import days_of
from stemma.export.happenings import Happening, Telling, chain_words
from stemma.export.words import flat, hedge_words
from stemma.model import Counted, Role

TELLINGS_SHOWN = 5
"""Claims whose words a note quotes; a note of a hundred reports is read by nobody. The rest are counted."""


def note_of(happening: Happening) -> str:
    """`On 2017-02-07, A, attack, B (Rafah). killed: 3. Reported by … on the word of …: “…”.`"""
    parts = [_head(happening)]
    incident = happening.incident
    if incident and incident.origins.sentence:
        parts.append(flat(incident.origins.sentence))
    for telling in happening.tellings[:TELLINGS_SHOWN]:
        parts.append(_said(telling))
    more = len(happening.tellings) - TELLINGS_SHOWN
    if more > 0:
        parts.append(f"And {more} more claims.")
    if incident:
        for dispute in incident.disputes:
            values = " / ".join(flat(version.value) for version in dispute.versions)
            about = " ".join(part for part in (dispute.attribute, dispute.of) if part)
            parts.append(f"Reports differ ({flat(about)}): {values}.")
    return " ".join(parts)


def _head(happening: Happening) -> str:
    days, time, place = days_of(happening.time), happening.time, happening.place
    when = ""
    if days:
        when = f"On {days.first}" if days.length == 1 else f"Between {days.first} and {days.last}"
    elif time:
        when = f"When: {flat(time.text)}"
    words = [_names(happening, Role.ACTOR), flat(happening.claim.trigger) or str(happening.type).lower()]
    words.append(_names(happening, Role.RECIPIENT) or _names(happening, Role.VICTIM))
    what = ", ".join(word for word in (when, *words) if word)
    if place:
        what += f" ({flat(place.canonical or place.text)})"
    tolls = [
        f"{count.what}: {flat(count.text)}"
        for count in happening.claim.counts
        if count.what is not Counted.OTHER
    ]
    return f"{what}. {'; '.join(tolls)}." if tolls else f"{what}."


def _names(happening: Happening, role: Role) -> str:
    return " and ".join(party.name for party in happening.parties(role))


def _said(telling: Telling) -> str:
    chain = chain_words(telling.claim)
    who = flat(telling.coding.outlet or telling.coding.report)
    words = f"{who}, on the word of {chain}" if chain else who
    hedge = hedge_words(telling.claim)
    return f"{words}{f' [{hedge}]' if hedge else ''}: “{flat(telling.claim.evidence)}”."
