"""What a rule may ask of a calendar: is this a working day, a day of rest or a statutory holiday, and is that known."""

from datetime import date
from enum import StrEnum
from typing import Protocol


class DayKind(StrEnum):
    """A day as the State Council's yearly notice has it: a make-up day is a working day, whatever its weekday."""

    WORKING = "working"
    REST = "rest"
    HOLIDAY = "holiday"


class WorkingCalendar(Protocol):
    """The days of the region."""

    @property
    def known_until(self) -> date:
        """The last day of which anything is known."""

    def kind_of(self, day: date) -> DayKind | None:
        """What kind of day it is; None where nobody has imported its year yet."""
