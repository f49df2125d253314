"""What comes in rosters, students, teachers and posts: in which table, how a row is kept, and whose office it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pydantic import BaseModel

from services.training.api.faculty.special_post_table import SPECIAL_POSTS, SpecialPostRow
from services.training.api.people_tables import STUDENTS, TEACHERS, TeacherRow
from services.training.api.student import RegisterStudentBody
from services.training.domain.faculty.special_post import SpecialPost, SpecialPostEntry
from services.training.domain.roster.difference import Columns
from services.training.domain.roster.registers import COLUMNS, said_of_post, said_of_student, said_of_teacher
from services.training.domain.roster.roster import RosterKind
from services.training.domain.student import Student, StudentEntry
from services.training.domain.teacher import Teacher, TeacherEntry
from shared.kernel.aggregate import Aggregate
from shared.tables import TableShape


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says, as little as it takes: 100,000 of them are in memory."""

    number: str
    said: bytes
    filled: frozenset[str]
    programmes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of people, or of posts."""

    kind: RosterKind
    role: str
    shape: TableShape[Any]
    keep: Callable[[Any], Told]
    thing: type[Aggregate]
    programme: str

    @property
    def columns(self) -> Columns:
        """What a list changes of them."""
        return COLUMNS[self.kind]


def _told_of_student(row: RegisterStudentBody) -> Told:
    entry: StudentEntry = row.entry
    return Told(entry.student_no, said_of_student(entry), _filled(row), (entry.programme_id,))


def _told_of_teacher(row: TeacherRow) -> Told:
    entry: TeacherEntry = row.entered
    return Told(entry.staff_no, said_of_teacher(entry), _filled(row), entry.programme_ids)


def _told_of_post(row: SpecialPostRow) -> Told:
    entry: SpecialPostEntry = row.entry
    return Told(row.post_no, said_of_post(entry), _filled(row), entry.programme_ids)


def _filled(row: BaseModel) -> frozenset[str]:
    return _once(frozenset(row.model_fields_set))


@lru_cache(maxsize=1024)
def _once(names: frozenset[str]) -> frozenset[str]:
    """The same object for the same names: most rows have the same cells filled."""
    return names


KINDS: Final[Mapping[RosterKind, Kind]] = {
    RosterKind.STUDENTS: Kind(
        kind=RosterKind.STUDENTS,
        role="university_academic_office",
        shape=STUDENTS,
        keep=_told_of_student,
        thing=Student,
        programme="programme_id",
    ),
    RosterKind.TEACHERS: Kind(
        kind=RosterKind.TEACHERS,
        role="university_hr",
        shape=TEACHERS,
        keep=_told_of_teacher,
        thing=Teacher,
        programme="programme_ids",
    ),
    RosterKind.SPECIAL_POSTS: Kind(
        kind=RosterKind.SPECIAL_POSTS,
        role="university_hr",
        shape=SPECIAL_POSTS,
        keep=_told_of_post,
        thing=SpecialPost,
        programme="programme_ids",
    ),
}
