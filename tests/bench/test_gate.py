"""The gate says which floors are broken."""

from __future__ import annotations

from gate import broken, flat


def test_a_figure_under_its_floor_is_named() -> None:
    assert broken("gold", {"core.f1": 0.49, "detect.f1": 0.7}, {"core.f1": 0.5, "detect.f1": 0.7}) == [
        "gold: core.f1 is 0.49, its floor 0.5"
    ]


def test_an_error_breaks_its_floor_from_above() -> None:
    assert broken("public", {"uw.mae": 0.44}, {"uw.mae": 0.45}) == []
    assert broken("public", {"uw.mae": 0.46}, {"uw.mae": 0.45}) == ["public: uw.mae is 0.46, its floor 0.45"]


def test_a_figure_that_was_not_measured_breaks_its_floor() -> None:
    assert broken("web", {}, {"f1": 0.9}) == ["web: f1 was not measured"]


def test_flat_keeps_numbers_by_their_path() -> None:
    assert flat({"a": {"b": 1, "c": {"d": 0.5}}, "name": "web", "none": None}) == {"a.b": 1.0, "a.c.d": 0.5}
