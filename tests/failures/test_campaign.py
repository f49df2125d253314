"""Short campaigns as anybody runs them from the command line: many kills, and nothing is lost, doubled, reordered."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.failures.campaign.harm import KINDS

ROOT = Path(__file__).parents[2]
NO_HARM = dict.fromkeys(KINDS, 0)
MINUTES = 15


def campaign(folder: Path, *options: str) -> dict[str, Any]:
    """The last line of a campaign, which must have ended well."""
    command = [sys.executable, "-m", "tests.failures.campaign", "--out", str(folder), *options]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=MINUTES * 60, check=False)
    assert ended.returncode == 0, f"{ended.stdout[-6000:]}\n{ended.stderr[-3000:]}"
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


def test_the_distributed_edition_takes_twelve_kills_and_more_without_harm(tmp_path: Path) -> None:
    said = campaign(tmp_path, "--duration", "90", "--kills", "12", "--limit", "420", "--seed", "7")

    assert said["kills"] >= 12
    assert {kind: said[kind] for kind in KINDS} == NO_HARM


def test_the_embedded_edition_takes_six_kills_and_more_without_harm(tmp_path: Path) -> None:
    said = campaign(
        tmp_path, "--edition", "embedded", "--duration", "30", "--kills", "6", "--limit", "240", "--seed", "7"
    )

    assert said["kills"] >= 6
    assert {kind: said[kind] for kind in KINDS} == NO_HARM
