"""What a student may write of the hours of a day."""

from datetime import time

import pytest
from pydantic import ValidationError

from services.training.api.internship.placement_log import LoggedDayBody


def logged(starts_at: str) -> LoggedDayBody:
    return LoggedDayBody.model_validate({"date": "2026-09-07", "hours": 8, "starts_at": starts_at, "ends_at": "17:00"})


def test_times_are_those_of_the_clock_at_the_place_of_work() -> None:
    day = logged("09:00").day

    assert (day.starts_at, day.ends_at) == (time(9), time(17))


@pytest.mark.parametrize("starts_at", ["09:00+05:00", "09:00Z", "24:00", "9", "09:00:30"])
def test_other_clocks_are_refused(starts_at: str) -> None:
    with pytest.raises(ValidationError, match="starts_at"):
        logged(starts_at)
