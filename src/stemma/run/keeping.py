"""A casebook's record kept up to date: what is new is filed, and the circles that it touches are merged."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np

from stemma.merge import Held, MergeOptions, merge_record
from stemma.merge.blocks import block_keys, linking_key
from stemma.merge.circles import Blocks, partition, regroup
from stemma.merge.deciding import decided, parent_of
from stemma.merge.identity import names_in
from stemma.model import Judgement, Record
from stemma.run.gist import gist_of
from stemma.store.filing import Filed
from stemma.store.listing import Gist
from stemma.store.protocol import Query, Store
from stemma.version import __version__

CIRCLES: Final = "6"
"""To be counted up with every change of what a report is filed under, or of what is kept of circles."""

FEW: Final = 300
"""New reports up to which the circles are looked for from each of them; for more, all are parted at once."""

TaskT = TypeVar("TaskT")
AnswerT = TypeVar("AnswerT")

AT_ONCE: Final = 500
"""Reports that are filed, or circles that are written, with one transaction."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What was done: so many reports filed, circles merged, and reports in those circles."""

    filed: int = 0
    circles: int = 0
    merged: int = 0


@dataclass(slots=True)
class Judged:
    """The judgements that count, and what ties reports by them."""

    given: Sequence[Judgement]
    standing: list[Judgement] = field(init=False)
    _by_report: dict[str, list[Judgement]] = field(init=False)
    _everywhere: list[Judgement] = field(init=False)

    def __post_init__(self) -> None:
        self.standing = decided(self.given)
        self._by_report, self._everywhere = {}, []
        for judgement in self.standing:
            reports = reports_of(judgement)
            for report in reports:
                self._by_report.setdefault(report, []).append(judgement)
            if not reports or names_in([judgement]):
                self._everywhere.append(judgement)

    def on(self, reports: Iterable[str]) -> list[Judgement]:
        """The judgements that may concern these reports."""
        found = [one for report in reports for one in self._by_report.get(report, ())]
        return list({id(one): one for one in (*found, *self._everywhere)}.values())  # values may be dicts

    def links(self, report: str) -> set[int]:
        """Keys that this report shares with those that a person judged together with it."""
        pairs = {frozenset(reports_of(one)) for one in self._by_report.get(report, ())}
        return {linking_key(*sorted(pair)) for pair in pairs if len(pair) > 1}


def reports_of(judgement: Judgement) -> set[str]:
    """The ids of the reports that a judgement is on."""
    paths = (
        [judgement.subject, str(judgement.value)] if isinstance(judgement.value, str) else [judgement.subject]
    )
    found = {report for path in paths if (report := path.rpartition("#")[0])}
    parent = parent_of(judgement) if judgement.verdict in ("depends", "not-depends") else ""
    return found | ({parent} if parent and not parent.startswith(("outlet:", "source:")) else set())


