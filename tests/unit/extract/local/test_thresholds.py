from __future__ import annotations

from stemma.extract.local.thresholds import Thresholds


def test_given_values_go_before_the_defaults_and_unknown_names_are_passed_over() -> None:
    found = Thresholds.of({"role": 0.9, "reach": 10, "mood": 1.0})
    assert (found.role, found.reach) == (0.9, 10)
    assert found.trigger == Thresholds().trigger
