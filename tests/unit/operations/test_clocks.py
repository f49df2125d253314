"""A failure test steps a process's clock by a file; production knows only the system's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.kernel.clock import system_clock
from shared.operations.clocks import chosen_clock
from shared.operations.settings import SettingsError


def test_without_a_file_the_clock_is_the_systems() -> None:
    assert chosen_clock({}, production=True) is system_clock


def test_the_clock_is_wrong_by_what_the_file_says_now(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = chosen_clock({"SUNMAO_CLOCK_FILE": str(file)}, production=False)

    file.write_text("-3600")
    behind = datetime.now(UTC) - clock()
    file.write_text("7200")
    ahead = clock() - datetime.now(UTC)

    assert (round(behind / timedelta(hours=1)), round(ahead / timedelta(hours=1))) == (1, 2)


@pytest.mark.parametrize("written", [None, "", "soon"])
def test_a_file_that_says_no_number_leaves_it_right(tmp_path: Path, written: str | None) -> None:
    file = tmp_path / "clock"
    if written is not None:
        file.write_text(written)

    off = chosen_clock({"SUNMAO_CLOCK_FILE": str(file)}, production=False)() - datetime.now(UTC)

    assert abs(off) < timedelta(minutes=1)


def test_production_refuses_a_clock_that_can_be_stepped(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SUNMAO_CLOCK_FILE is for tests; unset it in production"):
        chosen_clock({"SUNMAO_CLOCK_FILE": str(tmp_path)}, production=True)
