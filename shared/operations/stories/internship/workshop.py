"""The workshop in which story S2 plays, as its data file has it."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final, Literal

from shared.operations.stories.region import Organization, Part, Taught
from shared.shipped import shipped_yaml

_FILE: Final = "workshop.yaml"

PostName = Literal["small", "large", "bar", "cheap", "night"]


class Post(Part):
    """A post for interns; its pay is what interns get unless something else is agreed."""

    title: str
    occupation: str
    wage_fen: int
    stipend_fen: int
    venue: str = "production"
    shift: tuple[str, str] = ("08:00", "17:00")


class Intern(Part):
    """A fictional student and the internship that is planned; `guardian` says whether one consents."""

    name: str
    post: PostName
    stipend_fen: int | None = None
    cycle_days: int = 30
    study_year: int = 2
    age: int = 19
    guardian: bool = True


class ConsentText(Part):
    """What students and guardians are told before they consent."""

    title: str
    text: str


class Holidays(Part):
    """The days that the law names: on the same date of every year, and by the moon or the sun."""

    every_year: Mapping[str, str]
    moving: Mapping[date, str]

    def of(self, year: int) -> Iterator[tuple[date, str]]:
        """The holidays of a year, as far as they are written down, in order."""
        fixed = {date.fromisoformat(f"{year}-{day}"): name for day, name in self.every_year.items()}
        moving = {day: name for day, name in self.moving.items() if day.year == year}
        yield from sorted({**moving, **fixed}.items())


class Workshop(Part):
    """Organisations, posts, students and the calendar."""

    organizations: Mapping[Literal["university", "enterprise", "government"], Organization]
    programme: Taught
    field: str
    teacher: str
    site: str
    wage_lowest_grade_fen: int
    consent: ConsentText
    guardian: str
    posts: Mapping[PostName, Post]
    planned: tuple[Intern, ...]
    wrong: Mapping[str, Intern]
    holidays: Holidays

    @property
    def interns(self) -> tuple[Intern, ...]:
        """Everybody: first the twelve, then those whom a rule refuses."""
        return (*self.planned, *self.wrong.values())


@cache
def workshop() -> Workshop:
    """The workshop that ships with the platform."""
    return Workshop.model_validate(shipped_yaml(__package__, _FILE))
