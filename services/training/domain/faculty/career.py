"""What somebody brings along: education, work before, skill qualifications. Stated as facts, counted by rules."""

from enum import StrEnum
from typing import Annotated

from services.training.domain.faculty.skill_level import SkillLevel
from shared.contracts.fields import Code, Name
from shared.rules import Facts
from shared.rules.fact_types import FEW, OpenSpan, WeeklyHours, WorkDay


class Degree(StrEnum):
    """Education, the highest that was completed."""

    JUNIOR_SECONDARY = "junior_secondary"
    SENIOR_SECONDARY = "senior_secondary"
    SECONDARY_VOCATIONAL = "secondary_vocational"
    HIGHER_VOCATIONAL = "higher_vocational"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class Employment(OpenSpan):
    """One employment, both ends included; without an end it goes on. Part-time work states its hours a week."""

    enterprise: bool = True
    full_time: bool = True
    weekly_hours: WeeklyHours | None = None


class Qualification(Facts):
    """A vocational skill qualification."""

    level: SkillLevel
    occupation_code: Code | None = None
    issued_on: WorkDay | None = None


Employments = Annotated[tuple[Employment, ...], FEW]
Qualifications = Annotated[tuple[Qualification, ...], FEW]
Titles = Annotated[tuple[Name, ...], FEW]


class Career(Facts):
    """All of it. None is what nobody has stated; an empty list says that there is nothing."""

    degree: Degree | None = None
    employments: Employments | None = None
    qualifications: Qualifications | None = None
    titles: Titles | None = None
