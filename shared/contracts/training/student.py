"""Students by reference: no name, no birth date."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Known
from shared.contracts.ids import OrganizationId, ProgrammeId, StudentId


class StudentBody(Body):
    """A student by reference. `minor` is judged on the event's date."""

    student_id: StudentId
    university_id: OrganizationId
    programme_id: ProgrammeId
    study_year: int = Field(ge=1, le=8)
    minor: bool | None = None


@named("training.student.registered", key="student_id")
class StudentRegistered(StudentBody, Event):
    """A university entered a student."""


@named("training.student.updated", key="student_id")
class StudentUpdated(StudentBody, Event):
    """A student's entry changed."""


@named("training.student.graduated", key="student_id")
class StudentGraduated(StudentBody, Event):
    """A student has completed the programme; `study_year` is the last one."""

    graduated_on: date


@named("training.student.state", key="student_id")
class StudentState(StudentBody, State):
    """A student as it is now."""

    status: Annotated[str, Known("enrolled", "on_leave", "graduated", "withdrawn")]
