"""The small region in which the story plays, as its data file has it."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.shipped import shipped_yaml

_FILE: Final = "region.yaml"


class Part(BaseModel):
    """A part of what a story plays with."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Part):
    """A name in both languages."""

    zh: str
    en: str


class Code(Part):
    """A code of a public code system: what it means, where it comes from, how sure it is."""

    name: Named
    source: str
    confidence: Literal["confirmed", "unverified"]


class Organization(Part):
    """A fictional organisation; `posts` are its employees by occupation."""

    kind: str
    name: Named
    region: str
    industry: str | None = None
    employees: int | None = None
    posts: Mapping[str, int] = {}


class Need(Part):
    """What the enterprise looks for."""

    title: str
    level: str
    occupation: str
    skills: tuple[str, ...]
    order_class: int
    bases: int
    teacher_posts: int


class Taught(Part):
    """A programme of the university."""

    programme: str
    students: int
    skills: tuple[str, ...]
    level: str


class Base(Part):
    """A base that is open already."""

    name: str
    kind: str
    stations: int
    skills: tuple[str, ...]
    industry: str


class Teacher(Part):
    """A fictional teacher; `taught` is a place in the list of programmes."""

    name: str
    taught: int


class Region(Part):
    """Codes, organisations and people."""

    regions: Mapping[str, Code]
    industries: Mapping[str, Code]
    occupations: Mapping[str, Code]
    programmes: Mapping[str, Code]
    organizations: Mapping[Literal["alliance", "university", "enterprise"], Organization]
    need: Need
    taught: tuple[Taught, ...]
    bases: tuple[Base, ...]
    teachers: tuple[Teacher, ...]
    students: Annotated[tuple[str, ...], Field(min_length=1)]
    signatory: str

    def skills(self, codes: tuple[str, ...], level: str) -> list[dict[str, str]]:
        """These skills at this level, as the services take them."""
        return [{"code": code, "name": self.occupations[code].name.zh, "level": level} for code in codes]


@cache
def region() -> Region:
    """The region that ships with the platform."""
    return Region.model_validate(shipped_yaml(__package__, _FILE))
