"""Which columns of students, teachers and posts a roster keeps up to date, and what a row says, as JSON and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Final

from services.training.domain.faculty.career import Career, Degree
from services.training.domain.faculty.special_post import PostKind, SpecialPostEntry, SpecialPostStatus
from services.training.domain.roster.difference import Columns, plainly
from services.training.domain.roster.roster import RosterKind
from services.training.domain.student import StudentEntry, StudentStatus
from services.training.domain.teacher import TeacherEntry, TeacherKind, TeacherStatus

GONE: Final = frozenset(
    {
        StudentStatus.GRADUATED.value,
        StudentStatus.WITHDRAWN.value,
        TeacherStatus.LEFT.value,
        SpecialPostStatus.CLOSED.value,
    }
)
"""Whoever stands so and is on a list has come back; a post that does is offered again."""

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
    RosterKind.SPECIAL_POSTS: Columns(
        number="post_no",
        moving=frozenset({"title", "programme_ids", "seats"}),
        fixed=frozenset({"kind"}),
    ),
}


def said_of_student(entry: StudentEntry) -> bytes:
    """An entry by the columns of the list."""
    born = entry.birth_date.isoformat() if entry.birth_date else None
    return plainly({**asdict(entry), "enrolled_on": entry.enrolled_on.isoformat(), "birth_date": born})


def student_said(said: str) -> StudentEntry:
    """The entry that a row of the list is."""
    values = json.loads(said)
    born = date.fromisoformat(values["birth_date"]) if values["birth_date"] else None
    return StudentEntry(**{**values, "enrolled_on": date.fromisoformat(values["enrolled_on"]), "birth_date": born})


def said_of_teacher(entry: TeacherEntry) -> bytes:
    """An entry by the columns of the list."""
    return plainly(
        {
            "staff_no": entry.staff_no,
            "name": entry.name,
            "kind": entry.teacher_kind.value,
            "hired_on": entry.hired_on.isoformat(),
            "new_hire": entry.new_hire,
            "programme_ids": sorted(entry.programme_ids),
            "region_code": entry.region_code,
            "full_time": entry.full_time,
            "department": entry.department,
            "degree": entry.career.degree if entry.career else None,
        }
    )


def teacher_said(said: str) -> TeacherEntry:
    """The entry that a row of the list is; skills stand in none."""
    values = json.loads(said)
    return TeacherEntry(
        staff_no=values["staff_no"],
        name=values["name"],
        teacher_kind=TeacherKind(values["kind"]),
        hired_on=date.fromisoformat(values["hired_on"]),
        new_hire=values["new_hire"],
        programme_ids=tuple(values["programme_ids"]),
        skills=(),
        region_code=values["region_code"],
        full_time=values["full_time"],
        career=career_of(values["degree"]),
        department=values["department"],
    )


def said_of_post(entry: SpecialPostEntry) -> bytes:
    """An entry by the columns of the list."""
    return plainly(
        {
            "post_no": entry.post_no,
            "kind": entry.post_kind.value,
            "title": entry.title,
            "programme_ids": sorted(entry.programme_ids),
            "seats": entry.seats,
        }
    )


def post_said(said: str) -> SpecialPostEntry:
    """The entry that a row of the list is."""
    values = json.loads(said)
    return SpecialPostEntry(
        post_no=values["post_no"],
        post_kind=PostKind(values["kind"]),
        title=values["title"],
        programme_ids=tuple(values["programme_ids"]),
        seats=values["seats"],
    )


def career_of(degree: str | None, before: Career | None = None) -> Career | None:
    """A career with the degree that a list says; what else is known of it stays."""
    if degree is None:
        return before
    return (before or Career()).model_copy(update={"degree": Degree(degree)})
