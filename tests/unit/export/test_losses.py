"""The losses listed are exactly those found: a value is lost where no change of it changes the file."""

from __future__ import annotations

import pytest
from mutations import fate, shown

from stemma.export.event_formats import event_formats
from stemma.export.protocol import Format

pytestmark = pytest.mark.slow

FORMATS = [one for one in event_formats() if one.name != "parquet"]


@pytest.mark.parametrize("format", FORMATS, ids=lambda one: one.name)
def test_what_is_listed_as_lost_is_lost_and_nothing_else(format: Format) -> None:
    losses = format.losses()
    found = shown(format)
    wrong = {path: shows for path, shows in found.items() if shows is (fate(losses, path) == "lost")}
    assert not wrong, "listed as lost and shown, or the reverse"


@pytest.mark.parametrize("format", FORMATS, ids=lambda one: one.name)
def test_no_loss_is_listed_twice_or_covers_nothing(format: Format) -> None:
    listed = [loss.value for loss in format.losses()]
    assert len(set(listed)) == len(listed)
    paths = set(shown(format)) if listed else set()
    assert {v for v in listed if not any(p == v or p.startswith(v + ".") for p in paths)} == set()
