"""Which columns of students and teachers a roster keeps up to date, and how it says what it says."""

from collections.abc import Mapping
from typing import Final

import orjson
from pydantic import TypeAdapter

from services.training.domain.roster.difference import Columns
from services.training.domain.roster.roster import RosterKind
from services.training.domain.student import StudentEntry, StudentStatus
from services.training.domain.teacher import TeacherEntry, TeacherStatus

GONE: Final = frozenset({StudentStatus.GRADUATED.value, StudentStatus.WITHDRAWN.value, TeacherStatus.LEFT.value})
"""Whoever stands so and is on a list has come back."""

COLUMNS: Final[Mapping[RosterKind, Columns]] = {
    RosterKind.STUDENTS: Columns(
        number="student_no",
        moving=frozenset({"programme_id", "study_year"}),
        fixed=frozenset({"name", "enrolled_on", "birth_date", "sex"}),
    ),
    RosterKind.TEACHERS: Columns(
        number="staff_no",
        moving=frozenset({"name", "programme_ids", "region_code", "full_time", "department", "degree"}),
        fixed=frozenset({"kind", "hired_on"}),
    ),
}
STUDENT: Final = TypeAdapter(StudentEntry)
TEACHER: Final = TypeAdapter(TeacherEntry)


def said_of_student(entry: StudentEntry) -> bytes:
    """An entry by the columns of the list."""
    return STUDENT.dump_json(entry)


def said_of_teacher(entry: TeacherEntry) -> bytes:
    """An entry by the columns of the list, which can be read as an entry again."""
    said = TEACHER.dump_python(entry, mode="json")
    degree = entry.career.degree if entry.career else None
    ordered = sorted(said["programme_ids"])
    return orjson.dumps({**said, "kind": said["teacher_kind"], "degree": degree, "programme_ids": ordered})
