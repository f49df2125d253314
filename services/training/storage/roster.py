"""The tables of rosters, and how a register is read past the domain to be compared with one."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Index, RowMapping, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import AutoString, Field

from services.training.domain.roster.difference import Change, Registered
from services.training.domain.roster.registers import COLUMNS, GONE
from services.training.domain.roster.roster import Roster, RosterChange, RosterKind, RosterStatus, current_of
from services.training.storage.faculty.technician import SpecialPostRow
from services.training.storage.people import StudentRow, TeacherRow
from services.training.storage.table import Row
from shared.persistence.columns import Document, InstantColumn
from shared.persistence.mapping import Mapping as Kept
from shared.persistence.spine import table_of
from shared.persistence.sql_store import SqlStore

_AT_ONCE: Final = 5000


class RosterRow(Row, table=True):
    """Rosters; of each kind of people a university has one that is the newest."""

    __tablename__ = "roster"

    university_id: str = Field(index=True)
    roster_kind: str
    file_sha256: str
    sent_by: str
    received_at: datetime = Field(sa_type=InstantColumn)
    counts: Any = Field(sa_type=Document)
    faults: Any = Field(sa_type=Document)
    finding: Any = Field(sa_type=Document)
    applied: int
    refused: int
    next_part: int
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    status: str = Field(index=True)
    current: str | None = Field(default=None, unique=True)


class RosterChangeRow(Row, table=True):
    """What a roster changes for one person; a row goes when that is done."""

    __tablename__ = "roster_change"
    __table_args__ = (Index("roster_change_part", "roster_id", "part"),)

    roster_id: str
    university_id: str
    part: int
    change: str
    person_id: str = Field(index=True)
    row: int | None = None
    said: str = Field(sa_type=AutoString)
    received_at: datetime = Field(sa_type=InstantColumn, index=True)


_ROSTER: Final = table_of(RosterRow)
_CHANGE: Final = table_of(RosterChangeRow)
_ROSTERS: Final = Kept(Roster, RosterRow)
_CHANGES: Final = Kept(RosterChange, RosterChangeRow)
_TABLES: Final[Mapping[RosterKind, Table]] = {
    RosterKind.STUDENTS: table_of(StudentRow),
    RosterKind.TEACHERS: table_of(TeacherRow),
    RosterKind.SPECIAL_POSTS: table_of(SpecialPostRow),
}
_COMPARED: Final = {
    RosterKind.STUDENTS: ("name", "programme_id", "study_year", "enrolled_on", "birth_date", "sex"),
    RosterKind.TEACHERS: (
        "name", "teacher_kind", "hired_on", "programme_ids", "region_code", "full_time", "department", "career",
    ),
    RosterKind.SPECIAL_POSTS: ("title", "post_kind", "programme_ids", "seats"),
}  # fmt: skip


_CALLED: Final = {"teacher_kind": "kind", "post_kind": "kind"}


async def current_roster(connection: AsyncConnection, university_id: str, kind: RosterKind) -> Roster | None:
    """The newest roster of a kind of people of a university, locked."""
    found = await SqlStore(connection).where(_ROSTERS, {"current": current_of(university_id, kind)})
    return found[0] if found else None


async def kept_roster(connection: AsyncConnection, roster_id: str) -> Roster | None:
    """A roster, if there is one with this id."""
    found = await SqlStore(connection).where(_ROSTERS, {"id": roster_id}, lock=False)
    return found[0] if found else None


async def registered_in(
    connection: AsyncConnection, university_id: str, kind: RosterKind
) -> AsyncIterator[list[Registered]]:
    """All on a university's register that a list can name, some thousands at a time.

    These are people whose data were not erased, and posts that have a number.
    """
    table, after, number = _TABLES[kind], "", COLUMNS[kind].number
    nameable = table.c[number].is_not(None) if kind is RosterKind.SPECIAL_POSTS else table.c.erased_on.is_(None)
    columns = [table.c[name] for name in ("id", number, "status", *_COMPARED[kind])]
    while True:
        statement = (
            select(*columns)
            .where(table.c.university_id == university_id, nameable, table.c.id > after)
            .order_by(table.c.id)
            .limit(_AT_ONCE)
        )
        rows = (await connection.execute(statement)).mappings().all()
        if not rows:
            return
        yield [_registered(row, kind) for row in rows]
        after = str(rows[-1]["id"])


def _registered(row: RowMapping, kind: RosterKind) -> Registered:
    values = {_CALLED.get(name, name): _plain(row[name]) for name in _COMPARED[kind]}
    if kind is RosterKind.TEACHERS:
        career: Any = values.pop("career")
        values["degree"] = career.get("degree") if career else None
    return Registered(row["id"], row[COLUMNS[kind].number], row["status"] not in GONE, values)


def _plain(value: Any) -> object:
    if isinstance(value, list | tuple):
        return sorted(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


async def rosters_to_apply(connection: AsyncConnection, _now: datetime, limit: int) -> list[str]:
    """Which parts of rosters are to be done next, as `<roster>/<part>`: so each is due once."""
    due = _ROSTER.c.status == RosterStatus.CONFIRMED.value
    statement = select(_ROSTER.c.id, _ROSTER.c.next_part).where(due).order_by(_ROSTER.c.id).limit(limit)
    return [f"{id}/{part}" for id, part in (await connection.execute(statement)).all()]


async def changes_after(
    connection: AsyncConnection, roster_id: str, change: Change | None, after: str, limit: int
) -> list[RosterChange]:
    """So many changes of a roster that are still to be made, in their order."""
    statement = (
        select(*(_CHANGE.c[name] for name in _CHANGES.columns))
        .where(_CHANGE.c.roster_id == roster_id, _CHANGE.c.id > after)
        .where(*([] if change is None else [_CHANGE.c.change == change.value]))
        .order_by(_CHANGE.c.id)
        .limit(limit)
    )
    return [_CHANGES.selected(row) for row in (await connection.execute(statement)).all()]


async def let_go(connection: AsyncConnection, *, roster_id: str, part: int | None) -> None:
    """Forget what a part of a roster (None: all of it) changes."""
    its = _CHANGE.c.roster_id == roster_id
    await connection.execute(delete(_CHANGE).where(its if part is None else its & (_CHANGE.c.part == part)))
