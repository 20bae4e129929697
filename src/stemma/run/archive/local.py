"""The runner for one machine: so many hands, each with the next task as soon as it is free."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from stemma.run.archive.hand import Hand
from stemma.run.archive.job import Job

Task = dict[str, Any]


def run_here(job: Job, tasks: Sequence[Task], workers: int) -> Iterator[Any]:
    """The answers to the tasks, as they come; raises `StemmaError` at the first that cannot go on."""
    todo: queue.SimpleQueue[Task] = queue.SimpleQueue()
    for task in tasks:
        todo.put(task)
    answers: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()
    stopped = threading.Event()
    hands = [Hand(job) for _ in range(min(workers, len(tasks)))]

    def work(hand: Hand) -> None:
        while not stopped.is_set():
            try:
                task = todo.get_nowait()
            except queue.Empty:
                break
            try:
                answers.put((True, hand.do(task)))
            except BaseException as error:
                answers.put((False, error))
                break
        hand.close()

    threads = [threading.Thread(target=work, args=(hand,), daemon=True) for hand in hands]
    try:
        for thread in threads:
            thread.start()
        for _ in tasks:
            good, answer = answers.get()
            if not good:
                raise answer
            yield answer
    except BaseException:
        stopped.set()
        for hand in hands:
            hand.stop()
        raise
    finally:
        for thread in threads:
            thread.join(10)
