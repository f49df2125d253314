"""Students over HTTP. Birth date and sex come in and are not shown again."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from services.training.api.access import WRITE
from services.training.api.view import Body, Day, Number, View
from services.training.commands.people import GraduateStudents, ImportStudents, RegisterStudent, UpdateStudent
from services.training.domain.student import Student, StudentChange, StudentEntry, StudentStatus
from services.training.handlers import people as handlers
from shared.contracts.fields import Name
from shared.contracts.ids import ProgrammeId, StudentId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["students"])
_OFFICE: Final = allow("university_academic_office", scope=WRITE)
_READ: Final = allow("university_academic_office", "student", scope=None)

StudyYear = Annotated[int, Field(ge=1, le=8)]


class RegisterStudentBody(Body):
    """A student of the caller's university. Name, number, birth date and sex stay inside."""

    student_no: Number
    name: Name
    programme_id: ProgrammeId
    study_year: StudyYear
    enrolled_on: Day
    birth_date: Day | None = None
    sex: Literal["female", "male"] | None = None

    @property
    def entry(self) -> StudentEntry:
        """What is entered."""
        return StudentEntry(
            student_no=self.student_no,
            name=self.name,
            programme_id=self.programme_id,
            study_year=self.study_year,
            enrolled_on=self.enrolled_on,
            birth_date=self.birth_date,
            sex=self.sex,
        )


class ImportBody(Body):
    """Many students at once: all are entered, or none."""

    students: Annotated[tuple[RegisterStudentBody, ...], Field(min_length=1, max_length=1000)]


class GraduationBody(Body):
    """Who graduates: those enrolled in one study year of a programme; today, unless a day is named."""

    programme_id: ProgrammeId
    study_year: StudyYear
    graduated_on: Day | None = None


class UpdateStudentBody(Body):
    """The whole of what may change."""

    programme_id: ProgrammeId
    study_year: StudyYear
    status: StudentStatus

    @property
    def change(self) -> StudentChange:
        """What is changed."""
        return StudentChange(programme_id=self.programme_id, study_year=self.study_year, status=self.status)


class StudentView(View):
    """A student as their own university sees them."""

    id: str
    university_id: str
    student_no: str
    name: str
    programme_id: str
    study_year: int
    enrolled_on: date
    minor: bool | None
    status: str
    version: int


class ImportView(View):
    """The ids of the students who were entered, in their order."""

    student_ids: list[str]

    @classmethod
    def of_students(cls, students: Sequence[Student]) -> "ImportView":
        """The answer to an import."""
        return cls(student_ids=[student.id for student in students])


class GraduationView(View):
    """How many graduated."""

    graduated: int

    @classmethod
    def of_students(cls, students: Sequence[Student]) -> "GraduationView":
        """The answer to a graduation."""
        return cls(graduated=len(students))


@router.post("/v1/students", status_code=201, access=_OFFICE)
async def register_student(body: RegisterStudentBody, edge: EdgeIn) -> StudentView:
    """Enter a student of one's university."""
    command = RegisterStudent(student_id=new_id("student"), university_id=edge.organization_id, entry=body.entry)
    return await edge.act(handlers.register_student, command, answer=StudentView.of, location="/v1/students/{id}")


@router.post("/v1/student-imports", status_code=201, access=_OFFICE)
async def import_students(body: ImportBody, edge: EdgeIn) -> ImportView:
    """Enter up to a thousand students at once."""
    entries = tuple((new_id("student"), student.entry) for student in body.students)
    command = ImportStudents(university_id=edge.organization_id, entries=entries)
    return await edge.act(handlers.import_students, command, answer=ImportView.of_students)


@router.post("/v1/student-graduations", access=_OFFICE)
async def graduate_students(body: GraduationBody, edge: EdgeIn) -> GraduationView:
    """Let a study year of one of the university's programmes graduate; who is on leave stays."""
    command = GraduateStudents(
        university_id=edge.organization_id,
        programme_id=body.programme_id,
        study_year=body.study_year,
        graduated_on=body.graduated_on or edge.today,
    )
    return await edge.act(handlers.graduate_students, command, answer=GraduationView.of_students)


@router.put("/v1/students/{student_id}", access=_OFFICE)
async def update_student(student_id: StudentId, body: UpdateStudentBody, edge: EdgeIn) -> StudentView:
    """Bring a student's entry up to date."""
    command = UpdateStudent(student_id=student_id, change=body.change)
    return await edge.act(handlers.update_student, command, on=(Student, student_id), answer=StudentView.of)


@router.get("/v1/students/{student_id}", access=_READ)
async def student(student_id: StudentId, edge: EdgeIn) -> StudentView:
    """One student."""
    return await edge.show(Student, student_id, StudentView.of)


@router.get("/v1/students", access=_READ)
async def students(
    edge: EdgeIn, page: PageIn, status: StudentStatus | None = None, programme_id: ProgrammeId | None = None
) -> Page[StudentView]:
    """The students of one's university."""
    return await edge.page(Student, page, StudentView.of, status=status, programme_id=programme_id)
