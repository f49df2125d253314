"""The work-list: what waits for some parties, the next due first; how much that is; and what has waited too long."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Generic, Literal, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.task import Task
from services.notify.domain.task_table import TaskTable
from services.notify.storage import TASK, NotifyWork, shipped_tasks
from shared.kernel.calendar import business_date
from shared.persistence.spine import ReachRow, table_of

_MAPPING: Final = NotifyWork.mapping_of(Task)
_REACH: Final = table_of(ReachRow)

K = TypeVar("K", date, datetime)
Status = Literal["open", "overdue", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which tasks are asked for; what is not said does not narrow."""

    status: Status = "open"
    kind: str | None = None
    thing: str | None = None
    due_by: date | None = None

    def narrow(self, statement: Select[Any], now: datetime) -> Select[Any]:
        """The statement with these filters."""
        conditions = [_IN_STATUS[self.status](now), TASK.c.task_kind.in_(list(shipped_tasks().tasks))]
        if self.kind is not None:
            conditions.append(TASK.c.task_kind == self.kind)
        if self.thing is not None:
            conditions.append(TASK.c.thing == self.thing)
        if self.due_by is not None:
            conditions.append(TASK.c.due_on <= self.due_by)
        return statement.where(*conditions)


@dataclass(frozen=True, slots=True)
class Part(Generic[K]):
    """Which part of a list is asked for: so many rows behind a place, as things are now."""

    now: datetime
    after: tuple[K, str] | None
    limit: int


@dataclass(frozen=True, slots=True)
class Number:
    """How many open tasks of one kind there are, and how many of them are overdue."""

    kind: str
    tasks: int
    overdue: int


def due_key(task: Task) -> date:
    """By what a task stands where it does in the list."""
    return task.due_on or date.max


async def waiting_for(
    connection: AsyncConnection, parties: Collection[str], wanted: Wanted, part: Part[date]
) -> list[Task]:
    """What waits for these parties, the next due first."""
    statement = wanted.narrow(select(TASK).where(_theirs(parties)), part.now)
    if part.after is not None:
        due, id = part.after
        statement = statement.where(or_(_due() > due, and_(_due() == due, TASK.c.id > id)))
    rows = await connection.execute(statement.order_by(_due(), TASK.c.id).limit(part.limit))
    return [_MAPPING.thing(row) for row in rows.mappings()]


async def numbers(connection: AsyncConnection, parties: Collection[str], now: datetime) -> list[Number]:
    """How many open tasks these parties have, by kind."""
    overdue = func.sum(case((TASK.c.due_on < business_date(now), 1), else_=0))
    counted = select(TASK.c.task_kind, func.count(), overdue).where(_theirs(parties)).group_by(TASK.c.task_kind)
    rows = await connection.execute(Wanted().narrow(counted, now).order_by(TASK.c.task_kind))
    return [Number(kind, tasks, late) for kind, tasks, late in rows]


async def stuck(
    connection: AsyncConnection, owners: Collection[str] | None, wanted: Wanted, part: Part[datetime]
) -> list[Task]:
    """What has waited longer than its kind should, the longest first; of everybody where `owners` are None."""
    statement = wanted.narrow(select(TASK).where(_too_long(shipped_tasks(), part.now)), part.now)
    if owners is not None:
        statement = statement.where(_theirs(owners))
    if part.after is not None:
        since, id = part.after
        place = or_(TASK.c.waits_from > since, and_(TASK.c.waits_from == since, TASK.c.id > id))
        statement = statement.where(place)
    rows = await connection.execute(statement.order_by(TASK.c.waits_from, TASK.c.id).limit(part.limit))
    return [_MAPPING.thing(row) for row in rows.mappings()]


async def lapsed(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Ids of open tasks that are to be given up, the longest past first."""
    past = select(TASK.c.id).where(TASK.c.is_open, TASK.c.lapses_on < business_date(now))
    return list((await connection.execute(past.order_by(TASK.c.lapses_on, TASK.c.id).limit(limit))).scalars())


def _due() -> ColumnElement[date]:
    """What is due on no day is due last."""
    return func.coalesce(TASK.c.due_on, date.max, type_=TASK.c.due_on.type)


def _theirs(owners: Collection[str]) -> ColumnElement[bool]:
    mine = select(_REACH.c.object_id).where(_REACH.c.owner.in_(sorted(owners)), _REACH.c.kind == Task.kind)
    return TASK.c.id.in_(mine)


def _is_shown(now: datetime) -> ColumnElement[bool]:
    return and_(TASK.c.is_open, TASK.c.waits_from <= now)


def _is_overdue(now: datetime) -> ColumnElement[bool]:
    return and_(_is_shown(now), TASK.c.due_on < business_date(now))


def _is_done(_now: datetime) -> ColumnElement[bool]:
    """What was over before it began never was anybody's."""
    return and_(~TASK.c.is_open, TASK.c.begun > 0)


_IN_STATUS: Final = {"open": _is_shown, "overdue": _is_overdue, "done": _is_done}


def _too_long(table: TaskTable, now: datetime) -> ColumnElement[bool]:
    by_days = _by_days(table)
    late = (
        and_(TASK.c.task_kind.in_(kinds), TASK.c.waits_from <= now - timedelta(days=days))
        for days, kinds in by_days.items()
    )
    return or_(false(), *late)


def _by_days(table: TaskTable) -> Mapping[int, Sequence[str]]:
    by_days: dict[int, list[str]] = {}
    for kind in table.tasks:
        by_days.setdefault(table.stuck_after(kind), []).append(kind)
    return by_days
