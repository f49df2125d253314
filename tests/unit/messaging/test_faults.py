"""Points at which a test lets a process die: armed by the environment, never in production."""

import signal
import subprocess
import sys

import pytest

from shared.messaging import faults

REACHING = """
import sys
from shared.messaging import faults
faults.arm({"SUNMAO_FAULTS": sys.argv[1]}, production=False)
for point in ("relay.sent", "talent.match.acted", "relay.sent"):
    faults.reach(point)
    sys.stdout.write(point + "\\n")
    sys.stdout.flush()
"""


def reached(wanted: str) -> tuple[int, list[str]]:
    """With what a process ended that was to die so, and how far it came."""
    done = subprocess.run(
        [sys.executable, "-c", REACHING, wanted], stdout=subprocess.PIPE, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout.split()


@pytest.mark.parametrize(
    ("wanted", "lived_through"),
    [("relay.sent", 0), ("talent.match.acted", 1), ("relay.sent:2", 2), ("nothing,relay.sent:2", 2)],
)
def test_the_process_dies_without_ado_where_it_was_told_to(wanted: str, lived_through: int) -> None:
    code, points = reached(wanted)

    assert (code, len(points)) == (-signal.SIGKILL, lived_through)


@pytest.mark.parametrize("wanted", ["", "relay.sent:3", "relay"])
def test_the_process_lives_where_no_such_point_is_reached_as_often(wanted: str) -> None:
    assert reached(wanted) == (0, ["relay.sent", "talent.match.acted", "relay.sent"])


def test_in_production_there_are_none() -> None:
    with pytest.raises(faults.FaultsInProductionError, match="SUNMAO_FAULTS is for tests; unset it in production"):
        faults.arm({"SUNMAO_FAULTS": "relay.sent"}, production=True)


def test_in_production_nothing_is_said_of_what_nobody_asked_for() -> None:
    faults.arm({}, production=True)
    faults.reach("relay.sent")
