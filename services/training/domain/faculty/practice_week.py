"""A week of logs of one practice, written at a time: what forbids it, and the rows that it becomes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from services.training.domain.faculty.practice import Practice
from services.training.domain.faculty.practice_log import LogEntry, PracticeLog
from services.training.domain.faculty.practice_pause import require_not_paused
from services.training.domain.faculty.practice_refusals import DayLogged, NotOneWeek, OutsidePractice

_DAYS_A_WEEK: Final = 7


def written_week(
    practice: Practice, entries: Sequence[LogEntry], *, logged: Iterable[PracticeLog], on: date
) -> tuple[PracticeLog, ...]:
    """The entries as logs of this practice, beside those already `logged` on these days. Raises what forbids them."""
    practice.require_ongoing()
    days = [entry.worked_on for entry in entries]
    _require_one_week(days)
    if min(days) < practice.starts_on or max(days) > min(practice.ends_on, on):
        raise OutsidePractice(first=practice.starts_on, last=practice.ends_on)
    if twice := {log.worked_on for log in logged if log.practice_id == practice.id} & set(days):
        raise DayLogged(day=min(twice))
    require_not_paused(practice.pauses, days, until=practice.ends_on)
    return tuple(_log(practice, entry) for entry in entries)


def _require_one_week(days: Collection[date]) -> None:
    if not days or len(set(days)) < len(days) or (max(days) - min(days)).days >= _DAYS_A_WEEK:
        raise NotOneWeek


def _log(practice: Practice, entry: LogEntry) -> PracticeLog:
    return PracticeLog(
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
