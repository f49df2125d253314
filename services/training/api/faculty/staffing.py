"""Who teaches, over HTTP: teaching assignments, head counts, entries that are one person."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from services.training.api.access import OFFICE, READ, WIDE, WRITE
from services.training.api.faculty.view import FindingView
from services.training.api.view import Body, Day, View
from services.training.commands.faculty.staffing import (
    AssignTeaching,
    CancelTeaching,
    CountHeads,
    LinkPersons,
    SeparatePerson,
)
from services.training.domain.faculty.head_count import HeadCount
from services.training.domain.faculty.person_link import PersonLink
from services.training.domain.faculty.teaching_assignment import AssignmentStatus, TeachingAssignment, TeachingPlan
from services.training.domain.teacher import Teacher
from services.training.handlers.faculty import person_link as link_handlers
from services.training.handlers.faculty import staffing as handlers
from shared.contracts.fields import Code, Name
from shared.contracts.ids import HeadCountId, TeacherId, TeachingAssignmentId, new_id, pattern
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.rules.fact_types import Heads
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["teachers"])
_ASSIGN: Final = allow("university_academic_office", "university_hr", scope=None)
_READ: Final = allow("university_academic_office", "university_hr", "teacher", scope=None)
_READ_HEADS: Final = allow("university_hr", "university_coop_office", scope=READ, alliance_wide=WIDE)
_OFFICE: Final = allow(scope=None, alliance_wide=OFFICE)
_READ_LINKS: Final = allow("university_hr", "enterprise_admin", scope=None, alliance_wide=OFFICE)

PersonId = Annotated[str, StringConstraints(pattern=f"{pattern('teacher')}|{pattern('technician')}")]
Year = Annotated[int, Field(ge=2000, le=2199)]


class AssignBody(Body):
    """A course that the teacher teaches, both days included."""

    course: Code
    starts_on: Day
    ends_on: Day


class AssignmentView(View):
    """A teaching assignment, with what the rule on first practice says of it: a warning, never a refusal."""

    id: str
    teacher_id: str
    university_id: str
    course: str
    starts_on: date
    ends_on: date
    first_practice: FindingView = Field(validation_alias="finding")
    status: str
    version: int


class HeadCountBody(Body):
    """All teachers of the caller's university in a year: full-time of every kind, and part-time from industry."""

    year: Year
    full_time: Heads
    part_time: Heads


class HeadCountView(View):
    """A year's heads, with what the rule on part-time teachers says of them: a warning, never a refusal."""

    id: str
    university_id: str
    year: int
    full_time: int
    part_time: int
    all_teachers: int
    counted_on: date
    part_time_share: FindingView = Field(validation_alias="finding")
    version: int


class LinkBody(Body):
    """Entries that are one person: all of teachers, or all of technicians."""

    person_ids: Annotated[tuple[PersonId, ...], Field(min_length=2, max_length=50)]


class LinkView(View):
    """Who an entry is."""

    id: str
    organization_id: str
    identity_id: str
    version: int


class LinkedView(View):
    """All entries that are now one person."""

    links: list[LinkView]

    @classmethod
    def of_links(cls, links: Sequence[PersonLink]) -> "LinkedView":
        """The answer to a link."""
        return cls(links=[LinkView.of(link) for link in links])


@router.post("/v1/teachers/{teacher_id}/teaching-assignments", status_code=201, access=_ASSIGN)
async def assign_teaching(teacher_id: TeacherId, body: AssignBody, edge: EdgeIn) -> AssignmentView:
    """Assign a teacher to a course; who should practise first is a warning in the answer."""
    command = AssignTeaching(
        assignment_id=new_id("teaching_assignment"),
        teacher_id=teacher_id,
        decision_id=new_id("decision"),
        plan=TeachingPlan(course=body.course, starts_on=body.starts_on, ends_on=body.ends_on),
    )
    return await edge.act(
        handlers.assign_teaching,
        command,
        on=(Teacher, teacher_id),
        answer=AssignmentView.of,
        location="/v1/teaching-assignments/{id}",
    )


@router.post("/v1/teaching-assignments/{assignment_id}/cancellation", access=_ASSIGN)
async def cancel_teaching(assignment_id: TeachingAssignmentId, edge: EdgeIn) -> AssignmentView:
    """Take an assignment back."""
    command = CancelTeaching(assignment_id=assignment_id)
    return await edge.act(
        handlers.cancel_teaching, command, on=(TeachingAssignment, assignment_id), answer=AssignmentView.of
    )


@router.get("/v1/teaching-assignments/{assignment_id}", access=_READ)
async def teaching_assignment(assignment_id: TeachingAssignmentId, edge: EdgeIn) -> AssignmentView:
    """One teaching assignment."""
    return await edge.show(TeachingAssignment, assignment_id, AssignmentView.of)


@router.get("/v1/teaching-assignments", access=_READ)
async def teaching_assignments(
    edge: EdgeIn,
    page: PageIn,
    status: AssignmentStatus | None = None,
    teacher_id: TeacherId | None = None,
    course: Name | None = None,
) -> Page[AssignmentView]:
    """The teaching assignments that one may see."""
    return await edge.page(
        TeachingAssignment, page, AssignmentView.of, status=status, teacher_id=teacher_id, course=course
    )


@router.post("/v1/head-counts", access=allow("university_hr", scope=WRITE))
async def count_heads(body: HeadCountBody, edge: EdgeIn) -> HeadCountView:
    """Enter a year's heads of one's university, or correct them."""
    command = CountHeads(
        organization_id=edge.organization_id,
        decision_id=new_id("decision"),
        year=body.year,
        full_time=body.full_time,
        part_time=body.part_time,
    )
    return await edge.act(handlers.count_heads, command, answer=HeadCountView.of)


@router.get("/v1/head-counts/{count_id}", access=_READ_HEADS)
async def head_count(count_id: HeadCountId, edge: EdgeIn) -> HeadCountView:
    """One year of one university."""
    return await edge.show(HeadCount, count_id, HeadCountView.of)


@router.get("/v1/head-counts", access=_READ_HEADS)
async def head_counts(edge: EdgeIn, page: PageIn, year: Year | None = None) -> Page[HeadCountView]:
    """The head counts that one may see."""
    return await edge.page(HeadCount, page, HeadCountView.of, year=year)


@router.post("/v1/person-links", access=_OFFICE)
async def link_persons(body: LinkBody, edge: EdgeIn) -> LinkedView:
    """Say that entries of several organisations are one person, who counts once from now on."""
    command = LinkPersons(person_ids=body.person_ids)
    return await edge.act(link_handlers.link_persons, command, answer=LinkedView.of_links)


@router.post("/v1/person-links/{person_id}/separation", access=_OFFICE)
async def separate_person(person_id: PersonId, edge: EdgeIn) -> LinkView:
    """Say that an entry is nobody else after all."""
    command = SeparatePerson(person_id=person_id)
    return await edge.act(link_handlers.separate_person, command, on=(PersonLink, person_id), answer=LinkView.of)


@router.get("/v1/person-links/{person_id}", access=_READ_LINKS)
async def person_link(person_id: PersonId, edge: EdgeIn) -> LinkView:
    """Who one entry is."""
    return await edge.show(PersonLink, person_id, LinkView.of)


@router.get("/v1/person-links", access=_READ_LINKS)
async def person_links(edge: EdgeIn, page: PageIn, identity_id: Code | None = None) -> Page[LinkView]:
    """Who entries of one's own are."""
    return await edge.page(PersonLink, page, LinkView.of, identity_id=identity_id)
