"""The teachers of a university with what was granted them, and a teacher's verified practice: read, never locked."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.faculty.leave import LeaveStatus
from services.training.domain.faculty.practice import Practice, PracticeStatus
from services.training.domain.faculty.practice_facts import DaysFact, PeriodFact
from services.training.domain.faculty.practice_log import PracticeLog
from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.domain.faculty.recognition_rules.ratio import RecognisedFrom
from services.training.domain.faculty.recognition_steps import IN_FORCE
from services.training.domain.faculty.staff_member import GrantedLevel, Staff, StaffMember
from services.training.domain.teacher import TeacherKind, TeacherStatus
from services.training.storage.directory import KnownOrganizationRow
from services.training.storage.faculty.leave import TeacherLeaveRow
from services.training.storage.faculty.practice import PracticeLogRow, PracticeRow
from services.training.storage.faculty.recognition import RecognitionRow
from services.training.storage.people import TeacherRow
from shared.persistence.mapping import Mapping
from shared.persistence.spine import table_of

_TEACHER: Final = table_of(TeacherRow)
_LEAVE: Final = table_of(TeacherLeaveRow)
_RECOGNITION: Final = table_of(RecognitionRow)
_UNIVERSITY: Final = table_of(KnownOrganizationRow)
_PRACTICE: Final = Mapping(Practice, PracticeRow)
_LOG: Final = Mapping(PracticeLog, PracticeLogRow)


async def staff_of(connection: AsyncConnection, university_id: str, on: date) -> Staff | None:
    """The active teachers of a university who are hired by a day; None where the university is not known."""
    known = await _all(connection, select(_UNIVERSITY.c.region_code).where(_UNIVERSITY.c.id == university_id))
    if not known:
        return None
    granted = await _granted(connection, university_id)
    t = _TEACHER.c
    statement = (
        select(t.id, t.teacher_kind, t.full_time, t.programme_ids)
        .where(t.university_id == university_id, t.status == TeacherStatus.ACTIVE.value, t.hired_on <= on)
        .order_by(t.id)
    )
    members = tuple(
        StaffMember(
            teacher_id=row["id"],
            kind=TeacherKind(row["teacher_kind"]),
            full_time=row["full_time"],
            programme_ids=tuple(row["programme_ids"]),
            granted=tuple(granted[row["id"]]),
        )
        for row in await _all(connection, statement)
    )
    return Staff(university_id=university_id, region_code=known[0]["region_code"], members=members)


async def practice_of(connection: AsyncConnection, teacher_id: str, year: int) -> list[PeriodFact]:
    """The teacher's verified practice that shares a day with a calendar year."""
    p, logged = _PRACTICE.table, _LOG.table
    statement = select(p).where(
        p.c.teacher_id == teacher_id,
        p.c.status == PracticeStatus.VERIFIED.value,
        p.c.starts_on <= date(year, 12, 31),
        p.c.ends_on >= date(year, 1, 1),
    )
    practices = [_PRACTICE.thing(row) for row in await _all(connection, statement.order_by(p.c.id))]
    ids = [practice.id for practice in practices]
    logs: dict[str, list[PracticeLog]] = defaultdict(list)
    for row in await _all(connection, select(logged).where(logged.c.practice_id.in_(ids)).order_by(logged.c.id)):
        logs[row["practice_id"]].append(_LOG.thing(row))
    return [PeriodFact.of(practice.period(logs[practice.id])) for practice in practices]


async def away_of(connection: AsyncConnection, teacher_id: str) -> list[DaysFact]:
    """The days of a teacher's leave, whatever its kind."""
    leave = _LEAVE.c
    statement = select(leave.starts_on, leave.ends_on).where(
        leave.teacher_id == teacher_id, leave.status == LeaveStatus.RECORDED.value
    )
    rows = await _all(connection, statement.order_by(leave.starts_on))
    return [DaysFact(first=row["starts_on"], last=row["ends_on"]) for row in rows]


async def _granted(connection: AsyncConnection, university_id: str) -> dict[str, list[GrantedLevel]]:
    r = _RECOGNITION.c
    statement = select(r.teacher_id, r.level, r.starts_on, r.ends_on).where(
        r.university_id == university_id, r.status.in_(sorted(IN_FORCE))
    )
    granted: dict[str, list[GrantedLevel]] = defaultdict(list)
    for row in await _all(connection, statement):
        validity = RecognisedFrom(starts_on=row["starts_on"], ends_on=row["ends_on"])
        granted[row["teacher_id"]].append(GrantedLevel(level=Level(row["level"]), validity=validity))
    return granted


async def _all(connection: AsyncConnection, statement: Select[Any]) -> Sequence[RowMapping]:
    rows: Sequence[RowMapping] = (await connection.execute(statement)).mappings().all()
    return rows
