"""What may be asked about teachers' leave."""

from dataclasses import dataclass
from datetime import date

from services.training.domain.faculty.practice_window import LeaveKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLeave:
    """Enter a teacher's statutory leave, both ends included."""

    leave_id: str
    teacher_id: str
    kind: LeaveKind
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelLeave:
    """Take a record back."""

    leave_id: str
