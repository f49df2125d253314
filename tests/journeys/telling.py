"""How the journeys tell the story: the same code as `sunmao demo`, watched by nobody."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from shared.operations.addresses import Addresses
from shared.operations.stories.evidence import Evidence, gather
from shared.operations.stories.findings import Finding, find
from shared.operations.stories.s1 import Told, tell
from shared.operations.stories.teller import Nobody
from shared.operations.visitor import Visitor

DEMO = [sys.executable, "-c", "from shared.operations.cli import main; main()", "demo", "--once"]


async def told(visitor: Visitor, run: Path) -> tuple[Told, Evidence]:
    """The story, told to its end, and what there is then."""
    story = await tell(visitor, run, Nobody())
    return story, await gather(story)


def faults(story: Told, evidence: Evidence) -> Sequence[Finding]:
    """What does not hold."""
    return [finding for finding in find(story, evidence) if finding.holds is not True]


def begin_demo(folder: Path, port: int) -> "subprocess.Popen[str]":
    """`sunmao demo --once` on a folder of its own, in a process that may be killed."""
    words = {"SUNMAO_HOME": str(folder), "SUNMAO_PORT": str(port), "PYTHONUNBUFFERED": "1", "COLUMNS": "160"}
    return subprocess.Popen(DEMO, env=os.environ | words, stdout=subprocess.PIPE, text=True)


def embedded(port: int) -> Addresses:
    """Where the embedded edition listens."""
    return Addresses.embedded(f"http://127.0.0.1:{port}")
