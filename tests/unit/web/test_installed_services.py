"""Which services are installed, and that asking for one loads no other."""

import subprocess
import sys
from pathlib import Path

import pytest

from shared.contracts.registry import SERVICES
from shared.web.service import installed_services

ROOT = Path(__file__).parents[3]
LOADED = """
import sys
from shared.web.service import installed_services
services = installed_services()
assert "notify" in services and len(services) == {count}
{asked}
print(*sorted({{name.split(".")[1] for name in sys.modules if name.startswith("services.")}}))
"""


@pytest.mark.parametrize(("asked", "loaded"), [("", ""), ('services["notify"]', "notify")])
def test_a_service_is_loaded_when_it_is_asked_for_and_no_other_with_it(asked: str, loaded: str) -> None:
    program = LOADED.format(count=len(SERVICES), asked=asked)

    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ended.stdout.split() == loaded.split()


def test_services_come_in_the_order_of_their_names() -> None:
    assert list(installed_services()) == sorted(SERVICES)
    assert "nobody" not in installed_services()
