"""All that the papers of one internship are made of, read from the registers where the names are."""

from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.directory import KnownOrganization
from services.training.domain.faculty.technician import Technician
from services.training.domain.internship.consent_text import ConsentText
from services.training.domain.internship.internship_paper import PaperCase
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.post import Post
from services.training.domain.student import Student
from services.training.domain.teacher import Teacher
from services.training.storage.directory import KnownOrganizationRow
from services.training.storage.faculty.technician import TechnicianRow
from services.training.storage.internship.papers import ConsentTextRow
from services.training.storage.internship.unit import PostRow
from services.training.storage.people import StudentRow, TeacherRow
from shared.persistence.mapping import Mapping
from shared.persistence.sql_store import SqlStore

_STUDENTS: Final = Mapping(Student, StudentRow)
_POSTS: Final = Mapping(Post, PostRow)
_TEACHERS: Final = Mapping(Teacher, TeacherRow)
_TECHNICIANS: Final = Mapping(Technician, TechnicianRow)
_TEXTS: Final = Mapping(ConsentText, ConsentTextRow)
_ORGANIZATIONS: Final = Mapping(KnownOrganization, KnownOrganizationRow)


async def paper_case(connection: AsyncConnection, placement: Placement) -> PaperCase:
    """The papers' case of an internship. A mentor whom no register names is called what the school says."""
    store = SqlStore(connection)
    organizations = await store.load(_ORGANIZATIONS, [placement.university_id, placement.enterprise_id], lock=False)
    mentor = await _one(store, _TECHNICIANS, placement.mentor_id)
    return PaperCase(
        placement=placement,
        student=await _one(store, _STUDENTS, placement.student_id),
        post=await _one(store, _POSTS, placement.post_id),
        organizations={organization.id: organization for organization in organizations},
        supervisor=await _one(store, _TEACHERS, placement.supervisor_id),
        mentor=mentor.name if mentor else placement.mentor_id,
        texts=await store.where(_TEXTS, {"university_id": placement.university_id}, lock=False),
    )


async def _one(store: SqlStore, mapping: Mapping[Any], id: str | None) -> Any:
    return next(iter(await store.load(mapping, [id] if id else [], lock=False)), None)
