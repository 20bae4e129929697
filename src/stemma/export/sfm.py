"""Security Force Monitor: the incident sheet with its sources, publications and citations."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import Final

from stemma.export.declared import below, losses_of
from stemma.export.event_rows import EVENT_LOST
from stemma.export.happenings import Happening, Telling, happenings
from stemma.export.notes import note_of
from stemma.export.options import ExportOptions
from stemma.export.parties import Party, Sort
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.sheets import Cell, Sheet
from stemma.export.words import flat
from stemma.lexicon.country_codes import codes_of
from stemma.lexicon.outlets import find_outlet
from stemma.model import ClaimType, Coding, Role, Status

INCIDENTS: Final = (
    *("type:claim", "status:meta", "researcher:meta", "internal_comments:meta", "citation:refs:claim"),
    *("about_entity:ref:claim", "about_entity:name:qa"),
    *("incident:location:descriptions", "incident:location:refs", "incident:location:names", "country"),
    *("incident:violation:descriptions", "incident:violation:types", "category:violation_types"),
    *("incident:perpetrator:refs", "incident:perpetrator:names", "incident:perpetrator:classifications"),
    *("incident:victim:refs", "incident:victim:names"),
    *("first_precise", "last_precise", "first_imprecise", "last_imprecise"),
    *("starting", "ending", "starting_context", "ending_context", "public_notes:meta", "type:entity"),
)
SOURCES: Final = (
    "type",
    "id",
    "title",
    "author",
    "url",
    "created",
    "uploaded",
    "published",
    "publication_id",
)
PUBLICATIONS: Final = ("country", "name")
"""A publication has no id of its own: publication_id is its name."""
CITATIONS: Final = (
    *("access_point_id", "type", "trigger", "accessed_timestamp", "archive_url", "archive_timestamp"),
)
COLUMNS: Final = {
    "incidents": INCIDENTS,
    "sources": SOURCES,
    "publications": PUBLICATIONS,
    "citations": CITATIONS,
}
BETWEEN: Final = "; "
_KEYS: Final = {"sources": 1, "publications": 1, "citations": 0}
"""The column that tells two rows of a sheet apart."""

_VIOLENCE: Final = (ClaimType.ASSAULT, ClaimType.COERCE)
_NO_VIOLATION: Final = frozenset(("clash",))
"""A fight between forces is no violation by itself."""


class SfmFormat:
    """The sheets in which the conduct of state forces is documented."""

    name = "sfm"
    description = (
        "Security Force Monitor's incident sheet with its sources, for those who document forces and abuses."
    )
    suffix = ".csv"
    tables: tuple[str, ...] = tuple(COLUMNS)
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What the sheets cannot hold."""
        return losses_of({**EVENT_LOST, **_LOST}, _PART)

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes the four sheets, or the one that the options name."""
        left_out: Counter[str] = Counter()
        wanted = (options.table,) if options.table else self.tables
        seen: set[tuple[str, str]] = set()
        with ExitStack() as stack:
            sheets = {
                name: stack.enter_context(
                    Sheet(target.open("" if options.table else f"{name}.csv"), COLUMNS[name])
                )
                for name in wanted
            }
            number = 0
            for happening in happenings(stock, options):
                reason = _why_not(happening)
                if reason:
                    left_out[reason] += 1
                    continue
                number += 1
                if "incidents" in sheets:
                    sheets["incidents"].write(sfm_cells(happening))
                for name, row in _paper_rows(happening):
                    known = (name, str(row[_KEYS[name]]))
                    # A claim alone is cited once; not to remember a million of them keeps memory small.
                    once = name == "citations" and happening.incident is None
                    if name in sheets and known not in seen:
                        sheets[name].write(row)
                        if not once:
                            seen.add(known)
        return Written(sheets[options.table].rows if options.table else number, dict(left_out))


def _why_not(happening: Happening) -> str | None:
    if happening.type.is_tie:
        return "a tie, not an event"
    if happening.type not in _VIOLENCE:
        return "no violence"
    if happening.claim.negated:
        return "said not to have happened"
    if happening.claim.status in (Status.FUTURE, Status.HYPOTHETICAL):
        return "planned or hypothetical"
    harmed = any(party.sort is Sort.CIVILIANS for party in _victims(happening))
    if happening.claim.mode in _NO_VIOLATION and not harmed:
        return "a fight between forces"
    return None


def sfm_cells(happening: Happening) -> list[Cell]:
    """The cells of the incident sheet, in the order of INCIDENTS."""
    place, time, claim = happening.place, happening.time, happening.claim
    codes = codes_of(happening.country)
    actors = [p for p in happening.parties(Role.ACTOR) if p.sort is not Sort.THING]
    victims = _victims(happening)
    start, end = (time.start or "", time.end or "") if time else ("", "")
    precise = len(start) == 10 and len(end) == 10
    return [
        "incident",
        "machine-coded",
        flat(f"{happening.chief.coding.engine or ''} {happening.chief.coding.engine_version or ''}"),
        "",
        BETWEEN.join(telling.path for telling in happening.tellings),
        happening.id,
        "",
        flat(place.text) if place else "",
        place.geonames if place else "",
        flat(place.canonical) if place else "",
        codes.code.lower() if codes else "",
        flat(claim.evidence),
        flat(claim.trigger),
        f"{str(happening.type).lower()} {claim.mode or ''}".strip(),
        BETWEEN.join(p.ucdp for p in actors if p.ucdp),
        BETWEEN.join(p.name for p in actors),
        BETWEEN.join(str(p.kind) for p in actors),
        "",
        BETWEEN.join(p.name for p in victims),
        start if precise else "",
        end if precise else "",
        "" if precise else start,
        "" if precise else end,
        "",
        "",
        flat(time.text) if time else "",
        "",
        note_of(happening),
        "incident",
    ]


def _victims(happening: Happening) -> list[Party]:
    hit = (*happening.parties(Role.VICTIM), *happening.parties(Role.RECIPIENT))
    return list({p.name.casefold(): p for p in hit if p.sort is not Sort.THING}.values())


def _paper_rows(happening: Happening) -> list[tuple[str, list[Cell]]]:
    """The rows of sources, publications and citations that this incident rests on."""
    rows: list[tuple[str, list[Cell]]] = []
    for telling in happening.tellings:
        coding = telling.coding
        outlet = find_outlet(coding.outlet) if coding.outlet else None
        name = flat(coding.outlet)
        rows.append(("sources", _source_row(coding)))
        rows.append(("citations", _citation_row(telling)))
        if name:
            rows.append(("publications", [outlet.country.lower() if outlet else "", name]))
    return rows


def _source_row(coding: Coding) -> list[Cell]:
    published = coding.published.isoformat() if coding.published else ""
    return ["source", coding.report, coding.title, "", coding.url, "", "", published, flat(coding.outlet)]


def _citation_row(telling: Telling) -> list[Cell]:
    """The access point: where in the document of the report the words stand."""
    span = telling.claim.span
    where = f"{span.start}-{span.end}" if span else ""
    return [telling.path, "characters" if span else "", where, "", "", ""]


_LOST: Final = {
    below("codings.claims.place", "latitude longitude admin1 precision"): "the sheet has no column for it",
    below("incidents.place", "latitude longitude admin1 precision"): "the sheet has no column for it",
    below("codings.claims.counts", "entity low high"): "counts are words in the notes",
    "codings.language": "the sheet has no column for it",
    "incidents.origins.likely incidents.origins.origins": "the sentence in the notes says it in words",
}
_PART: Final = {
    below("codings", "outlet engine engine_version"): "on one line",
    "codings.entities": "the name and kind of perpetrators and victims",
    "codings.claims.id": "in the citation, as REPORT#CLAIM",
    "codings.claims.type codings.claims.mode": "assaults and coercion only, in one column",
    "codings.claims.evidence codings.claims.trigger": "on one line",
    "codings.claims.status codings.claims.negated": "what did not happen, or not yet, is left out",
    "codings.claims.certainty codings.claims.cue": "in words in the public notes",
    "codings.claims.roles": "actors as perpetrators, recipients and victims as victims",
    "codings.claims.counts": "as words in the public notes",
    "codings.claims.sources": "the chain in words in the public notes",
    "codings.claims.span": "as the citation's access point",
    "codings.claims.time incidents.time": "as first and last, precise or imprecise; the words on one line",
    "codings.claims.place incidents.place": "the words and name on one line, the country in small letters",
    "incidents.claims": "in the citation, as REPORT#CLAIM",
    "incidents.origins": "the sentence in the public notes",
    "incidents.disputes": "the values in the public notes",
    "incidents.parties": "decide who stands first",
    "incidents.type": "assaults and coercion only",
}
