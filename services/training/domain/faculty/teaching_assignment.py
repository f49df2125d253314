"""That a teacher teaches a course from one day to another, and whether they had practised before (TCH-03)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.training.domain.teacher import Teacher
from shared.errors import Conflict, Invalid, State
from shared.kernel.aggregate import Aggregate
from shared.rules import Finding


class TeachingEndsBeforeItStarts(Invalid):
    """Teaching ends on the day it starts or later."""

    en = "The teaching ends before it starts; give the same day or a later one."
    zh = "授课结束日期早于开始日期，请填写同日或之后的日期。"


class TeacherLeft(Conflict):
    """Who left teaches no more."""

    en = "The teacher has left the university; assign one who is active."
    zh = "该教师已离校，请安排在职教师。"


class AlreadyAssigned(Conflict):
    """A teacher teaches a course once at a time."""

    en = "The teacher is assigned to this course on some of these days already; cancel that assignment first."
    zh = "该教师在此期间已安排讲授该课程，请先取消原安排。"


class AssignmentCancelled(Conflict):
    """What is cancelled stays cancelled."""

    en = "The assignment is cancelled already."
    zh = "该授课安排已取消。"


class AssignmentStatus(State):
    """Whether it stands."""

    SCHEDULED = "scheduled", "已安排", "scheduled"
    CANCELLED = "cancelled", "已取消", "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingPlan:
    """Which course, from when to when, both days included."""

    course: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingAssignment(Aggregate):
    """A teaching assignment; `finding` is what TCH-03 said when it was made: it warns and does not forbid."""

    kind: ClassVar[str] = "teaching_assignment"
    teacher_id: str
    university_id: str
    course: str
    starts_on: date
    ends_on: date
    finding: Finding
    status: AssignmentStatus = AssignmentStatus.SCHEDULED

    @classmethod
    def schedule(cls, id: str, *, teacher: Teacher, plan: TeachingPlan, finding: Finding) -> Self:
        """Assign a teacher who is there to a course."""
        if plan.ends_on < plan.starts_on:
            raise TeachingEndsBeforeItStarts
        if not teacher.is_active:
            raise TeacherLeft
        return cls(
            id=id,
            story=teacher.story,
            teacher_id=teacher.id,
            university_id=teacher.university_id,
            course=plan.course,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            finding=finding,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university and the teacher."""
        return frozenset({self.university_id, self.teacher_id})

    def shares_a_day_with(self, plan: TeachingPlan) -> bool:
        """Whether both lie on one day at least."""
        return self.starts_on <= plan.ends_on and plan.starts_on <= self.ends_on

    def cancel(self) -> Self:
        """It does not take place."""
        if self.status is AssignmentStatus.CANCELLED:
            raise AssignmentCancelled
        return replace(self, status=AssignmentStatus.CANCELLED)
