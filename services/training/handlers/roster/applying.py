"""The changes of a roster, each made by the command that an office would give."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from services.training.commands.people import (
    ImportStudents,
    ImportTeachers,
    RegisterStudent,
    RegisterTeacher,
    UpdateStudent,
    UpdateTeacher,
)
from services.training.domain.roster.difference import Change
from services.training.domain.roster.registers import career_of, student_said, teacher_said
from services.training.domain.roster.roster import RosterChange, RosterKind
from services.training.domain.student import Student, StudentChange, StudentStatus
from services.training.domain.teacher import Teacher, TeacherChange, TeacherStatus
from services.training.handlers import people
from services.training.handlers.roster.posts import enter_post, enter_posts, update_post
from shared.errors import Refusal

Act = Callable[[RosterChange, Any], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Acts:
    """How a kind of people is entered, one by one or together, and brought up to date."""

    together: Callable[[Sequence[RosterChange], Any], Awaitable[object]]
    add: Act
    update: Act


async def make(changes: Sequence[RosterChange], acts: Acts, work: Any) -> int:
    """Make these changes and say how many: what is refused leaves no trace, and those after it go on."""
    added = [change for change in changes if change.change is Change.ADDED]
    others = [change for change in changes if change.change is not Change.ADDED]
    made = len(added) if added and await _tried(acts.together(added, work), work) else 0
    if added and not made:
        made = sum([await _tried(acts.add(change, work), work) for change in added])
    return made + sum([await _tried(acts.update(change, work), work) for change in others])


async def _tried(act: Awaitable[object], work: Any) -> bool:
    work.begin_step(work.context)
    try:
        await act
    except Refusal:
        work.drop_step()
        return False
    work.keep_step()
    return True


async def _enter_students(changes: Sequence[RosterChange], work: Any) -> object:
    entries = tuple((each.person_id, student_said(each.said)) for each in changes)
    return await people.import_students(ImportStudents(university_id=changes[0].university_id, entries=entries), work)


async def _enter_teachers(changes: Sequence[RosterChange], work: Any) -> object:
    entries = tuple((each.person_id, teacher_said(each.said)) for each in changes)
    return await people.import_teachers(ImportTeachers(university_id=changes[0].university_id, entries=entries), work)


async def _enter_student(change: RosterChange, work: Any) -> object:
    entry = student_said(change.said)
    command = RegisterStudent(student_id=change.person_id, university_id=change.university_id, entry=entry)
    return await people.register_student(command, work)


async def _enter_teacher(change: RosterChange, work: Any) -> object:
    entry = teacher_said(change.said)
    command = RegisterTeacher(teacher_id=change.person_id, university_id=change.university_id, entry=entry)
    return await people.register_teacher(command, work)


async def _update_student(change: RosterChange, work: Any) -> object:
    student: Student = await work.students.get(change.person_id)
    said = json.loads(change.said)
    status = {Change.LEFT: StudentStatus.WITHDRAWN, Change.RETURNED: StudentStatus.ENROLLED}
    changed = StudentChange(
        programme_id=said.get("programme_id", student.programme_id),
        study_year=said.get("study_year", student.study_year),
        status=status.get(change.change, student.status),
    )
    if changed == StudentChange(
        programme_id=student.programme_id, study_year=student.study_year, status=student.status
    ):
        return student
    return await people.update_student(UpdateStudent(student_id=student.id, change=changed), work)


async def _update_teacher(change: RosterChange, work: Any) -> object:
    teacher: Teacher = await work.teachers.get(change.person_id)
    said = json.loads(change.said)
    status = {Change.LEFT: TeacherStatus.LEFT, Change.RETURNED: TeacherStatus.ACTIVE}
    now = _as_it_is(teacher)
    career = now.career
    if "degree" in said:
        career = career_of(said.pop("degree"), career)
    if "programme_ids" in said:
        said["programme_ids"] = tuple(said["programme_ids"])
    changed = replace(now, **said, career=career, status=status.get(change.change, teacher.status))
    if changed == now:
        return teacher
    return await people.update_teacher(UpdateTeacher(teacher_id=teacher.id, change=changed), work)


def _as_it_is(teacher: Teacher) -> TeacherChange:
    return TeacherChange(
        name=teacher.name,
        programme_ids=teacher.programme_ids,
        skills=teacher.skills,
        region_code=teacher.region_code,
        status=teacher.status,
        full_time=teacher.full_time,
        career=teacher.career,
        department=teacher.department,
    )


ACTS: Final[Mapping[RosterKind, Acts]] = {
    RosterKind.STUDENTS: Acts(_enter_students, _enter_student, _update_student),
    RosterKind.TEACHERS: Acts(_enter_teachers, _enter_teacher, _update_teacher),
    RosterKind.SPECIAL_POSTS: Acts(enter_posts, enter_post, update_post),
}
