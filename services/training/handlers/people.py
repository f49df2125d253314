"""What happens when a university enters teachers and students."""

from collections.abc import Sequence

from services.training.commands.people import (
    GraduateStudents,
    ImportStudents,
    ImportTeachers,
    RegisterStudent,
    RegisterTeacher,
    UpdateStudent,
    UpdateTeacher,
)
from services.training.domain.student import (
    NobodyGraduates,
    Student,
    StudentEntry,
    StudentNoTaken,
    StudentStatus,
    require_happened,
)
from services.training.domain.teacher import StaffNosTaken, StaffNoTaken, Teacher
from services.training.ports import Work


async def register_teacher(command: RegisterTeacher, work: Work) -> Teacher:
    """Enter a teacher under a staff number that is free."""
    if await work.teachers.where(university_id=command.university_id, staff_no=command.entry.staff_no):
        raise StaffNoTaken
    teacher, registered = Teacher.register(command.teacher_id, command.university_id, command.entry)
    return work.teachers.add(teacher, registered)


async def import_teachers(command: ImportTeachers, work: Work) -> list[Teacher]:
    """Enter many teachers, or none of them; they come back in their order."""
    numbers = [entry.staff_no for _, entry in command.entries]
    known = await work.teachers.where(university_id=command.university_id, staff_no=numbers)
    taken = {teacher.staff_no for teacher in known}
    if rows := [place for place, number in enumerate(numbers, 1) if number in taken or number in numbers[: place - 1]]:
        raise StaffNosTaken(rows=tuple(rows))
    entered = [Teacher.register(teacher_id, command.university_id, entry) for teacher_id, entry in command.entries]
    return [work.teachers.add(teacher, registered) for teacher, registered in entered]


async def update_teacher(command: UpdateTeacher, work: Work) -> Teacher:
    """Bring a teacher's entry up to date."""
    teacher, updated = (await work.teachers.get(command.teacher_id)).update(command.change)
    return work.teachers.save(teacher, updated)


async def register_student(command: RegisterStudent, work: Work) -> Student:
    """Enter one student."""
    entered = await _enter(command.university_id, [(command.student_id, command.entry)], work)
    return entered[0]


async def import_students(command: ImportStudents, work: Work) -> list[Student]:
    """Enter many students, or none of them; they come back in their order."""
    require_happened((entry for _, entry in command.entries), on=work.context.today)
    return await _enter(command.university_id, command.entries, work)


async def update_student(command: UpdateStudent, work: Work) -> Student:
    """Bring a student's entry up to date."""
    student = await work.students.get(command.student_id)
    student, updated = student.update(command.change, on=work.context.today)
    return work.students.save(student, updated)


async def graduate_students(command: GraduateStudents, work: Work) -> list[Student]:
    """Let all graduate who are enrolled there; who is on leave or has left does not."""
    students = await work.students.where(
        university_id=command.university_id,
        programme_id=command.programme_id,
        study_year=command.study_year,
        status=StudentStatus.ENROLLED.value,
    )
    if not students:
        raise NobodyGraduates
    return [work.students.save(*student.graduate(on=command.graduated_on)) for student in students]


async def _enter(university_id: str, entries: Sequence[tuple[str, StudentEntry]], work: Work) -> list[Student]:
    numbers = [entry.student_no for _, entry in entries]
    known = await work.students.where(university_id=university_id, student_no=numbers)
    if known or len(set(numbers)) < len(numbers):
        raise StudentNoTaken
    on = work.context.today
    entered = [Student.register(student_id, university_id, entry, on=on) for student_id, entry in entries]
    return [work.students.add(student, registered) for student, registered in entered]
