"""Teachers and students: entered once, changed, and told of by reference only."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.training.commands.people import (
    GraduateStudents,
    ImportStudents,
    ImportTeachers,
    RegisterStudent,
    UpdateStudent,
    UpdateTeacher,
)
from services.training.domain.privacy.refusals import BornLater
from services.training.domain.student import (
    EnrolledLater,
    NobodyGraduates,
    RowsAhead,
    StudentChange,
    StudentNoTaken,
    StudentStatus,
    is_minor,
)
from services.training.domain.teacher import StaffNosTaken, TeacherChange, TeacherEntry, TeacherKind, TeacherStatus
from services.training.handlers import people
from shared.contracts.ids import new_id
from shared.contracts.training import StudentGraduated, StudentRegistered, StudentUpdated, TeacherUpdated
from tests.unit.training.college import College, student_entry


@pytest.mark.parametrize(
    ("birth_date", "on", "minor"),
    [
        (date(2008, 9, 1), date(2026, 8, 31), True),
        (date(2008, 9, 1), date(2026, 9, 1), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
        (None, date(2026, 9, 1), None),
    ],
)
def test_one_comes_of_age_on_the_day_itself(birth_date: date | None, on: date, minor: bool | None) -> None:
    assert is_minor(birth_date, on) is minor


async def test_names_and_numbers_never_leave(college: College) -> None:
    await college.teacher()
    await college.students(3)

    told = b"".join(record.payload or b"" for record in college.store.records)

    # The number in its quotation marks: an id may well hold the two letters.
    for secret in ("张三", "李四", '"S1"', "2007-01-31", "female", "per_"):
        assert secret.encode() not in told


async def test_a_study_year_graduates_and_who_is_on_leave_stays(college: College) -> None:
    (graduate, away) = await college.students(2)
    on_leave = StudentChange(programme_id=college.programme, study_year=2, status=StudentStatus.ON_LEAVE)
    await college.do(people.update_student, UpdateStudent(student_id=away, change=on_leave))
    command = GraduateStudents(
        university_id=college.university, programme_id=college.programme, study_year=2, graduated_on=date(2026, 6, 30)
    )

    graduated = await college.do(people.graduate_students, command)

    told = [fact for fact in college.facts if isinstance(fact, StudentGraduated)]
    assert [student.id for student in graduated] == [graduate]
    assert [(fact.student_id, fact.graduated_on) for fact in told] == [(graduate, date(2026, 6, 30))]
    assert (await college.read("students", graduate)).status is StudentStatus.GRADUATED
    with pytest.raises(NobodyGraduates):
        await college.do(people.graduate_students, command)


async def test_a_student_is_told_of_as_minor_on_the_day_of_the_event(college: College) -> None:
    entry = student_entry("S1", college.programme, birth_date=date(2008, 9, 2))
    command = RegisterStudent(student_id=new_id("student"), university_id=college.university, entry=entry)
    student = await college.do(people.register_student, command)
    college.today = date(2026, 9, 2)

    change = StudentChange(programme_id=college.programme, study_year=3, status=StudentStatus.ON_LEAVE)
    await college.do(people.update_student, UpdateStudent(student_id=student.id, change=change))

    registered, updated = college.facts
    assert isinstance(registered, StudentRegistered)
    assert isinstance(updated, StudentUpdated)
    assert (registered.minor, updated.minor, updated.study_year) == (True, False, 3)


async def test_a_student_number_is_given_once(college: College) -> None:
    await college.students(2)
    again = ((new_id("student"), student_entry("S1", college.programme)),)

    with pytest.raises(StudentNoTaken):
        await college.do(people.import_students, ImportStudents(university_id=college.university, entries=again))


async def test_an_import_with_one_number_twice_enters_nobody(college: College) -> None:
    twice = tuple((new_id("student"), student_entry("S1", college.programme)) for _ in range(2))

    with pytest.raises(StudentNoTaken):
        await college.do(people.import_students, ImportStudents(university_id=college.university, entries=twice))

    assert college.facts == []


async def test_a_teacher_is_updated(college: College) -> None:
    teacher_id = await college.teacher()
    change = TeacherChange(
        name="张三", programme_ids=(college.programme,), skills=(), region_code="500154", status=TeacherStatus.ACTIVE
    )

    await college.do(people.update_teacher, UpdateTeacher(teacher_id=teacher_id, change=change))

    updated = college.facts[-1]
    assert isinstance(updated, TeacherUpdated)
    assert (updated.region_code, updated.programme_ids) == ("500154", [college.programme])


def teacher_entry(staff_no: str) -> TeacherEntry:
    return TeacherEntry(
        staff_no=staff_no, name="张三", teacher_kind=TeacherKind.PROFESSIONAL_COURSE, hired_on=date(2010, 9, 1),
        new_hire=False, programme_ids=(), skills=(), region_code="500101",
    )  # fmt: skip


def teachers_of(college: College, *staff_nos: str) -> ImportTeachers:
    entries = tuple((new_id("teacher"), teacher_entry(staff_no)) for staff_no in staff_nos)
    return ImportTeachers(university_id=college.university, entries=entries)


async def test_many_teachers_are_entered_at_once_or_none_and_the_wrong_rows_are_named(college: College) -> None:
    entered = await college.do(people.import_teachers, teachers_of(college, "T-1", "T-2"))

    with pytest.raises(StaffNosTaken) as refusal:
        await college.do(people.import_teachers, teachers_of(college, "T-3", "T-2", "T-3"))

    assert [teacher.staff_no for teacher in entered] == ["T-1", "T-2"]
    assert refusal.value.facts == {"rows": (2, 3)}
    assert len(college.store.rows["teacher"]) == 2


@pytest.mark.parametrize(("field", "refusal"), [("birth_date", BornLater), ("enrolled_on", EnrolledLater)])
async def test_nobody_is_entered_who_is_not_born_or_enrolled_yet(
    college: College, field: str, refusal: type[Exception]
) -> None:
    today = replace(student_entry("S1", college.programme), birth_date=college.today, enrolled_on=college.today)
    tomorrow: Any = {field: college.today + timedelta(days=1)}
    command = RegisterStudent(student_id=new_id("student"), university_id=college.university, entry=today)

    with pytest.raises(refusal):
        await college.do(people.register_student, replace(command, entry=replace(today, **tomorrow)))
    entered = await college.do(people.register_student, command)

    assert (entered.birth_date, entered.enrolled_on) == (college.today, college.today)


async def test_of_many_students_those_are_named_who_are_not_born_or_enrolled_yet(college: College) -> None:
    later = college.today + timedelta(days=1)
    entries = [student_entry(f"S{number}", college.programme) for number in range(4)]
    entries[1], entries[3] = replace(entries[1], birth_date=later), replace(entries[3], enrolled_on=later)
    command = ImportStudents(
        university_id=college.university, entries=tuple((new_id("student"), entry) for entry in entries)
    )

    with pytest.raises(RowsAhead, match="future: 2, 4;"):
        await college.do(people.import_students, command)

    assert not college.facts
