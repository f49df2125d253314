"""A student's leave from an internship, in whole days: asked for by the student, decided by the school."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.training.domain.internship.paper_refusals import AbsenceDecided, DayAbsent, DaysLogged, NotUnderWay
from services.training.domain.internship.payment import require_of_internship
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_log import PlacementLog
from services.training.domain.internship.placement_terms import Segment
from services.training.domain.internship.weeks import days_between
from shared.errors import State
from shared.kernel.aggregate import Aggregate


class AbsenceStatus(State):
    """What the school says of a leave."""

    REQUESTED = "requested", "待批准", "requested"
    GRANTED = "granted", "已批准", "granted"
    REFUSED = "refused", "未批准", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Aggregate):
    """A leave, both ends included. Its reason may tell of health and never leaves the service."""

    kind: ClassVar[str] = "absence"
    placement_id: str
    student_id: str
    university_id: str
    enterprise_id: str
    supervisor_id: str | None
    starts_on: date
    ends_on: date
    reason: str
    decided_by: str | None = None
    status: AbsenceStatus = AbsenceStatus.REQUESTED

    @classmethod
    def request(cls, id: str, *, placement: Placement, period: Segment, reason: str) -> Self:
        """Ask for leave from an internship that goes on."""
        if not placement.is_under_way:
            raise NotUnderWay(status=placement.status)
        require_of_internship(period, placement)
        return cls(
            id=id,
            story=placement.story,
            placement_id=placement.id,
            student_id=placement.student_id,
            university_id=placement.university_id,
            enterprise_id=placement.enterprise_id,
            supervisor_id=placement.supervisor_id,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            reason=reason,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The student, both sides, and the supervisor."""
        supervisor = {self.supervisor_id} if self.supervisor_id else set()
        return frozenset({self.student_id, self.university_id, self.enterprise_id, *supervisor})

    def decide(self, *, granted: bool, by: str, logs: Iterable[PlacementLog]) -> Self:
        """Grant it or not. Days that a log says were worked are not granted."""
        if self.status is not AbsenceStatus.REQUESTED:
            raise AbsenceDecided(status=self.status)
        worked = {day.worked_on for log in logs for day in log.days}.intersection(
            days_between(self.starts_on, self.ends_on)
        )
        if granted and worked:
            raise DaysLogged(day=min(worked))
        return replace(self, decided_by=by, status=AbsenceStatus.GRANTED if granted else AbsenceStatus.REFUSED)


def days_absent(absences: Iterable[Absence]) -> frozenset[date]:
    """The days of all leaves that were granted."""
    granted = [absence for absence in absences if absence.status is AbsenceStatus.GRANTED]
    return frozenset(day for absence in granted for day in days_between(absence.starts_on, absence.ends_on))


def require_present(days: Iterable[date], absent: frozenset[date]) -> None:
    """Raise `DayAbsent` where one of these days is a day of leave."""
    if both := absent.intersection(days):
        raise DayAbsent(day=min(both))
