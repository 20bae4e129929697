"""The runner for one machine: so many hands, each with the next task as soon as it is free."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Any, Final

from stemma.errors import StemmaError
from stemma.run.archive.hand import Hand
from stemma.run.archive.job import Job

Task = dict[str, Any]
WARM: Final[Task] = {"do": "warm"}
ENDING: Final = 10.0
"""Seconds that a worker may take to end by itself."""


class LocalRunner:
    """Worker processes of this machine, kept from the first tasks to `close`.

    A process takes more than a second of a processor to load its libraries and the model: one that has
    looked through files goes on with reading them.
    """

    def __init__(self, job: Job, workers: int) -> None:
        self._hands = [_Held(job) for _ in range(workers)]
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def engine(self) -> tuple[str, str]:
        """The name and version of the engine, which a worker starts; raises as starting it does."""
        name, version = self._hands[0].do({"do": "engine"})
        return name, version

    def run(self, tasks: Sequence[Task], *, warm: bool = False) -> Iterator[Any]:
        """The answers to the tasks, as they come; raises `StemmaError` at the first that cannot go on.

        With `warm` those without a task load meanwhile what they will need for the next ones.
        """
        todo: queue.SimpleQueue[Task] = queue.SimpleQueue()
        for task in tasks:
            todo.put(task)
        answers: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()
        hands = self._hands if warm else self._hands[: len(tasks)]
        threads = [
            threading.Thread(target=self._work, args=(hand, todo, answers, warm), daemon=True)
            for hand in hands
        ]
        self._threads += threads
        try:
            for thread in threads:
                thread.start()
            for _ in tasks:
                good, answer = answers.get()
                if not good:
                    raise answer
                yield answer
        except BaseException:
            self._stopped.set()
            for hand in self._hands:
                hand.stop()
            raise

    def _work(
        self,
        hand: _Held,
        todo: queue.SimpleQueue[Task],
        answers: queue.SimpleQueue[tuple[bool, Any]],
        warm: bool,
    ) -> None:
        while not self._stopped.is_set():
            try:
                task = todo.get_nowait()
            except queue.Empty:
                break
            try:
                answers.put((True, hand.do(task)))
            except BaseException as error:
                answers.put((False, error))
                return
        if warm and not self._stopped.is_set():
            hand.warm_up()

    def close(self) -> None:
        """Lets the processes end; one that is still at something is ended."""
        self._stopped.set()
        for hand in self._hands:
            hand.close()
        for thread in self._threads:
            thread.join(ENDING)


class _Held:
    """A hand that one thread at a time may ask."""

    def __init__(self, job: Job) -> None:
        self._hand = Hand(job)
        self._lock = threading.Lock()

    def do(self, task: Task) -> Any:
        with self._lock:
            return self._hand.do(task)

    def warm_up(self) -> None:
        try:
            self.do(WARM)
        except StemmaError:
            # Whatever it was, the first task will meet it again and say so.
            return

    def stop(self) -> None:
        self._hand.stop()

    def close(self) -> None:
        if self._lock.acquire(blocking=False):
            try:
                self._hand.close()
            finally:
                self._lock.release()
        else:
            self._hand.stop()
