"""The small types that facts are made of: names, amounts and stretches of days, checked where somebody enters them."""

from datetime import date
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from shared.rules.trial import Facts

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
"""A name as rules list them, such as `high_altitude`."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Count = Annotated[int, Field(ge=0, le=100_000_000)]
Fen = Annotated[int, Field(ge=0, le=100_000_000_000)]
Minutes = Annotated[int, Field(ge=0, le=10_080)]
"""Minutes of work; a week has 10,080."""
DayMinutes = Annotated[int, Field(ge=1, le=24 * 60)]
"""Minutes of one day."""
Weekday = Annotated[int, Field(ge=1, le=7)]
"""A day of the week; 1 is Monday."""
Year = Annotated[int, Field(ge=1900, le=2199)]
"""A calendar year."""
WorkDay = Annotated[date, Field(ge=date(1940, 1, 1), le=date(2199, 12, 31))]
"""A date of somebody's working life."""
WeeklyHours = Annotated[int, Field(ge=1, le=7 * 24)]
Heads = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many people."""
PersonKey = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z_-]+$")]
"""Who somebody is, by reference, never by an identity card."""
FEW: Final = Field(max_length=50)
MANY: Final = Field(max_length=1000)
SOME: Final = Field(min_length=1, max_length=1000)


def in_order(first: date | None, last: date | None) -> None:
    """Hold that a stretch of days does not end before it starts, as far as both are known."""
    if first is not None and last is not None and last < first:
        raise PydanticCustomError("days_reversed", "ends_on is before starts_on; it must be the same day or later")


class DaySpan(Facts):
    """A stretch of days, both ends included."""

    starts_on: date
    ends_on: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.starts_on, self.ends_on)
        return self


class OpenSpan(Facts):
    """A stretch of days, both ends included; without an end it goes on."""

    starts_on: WorkDay
    ends_on: WorkDay | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.starts_on, self.ends_on)
        return self
