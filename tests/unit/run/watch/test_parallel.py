"""Several hosts at once, each in its own order."""

from __future__ import annotations

import threading
import time

import pytest

from stemma.run.watch.parallel import in_parallel


def test_each_group_keeps_its_order_and_nothing_is_lost() -> None:
    groups = [[(group, number) for number in range(20)] for group in range(7)]
    found = list(in_parallel(groups, lambda item: item[1] * 2, 3, lambda: None))
    assert len(found) == 140
    assert all(result == item[1] * 2 for item, result in found)
    for group in range(7):
        assert [item[1] for item, _ in found if item[0] == group] == list(range(20))


def test_no_more_is_done_than_is_taken() -> None:
    done: list[int] = []
    stopped: list[bool] = []

    def work(number: int) -> int:
        done.append(number)
        return number

    found = in_parallel([[number] for number in range(1_000)], work, 4, lambda: stopped.append(True))
    next(found)
    time.sleep(0.3)
    assert len(done) < 20
    found.close()
    assert stopped == [True]
    assert threading.active_count() < 20


def test_a_fault_is_raised_where_the_results_are_taken() -> None:
    def work(number: int) -> int:
        return 1 // number

    with pytest.raises(ZeroDivisionError):
        list(in_parallel([[0]], work, 2, lambda: None))


def test_nothing_to_do() -> None:
    assert list(in_parallel([], lambda item: item, 2, lambda: None)) == []
