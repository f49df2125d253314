"""How the journeys tell the stories: the same code as `sunmao demo`, watched by nobody."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from shared.operations.addresses import Addresses
from shared.operations.stories.catalogue import STORIES
from shared.operations.stories.evidence import Evidence, gather
from shared.operations.stories.finding import Finding
from shared.operations.stories.findings import find
from shared.operations.stories.s1 import Told, tell
from shared.operations.stories.teller import Nobody
from shared.operations.visitor import Visitor

DUE_SECONDS = 1
"""Between two looks for what falls due: stories wait for several of them."""
DEMO = [sys.executable, "-c", "from shared.operations.cli import main; main()", "demo", "--once"]


async def told(visitor: Visitor, run: Path) -> tuple[Told, Evidence]:
    """Story S1, told to its end, and what there is then."""
    story = await tell(visitor, run, Nobody())
    return story, await gather(story)


def faults(story: Told, evidence: Evidence) -> Sequence[Finding]:
    """What of S1 does not hold."""
    return [finding for finding in find(story, evidence) if finding.holds is not True]


async def faults_of(name: str, visitor: Visitor, run: Path) -> Sequence[Finding]:
    """What does not hold of a story that was told to its end; the demo would begin a new run now."""
    ending = await STORIES[name].conduct(visitor, run, Nobody())
    ending.teller.diary.note(finished=True)
    return [finding for finding in ending.findings if finding.holds is not True]


def begin_demo(folder: Path, port: int, *story: str) -> "subprocess.Popen[str]":
    """`sunmao demo --once` on a folder of its own, in a process that may be killed."""
    own = {"SUNMAO_HOME": str(folder), "SUNMAO_PORT": str(port), "SUNMAO_DUE_SECONDS": str(DUE_SECONDS)}
    words = {**own, "PYTHONUNBUFFERED": "1", "COLUMNS": "160"}
    return subprocess.Popen([*DEMO, *story], env=os.environ | words, stdout=subprocess.PIPE, text=True)


def embedded(port: int) -> Addresses:
    """Where the embedded edition listens."""
    return Addresses.embedded(f"http://127.0.0.1:{port}")
