"""The college in which story S3 plays, as its data file has it."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final, Literal

from shared.operations.stories.region import Organization, Part
from shared.shipped import shipped_yaml

_FILE: Final = "college.yaml"

Way = Literal["apart", "together"]
Fate = Literal["warned", "fulfilled", "overdue"]


class Newcomer(Part):
    """A fictional new teacher."""

    name: str
    last_day: int
    practised: Way


class Asked(Part):
    """What the rule is asked on a day, and what it must say."""

    practised: Way
    day: date
    verdict: Literal["pass", "fail"]
    days: int


class Trials(Part):
    """Two ways to practise, first and last days, and what is asked of them."""

    hired_on: date
    apart: tuple[tuple[date, date], ...]
    together: tuple[tuple[date, date], ...]
    asked: tuple[Asked, ...]

    def periods(self, way: Way) -> tuple[tuple[date, date], ...]:
        """The first and last days of one way to practise."""
        return self.apart if way == "apart" else self.together


class College(Part):
    """Organisations, teachers and what is asked of the rule."""

    organizations: Mapping[Literal["university", "enterprise"], Organization]
    months: int
    department: str
    practised: Mapping[Way, tuple[tuple[int, int], ...]]
    teachers: Mapping[Fate, Newcomer]
    trials: Trials

    def periods(self, newcomer: Newcomer) -> tuple[range, ...]:
        """The days of a teacher's practice, counted from the base date."""
        return tuple(range(first, first + length) for first, length in self.practised[newcomer.practised])


@cache
def college() -> College:
    """The college that ships with the platform."""
    return College.model_validate(shipped_yaml(__package__, _FILE))
