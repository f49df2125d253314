"""What sabotage replaces is still there to be replaced, and the command line runs with it."""

import subprocess
from pathlib import Path

import pytest

from tests.failures.campaign.sabotage import Sabotage, command_of

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("sabotage", Sabotage)
def test_a_broken_process_still_runs_the_command_line(sabotage: Sabotage) -> None:
    ended = subprocess.run(
        [*command_of(sabotage.value), "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, "")
