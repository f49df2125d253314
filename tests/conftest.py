"""What every test may ask for."""

import gc

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.servers"]

# No test asserts timing: a machine under load is no fault of what is tried.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# Tests by the thousand are made while they are collected, and stay: looking through them takes a tenth of the time.
gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish() -> None:
    """From here on they are never looked through."""
    gc.collect()
    gc.freeze()
