"""A teacher's verified practice as recognition is asked by it."""

from collections import defaultdict

from services.training.domain.faculty.leave import LeaveStatus
from services.training.domain.faculty.practice import PracticeStatus
from services.training.domain.faculty.practice_facts import DaysFact, PeriodFact
from services.training.domain.faculty.practice_log import PracticeLog
from services.training.ports import Work


async def practice_of(teacher_id: str, work: Work) -> dict[str, PeriodFact]:
    """The teacher's verified periods by their id, with every day that was logged."""
    practices = await work.practices.where(teacher_id=teacher_id, status=PracticeStatus.VERIFIED.value)
    ids = [practice.id for practice in practices]
    logs: dict[str, list[PracticeLog]] = defaultdict(list)
    for log in await work.practice_logs.where(practice_id=ids) if ids else ():
        logs[log.practice_id].append(log)
    return {practice.id: PeriodFact.of(practice.period(logs[practice.id])) for practice in practices}


async def away_of(teacher_id: str, work: Work) -> tuple[DaysFact, ...]:
    """The days of the teacher's leave, whatever its kind."""
    leaves = await work.leaves.where(teacher_id=teacher_id, status=LeaveStatus.RECORDED.value)
    return tuple(DaysFact(first=leave.starts_on, last=leave.ends_on) for leave in leaves)
