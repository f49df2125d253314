"""What the certificate of a practice is made of."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.directory import KnownOrganization
from services.training.domain.faculty.practice import Practice
from services.training.domain.faculty.practice_certificate import PracticeCertificate
from services.training.domain.teacher import Teacher
from services.training.storage.directory import KnownOrganizationRow
from services.training.storage.people import TeacherRow
from shared.persistence.mapping import Mapping
from shared.persistence.sql_store import SqlStore

_TEACHERS: Final = Mapping(Teacher, TeacherRow)
_ORGANIZATIONS: Final = Mapping(KnownOrganization, KnownOrganizationRow)


async def practice_certificate(connection: AsyncConnection, practice: Practice) -> PracticeCertificate:
    """The certificate of a practice, with the teacher's name from the register. Raises `NothingToCertify`."""
    store = SqlStore(connection)
    (teacher,) = await store.load(_TEACHERS, [practice.teacher_id], lock=False)
    organizations = await store.load(_ORGANIZATIONS, [practice.university_id, practice.enterprise_id], lock=False)
    return PracticeCertificate.of(practice, teacher, {known.id: known for known in organizations})
