"""What every process of ours begins with."""

import json
import subprocess
import sys

BEGUN = """
import structlog
from shared.operations.running import begin

begin("talent", "talent")
try:
    raise ConnectionRefusedError("nobody answers")
except OSError:
    structlog.get_logger().exception("reading failed")
"""


def test_a_process_logs_an_outage_in_a_line() -> None:
    ran = subprocess.run([sys.executable, "-c", BEGUN], capture_output=True, text=True, timeout=60, check=True)

    (line,) = map(json.loads, (ran.stdout + ran.stderr).splitlines())
    assert (line["message"], line["service"]) == ("reading failed", "talent")
    assert (line["error"], "exception" in line) == ("ConnectionRefusedError", False)
