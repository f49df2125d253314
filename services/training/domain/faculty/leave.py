"""A teacher's statutory leave as the university's staff office records it. Its kind stays inside the service."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.training.domain.faculty.practice_window import Leave, LeaveKind
from services.training.domain.teacher import Teacher
from shared.contracts.training import LeaveCancelled, LeaveRecorded
from shared.errors import Conflict, Duplicate, Invalid, State
from shared.kernel.aggregate import Aggregate


class LeaveEndsBeforeItStarts(Invalid):
    """A leave includes both its ends, so the last day is not before the first."""

    en = "The leave ends before it starts; let ends_on be the same day as starts_on or later."
    zh = "假期结束日期早于开始日期，请改为同日或之后。"


class LeaveRecordedBefore(Duplicate):
    """One leave is recorded once."""

    en = "This leave is recorded already: the same kind from the same day to the same day."
    zh = "该假期（同类、同起止日期）已登记，请勿重复登记。"


class LeaveIsCancelled(Conflict):
    """A record is taken back once."""

    en = "The leave is {status}; one that is recorded can be cancelled."
    zh = "假期记录状态为{status}；仅已登记的假期可以撤销。"


class LeaveStatus(State):
    """Whether a record holds."""

    RECORDED = "recorded", "已登记", "recorded"
    CANCELLED = "cancelled", "已撤销", "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherLeave(Aggregate):
    """Leave of one teacher, both ends included. Only the teacher and the university learn of it."""

    kind: ClassVar[str] = "leave"
    teacher_id: str
    university_id: str
    leave_kind: LeaveKind
    starts_on: date
    ends_on: date
    status: LeaveStatus = LeaveStatus.RECORDED

    @classmethod
    def record(cls, id: str, *, teacher: Teacher, leave: Leave) -> tuple[Self, LeaveRecorded]:
        """Enter a teacher's leave."""
        recorded = cls(
            id=id,
            story=teacher.id,
            teacher_id=teacher.id,
            university_id=teacher.university_id,
            leave_kind=leave.kind,
            starts_on=leave.starts_on,
            ends_on=leave.ends_on,
        )
        return recorded, LeaveRecorded.model_validate(recorded._told())

    @property
    def owners(self) -> frozenset[str]:
        """The teacher and the university."""
        return frozenset({self.teacher_id, self.university_id})

    @property
    def leave(self) -> Leave:
        """The leave as windows are moved by it."""
        return Leave(self.leave_kind, self.starts_on, self.ends_on)

    def cancel(self) -> tuple[Self, LeaveCancelled]:
        """Take the record back: it moves nothing any more."""
        if self.status is not LeaveStatus.RECORDED:
            raise LeaveIsCancelled(status=self.status)
        cancelled = replace(self, status=LeaveStatus.CANCELLED)
        return cancelled, LeaveCancelled.model_validate(cancelled._told())

    def _told(self) -> dict[str, object]:
        return {
            "leave_id": self.id,
            "teacher_id": self.teacher_id,
            "university_id": self.university_id,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
        }