def bring_up_to_date(
    store: Store,
    options: MergeOptions | None = None,
    *,
    workers: int = 1,
    casebook: str | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Brought:
    """Merges what was added or judged since the last time, and nothing else; gives what was done.

    The result is that of merging everything anew. A stop loses what is not written yet, and no more. `tell`
    is told how many reports of how many are merged. Several `workers` need the path of the `casebook`.
    """
    options = options or MergeOptions()
    judged = Judged(list(store.judgements()))
    followed, maker = store.merged_by()
    current = maker_of(options)
    if maker != current:
        store.unfile(store.report_ids())
        store.file(Filed(judgements=followed, maker=current))
    else:
        store.unfile(_concerned(store, judged.given[followed:]))
    new = store.unfiled()
    keeper = _Keeper(store, judged, options, tell, workers if casebook else 1, casebook or "")
    brought = Brought()
    if len(new) > FEW:
        brought = keeper.all(new, followed)
    elif new:
        brought = keeper.some(new)
    if (len(judged.given), current) != store.merged_by():
        store.file(Filed(judgements=len(judged.given), maker=current))
    return brought


def maker_of(options: MergeOptions) -> str:
    """Which version of merging, with which options, makes circles: another one makes all of them anew."""
    return f"{CIRCLES} {__version__} {options}"


def _concerned(store: Store, judgements: Sequence[Judgement]) -> set[str]:
    found = {report for judgement in judgements for report in reports_of(judgement)}
    for name in names_in(judgements):
        found |= {coding.report for coding in store.codings(Query(actor=name))}
    return found


@dataclass(slots=True)
class _Keeper:
    store: Store
    judged: Judged
    options: MergeOptions
    tell: Callable[[int, int], None]
    workers: int
    casebook: str

    def some(self, new: Sequence[int]) -> Brought:
        """Files a few reports and merges the circles that they touch."""
        held = _load(self.store, new)
        keys = {number: _keys(one, self.judged) for number, one in held.items()}
        before = self.store.keys_of(new)
        changed = {
            number: (
                tuple(set(before[number]) - set(keys[number])),
                tuple(set(keys[number]) - set(before[number])),
            )
            for number in new
        }
        old = _Before(self.store)
        found = regroup(changed, _Overlay(self.store, keys), old)
        circles = [
            circle
            for circle in sorted(set(found.values()), key=min)
            if not circle.isdisjoint(new) or old.members(min(circle)) != circle
        ]
        members = {number for circle in circles for number in circle}
        dropped = set(self.store.circles_of(members).values())
        made = _merge_part(self.store, [sorted(circle) for circle in circles], self.judged, self.options)
        self.store.file(_filed(made, keys, dropped, len(self.judged.given), maker_of(self.options)))
        return Brought(len(new), len(circles), len(members))

    def all(self, new: Sequence[int], followed: int) -> Brought:
        """Files many reports, parts all of the casebook anew, and merges the circles that have changed."""
        parts = [list(new[start : start + AT_ONCE]) for start in range(0, len(new), AT_ONCE)]
        for _, keys in self._spread(parts, _keys_part):
            self.store.file(Filed(keys, judgements=followed, maker=maker_of(self.options)))
        fresh = set(new)
        todo = [circle for circle in self._parted() if self._is_new(circle, fresh)]
        total, done = sum(map(len, todo)), 0
        for circles, made in self._spread(list(_portions(todo)), _merge_part):
            numbers = [number for circle in circles for number in circle]
            dropped = set(self.store.circles_of(numbers).values())
            self.store.file(_filed(made, {}, dropped, followed, maker_of(self.options)))
            done += len(numbers)
            self.tell(done, total)
        return Brought(len(new), len(todo), total)

    def _parted(self) -> Iterator[list[int]]:
        numbers: list[int] = []
        sizes: list[int] = []
        packed = bytearray()
        for number, keys in self.store.all_keys():
            if not keys:
                yield [number]
                continue
            numbers.append(number)
            sizes.append(len(keys) // 8)
            packed += keys
        owners = np.repeat(np.array(numbers, dtype=np.int64), np.array(sizes, dtype=np.int64))
        for circle in partition(owners, np.frombuffer(packed, dtype=np.int64)):
            yield circle.tolist()

    def _is_new(self, circle: Sequence[int], fresh: set[int]) -> bool:
        if not fresh.isdisjoint(circle):
            return True
        before = set(self.store.circles_of(circle).values())
        if len(before) != 1:
            return True
        return any(len(known) != len(circle) for known in self.store.members_of(before).values())

    def _spread(
        self, tasks: Sequence[TaskT], work: Callable[[Store, TaskT, Judged, MergeOptions], AnswerT]
    ) -> Iterator[tuple[TaskT, AnswerT]]:
        """Each task with its answer, in order, worked on by all workers."""
        if self.workers == 1 or len(tasks) < 2:
            for task in tasks:
                yield task, work(self.store, task, self.judged, self.options)
            return
        start = (self.casebook, self.judged.given, self.options)
        with ProcessPoolExecutor(self.workers, initializer=_start_worker, initargs=start) as pool:
            waiting: deque[tuple[TaskT, Future[AnswerT]]] = deque()
            for task in tasks:
                waiting.append((task, pool.submit(_work, work, task)))
                # Answers must not pile up in memory where writing is the slower part.
                if len(waiting) > 2 * self.workers:
                    first, answer = waiting.popleft()
                    yield first, answer.result()
            for first, answer in waiting:
                yield first, answer.result()


def _portions(circles: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """The circles in portions of some `AT_ONCE` reports, in their order."""
    part: list[list[int]] = []
    size = 0
    for circle in circles:
        part.append(circle)
        size += len(circle)
        if size >= AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part


def _keys_part(
    store: Store, reports: Sequence[int], judged: Judged, options: MergeOptions
) -> dict[int, tuple[int, ...]]:
    del options
    return {number: _keys(held, judged) for number, held in _load(store, reports).items()}


def _keys(held: Held, judged: Judged) -> tuple[int, ...]:
    return tuple(sorted({*block_keys(held), *judged.links(held.report)}))


Made = tuple[Sequence[int], Record, Gist]
"""The reports of a circle, what was made of it, and what that says for lists."""


def _filed(
    made: Sequence[Made],
    keys: Mapping[int, Sequence[int]],
    dropped: Collection[int],
    judgements: int,
    maker: str,
) -> Filed:
    circles = [(members, record) for members, record, _ in made]
    return Filed(keys, dropped, circles, judgements, maker, [gist for _, _, gist in made])


def _merge_part(
    store: Store, circles: Sequence[list[int]], judged: Judged, options: MergeOptions
) -> list[Made]:
    held = _load(store, [number for circle in circles for number in circle])
    return [(circle, *_merged([held[number] for number in circle], judged, options)) for circle in circles]


def _merged(held: Sequence[Held], judged: Judged, options: MergeOptions) -> tuple[Record, Gist]:
    """The record of one circle, without its codings: the casebook has them; and what it says for lists."""
    record = merge_record(held, judged.on(one.report for one in held), options)
    return Record(lineage=record.lineage, incidents=record.incidents), gist_of(held, record)


def _load(store: Store, reports: Collection[int]) -> dict[int, Held]:
    return {number: Held(*parts) for number, parts in store.loaded(reports).items()}


_worker: list[tuple[Store, Judged, MergeOptions]] = []


def _start_worker(casebook: str, judgements: Sequence[Judgement], options: MergeOptions) -> None:
    from stemma.store import StoreOptions, open_casebook

    _worker[:] = [(open_casebook(StoreOptions(casebook), create=False), Judged(judgements), options)]


def _work(work: Callable[[Store, TaskT, Judged, MergeOptions], AnswerT], task: TaskT) -> AnswerT:
    store, judged, options = _worker[0]
    return work(store, task, judged, options)


class _Overlay(Blocks):
    """The casebook's blocks with reports filed anew that are not written yet."""

    def __init__(self, store: Store, keys: Mapping[int, Sequence[int]]) -> None:
        self._store = store
        self._keys = keys
        self._members: dict[int, set[int]] = {}
        for report, its in keys.items():
            for key in its:
                self._members.setdefault(key, set()).add(report)

    def keys_of(self, reports: Collection[int]) -> Mapping[int, Sequence[int]]:
        """The keys of these reports."""
        written = [report for report in reports if report not in self._keys]
        return {**self._store.keys_of(written), **{r: self._keys[r] for r in reports if r in self._keys}}

    def sharing(self, keys: Collection[int], most: int) -> Mapping[int, Collection[int]]:
        """The reports under each of these keys that at most `most` have."""
        found = {
            key: {report for report in members if report not in self._keys}
            for key, members in self._store.sharing(keys, most + len(self._keys)).items()
        }
        mine = [key for key in keys if key in self._members]
        # What the casebook leaves out has too many reports, or none: that makes a difference here.
        unknown = [key for key in mine if key not in found]
        crowded = self._store.crowded(unknown, most + len(self._keys)) if unknown else ()
        for key in mine:
            if key not in crowded:
                found[key] = found.get(key, set()) | self._members[key]
        return {key: members for key, members in found.items() if len(members) <= most}


class _Before(Mapping[int, frozenset[int]]):
    """The members of the circle that each report was in."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, frozenset[int]] = {}

    def members(self, report: int) -> frozenset[int]:
        """The circle of a report as it was; empty where it had none."""
        if report not in self._known:
            circles = self._store.circles_of([report])
            for members in self._store.members_of(circles.values()).values():
                self._known.update(dict.fromkeys(members, frozenset(members)))
            self._known.setdefault(report, frozenset())
        return self._known[report]

    def __getitem__(self, report: int) -> frozenset[int]:
        return self.members(report)

    def __iter__(self) -> Iterator[int]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
