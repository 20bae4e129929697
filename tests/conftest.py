"""Shared by all tests."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Machines differ in speed, and the first call of many functions loads data: no deadlines. In CI the
# examples are always the same, so that a red build can be had again.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
