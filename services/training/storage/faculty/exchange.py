"""What technicians taught and teachers practised in a year, as facts, with entries of one person under one key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.faculty.exchange import DayOfWork, EngagementDone, PracticeDone
from services.training.domain.practice import PracticeStatus
from services.training.domain.practice_period import is_full_time
from services.training.storage.faculty.staffing import PersonLinkRow
from services.training.storage.faculty.technician import EngagementRow, TaughtDayRow
from services.training.storage.practice import PracticeLogRow, PracticeRow
from shared.persistence.spine import table_of
from shared.rules import Rule

_ENGAGEMENT: Final = table_of(EngagementRow)
_TAUGHT: Final = table_of(TaughtDayRow)
_PRACTICE: Final = table_of(PracticeRow)
_LOG: Final = table_of(PracticeLogRow)
_LINK: Final = table_of(PersonLinkRow)
_AT_ONCE: Final = 500
"""How many ids are named in one statement."""


async def engagements_in(connection: AsyncConnection, year: int, *, test: bool) -> list[tuple[str, EngagementDone]]:
    """Engagements in which something was taught in this year, each beside its university."""
    e, t = _ENGAGEMENT.c, _TAUGHT.c
    statement = (
        select(e.id, e.technician_id, e.university_id, e.status, t.taught_on, t.minutes)
        .join(_TAUGHT, t.engagement_id == e.id)
        .where(t.taught_on.between(date(year, 1, 1), date(year, 12, 31)), e.test.is_(test))
        .order_by(e.id)
    )
    rows = await _all(connection, statement)
    days: dict[str, list[DayOfWork]] = defaultdict(list)
    for row in rows:
        days[row["id"]].append(DayOfWork(on=row["taught_on"], minutes=row["minutes"]))
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
    connection: AsyncConnection, year: int, rule: Rule, *, test: bool
) -> list[tuple[str, PracticeDone]]:
    """Verified practice that shares a day with this year, each beside its university. Full-time needs no logs."""
    p = _PRACTICE.c
    statement = select(_PRACTICE).where(
        p.status == PracticeStatus.VERIFIED.value,
        p.test.is_(test),
        p.starts_on <= date(year, 12, 31),
        p.ends_on >= date(year, 1, 1),
    )
    rows = await _all(connection, statement.order_by(p.id))
    persons = await _persons(connection)
    done = {row["id"]: _practice(row, persons) for row in rows}
    by_logs = [id for id, each in done.items() if not is_full_time(each.period, rule)]
    days = await _logged(connection, by_logs)
    return [(row["university_id"], done[row["id"]].model_copy(update={"days": tuple(days[row["id"]])})) for row in rows]


def _practice(row: RowMapping, persons: dict[str, str]) -> PracticeDone:
    return PracticeDone(
        teacher=persons.get(row["teacher_id"], row["teacher_id"]),
        form=row["form"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        weekdays=tuple(row["weekdays"]),
        minutes_a_day=row["minutes_a_day"],
    )


async def _logged(connection: AsyncConnection, practice_ids: Iterable[str]) -> dict[str, list[DayOfWork]]:
    days: dict[str, list[DayOfWork]] = defaultdict(list)
    for some in _chunks(practice_ids):
        statement = select(_LOG.c.practice_id, _LOG.c.worked_on, _LOG.c.minutes).where(_LOG.c.practice_id.in_(some))
        for row in await _all(connection, statement):
            days[row["practice_id"]].append(DayOfWork(on=row["worked_on"], minutes=row["minutes"]))
    return days


async def _persons(connection: AsyncConnection) -> dict[str, str]:
    """Who an entry is, where an office has said that it is somebody else's too."""
    linked = select(_LINK.c.id, _LINK.c.identity_id).where(_LINK.c.id != _LINK.c.identity_id)
    return {row["id"]: row["identity_id"] for row in await _all(connection, linked)}


async def _all(connection: AsyncConnection, statement: Select[Any]) -> Sequence[RowMapping]:
    return (await connection.execute(statement)).mappings().all()


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while some := list(islice(left, _AT_ONCE)):
        yield some
