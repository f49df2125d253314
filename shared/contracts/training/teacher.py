"""Teachers by reference: no name, no birth date."""

from datetime import date
from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Known, RegionCode
from shared.contracts.ids import OrganizationId, ProgrammeId, TeacherId
from shared.contracts.partnership import Skill


class TeacherBody(Body):
    """A teacher by reference: no name, no birth date."""

    teacher_id: TeacherId
    university_id: OrganizationId
    kind: Annotated[str, Known("professional_course", "internship_instructor", "public_basic")]
    hired_on: date
    new_hire: bool
    programme_ids: list[ProgrammeId] = []
    skills: list[Skill] = []
    region_code: RegionCode


@named("training.teacher.registered", key="teacher_id")
class TeacherRegistered(TeacherBody, Event):
    """A university entered a teacher."""


@named("training.teacher.updated", key="teacher_id")
class TeacherUpdated(TeacherBody, Event):
    """A teacher's entry changed."""


@named("training.teacher.state", key="teacher_id")
class TeacherState(TeacherBody, State):
    """A teacher as it is now."""

    status: Annotated[str, Known("active", "left")]
