"""What happens when a teacher's leave is recorded and taken back, and how practice is kept off the days of leave."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from services.training.commands.faculty.leave import CancelLeave, RecordLeave
from services.training.domain.faculty.leave import (
    LeaveEndsBeforeItStarts,
    LeaveRecordedBefore,
    TeacherLeave,
)
from services.training.domain.faculty.practice import PracticeStatus
from services.training.domain.faculty.practice_window import Leave, nobody_practises_on_leave
from services.training.domain.teacher import Teacher
from services.training.handlers.faculty.practice_ledger import leaves_of, practice_rule
from services.training.ports import Work
from shared.errors import RuleRefused

_COUNTS_NOT: Final = frozenset({PracticeStatus.REJECTED, PracticeStatus.REVOKED})


async def record_leave(command: RecordLeave, work: Work) -> TeacherLeave:
    """Enter a leave on none of whose days the teacher practised."""
    if command.ends_on < command.starts_on:
        raise LeaveEndsBeforeItStarts
    # The teacher's row is the lock under which leave and logs are held against each other.
    teacher = await work.teachers.get(command.teacher_id)
    leave = Leave(command.kind, command.starts_on, command.ends_on)
    if leave in await leaves_of(teacher, work):
        raise LeaveRecordedBefore
    _require_no_clash(await _logged_days(teacher, leave, work), [leave], teacher, work)
    recorded, fact = TeacherLeave.record(command.leave_id, teacher=teacher, leave=leave)
    return work.leaves.add(recorded, fact)


async def cancel_leave(command: CancelLeave, work: Work) -> TeacherLeave:
    """Take a record back."""
    leave = await work.leaves.get(command.leave_id)
    work.audit("cancel", leave.id, organization_id=leave.university_id)
    cancelled, fact = leave.cancel()
    return work.leaves.save(cancelled, fact)


async def require_at_work(teacher: Teacher, practised: Iterable[date], work: Work) -> None:
    """Raise `RuleRefused` where a day of practice that is entered is a day of leave (TCH-06)."""
    _require_no_clash(practised, await leaves_of(teacher, work), teacher, work)


def _require_no_clash(practised: Iterable[date], leaves: Iterable[Leave], teacher: Teacher, work: Work) -> None:
    rule = practice_rule("TCH-06", teacher, work.context.today, work)
    finding = nobody_practises_on_leave(practised, leaves, rule)
    if finding.refuses:
        raise RuleRefused(finding)


async def _logged_days(teacher: Teacher, leave: Leave, work: Work) -> set[date]:
    practices = await work.practices.where(teacher_id=teacher.id)
    touched = [
        practice.id
        for practice in practices
        if practice.status not in _COUNTS_NOT
        and practice.starts_on <= leave.ends_on
        and leave.starts_on <= practice.ends_on
    ]
    logs = await work.practice_logs.where(practice_id=touched) if touched else []
    return {log.worked_on for log in logs}
