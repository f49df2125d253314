"""A class that university and enterprise teach together: planned by an agreement, filled, formed, started."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final, Self

from services.training.domain.agreement import Agreement
from services.training.domain.cohort_refusals import (
    CohortFull,
    IntakeNotOpen,
    NobodyEnrolled,
    NotAStudentHere,
    NotFormed,
    NotPlannedCohort,
)
from services.training.domain.student import Student
from shared.contracts.partnership import OrderClassTerms
from shared.contracts.training import CohortCancelled, CohortFormed, CohortPlanned, CohortStarted, CohortState
from shared.errors import Conflict, State
from shared.kernel.aggregate import Aggregate


class CohortStatus(State):
    """How far a class has come."""

    PLANNED = "planned", "规划中", "planned"
    INTAKE_OPEN = "intake_open", "招生中", "open for intake"
    FORMED = "formed", "已组班", "formed"
    RUNNING = "running", "已开班", "running"
    CANCELLED = "cancelled", "已取消", "cancelled"


BEFORE_TEACHING: Final = frozenset({CohortStatus.PLANNED, CohortStatus.INTAKE_OPEN, CohortStatus.FORMED})
"""While a class can still be cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(Aggregate):
    """One student in one cohort. `id` holds both, so that the database knows no place twice."""

    kind: ClassVar[str] = "enrolment"
    cohort_id: str
    student_id: str
    university_id: str
    enrolled_on: date

    @property
    def owners(self) -> frozenset[str]:
        """The university and the student."""
        return frozenset({self.university_id, self.student_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort(Aggregate):
    """A class. `enrolled` counts its enrolments and never exceeds `planned`."""

    kind: ClassVar[str] = "cohort"
    cohort_type: str
    programme_id: str
    occupation_code: str
    university_id: str
    enterprise_ids: tuple[str, ...]
    agreement_id: str
    need_id: str | None
    line_no: int | None
    planned: int
    enrolled: int = 0
    hire_bp: int
    status: CohortStatus = CohortStatus.PLANNED

    @classmethod
    def agreed(
        cls, id: str, *, agreement: Agreement, terms: OrderClassTerms, university_id: str
    ) -> tuple[Self, CohortPlanned]:
        """The order class that an agreement plans."""
        planned = cls(
            id=id,
            story=agreement.story,
            cohort_type="order_class",
            programme_id=terms.programme_id,
            occupation_code=terms.occupation_code,
            university_id=university_id,
            enterprise_ids=agreement.enterprise_ids,
            agreement_id=agreement.id,
            need_id=agreement.need_id,
            line_no=agreement.line_no,
            planned=terms.headcount,
            hire_bp=terms.hire_bp,
        )
        return planned, CohortPlanned.model_validate(planned._told())

    @property
    def owners(self) -> frozenset[str]:
        """Everybody who teaches it."""
        return frozenset({self.university_id, *self.enterprise_ids})

    @property
    def is_running(self) -> bool:
        """Whether teaching goes on."""
        return self.status is CohortStatus.RUNNING

    def place_of(self, student_id: str) -> str:
        """The id of this student's enrolment here, whether or not there is one."""
        return f"{self.id}/{student_id}"

    def open_intake(self) -> Self:
        """Students may enrol from now on."""
        return self._moved(CohortStatus.PLANNED, CohortStatus.INTAKE_OPEN, NotPlannedCohort)

    def enrol(self, students: Collection[Student], *, on: date) -> tuple[Self, tuple[Enrolment, ...]]:
        """Give each of these students a place, or nobody one."""
        if self.status is not CohortStatus.INTAKE_OPEN:
            raise IntakeNotOpen(status=self.status)
        if not all(student.is_enrolled and student.university_id == self.university_id for student in students):
            raise NotAStudentHere
        left = self.planned - self.enrolled
        if len(students) > left:
            raise CohortFull(left=left, planned=self.planned)
        return replace(self, enrolled=self.enrolled + len(students)), tuple(
            Enrolment(
                id=self.place_of(student.id),
                story=self.story,
                cohort_id=self.id,
                student_id=student.id,
                university_id=self.university_id,
                enrolled_on=on,
            )
            for student in students
        )

    def form(self) -> tuple[Self, CohortFormed]:
        """The class has its students."""
        formed = self._moved(CohortStatus.INTAKE_OPEN, CohortStatus.FORMED, IntakeNotOpen)
        if not self.enrolled:
            raise NobodyEnrolled
        return formed, CohortFormed.model_validate(formed._told())

    def start(self, *, agreement: Agreement) -> tuple[Self, CohortStarted]:
        """Teaching begins; the agreement is in force."""
        started = self._moved(CohortStatus.FORMED, CohortStatus.RUNNING, NotFormed)
        agreement.require_active()
        return started, CohortStarted.model_validate(started._told())

    def cancel(self, *, reason: str) -> tuple[Self, CohortCancelled]:
        """It will not take place: its agreement was ended before teaching began."""
        cancelled = replace(self, status=CohortStatus.CANCELLED)
        return cancelled, CohortCancelled.model_validate({**cancelled._told(), "reason": reason})

    def state(self) -> CohortState:
        """The class as it is now."""
        return CohortState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _moved(self, before: CohortStatus, after: CohortStatus, otherwise: type[Conflict]) -> Self:
        if self.status is not before:
            raise otherwise(status=self.status)
        return replace(self, status=after)

    def _told(self) -> dict[str, object]:
        return {
            "cohort_id": self.id,
            "type": self.cohort_type,
            "programme_id": self.programme_id,
            "occupation_code": self.occupation_code,
            "university_id": self.university_id,
            "enterprise_ids": self.enterprise_ids,
            "agreement_id": self.agreement_id,
            "need_id": self.need_id,
            "line_no": self.line_no,
            "planned": self.planned,
            "enrolled": self.enrolled,
            "hire_bp": self.hire_bp,
        }
