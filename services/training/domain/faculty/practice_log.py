"""The log of one day of practice, a row of its own."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """What a teacher writes of one day."""

    worked_on: date
    minutes: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeLog(Aggregate):
    """One day of one practice. `id` holds both, so that the database knows no day twice."""

    kind: ClassVar[str] = "practice_log"
    practice_id: str
    teacher_id: str
    university_id: str
    enterprise_id: str
    worked_on: date
    minutes: int
    text: str

    @property
    def owners(self) -> frozenset[str]:
        """The teacher and both sides."""
        return frozenset({self.teacher_id, self.university_id, self.enterprise_id})

    @property
    def hours(self) -> Fraction:
        """The hours worked, exact."""
        return Fraction(self.minutes, 60)
