"""The clock that a process is given: the system's, or for a failure test one that goes wrong by what a file says."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from shared.kernel.clock import Clock, system_clock
from shared.operations.settings import SettingsError


def chosen_clock(environ: Mapping[str, str], *, production: bool) -> Clock:
    """`SUNMAO_CLOCK_FILE` names a file of seconds, read again each time. Raises `SettingsError` in production."""
    name = environ.get("SUNMAO_CLOCK_FILE", "")
    if not name:
        return system_clock
    if production:
        raise SettingsError("SUNMAO_CLOCK_FILE is for tests; unset it in production")
    file = Path(name)

    def stepped() -> timedelta:
        try:
            return timedelta(seconds=float(file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            # No file, or one that is just being written: the clock is right.
            return timedelta()

    return lambda: system_clock() + stepped()
