"""What every test may ask for."""

import gc

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.servers"]

# No test asserts timing: a machine under load is no fault of what is tried.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# Tests by the thousand are made while they are collected, and stay: looking through them takes a tenth of the time.
gc.set_threshold(50_000, 20, 50)


_WHOLE_SYSTEMS = ("failures", "journeys")
"""Folders of tests that take minutes, not seconds."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole systems come first: whichever was begun last would keep one worker while the others have nothing left."""
    items.sort(key=lambda item: item.path.parent.name not in _WHOLE_SYSTEMS)


def pytest_collection_finish() -> None:
    """From here on they are never looked through."""
    gc.collect()
    gc.freeze()
