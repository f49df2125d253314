"""Technicians over HTTP, and the posts that universities keep for people from industry."""

from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import OFFICE, READ, WIDE, WRITE
from services.training.api.view import Body, Number, Programmes, View
from services.training.commands.faculty.technician import (
    CloseSpecialPost,
    CreateSpecialPost,
    RegisterTechnician,
    ResizeSpecialPost,
    UpdateTechnician,
)
from services.training.domain.faculty.career import Qualification, Qualifications, Titles
from services.training.domain.faculty.skill_level import SkillLevel
from services.training.domain.faculty.special_post import PostKind, SpecialPost, SpecialPostEntry, SpecialPostStatus
from services.training.domain.faculty.technician import Technician, TechnicianEntry, TechnicianStatus
from services.training.handlers.faculty import technician as handlers
from shared.contracts.fields import Code, Name
from shared.contracts.ids import SpecialPostId, TechnicianId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["technicians"])
_ENTERPRISE: Final = allow("enterprise_admin", scope=WRITE)
_READ: Final = allow("enterprise_admin", "enterprise_mentor", scope=None, alliance_wide=OFFICE)
_HR: Final = allow("university_hr", scope=WRITE)
_READ_POSTS: Final = allow("university_hr", "university_coop_office", scope=READ, alliance_wide=WIDE)

Seats = Annotated[int, Field(ge=1, le=10_000)]


class TechnicianBody(Body):
    """A technician of the caller's enterprise. Name and staff number stay inside."""

    staff_no: Number
    name: Name
    skill_level: SkillLevel | None = None
    occupation_code: Code | None = None
    qualifications: Qualifications = ()
    titles: Titles = ()
    status: TechnicianStatus = TechnicianStatus.ACTIVE

    @property
    def entry(self) -> TechnicianEntry:
        """What is entered."""
        return TechnicianEntry(
            staff_no=self.staff_no,
            name=self.name,
            skill_level=self.skill_level,
            occupation_code=self.occupation_code,
            qualifications=self.qualifications,
            titles=self.titles,
            status=self.status,
        )


class TechnicianView(View):
    """A technician as their own enterprise sees them."""

    id: str
    enterprise_id: str
    staff_no: str
    name: str
    skill_level: str | None
    occupation_code: str | None
    qualifications: list[Qualification]
    titles: list[str]
    status: str
    version: int


class SpecialPostBody(Body):
    """A special or mobile post of the caller's university, with so many seats, under the university's own number."""

    post_no: Number | None = None
    kind: PostKind
    title: Name
    programme_ids: Programmes = ()
    seats: Seats

    @property
    def entry(self) -> SpecialPostEntry:
        """What is entered."""
        return SpecialPostEntry(
            post_no=self.post_no,
            post_kind=self.kind,
            title=self.title,
            programme_ids=self.programme_ids,
            seats=self.seats,
        )


class SeatsBody(Body):
    """How many seats a post has from now on; with `post_no`, which number the university gives it."""

    seats: Seats
    post_no: Number | None = None


class SpecialPostView(View):
    """A post as those see it who may see it."""

    id: str
    university_id: str
    post_no: str | None
    kind: str = Field(validation_alias="post_kind")
    title: str
    programme_ids: list[str]
    seats: int
    taken: int
    status: str
    version: int


@router.post("/v1/technicians", status_code=201, access=_ENTERPRISE)
async def register_technician(body: TechnicianBody, edge: EdgeIn) -> TechnicianView:
    """Enter a technician of one's enterprise."""
    command = RegisterTechnician(
        technician_id=new_id("technician"), organization_id=edge.organization_id, entry=body.entry
    )
    return await edge.act(
        handlers.register_technician, command, answer=TechnicianView.of, location="/v1/technicians/{id}"
    )


@router.put("/v1/technicians/{technician_id}", access=_ENTERPRISE)
async def update_technician(technician_id: TechnicianId, body: TechnicianBody, edge: EdgeIn) -> TechnicianView:
    """Bring a technician's entry up to date."""
    command = UpdateTechnician(technician_id=technician_id, entry=body.entry)
    return await edge.act(handlers.update_technician, command, on=(Technician, technician_id), answer=TechnicianView.of)


@router.get("/v1/technicians/{technician_id}", access=_READ)
async def technician(technician_id: TechnicianId, edge: EdgeIn) -> TechnicianView:
    """One technician."""
    return await edge.show(Technician, technician_id, TechnicianView.of)


@router.get("/v1/technicians", access=_READ)
async def technicians(edge: EdgeIn, page: PageIn, status: TechnicianStatus | None = None) -> Page[TechnicianView]:
    """The technicians of one's enterprise."""
    return await edge.page(Technician, page, TechnicianView.of, status=status)


@router.post("/v1/special-posts", status_code=201, access=_HR)
async def create_special_post(body: SpecialPostBody, edge: EdgeIn) -> SpecialPostView:
    """Set up a post for people from industry."""
    command = CreateSpecialPost(
        special_post_id=new_id("special_post"),
        organization_id=edge.organization_id,
        entry=body.entry,
    )
    return await edge.act(
        handlers.create_special_post, command, answer=SpecialPostView.of, location="/v1/special-posts/{id}"
    )


@router.put("/v1/special-posts/{special_post_id}", access=_HR)
async def resize_special_post(special_post_id: SpecialPostId, body: SeatsBody, edge: EdgeIn) -> SpecialPostView:
    """Offer more seats or fewer, and say by which number the university knows the post."""
    command = ResizeSpecialPost(special_post_id=special_post_id, seats=body.seats, post_no=body.post_no)
    return await edge.act(
        handlers.resize_special_post, command, on=(SpecialPost, special_post_id), answer=SpecialPostView.of
    )


@router.post("/v1/special-posts/{special_post_id}/closure", access=_HR)
async def close_special_post(special_post_id: SpecialPostId, edge: EdgeIn) -> SpecialPostView:
    """Take nobody any more; who holds a seat keeps it."""
    command = CloseSpecialPost(special_post_id=special_post_id)
    return await edge.act(
        handlers.close_special_post, command, on=(SpecialPost, special_post_id), answer=SpecialPostView.of
    )


@router.get("/v1/special-posts/{special_post_id}", access=_READ_POSTS)
async def special_post(special_post_id: SpecialPostId, edge: EdgeIn) -> SpecialPostView:
    """One post."""
    return await edge.show(SpecialPost, special_post_id, SpecialPostView.of)


@router.get("/v1/special-posts", access=_READ_POSTS)
async def special_posts(
    edge: EdgeIn, page: PageIn, status: SpecialPostStatus | None = None, kind: PostKind | None = None
) -> Page[SpecialPostView]:
    """The posts that one may see."""
    return await edge.page(SpecialPost, page, SpecialPostView.of, status=status, post_kind=kind)
