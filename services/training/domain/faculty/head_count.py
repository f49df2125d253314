"""How many teachers of every kind a university has in a year: what shares of teachers are shares of."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.training.domain.faculty.part_time_share import StaffFacts
from services.training.domain.kinship import born_of
from shared.kernel.aggregate import Aggregate
from shared.rules import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCount(Aggregate):
    """The teachers of one university in one year, part-time ones from industry apart; a new count replaces the old."""

    kind: ClassVar[str] = "head_count"
    university_id: str
    year: int
    full_time: int
    part_time: int
    counted_on: date
    finding: Finding

    @classmethod
    def first(cls, *, university_id: str, year: int, heads: tuple[int, int], on: date, finding: Finding) -> Self:
        """The first count of a year: full-time and part-time heads."""
        full_time, part_time = heads
        return cls(
            id=count_id(university_id, year),
            story=university_id,
            university_id=university_id,
            year=year,
            full_time=full_time,
            part_time=part_time,
            counted_on=on,
            finding=finding,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})

    @property
    def all_teachers(self) -> int:
        """Everybody who teaches there."""
        return self.full_time + self.part_time

    def counted_again(self, *, heads: tuple[int, int], on: date, finding: Finding) -> Self:
        """A later count of the same year."""
        full_time, part_time = heads
        return replace(self, full_time=full_time, part_time=part_time, counted_on=on, finding=finding)


def count_id(university_id: str, year: int) -> str:
    """Under which id a university's count of a year is kept."""
    return born_of(university_id, "head_count", str(year))


def staff_facts(heads: tuple[int, int]) -> StaffFacts:
    """The heads as the rule takes them."""
    full_time, part_time = heads
    return StaffFacts(full_time=full_time, part_time=part_time)
