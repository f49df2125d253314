"""The log of one day of practice, a row of its own; a week of them is written at a time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Final, Self

from services.training.domain.faculty.practice_pause import require_not_paused
from services.training.domain.practice_refusals import DayLogged, NotOneWeek, OutsidePractice
from shared.kernel.aggregate import Aggregate

if TYPE_CHECKING:
    from services.training.domain.practice import Practice

_DAYS_A_WEEK: Final = 7


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

    @classmethod
    def of(cls, practice: "Practice", entry: LogEntry) -> Self:
        """The entry as a row of this practice."""
        return cls(
            id=f"{practice.id}/{entry.worked_on.isoformat()}",
            story=practice.story,
            practice_id=practice.id,
            teacher_id=practice.teacher_id,
            university_id=practice.university_id,
            enterprise_id=practice.enterprise_id,
            worked_on=entry.worked_on,
            minutes=entry.minutes,
            text=entry.text,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The teacher and both sides."""
        return frozenset({self.teacher_id, self.university_id, self.enterprise_id})

    @property
    def hours(self) -> Fraction:
        """The hours worked, exact."""
        return Fraction(self.minutes, 60)


def written_week(
    practice: "Practice", entries: Sequence[LogEntry], *, logged: Iterable[PracticeLog], on: date
) -> tuple[PracticeLog, ...]:
    """The entries as logs of this practice, beside those already `logged` on these days. Raises what forbids them."""
    practice.require_ongoing()
    days = [entry.worked_on for entry in entries]
    _require_one_week(days)
    if min(days) < practice.starts_on or max(days) > min(practice.ends_on, on):
        raise OutsidePractice(first=practice.starts_on.isoformat(), last=practice.ends_on.isoformat())
    if twice := {log.worked_on for log in logged if log.practice_id == practice.id} & set(days):
        raise DayLogged(day=min(twice).isoformat())
    require_not_paused(practice, days)
    return tuple(PracticeLog.of(practice, entry) for entry in entries)


def _require_one_week(days: Collection[date]) -> None:
    if not days or len(set(days)) < len(days) or (max(days) - min(days)).days >= _DAYS_A_WEEK:
        raise NotOneWeek
