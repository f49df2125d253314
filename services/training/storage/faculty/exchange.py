"""What technicians taught and teachers practised in a year, as facts, with entries of one person under one key."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.faculty.exchange import EngagementDone, PracticeDone
from services.training.domain.faculty.leave import LeaveStatus
from services.training.domain.faculty.practice import Practice, PracticeStatus
from services.training.domain.faculty.practice_facts import DaysFact, LogFact, PeriodFact
from services.training.domain.faculty.practice_log import PracticeLog
from services.training.domain.faculty.practice_period import is_full_time
from services.training.storage.faculty.leave import TeacherLeaveRow
from services.training.storage.faculty.practice import PracticeLogRow, PracticeRow
from services.training.storage.faculty.staffing import PersonLinkRow
from services.training.storage.faculty.technician import EngagementRow, TaughtDayRow
from shared.persistence.mapping import Mapping
from shared.persistence.spine import table_of
from shared.rules import Rule

_ENGAGEMENT: Final = table_of(EngagementRow)
_TAUGHT: Final = table_of(TaughtDayRow)
_PRACTICE: Final = Mapping(Practice, PracticeRow)
_LOG: Final = Mapping(PracticeLog, PracticeLogRow)
_LEAVE: Final = table_of(TeacherLeaveRow)
_LINK: Final = table_of(PersonLinkRow)
_AT_ONCE: Final = 500
"""How many ids are named in one statement."""


async def engagements_in(
    connection: AsyncConnection, year: int, *, test: bool, university_ids: Collection[str] | None = None
) -> list[tuple[str, EngagementDone]]:
    """Engagements in which something was taught in this year, each beside its university: of these, or of all."""
    e, t = _ENGAGEMENT.c, _TAUGHT.c
    statement = (
        select(e.id, e.technician_id, e.university_id, e.status, t.taught_on, t.minutes)
        .join(_TAUGHT, t.engagement_id == e.id)
        .where(t.taught_on.between(date(year, 1, 1), date(year, 12, 31)), e.test.is_(test))
        .where(*_at(e.university_id, university_ids))
        .order_by(e.id)
    )
    rows = await _all(connection, statement)
    days: dict[str, list[LogFact]] = defaultdict(list)
    for row in rows:
        days[row["id"]].append(LogFact(on=row["taught_on"], minutes=row["minutes"]))
    engagements = {row["id"]: row for row in rows}
    persons = await _persons(connection)
    return [
        (
            row["university_id"],
            EngagementDone(
                technician=persons.get(row["technician_id"], row["technician_id"]),
                status=row["status"],
                days=tuple(days[id]),
            ),
        )
        for id, row in engagements.items()
    ]


async def practices_in(
    connection: AsyncConnection, year: int, rule: Rule, *, test: bool, university_ids: Collection[str] | None = None
) -> list[tuple[str, PracticeDone]]:
    """Verified practice that shares a day with this year, each beside its university: of these, or of all.

    Full-time needs no logs.
    """
    p = _PRACTICE.table.c
    statement = select(_PRACTICE.table).where(
        p.status == PracticeStatus.VERIFIED.value,
        p.test.is_(test),
        p.starts_on <= date(year, 12, 31),
        p.ends_on >= date(year, 1, 1),
        *_at(p.university_id, university_ids),
    )
    practices = [_PRACTICE.thing(row) for row in await _all(connection, statement.order_by(p.id))]
    persons = await _persons(connection)
    logs = await _logged(connection, [each.id for each in practices if not is_full_time(each.period(), rule)])
    away = await _away_in(connection, year)
    return [(each.university_id, _done(each, logs[each.id], away[each.teacher_id], persons)) for each in practices]


async def _away_in(connection: AsyncConnection, year: int) -> dict[str, list[DaysFact]]:
    """The days of leave that share one with this year, by teacher; none for whoever is not named."""
    leave = _LEAVE.c
    statement = select(leave.teacher_id, leave.starts_on, leave.ends_on).where(
        leave.status == LeaveStatus.RECORDED.value,
        leave.starts_on <= date(year, 12, 31),
        leave.ends_on >= date(year, 1, 1),
    )
    away: dict[str, list[DaysFact]] = defaultdict(list)
    for row in await _all(connection, statement):
        away[row["teacher_id"]].append(DaysFact(first=row["starts_on"], last=row["ends_on"]))
    return away


def _done(
    practice: Practice, logs: list[PracticeLog], away: Sequence[DaysFact], persons: dict[str, str]
) -> PracticeDone:
    teacher = persons.get(practice.teacher_id, practice.teacher_id)
    return PracticeDone(teacher=teacher, away=tuple(away), **dict(PeriodFact.of(practice.period(logs))))


async def _logged(connection: AsyncConnection, practice_ids: Iterable[str]) -> dict[str, list[PracticeLog]]:
    logs: dict[str, list[PracticeLog]] = defaultdict(list)
    for some in _chunks(practice_ids):
        statement = select(_LOG.table).where(_LOG.table.c.practice_id.in_(some)).order_by(_LOG.table.c.id)
        for row in await _all(connection, statement):
            logs[row["practice_id"]].append(_LOG.thing(row))
    return logs


async def _persons(connection: AsyncConnection) -> dict[str, str]:
    """Who an entry is, where an office has said that it is somebody else's too."""
    linked = select(_LINK.c.id, _LINK.c.identity_id).where(_LINK.c.id != _LINK.c.identity_id)
    return {row["id"]: row["identity_id"] for row in await _all(connection, linked)}


def _at(university_id: ColumnElement[str], university_ids: Collection[str] | None) -> list[ColumnElement[bool]]:
    return [] if university_ids is None else [university_id.in_(university_ids)]


async def _all(connection: AsyncConnection, statement: Select[Any]) -> Sequence[RowMapping]:
    rows: Sequence[RowMapping] = (await connection.execute(statement)).mappings().all()
    return rows


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while some := list(islice(left, _AT_ONCE)):
        yield some
