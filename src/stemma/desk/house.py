"""What all pages of one desk share: the casebook, the bench, sessions, and answers kept ready."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from stemma.desk.judging import Bench, make_bench
from stemma.desk.options import DeskOptions
from stemma.desk.reviewing import judged_coding
from stemma.desk.sessions import Sessions
from stemma.errors import CasebookError, StemmaError
from stemma.merge import Held, merge_record
from stemma.model import Judgement, Record
from stemma.run.keeping import FEW, bring_up_to_date, maker_of
from stemma.settings import Settings
from stemma.store import Doubt, ShelfQuery, Store, Tally
from stemma.store.members import role_of

QUEUE_LENGTH: Final = 2000
"""Doubtful claims held ready. A person judges some 60 in ten minutes; what is judged is skipped."""

MOST_TO_MERGE: Final = 500
"""Reports that the desk merges by itself in the background (12 take 0.3 s); more belong to a command."""

SOON: Final = 0.5
"""Seconds that a page waits for the first record before it says that reports are being merged."""

AnswerT = TypeVar("AnswerT")


class Ready(Generic[AnswerT]):
    """A slow answer kept ready: the first caller waits, later ones get the last while it is made anew."""

    def __init__(self, make: Callable[[], AnswerT]) -> None:
        self._make = make
        self._answer: Any = None
        self._of: Any = None  # the state that the answer is of; None before the first one
        self._failed: Any = None  # the state for which making it failed
        self._lock = threading.Lock()

    def get(self, state: Any) -> AnswerT:
        """The answer; one of an earlier `state` of the casebook while the new one is being made."""
        if self._of is None:
            with self._lock:
                if self._of is None:
                    self._answer, self._of = self._make(), state
        elif self._of != state and self._lock.acquire(blocking=False):
            threading.Thread(target=self._again, args=(state,), daemon=True).start()
        answer: AnswerT = self._answer
        return answer

    def soon(self, state: Any, wait: float) -> tuple[AnswerT | None, bool]:
        """The answer and true; or None and false where the first one is not made within `wait` seconds.

        Raises `CasebookError` where making it for this state failed before: trying again would fail again.
        """
        if self._failed is not None and self._failed == state:
            mend = "the terminal that the desk runs in says more"
            raise CasebookError("what this page shows could not be made", mend=mend)
        if self._of is None and self._lock.acquire(blocking=False):
            threading.Thread(target=self._again, args=(state,), daemon=True).start()
        if self._of is None:
            if not self._lock.acquire(timeout=wait):
                return None, False
            self._lock.release()
            if self._of is None:  # making it has just failed, or is about to begin
                return None, False
        return self.get(state), True

    def _again(self, state: Any) -> None:
        try:
            self._answer, self._of = self._make(), state
        except Exception as error:
            self._failed = state
            sys.stderr.write(f"stemma desk: an answer could not be made anew ({type(error).__name__})\n")
        finally:
            self._lock.release()


MOST_TO_JOIN: Final = FEW
"""Reports that the desk merges into a kept record when a person asks: the circles that they touch, and no
more. For more, all circles are looked for anew, which takes memory that a desk has not."""


@dataclass(slots=True)
class Joining:
    """What a desk that brings its kept record up to date is at: so many of so many reports."""

    running: bool = False
    done: int = 0
    total: int = 0
    failed: str = ""


@dataclass(slots=True)
class House:
    """One desk on one casebook. `name` is the casebook's file name, without its folder."""

    store: Store
    options: DeskOptions
    name: str
    kept: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    keeping: dict[str, threading.Lock] = field(default_factory=dict)
    joining: Joining = field(default_factory=Joining)
    bench: Bench = field(init=False)
    sessions: Sessions = field(init=False)
    _tally: Ready[Tally] = field(init=False)
    _doubts: Ready[list[Doubt]] = field(init=False)
    _record: Ready[Record | None] = field(init=False)

    def __post_init__(self) -> None:
        self.bench = make_bench(self.store)
        self.sessions = Sessions(self.options, self._has_role)
        self._tally = Ready(self.store.tally)
        self._doubts = Ready(lambda: list(self.store.doubts(QUEUE_LENGTH)))
        self._record = Ready(self._merge)

    def _has_role(self, person: str) -> bool:
        return role_of(self.store.members(), person) is not None

    def warm_up(self) -> None:
        """Makes ready what the first page shows."""
        self.bench.book.refresh()
        self.tally()
        self.doubts()

    def keep(self, name: str, state: Any, make: Callable[[], AnswerT]) -> AnswerT:
        """The answer of this name, made anew only where `state` is another than last time."""
        # Who asks while it is being made waits for it: made by each of eight people, it would take
        # eight times the memory.
        with self.keeping.setdefault(name, threading.Lock()):
            of, answer = self.kept.get(name, (None, None))
            if of != state:
                answer = make()
                self.kept[name] = (state, answer)
        kept: AnswerT = answer
        return kept

    def reports(self) -> int:
        """How many reports there are now."""
        return self.store.shelf(ShelfQuery(limit=0)).total

    def tally(self) -> Tally:
        """What the casebook holds, counted; a moment old at most."""
        return self._tally.get(self.reports())

    def doubts(self) -> list[Doubt]:
        """The most doubtful claims, the neediest first; a moment old at most."""
        return self._doubts.get(self.reports())

    def record(self) -> Record | None:
        """The casebook merged under all standing judgements; None where it is too large to do on the side."""
        return self._record.get((self.reports(), self.bench.book.refresh()))

    def record_soon(self, wait: float = SOON) -> tuple[Record | None, bool]:
        """As `record`, and true; None and false where the first merging lasts longer than `wait` seconds."""
        return self._record.soon((self.reports(), self.bench.book.refresh()), wait)

    @property
    def maker(self) -> str:
        """What would make circles now: those that another made are to be made anew."""
        return maker_of(Settings.from_environment().merge)

    def judgements(self, report: str, person: str | None = None) -> list[Judgement]:
        """The judgements that stand on a report; of `person` only, where one is given."""
        self.bench.book.refresh()
        return self.bench.book.on(report, person)

    def held(self, report: str, person: str | None = None) -> Held:
        """The report as judged; raises `KeyError` for an unknown id."""
        document = self.store.document(report)
        coding = self.store.coding(report)
        return Held(document, judged_coding(document, coding, self.judgements(report, person)))

    def join(self) -> bool:
        """Begins to bring the kept record up to date, in the background; false where it is not for a desk."""
        state = self.store.unmerged()
        if state.reports > MOST_TO_JOIN or state.maker != self.maker or self.joining.running:
            return False
        self.joining = Joining(running=True)
        threading.Thread(target=self._join, daemon=True).start()
        return True

    def _join(self) -> None:
        def tell(done: int, total: int) -> None:
            self.joining.done, self.joining.total = done, total

        try:
            bring_up_to_date(self.store, Settings.from_environment().merge, tell=tell)
        except Exception as error:
            # A thread has nobody to tell: the page says it.
            self.joining.failed = error.line() if isinstance(error, StemmaError) else type(error).__name__
        finally:
            self.joining.running = False

    def _merge(self) -> Record | None:
        ids = self.store.report_ids()
        if len(ids) > MOST_TO_MERGE:
            return None
        held = [Held(self.store.document(report), self.store.coding(report)) for report in ids]
        return merge_record(held, self.bench.book.standing())
