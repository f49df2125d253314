"""What somebody brings along: education, work before, skill qualifications. Stated as facts, counted by rules."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from services.training.domain.faculty.skill_level import SkillLevel
from shared.rules import Facts

Day = Annotated[date, Field(ge=date(1940, 1, 1), le=date(2199, 12, 31))]
"""A date of somebody's working life."""
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
_HOURS_A_WEEK: Final = 7 * 24


class Degree(StrEnum):
    """Education, the highest that was completed."""

    JUNIOR_SECONDARY = "junior_secondary"
    SENIOR_SECONDARY = "senior_secondary"
    SECONDARY_VOCATIONAL = "secondary_vocational"
    HIGHER_VOCATIONAL = "higher_vocational"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class Employment(Facts):
    """One employment, both ends included; without an end it goes on. Part-time work states its hours a week."""

    starts_on: Day
    ends_on: Day | None = None
    enterprise: bool = True
    full_time: bool = True
    weekly_hours: Annotated[int, Field(ge=1, le=_HOURS_A_WEEK)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("an employment ends on the day it starts or later")
        return self


class Qualification(Facts):
    """A vocational skill qualification."""

    level: SkillLevel
    occupation_code: Annotated[str, StringConstraints(max_length=64, pattern=r"^[0-9A-Za-z._:/-]+$")] | None = None
    issued_on: Day | None = None


Employments = Annotated[tuple[Employment, ...], Field(max_length=50)]
Qualifications = Annotated[tuple[Qualification, ...], Field(max_length=50)]
Titles = Annotated[tuple[Words, ...], Field(max_length=20)]


class Career(Facts):
    """All of it. None is what nobody has stated; an empty list says that there is nothing."""

    degree: Degree | None = None
    employments: Employments | None = None
    qualifications: Qualifications | None = None
    titles: Titles | None = None
