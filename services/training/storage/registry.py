"""Who is on a university's registers, looked up by the numbers that universities give, many at once and unlocked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy import Column, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.storage.directory import KnownProgrammeRow
from services.training.storage.faculty.technician import SpecialPostRow
from services.training.storage.people import StudentRow, TeacherRow
from shared.persistence.spine import table_of

_STUDENT: Final = table_of(StudentRow)
_TEACHER: Final = table_of(TeacherRow)
_SPECIAL_POST: Final = table_of(SpecialPostRow)
_PROGRAMME: Final = table_of(KnownProgrammeRow)
_AT_ONCE: Final = 1000


async def students_by_number(connection: AsyncConnection, university_id: str, numbers: Iterable[str]) -> dict[str, str]:
    """The ids of a university's students who have these numbers, by number."""
    return await _ids(connection, _STUDENT, _STUDENT.c.student_no, university_id, numbers)


async def teachers_by_number(connection: AsyncConnection, university_id: str, numbers: Iterable[str]) -> dict[str, str]:
    """The ids of a university's teachers who have these staff numbers, by number."""
    return await _ids(connection, _TEACHER, _TEACHER.c.staff_no, university_id, numbers)


async def special_posts_by_number(
    connection: AsyncConnection, university_id: str, numbers: Iterable[str]
) -> dict[str, str]:
    """The ids of a university's special and mobile posts that have these numbers, by number."""
    return await _ids(connection, _SPECIAL_POST, _SPECIAL_POST.c.post_no, university_id, numbers)


async def programmes_of(connection: AsyncConnection, university_id: str) -> frozenset[str]:
    """The ids of a university's programmes."""
    statement = select(_PROGRAMME.c.id).where(_PROGRAMME.c.university_id == university_id)
    return frozenset((await connection.execute(statement)).scalars())


async def _ids(
    connection: AsyncConnection, table: Table, number: Column[str], university_id: str, numbers: Iterable[str]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in _parts(sorted(set(numbers))):
        statement = select(number, table.c.id).where(table.c.university_id == university_id, number.in_(some))
        found.update((row[0], row[1]) for row in await connection.execute(statement))
    return found


def _parts(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    return (numbers[place : place + _AT_ONCE] for place in range(0, len(numbers), _AT_ONCE))
