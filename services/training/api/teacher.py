"""Teachers over HTTP, and how their obligations stand."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import WRITE
from services.training.api.faculty.obligation import ObligationView
from services.training.api.view import Body, Day, Number, Programmes, Skills, View
from services.training.commands.people import ImportTeachers, RegisterTeacher, UpdateTeacher
from services.training.domain.faculty.career import Career
from services.training.domain.faculty.obligation import Obligation
from services.training.domain.teacher import Teacher, TeacherChange, TeacherEntry, TeacherKind, TeacherStatus
from services.training.handlers import people as handlers
from shared.contracts.fields import Name
from shared.contracts.ids import TeacherId, new_id
from shared.contracts.partnership import Skill
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.regions import Region

router: Final = AccessRouter(tags=["teachers"])
_HR: Final = allow("university_hr", scope=WRITE)
_READ: Final = allow("university_hr", "university_academic_office", "university_coop_office", "teacher", scope=None)


class RegisterTeacherBody(Body):
    """A teacher of the caller's university. Name and staff number stay inside."""

    staff_no: Number
    name: Name
    kind: TeacherKind
    hired_on: Day
    new_hire: bool = False
    programme_ids: Programmes = ()
    skills: Skills = ()
    region_code: Region
    full_time: bool = True
    career: Career | None = None
    department: Name | None = None

    @property
    def entry(self) -> TeacherEntry:
        """What is entered."""
        return TeacherEntry(
            staff_no=self.staff_no,
            name=self.name,
            teacher_kind=self.kind,
            hired_on=self.hired_on,
            new_hire=self.new_hire,
            programme_ids=self.programme_ids,
            skills=self.skills,
            region_code=self.region_code,
            full_time=self.full_time,
            career=self.career,
            department=self.department,
        )


class ImportTeachersBody(Body):
    """Many teachers at once: all are entered, or none."""

    teachers: Annotated[tuple[RegisterTeacherBody, ...], Field(min_length=1, max_length=1000)]


class UpdateTeacherBody(Body):
    """The whole of what may change; `full_time`, `career` and `department` stay where they are left out."""

    name: Name
    programme_ids: Programmes
    skills: Skills
    region_code: Region
    status: TeacherStatus
    full_time: bool | None = None
    career: Career | None = None
    department: Name | None = None

    @property
    def change(self) -> TeacherChange:
        """What is changed."""
        return TeacherChange(
            name=self.name,
            programme_ids=self.programme_ids,
            skills=self.skills,
            region_code=self.region_code,
            status=self.status,
            full_time=self.full_time,
            career=self.career,
            department=self.department,
        )


class TeacherView(View):
    """A teacher as their own university sees them."""

    id: str
    university_id: str
    staff_no: str
    name: str
    kind: str = Field(validation_alias="teacher_kind")
    hired_on: date
    new_hire: bool
    programme_ids: list[str]
    skills: list[Skill]
    region_code: str
    full_time: bool
    career: Career | None
    department: str | None
    status: str
    version: int


class ImportedTeachersView(View):
    """The ids of the teachers who were entered, in their order."""

    teacher_ids: list[str]

    @classmethod
    def of_teachers(cls, teachers: Sequence[Teacher]) -> "ImportedTeachersView":
        """The answer to an import."""
        return cls(teacher_ids=[teacher.id for teacher in teachers])


@router.post("/v1/teachers", status_code=201, access=_HR)
async def register_teacher(body: RegisterTeacherBody, edge: EdgeIn) -> TeacherView:
    """Enter a teacher of one's university."""
    command = RegisterTeacher(teacher_id=new_id("teacher"), university_id=edge.organization_id, entry=body.entry)
    return await edge.act(handlers.register_teacher, command, answer=TeacherView.of, location="/v1/teachers/{id}")


@router.post("/v1/teacher-imports", status_code=201, access=_HR)
async def import_teachers(body: ImportTeachersBody, edge: EdgeIn) -> ImportedTeachersView:
    """Enter up to a thousand teachers at once."""
    entries = tuple((new_id("teacher"), teacher.entry) for teacher in body.teachers)
    command = ImportTeachers(university_id=edge.organization_id, entries=entries)
    return await edge.act(handlers.import_teachers, command, answer=ImportedTeachersView.of_teachers)


@router.put("/v1/teachers/{teacher_id}", access=_HR)
async def update_teacher(teacher_id: TeacherId, body: UpdateTeacherBody, edge: EdgeIn) -> TeacherView:
    """Bring a teacher's entry up to date."""
    command = UpdateTeacher(teacher_id=teacher_id, change=body.change)
    return await edge.act(handlers.update_teacher, command, on=(Teacher, teacher_id), answer=TeacherView.of)


@router.get("/v1/teachers/{teacher_id}", access=_READ)
async def teacher(teacher_id: TeacherId, edge: EdgeIn) -> TeacherView:
    """One teacher."""
    return await edge.show(Teacher, teacher_id, TeacherView.of)


@router.get("/v1/teachers", access=_READ)
async def teachers(
    edge: EdgeIn, page: PageIn, status: TeacherStatus | None = None, kind: TeacherKind | None = None
) -> Page[TeacherView]:
    """The teachers of one's university."""
    return await edge.page(Teacher, page, TeacherView.of, status=status, teacher_kind=kind)


@router.get("/v1/teachers/{teacher_id}/obligations", access=_READ)
async def obligations(teacher_id: TeacherId, edge: EdgeIn, page: PageIn) -> Page[ObligationView]:
    """What a teacher owes, and how much time is left."""
    await edge.show(Teacher, teacher_id, TeacherView.of)
    return await edge.page(Obligation, page, partial(ObligationView.on, edge.today), teacher_id=teacher_id)
