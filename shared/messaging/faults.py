"""Named points at which a test may let the process die. In production there are none, and asking for one is refused."""

import os
import signal
from collections.abc import Mapping

_armed: dict[str, int] = {}


class FaultsInProductionError(RuntimeError):
    """`SUNMAO_FAULTS` is set in production."""


def arm(environ: Mapping[str, str], *, production: bool) -> None:
    """Read `SUNMAO_FAULTS=relay.sent:3,talent.match.acted`: die when a point is reached the n-th (or first) time."""
    _armed.clear()
    wanted = environ.get("SUNMAO_FAULTS", "")
    if wanted and production:
        raise FaultsInProductionError("SUNMAO_FAULTS is for tests; unset it in production")
    for point in filter(None, wanted.split(",")):
        name, _, count = point.partition(":")
        _armed[name] = int(count or 1)


def reach(point: str) -> None:
    """Die here by SIGKILL, without any clean-up, if a test asked for it."""
    if point not in _armed:
        return
    _armed[point] -= 1
    if _armed[point] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
