"""What every test may ask for."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.servers"]

# No test asserts timing: a machine under load is no fault of what is tried.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
