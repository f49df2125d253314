"""An incident of an internship, from the report to what was done about it. What happened is told to nobody outside."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from services.training.domain.internship.paper_refusals import HappenedLater, IncidentHandled, NotStarted
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import PlacementStatus
from shared.contracts.training import IncidentReported, IncidentState
from shared.errors import State
from shared.kernel.aggregate import Aggregate
from shared.kernel.calendar import business_date

STARTED: Final = frozenset(
    {
        PlacementStatus.ONGOING,
        PlacementStatus.SUSPENDED,
        PlacementStatus.COMPLETED,
        PlacementStatus.GRADED,
        PlacementStatus.TERMINATED,
    }
)
"""While what happened in an internship can be written down, be it afterwards."""


class IncidentKind(StrEnum):
    """What kind of thing happened. `leave`: the student left the post without permission."""

    INJURY = "injury"
    RIGHTS_VIOLATION = "rights_violation"
    LEAVE = "leave"
    DISPUTE = "dispute"


class Severity(StrEnum):
    """How grave it is."""

    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"


class IncidentStatus(State):
    """Whether somebody has dealt with it."""

    REPORTED = "reported", "已报告", "reported"
    HANDLED = "handled", "已处理", "handled"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReport:
    """What somebody reports."""

    incident_kind: IncidentKind
    severity: Severity
    occurred_on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Aggregate):
    """An incident. `days_to_handling` are the days from the report to the handling, None until then."""

    kind: ClassVar[str] = "incident"
    placement_id: str
    student_id: str
    university_id: str
    enterprise_id: str
    supervisor_id: str | None
    incident_kind: IncidentKind
    severity: Severity
    occurred_on: date
    text: str
    reporter: str
    reported_at: datetime
    handling: str | None = None
    handled_by: str | None = None
    handled_at: datetime | None = None
    days_to_handling: int | None = None
    status: IncidentStatus = IncidentStatus.REPORTED

    @classmethod
    def of(
        cls, id: str, *, placement: Placement, report: IncidentReport, reporter: str, at: datetime
    ) -> tuple[Self, IncidentReported]:
        """Report an incident of an internship that has started."""
        require_started(placement)
        if report.occurred_on > business_date(at):
            raise HappenedLater
        incident = cls(
            id=id,
            story=placement.story,
            placement_id=placement.id,
            student_id=placement.student_id,
            university_id=placement.university_id,
            enterprise_id=placement.enterprise_id,
            supervisor_id=placement.supervisor_id,
            incident_kind=report.incident_kind,
            severity=report.severity,
            occurred_on=report.occurred_on,
            text=report.text,
            reporter=reporter,
            reported_at=at,
        )
        return incident, IncidentReported.model_validate(incident._told())

    @property
    def owners(self) -> frozenset[str]:
        """The student, the university and the supervisor; the enterprise unless its own conduct is complained of."""
        supervisor = {self.supervisor_id} if self.supervisor_id else set()
        complained_of = self.incident_kind is IncidentKind.RIGHTS_VIOLATION
        enterprise = set() if complained_of else {self.enterprise_id}
        return frozenset({self.student_id, self.university_id, *supervisor, *enterprise})

    def handle(self, *, handling: str, by: str, at: datetime) -> Self:
        """Somebody dealt with it, and says how."""
        if self.status is IncidentStatus.HANDLED:
            raise IncidentHandled
        days = (business_date(at) - business_date(self.reported_at)).days
        return replace(
            self,
            handling=handling,
            handled_by=by,
            handled_at=at,
            days_to_handling=days,
            status=IncidentStatus.HANDLED,
        )

    def state(self) -> IncidentState:
        """The incident as it is now."""
        return IncidentState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _told(self) -> dict[str, object]:
        return {
            "incident_id": self.id,
            "placement_id": self.placement_id,
            "student_id": self.student_id,
            "university_id": self.university_id,
            "enterprise_id": self.enterprise_id,
            "kind": self.incident_kind.value,
            "severity": self.severity.value,
            "occurred_on": self.occurred_on,
        }


def require_started(placement: Placement) -> None:
    """Raise `NotStarted` unless the internship has started and is not yet archived."""
    if placement.status not in STARTED:
        raise NotStarted(status=placement.status)
