"""A casebook for Python and notebooks: what the commands do, giving typed rows and frames."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Final, Self, Unpack

from stemma.errors import UsageError
from stemma.model import Coding, Document, Judgement, Record, Refusal
from stemma.run.filters import ClaimFilters, Day, IncidentFilters, known_filters, only_ties
from stemma.run.reading import Reading
from stemma.store.protocol import Query, Store, Tally

if TYPE_CHECKING:
    from stemma.export.protocol import ExportSummary
    from stemma.merge import Held, MergeOptions
    from stemma.run.answers import Addition, DigestAnswer, DossierAnswer, RestingAnswer
    from stemma.run.api import Published, ReportPath
    from stemma.run.drawn import Drawing
    from stemma.run.keeping import Brought
    from stemma.run.recording import Recorded
    from stemma.run.rows import Claims, Disputes, Incidents, Lineage, Network, Reports, Timeline

WORLD: Final = (-170.0, -58.0, 178.0, 78.0)
"""The map where nothing is placed: west, south, east, north in degrees, all lands but the poles."""

KEPT: Final = 4
"""Sets of reports whose merged records are kept, so that a notebook does not merge again for each view."""


class Casebook:
    """A store of reports, documents, claims and judgements, and what they say once merged.

    `Casebook.open` and `Casebook.create` give one; it closes with `close`, or at the end of a `with`. Filters
    are those of the commands: all that is given must hold, case does not matter, and a day may be a
    `datetime.date`, `2017`, `2017-02` or `2017-02-07`. A filter that cannot be followed is a `UsageError`.
    """

    def __init__(self, store: Store, path: str) -> None:
        self.store = store
        """What keeps it, with further queries."""
        self.path = path
        self._kept: dict[Any, tuple[Tally, tuple[Record, tuple[Held, ...]]]] = {}

    @classmethod
    def open(cls, path: ReportPath | None = None) -> Self:
        """The casebook in this file, else that of `STEMMA_CASEBOOK`, else `stemma.casebook`.

        Raises `CasebookError` where there is none, or it cannot be opened.
        """
        return cls._at(path, create=False)

    @classmethod
    def create(cls, path: ReportPath | None = None) -> Self:
        """As `open`, and a new one where there is none yet; one that is there is kept as it is."""
        return cls._at(path, create=True)

    @classmethod
    def _at(cls, path: ReportPath | None, *, create: bool) -> Self:
        from stemma.run.api import open_casebook
        from stemma.settings import Settings

        where = os.fspath(path) if path is not None else Settings.from_environment().store.casebook
        return cls(open_casebook(where, create=create), where)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Releases the file."""
        self.store.close()

    def __len__(self) -> int:
        return len(self.store.report_ids())

    def __contains__(self, report: object) -> bool:
        return report in self.store.report_ids()

    def __getitem__(self, report: str) -> Reading:
        """The report of this id: its document and its claims. Raises `KeyError`."""
        return Reading(self.document(report), self.coding(report))

    def __repr__(self) -> str:
        return f"<Casebook {self.path!r}: {len(self):,} reports>"

    def add(
        self,
        paths: ReportPath | Sequence[ReportPath],
        *,
        outlet: str | None = None,
        published: Published = None,
        url: str | None = None,
        map: Mapping[str, str] | None = None,
        workers: int = 1,
    ) -> Addition:
        """Reads the reports under `paths` (files, folders, tables) into the casebook.

        What is in it already is not read again. `outlet`, `published` and `url` go before what the reports
        say; `map` names the columns of tables, as `{"text": "article_content"}`.
        """
        from stemma.run.answers import Addition
        from stemma.run.api import make_header
        from stemma.run.pipeline import Added, add_paths

        several = [paths] if isinstance(paths, str | os.PathLike) else paths
        results = list(
            add_paths(
                [os.fspath(path) for path in several],
                self.store,
                mapping=map,
                header=make_header(outlet, published, url),
                workers=workers,
            )
        )
        # A report coded anew may leave every count as it was.
        self._kept.clear()
        added = tuple(result for result in results if isinstance(result, Added))
        return Addition(added, tuple(result for result in results if isinstance(result, Refusal)))

    def status(self) -> Tally:
        """What the casebook holds, counted."""
        return self.store.tally()

    def document(self, report: str) -> Document:
        """The readable text of this report, with its passages; raises `KeyError`."""
        return self.store.document(report)

    def coding(self, report: str) -> Coding:
        """The entities and claims of this report, as found; raises `KeyError`."""
        return self.store.coding(report)

    def reports(
        self,
        *,
        text: str | None = None,
        outlet: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        type: str | None = None,
        country: str | None = None,
    ) -> Reports:
        """The reports, newest first: with all words of `text`, published in that time, with such claims."""
        from stemma.run.filters import make_query
        from stemma.run.rows import Reports
        from stemma.store.protocol import ShelfQuery

        query = make_query(outlet=outlet, since=since, until=until, type=type, country=country)
        shelf = ShelfQuery(
            text=text,
            outlet=query.outlet,
            since=query.since,
            until=query.until,
            type=next(iter(query.types), None),
            country=query.country,
            limit=max(1, len(self)),
        )
        return Reports(self.store.shelf(shelf).rows)

    def claims(self, **filters: Unpack[ClaimFilters]) -> Claims:
        """The claims that the filters (see `ClaimFilters`) ask for, by report, with their chains."""
        from stemma.run.rows import Claims

        query = self._query("claims", filters)
        return Claims(self.store.codings(query))

    def incidents(self, words: str | None = None, **filters: Unpack[IncidentFilters]) -> Incidents:
        """The incidents asked for (see `IncidentFilters`), those told by most reports first.

        `words` are all said of an incident; before the others come those with them in title or place. The
        record is merged first; ties are left to `network`.
        """
        from stemma.run.rows import Incidents
        from stemma.show.story import order_incidents

        recorded = self._record("incidents", words, filters)
        found = order_incidents(recorded.record, recorded.incidents, named=recorded.named)
        return Incidents(recorded.record, found)

    def timeline(self, words: str | None = None, **filters: Unpack[IncidentFilters]) -> Timeline:
        """The same incidents in the order of time, those without a time last."""
        from stemma.run.rows import Timeline
        from stemma.show.story import make_timeline

        recorded = self._record("timeline", words, filters)
        return Timeline(recorded.record, make_timeline(recorded.record, recorded.incidents).rows)

    def disputes(self, words: str | None = None, **filters: Unpack[IncidentFilters]) -> Disputes:
        """Where reports differ about these incidents: values, and who says which."""
        from stemma.run.rows import Disputes
        from stemma.show.disputes import make_disputes

        recorded = self._record("disputes", words, filters)
        return Disputes(
            recorded.record, make_disputes(recorded.record, recorded.incidents, recorded.named).rows
        )

    def lineage(self, words: str | None = None, **filters: Unpack[IncidentFilters]) -> Lineage:
        """Which report depends on which, of those that tell of these incidents; without a filter of all."""
        from stemma.run.filters import make_asking
        from stemma.run.rows import Lineage
        from stemma.show.tree import make_tree

        recorded = self._record("lineage", words, filters)
        reports = {report for incident in recorded.incidents for report in incident.reports}
        everything = make_asking(words, **filters).is_open
        tree = make_tree(recorded.record, None if everything else reports)
        held = {node.id for node in tree.nodes if node.held}
        edges = recorded.record.lineage.dependences
        return Lineage([edge for edge in edges if edge.report in held], tree)

    def map(self, words: str | None = None, **filters: Unpack[IncidentFilters]) -> Drawing:
        """Where these incidents happened: a spot is as large as its place is unsure. No map is fetched."""
        from stemma.run.drawn import Drawing, standing_alone
        from stemma.show.map_svg import map_svg
        from stemma.show.places_map import Box, make_places_map

        recorded = self._record("map", words, filters)
        view = make_places_map(recorded.record, recorded.incidents)
        drawn = standing_alone(map_svg(view, view.box or Box(*WORLD)))
        return Drawing(drawn, f"Map of {len(view.spots):,} places")

    def origins(self, claim: str, *, known_by: Day | None = None) -> RestingAnswer:
        """On whose word one claim rests, as `origins("longitude-kolmaz#c29")`.

        Raises `UsageError` where there is no such claim, or its report was not published by `known_by`.
        """
        from stemma.run.answers import RestingAnswer
        from stemma.run.filters import parse_date
        from stemma.run.recording import record_around
        from stemma.settings import Settings
        from stemma.show.resting import make_resting

        report, _, number = claim.rpartition("#")
        if report not in self or all(one.id != number for one in self.coding(report).claims):
            mend = "write it as REPORT#CLAIM; claims() has both"
            raise UsageError(f"there is no claim {claim!r}", where="origins", mend=mend)
        day = parse_date(known_by, "known_by", last=True)
        recorded = record_around(
            self.store, report, number, day, Settings.from_environment().merge, self._merged
        )
        try:
            return RestingAnswer.of(make_resting(recorded.record, report, number))
        except KeyError:
            what = f"{claim} is not in the record: its report came later or has no date, or it was rejected"
            raise UsageError(what, where="origins", mend="take a later day") from None

    def network(
        self, words: str | None = None, *, as_of: Day | None = None, **filters: Unpack[IncidentFilters]
    ) -> Network:
        """Who belongs to, leads, controls or fights whom; with `as_of` as of that day.

        `actor` keeps the ties of that party, `with_units` those of its units too.
        """
        from stemma.run.filters import parse_date
        from stemma.run.rows import Network
        from stemma.run.ties import ties_asked_for
        from stemma.show.graph import make_graph
        from stemma.show.network import make_network
        from stemma.show.network_svg import network_svg

        recorded = self._record("network", words, only_ties(filters))
        actor = filters.get("actor")
        ties = ties_asked_for(recorded, actor, with_units=filters.get("with_units", False))
        day = parse_date(as_of, "as_of", last=True)

        def draw() -> str:
            return network_svg(make_graph(recorded.record, recorded.parties, ties, day))

        return Network(make_network(recorded.record, ties, day).ties, draw)

    def dossier(
        self, name: str, *, with_units: bool = False, as_of: Day | None = None, known_by: Day | None = None
    ) -> DossierAnswer:
        """What the record says of one party: names, ties, deeds and losses, and who says so.

        Raises `UsageError` where nobody bears the name.
        """
        from stemma.names.near import find_near
        from stemma.run.answers import DossierAnswer
        from stemma.run.filters import parse_date
        from stemma.show.dossier import find_parties, make_dossier

        filters: IncidentFilters = {"actor": name, "with_units": with_units, "known_by": known_by}
        recorded = self._record("dossier", None, filters)
        parties = recorded.parties
        found = find_parties(parties, name)
        if not found:
            known = sorted(
                {one for coding in self.store.codings() for e in coding.entities for one in e.names}
            )
            raise UsageError(f"nobody is called {name!r}{find_near(name, known)}", where="dossier")
        view = make_dossier(
            recorded.record,
            found[0],
            parties,
            recorded.ties,
            with_units=with_units,
            alike=found[1:],
            as_of=parse_date(as_of, "as_of", last=True),
        )
        return DossierAnswer.of(view)

    def digest(self, since: Day, *, until: Day | None = None, actor: str | None = None) -> DigestAnswer:
        """What the reports published since a day have changed."""
        from stemma.run.answers import DigestAnswer
        from stemma.run.filters import parse_date
        from stemma.run.recording import record_before
        from stemma.settings import Settings
        from stemma.show.digest import make_digest

        day = parse_date(since, "since", last=False)
        last = parse_date(until, "until", last=True)
        if day is None or (last and last < day):
            raise UsageError(f"{until} lies before {since}", where="until", mend="exchange the two")
        after = self._record("digest", None, {"actor": actor, "known_by": until}, anew=True)
        before = record_before(self.store, after, day, Settings.from_environment().merge)
        return DigestAnswer.of(make_digest(before, after.record, day, after.incidents))

    def judge(
        self,
        verdict: str,
        subject: str = "",
        other: str | None = None,
        *,
        value: Any = None,
        kind: str | None = None,
        because: str | None = None,
        reviewer: str | None = None,
    ) -> Judgement:
        """Writes down a person's verdict and gives it, as `stemma judge` does.

        `judge("reject", "a/3#c2")`, `judge("correct", "a/3#c2/time", value={"text": "May"})`,
        `judge("same", "a/3#e1", "@Ardan Front")`. `reviewer` is the login name unless said. Raises
        `UsageError` for a verdict that cannot be followed; nothing is written then.
        """
        from stemma.run.judging import Asked, find_person
        from stemma.run.judging import judge as write_down

        asked = Asked(verdict, subject, other, value, kind)
        return write_down(self.store, asked, find_person(reviewer), because)

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, undone ones too, in the order given."""
        return tuple(self.store.judgements())

    def merge(self, *, workers: int = 1) -> Brought:
        """Brings the kept record up to date, which the next question of a large casebook would do else."""
        from stemma.run.keeping import bring_up_to_date
        from stemma.settings import Settings

        options = Settings.from_environment().merge
        return bring_up_to_date(self.store, options, workers=workers, casebook=self.path)

    def export(
        self,
        format: str,
        out: ReportPath | IO[bytes],
        *,
        table: str | None = None,
        claims: bool = False,
        pseudonymise: bool = False,
        salt: str | None = None,
        **filters: Unpack[ClaimFilters],
    ) -> ExportSummary:
        """Writes the casebook in a format of the field to a file, folder or stream.

        The summary has the rows and the `losses`. `table` is one table of a format of several; with `claims`
        rows are claims and nothing is merged; `pseudonymise` puts pseudonyms for the names of people, under
        the key `salt`, else that of the casebook's `.salt` file.
        """
        import datetime

        from stemma.export import ExportOptions
        from stemma.run.exporting import export_casebook, salt_of

        key = (salt or salt_of(self.path)) if pseudonymise else None
        made = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        options = ExportOptions(claims=claims, table=table, salt=key, made=made)
        target = Path(out) if isinstance(out, str | os.PathLike) else out
        query = self._query("export", filters) if filters else None
        return export_casebook(self.store, format, target, options, query)

    def _query(self, method: str, filters: ClaimFilters) -> Query:
        from stemma.run.filters import make_query, with_units

        plain: dict[str, Any] = dict(known_filters(method, filters, ClaimFilters))
        units, as_of = plain.pop("with_units", False), plain.pop("as_of", None)
        query = make_query(**plain)
        if as_of and not units:
            raise UsageError("it needs with_units", where="as_of", mend="add with_units=True")
        return with_units(self.store, query, as_of) if units else query

    def _record(
        self, method: str, words: str | None, filters: IncidentFilters, *, anew: bool = False
    ) -> Recorded:
        """The record that answers; `anew` as of `record_of`."""
        from stemma.run.filters import make_asking
        from stemma.run.recording import record_of
        from stemma.settings import Settings

        asking = make_asking(words, **known_filters(method, filters, IncidentFilters))
        return record_of(self.store, asking, Settings.from_environment().merge, self._merged, anew=anew)

    def _merged(
        self, store: Store, reports: Sequence[str], options: MergeOptions
    ) -> tuple[Record, tuple[Held, ...]]:
        """These reports merged, anew only where something was added or judged since the last time."""
        from stemma.run.recording import merge_reports

        asked = (tuple(reports), options)
        mark = store.tally()
        kept = self._kept.pop(asked, None)
        if kept is None or kept[0] != mark:
            kept = (mark, merge_reports(store, reports, options))
        self._kept[asked] = kept
        while len(self._kept) > KEPT:
            self._kept.pop(next(iter(self._kept)))
        return kept[1]
