"""A made-up faculty: teachers, their verified practice with logs, leave, and obligations that are all due."""

import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import asyncpg
import orjson
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from services.training.domain.faculty.practice_ledger import PracticeRules
from services.training.domain.faculty.practice_period import DailyLog, Form, PracticePeriod
from services.training.domain.faculty.practice_window import Leave, LeaveKind
from services.training.domain.kinship import born_of
from services.training.storage.faculty.leave import TeacherLeaveRow
from services.training.storage.faculty.practice import PracticeLogRow, PracticeRow
from shared.persistence.spine import table_of
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.faculty.oracle import Walked

TODAY: Final = date(2026, 9, 1)
_DAY: Final = timedelta(days=1)
_LONG_AGO: Final = date(2016, 1, 1)
_WEEKDAYS: Final = (1, 2, 3, 4, 5)
_UNIVERSITIES: Final = tuple(f"org_{number:026d}" for number in range(1, 23))
_PAGE: Final = 5_000
_COLUMNS: Final = {
    "teacher": (
        "id", "story", "test", "version", "university_id", "staff_no", "name", "teacher_kind", "hired_on", "new_hire",
        "programme_ids", "skills", "region_code", "status",
    ),
    "practice": (
        "id", "story", "test", "version", "teacher_id", "university_id", "enterprise_id", "agreement_id", "seats_id",
        "form", "starts_on", "ends_on", "weekdays", "minutes_a_day", "log_count", "logged_minutes", "verdicts",
        "verified_days", "status",
    ),
    "practice_log": (
        "id", "story", "test", "version", "practice_id", "teacher_id", "university_id", "enterprise_id", "worked_on",
        "minutes", "text",
    ),
    "leave": (
        "id", "story", "test", "version", "teacher_id", "university_id", "leave_kind", "starts_on", "ends_on", "status",
    ),
    "obligation": (
        "id", "story", "test", "version", "teacher_id", "university_id", "obligation_kind", "required_days",
        "done_days", "missing_days", "due_on", "review_on", "status",
    ),
}  # fmt: skip

Rows = dict[str, list[tuple[Any, ...]]]


async def fill_with_teachers(connection: asyncpg.Connection, count: int) -> None:
    """So many teachers with all that is kept of them, the same ones every time."""
    for rows in _pages(count):
        for table, columns in _COLUMNS.items():
            await connection.copy_records_to_table(table, records=rows[table], columns=columns)


def fill_file_with_teachers(path: Path, count: int) -> None:
    """The same ones in a file of SQLite, whose tables are there."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for rows in _pages(count):
            for table, columns in _COLUMNS.items():
                places = ", ".join("?" for _ in columns)
                statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
                connection.executemany(statement, map(_as_sqlite_keeps_it, rows[table]))
        connection.execute("ANALYZE")


async def walked(connection: AsyncConnection, teacher_ids: list[str]) -> dict[str, int]:
    """What these teachers have accumulated on the day, found by walking over the days one by one."""
    rules = PracticeRules.found(lambda rule_id: shipped_rule("training", rule_id))
    periods = defaultdict[str, list[PracticePeriod]](list)
    logs = defaultdict[str, list[DailyLog]](list)
    leaves = defaultdict[str, list[Leave]](list)
    for row in await _of(connection, PracticeLogRow, teacher_ids):
        logs[row["practice_id"]].append(DailyLog(row["worked_on"], Fraction(row["minutes"], 60)))
    for row in await _of(connection, PracticeRow, teacher_ids):
        period = PracticePeriod(
            form=Form(row["form"]),
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            plan=dict.fromkeys(_WEEKDAYS, Fraction(row["minutes_a_day"], 60)),
            logs=tuple(logs[row["id"]]),
        )
        periods[row["teacher_id"]].append(period)
    for row in await _of(connection, TeacherLeaveRow, teacher_ids):
        leaves[row["teacher_id"]].append(Leave(LeaveKind(row["leave_kind"]), row["starts_on"], row["ends_on"]))
    return {id: Walked(tuple(periods[id]), rules, tuple(leaves[id])).rolling_days(TODAY) for id in teacher_ids}


async def _of(connection: AsyncConnection, kept: type[SQLModel], teacher_ids: list[str]) -> Sequence[RowMapping]:
    table = table_of(kept)
    return (await connection.execute(select(table).where(table.c.teacher_id.in_(teacher_ids)))).mappings().all()


def _as_sqlite_keeps_it(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value.isoformat() if isinstance(value, date) else value for value in row)


def _pages(count: int) -> Iterator[Rows]:
    chance = random.Random(20260901)  # noqa: S311
    for start in range(0, count, _PAGE):
        rows: Rows = defaultdict(list)
        for number in range(start, min(start + _PAGE, count)):
            _teacher(rows, number, chance)
        yield rows


def _teacher(rows: Rows, number: int, chance: random.Random) -> None:
    teacher_id, university = f"tch_{number:026d}", _UNIVERSITIES[number % len(_UNIVERSITIES)]
    new = chance.random() < 0.15
    hired_on = TODAY - chance.randrange(30, 700 if new else 4000) * _DAY
    aggregate = (teacher_id, False, 1)
    entry = (university, str(number), "教师", "professional_course", hired_on, new, "[]", "[]", "500101", "active")
    rows["teacher"].append((teacher_id, *aggregate, *entry))
    for kind in ("five_year_180", "new_teacher_180") if new else ("five_year_180",):
        id = born_of(teacher_id, "obligation", kind)
        owed = (teacher_id, university, kind, 180, 0, 180, TODAY, _LONG_AGO, "not_started")
        rows["obligation"].append((id, *aggregate, *owed))
    if chance.random() < 0.05:
        first = TODAY - chance.randrange(200, 1500) * _DAY
        leave = (teacher_id, university, "maternity", first, first + 157 * _DAY, "recorded")
        rows["leave"].append((f"lev_{number:026d}", *aggregate, *leave))
    for place in range(chance.randrange(0, 6)):
        _practice(rows, f"prc_{number * 10 + place:026d}", (teacher_id, university), chance)


def _practice(rows: Rows, id: str, whose: tuple[str, str], chance: random.Random) -> None:
    starts_on = TODAY - chance.randrange(10, 2500) * _DAY
    ends_on = min(TODAY - _DAY, starts_on + (chance.choice((28, 30, 58, 60, 90, 180)) - 1) * _DAY)
    minutes = 240 if chance.random() < 0.2 else 480
    enterprise, aggregate = f"org_{99:026d}", (whose[0], False, 5)
    worked = list(_working_days(starts_on, ends_on)) if minutes < 480 else []
    agreed = (enterprise, f"agr_{1:026d}", f"seat_{1:026d}", "post_work", starts_on, ends_on)
    weekdays = orjson.dumps(_WEEKDAYS).decode()
    counted = (weekdays, minutes, 1, 240 * len(worked), "[]", 0, "verified")
    rows["practice"].append((id, *aggregate, *whose, *agreed, *counted))
    for day in worked:
        rows["practice_log"].append((f"{id}/{day}", *aggregate, id, *whose, enterprise, day, 240, ""))


def _working_days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        if (first + offset * _DAY).isoweekday() in _WEEKDAYS:
            yield first + offset * _DAY
