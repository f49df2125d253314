"""A teacher's verified practice as recognition is asked by it."""

from collections import defaultdict

from services.training.domain.faculty.recognition_rules.facts import LoggedDay, VerifiedPractice
from services.training.domain.practice import Practice, PracticeStatus
from services.training.domain.practice_log import PracticeLog
from services.training.ports import Work


async def practice_of(teacher_id: str, work: Work) -> dict[str, VerifiedPractice]:
    """The teacher's verified periods by their id, with every day that was logged."""
    practices = await work.practices.where(teacher_id=teacher_id, status=PracticeStatus.VERIFIED.value)
    ids = [practice.id for practice in practices]
    logs: dict[str, list[PracticeLog]] = defaultdict(list)
    for log in await work.practice_logs.where(practice_id=ids) if ids else ():
        logs[log.practice_id].append(log)
    return {practice.id: _stated(practice, logs[practice.id]) for practice in practices}


def _stated(practice: Practice, logs: list[PracticeLog]) -> VerifiedPractice:
    return VerifiedPractice(
        form=practice.form,
        starts_on=practice.starts_on,
        ends_on=practice.ends_on,
        weekdays=practice.weekdays,
        minutes_a_day=practice.minutes_a_day,
        logs=tuple(LoggedDay(worked_on=log.worked_on, minutes=log.minutes) for log in logs),
    )
