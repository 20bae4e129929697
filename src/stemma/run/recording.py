"""From a casebook and a question to the record that answers it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from stemma.merge import Held, MergeOptions, merge_record
from stemma.merge.entities import Entities
from stemma.merge.judgements import identity_of
from stemma.merge.places import Fit, fit_of
from stemma.merge.ties import parties_of, ties_of
from stemma.model import Claim, Coding, Incident, Party, Record, SourceKind, Status, Tie
from stemma.run.kept import Waiting, kept_part, kept_whole
from stemma.run.units import names_of, parts_in
from stemma.store.fold import fold, words
from stemma.store.protocol import Query, ShelfQuery, Store

MOST: Final = 2_000
"""Reports that a question with filters merges at most, the newest; the answer says so."""

SMALL: Final = 200
"""Reports up to which a casebook is merged whole for every question, so that all answers show the same
incidents under the same ids; a larger one is merged only as far as the question reaches, or, where all is
asked for, the record that it keeps is brought up to date."""

KIN_CLAIMS: Final = 4
"""Claims of a report, those of most words, by whose words its copies are looked for."""

KIN_WORDS: Final = 8
"""Words that evidence must have so that who repeats them all is kin and no chance."""

KIN_DAYS: Final = 45
"""Days before a report within which the stories of the outlets that it relays are looked for."""

KIN_REPORTS: Final = 5
"""Reports of one relayed outlet that are taken in."""

Merging = Callable[[Store, Sequence[str], MergeOptions], tuple[Record, tuple[Held, ...]]]
"""The record of some reports with the judgements on them, and the reports as judged."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a view is asked for. All that is given must hold.

    `words`: each begins a word of what is said of an incident (title, parties, place, evidence). `query`: the
    store's filters, by claim. `with_units`: `query.actor` means its units too (see `stemma.run.units`).
    `only_source`: every origin found for the incident has this in its name. `status`: a claim with one of
    these. `known_by`: only reports published up to that day; those without a date are left out.
    """

    words: str | None = None
    query: Query = field(default_factory=Query)
    with_units: bool = False
    only_source: str | None = None
    status: tuple[Status, ...] = ()
    known_by: datetime.date | None = None

    @property
    def is_open(self) -> bool:
        """True where nothing narrows the claims: everything is asked for."""
        return replace(self, known_by=None) == Asking()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record made for a question.

    `incidents` are those asked for, in the record's order; the record holds their kin besides. `undated` are
    the reports that `known_by` left out for want of a date, `left_out` how many were beyond `MOST`; `words`
    are those of the question.
    """

    record: Record
    incidents: tuple[Incident, ...]
    held: tuple[Held, ...]
    undated: tuple[str, ...] = ()
    left_out: int = 0
    words: str | None = None

    @property
    def named(self) -> frozenset[str]:
        """The ids of the incidents that bear all words of the question in their own title or place, however
        a claim spells it; the others only have a claim with them. A view shows these first."""
        wanted = words(self.words or "")
        if not wanted:
            return frozenset()
        places = {
            (coding.report, claim.id): claim.place
            for coding in self.record.codings
            for claim in coding.claims
            if claim.place
        }
        named = []
        for one in self.incidents:
            told = (places[path] for at in one.claims if (path := (at.report, at.claim)) in places)
            spelled = (place.text for place in told if fit_of(place, one.place) is Fit.SAME)
            if _tells(_words_of([*_names_of(one), *spelled]), wanted):
                named.append(one.id)
        return frozenset(named)

    @property
    def parties(self) -> tuple[Party, ...]:
        """The named entities of the record."""
        return parties_of(self.held, self._entities())

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The ties of the record."""
        return ties_of(self.held, self.record.lineage, self._entities())

    def _entities(self) -> Entities:
        return Entities(self.held, identity_of(self.held, self.record.judgements))


def record_of(
    store: Store,
    asking: Asking | None = None,
    options: MergeOptions | None = None,
    merge: Merging | None = None,
    *,
    waiting: Waiting | None = None,
    anew: bool = False,
) -> Recorded:
    """The record of the reports that the question concerns, with the judgements on them.

    These are the reports with a claim asked for, and their kin: who repeats its words, and the stories of
    the outlets that it relays. Of a casebook of more than `SMALL` reports the record that it keeps answers,
    brought up to date first, with the incidents that a small one would be merged into; `anew` forbids it. One
    that keeps none yet, or not as it stood on a day, merges only the reports concerned, so that the answer
    does not wait for the whole of it, unless all is asked for. `merge` may remember what it merged for an
    earlier question; `waiting` is told what takes long.
    """
    waiting = waiting or Waiting()
    asking = asking or Asking()
    reports = list(store.report_ids())
    large = len(reports) > SMALL
    found = _found(store, asking, large=large)
    options = options or MergeOptions()
    if large and found is not None and asking.known_by is None and not anew:
        part = kept_part(store, options, found)
        if part is not None:
            incidents = tuple(_asked_for(part[0], found, asking))
            return Recorded(part[0], incidents, part[1], words=asking.words)
    if found is not None and large:
        reports = _with_kin(store, found)
    reports, undated, left_out = _in_time(store, reports, asking.known_by, None if found is None else MOST)
    kept = None
    if found is None and asking.known_by is None and len(reports) > SMALL:
        kept = kept_whole(store, options, waiting)
    elif len(reports) > SMALL:
        hint = "" if asking.known_by or anew else "; after `stemma merge`, once, this takes seconds"
        waiting.note(f"merging the {len(reports):,} reports that the question concerns{hint}")
    record, judged = kept or (merge or merge_reports)(store, reports, options)
    incidents = tuple(_asked_for(record, found, asking))
    return Recorded(record, incidents, judged, tuple(undated), left_out, asking.words)


def asked_of(store: Store, record: Record, asking: Asking) -> Sequence[Incident]:
    """The incidents that the question asks for, of a record made before of the whole casebook."""
    if replace(asking, words=None).is_open:
        return list(_asked_for(record, None, asking))
    found = _found(store, replace(asking, words=None), large=False)
    return list(_asked_for(record, found, asking))


def record_around(  # noqa: PLR0917 - the question, and how it is merged
    store: Store,
    report: str,
    claim: str,
    known_by: datetime.date | None,
    options: MergeOptions,
    merge: Merging | None = None,
) -> Recorded:
    """The record of one claim's surroundings: its report, the kin of that, and who tells of the same.

    Those are the reports with claims of the same type on one of its parties. Of a large casebook that keeps
    its record they are those of the claim's incident.
    """
    coding = store.coding(report)
    found = {(report, claim)}
    everything = store.report_ids()
    if len(everything) > SMALL and known_by is None and (part := kept_part(store, options, found)):
        return Recorded(part[0], part[0].incidents, part[1])
    for one in coding.claims:
        if one.id != claim:
            continue
        parties = {party for ids in one.roles.values() for party in ids}
        labels = {entity.label for entity in coding.entities if entity.id in parties}
        for label in sorted(labels):
            for other in store.codings(Query(actor=label, types=(one.type.value,))):
                found |= {(other.report, like.id) for like in other.claims}
    reports = list(everything) if len(everything) <= SMALL else _with_kin(store, found)
    reports, undated, left_out = _in_time(store, reports, known_by, MOST)
    record, held = (merge or merge_reports)(store, reports, options)
    return Recorded(record, record.incidents, held, tuple(undated), left_out)


def record_before(store: Store, after: Recorded, day: datetime.date, options: MergeOptions) -> Record:
    """The record of the same reports as it stood before `day`; judgements are those of today."""
    earlier = [c.report for c in after.record.codings if c.published and c.published < day]
    return merge_reports(store, earlier, options)[0]


def merge_reports(
    store: Store, reports: Sequence[str], options: MergeOptions
) -> tuple[Record, tuple[Held, ...]]:
    """The record of these reports, and the reports as judged."""
    held = [Held(store.document(report), store.coding(report)) for report in reports]
    record = merge_record(held, list(store.judgements()), options)
    documents = {one.report: one.document for one in held}
    return record, tuple(Held(documents[coding.report], coding) for coding in record.codings)


def _found(store: Store, asking: Asking, *, large: bool) -> set[tuple[str, str]] | None:
    """The claims that the store finds, as (report, claim); None where every claim is asked for.

    The words of the question choose among incidents later; of a `large` casebook only reports that hold them
    all are looked at.
    """
    if asking.is_open:
        return None
    among = set(store.reports_with(asking.words)) if asking.words and large else None
    found: set[tuple[str, str]] = set()
    for coding in store.codings(_query(store, asking)):
        if among is None or coding.report in among:
            found |= {(coding.report, claim.id) for claim in coding.claims if _has_status(claim, asking)}
    return found


def _has_status(claim: Claim, asking: Asking) -> bool:
    return not asking.status or claim.status in asking.status


def _query(store: Store, asking: Asking) -> Query:
    """The store's query: with the names of the actor's units where they are asked for."""
    query = replace(asking.query, limit=None, source=asking.query.source or asking.only_source)
    if asking.with_units and query.actor:
        query = replace(query, units=names_of(parts_in(store, query.actor), query.actor))
    return query


def _with_kin(store: Store, found: Iterable[tuple[str, str]]) -> list[str]:
    """The reports of these claims, and the reports that share their words or whose stories they relay."""
    wanted: dict[str, set[str]] = {}
    for report, claim in found:
        wanted.setdefault(report, set()).add(claim)
    reports = set(wanted)
    for report, claims in sorted(wanted.items()):
        coding = store.coding(report)
        mine = [claim for claim in coding.claims if claim.id in claims]
        for long in sorted(mine, key=lambda one: -len(one.evidence))[:KIN_CLAIMS]:
            if len(words(long.evidence)) >= KIN_WORDS:
                reports |= set(store.reports_with(long.evidence))
        reports |= set(_relayed(store, coding, mine))
    return sorted(reports)


def _relayed(store: Store, coding: Coding, claims: Sequence[Claim]) -> Iterator[str]:
    """The reports held of the outlets that these claims relay, published shortly before."""
    names = {source.text for claim in claims for source in claim.sources if source.kind is SourceKind.OUTLET}
    since = None
    if coding.published and coding.published.toordinal() > KIN_DAYS:
        since = coding.published - datetime.timedelta(days=KIN_DAYS)
    for name in sorted({*names, *coding.agencies}):
        query = ShelfQuery(outlet=name, since=since, until=coding.published, limit=KIN_REPORTS)
        yield from (row.id for row in store.shelf(query).rows)


def _in_time(
    store: Store, reports: list[str], known_by: datetime.date | None, most: int | None
) -> tuple[list[str], list[str], int]:
    """The reports published by that day, at most `most`; those without a date; how many were too many."""
    undated: list[str] = []
    if known_by is None and (most is None or len(reports) <= most):
        return reports, undated, 0
    dates = {report: store.coding(report).published for report in reports}
    if known_by is not None:
        undated = [report for report in reports if dates[report] is None]
        reports = [report for report in reports if (day := dates[report]) and day <= known_by]
    newest = sorted(reports, key=lambda report: (dates[report] or datetime.date.min, report), reverse=True)
    return sorted(newest[:most]), undated, max(0, len(newest) - len(newest[:most]))


def _asked_for(record: Record, found: set[tuple[str, str]] | None, asking: Asking) -> Iterator[Incident]:
    claims = {
        (coding.report, claim.id): (coding, claim) for coding in record.codings for claim in coding.claims
    }
    wanted = words(asking.words or "")
    for incident in record.incidents:
        own = {(at.report, at.claim) for at in incident.claims}
        if found is not None and not own & found:
            continue
        if wanted and not _tells(_said_of(incident, claims), wanted):
            continue
        if asking.only_source and not _only(incident, asking.only_source):
            continue
        yield incident


def _tells(said: Iterable[str], wanted: Iterable[str]) -> bool:
    """True where each word wanted begins a word that is said: `defect` finds `defected`."""
    return all(any(word.startswith(part) for word in said) for part in wanted)


def _names_of(incident: Incident) -> list[str]:
    place = incident.place
    return [incident.title, *((place.text, place.canonical or "") if place else ())]


def _words_of(parts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for part in parts for word in words(part))


def _said_of(incident: Incident, claims: dict[tuple[str, str], tuple[Coding, Claim]]) -> frozenset[str]:
    """The words of what is said of an incident, folded."""
    parts = [*_names_of(incident), *(name for names in incident.parties.values() for name in names)]
    for at in incident.claims:
        if (at.report, at.claim) in claims:
            claim = claims[at.report, at.claim][1]
            parts += [claim.evidence, *(source.text for source in claim.sources)]
    return _words_of(parts)


def _only(incident: Incident, name: str) -> bool:
    """True where the incident has origins and each bears this name, itself or as its institution."""
    part = fold(name)
    told = incident.origins.origins
    return bool(told) and all(part in fold(f"{one.name} {one.institution or ''}") for one in told)
