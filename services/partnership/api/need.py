"""Needs over HTTP."""

from dataclasses import fields
from typing import Annotated, Final

from pydantic import AliasPath, Field

from services.partnership.api.access import READ, WRITE
from services.partnership.api.view import Body, Day, Reason, View
from services.partnership.commands import AmendNeed, PostNeed, WithdrawNeed
from services.partnership.domain.need import Need
from services.partnership.domain.need_line import NeedLine as Line
from services.partnership.domain.need_line import NeedStatus
from services.partnership.domain.need_terms import DetailChanges, NeedChanges, NeedDetails, NeedTerms, Visibility
from services.partnership.handlers import need as handlers
from shared.contracts.fields import Code, Fen, Instant, Latitude, Longitude, Name, SkillLevel, Text
from shared.contracts.ids import NeedId, OrganizationId, new_id
from shared.contracts.partnership import NeedLine, Skill
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.regions import Region, within

router: Final = AccessRouter(tags=["needs"])
_OWN: Final = allow("enterprise_admin", scope=WRITE)

Lines = Annotated[tuple[NeedLine, ...], Field(min_length=1, max_length=100)]
Occupations = Annotated[tuple[Code, ...], Field(max_length=100)]
Skills = Annotated[tuple[Skill, ...], Field(max_length=100)]
Names = Annotated[tuple[OrganizationId, ...], Field(max_length=200)]
Conditions = Annotated[dict[Name, Text], Field(max_length=50)]


class PostBody(Body):
    """What is looked for. Without `expires_at` it expires with its last day in +08:00."""

    lines: Lines
    title: Name
    occupation_codes: Occupations = ()
    skills: Skills = ()
    skill_level: SkillLevel | None = None
    starts_on: Day
    ends_on: Day
    region_code: Region
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    visibility: Visibility = Visibility.ALLIANCE
    named_organization_ids: Names = ()
    budget_fen: Fen | None = None
    conditions: Conditions | None = None
    expires_at: Instant | None = None

    @property
    def terms(self) -> NeedTerms:
        """What is posted."""
        return NeedTerms(
            lines=_lines(self.lines),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            region_code=self.region_code,
            visibility=self.visibility,
            named_organization_ids=self.named_organization_ids,
            expires_at=self.expires_at,
            details=NeedDetails(**{field.name: getattr(self, field.name) for field in fields(NeedDetails)}),
        )


class AmendBody(Body):
    """What changes; what is left out stays as it is. Lines that are given replace all lines."""

    lines: Lines | None = None
    title: Name | None = None
    occupation_codes: Occupations | None = None
    skills: Skills | None = None
    skill_level: SkillLevel | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    region_code: Region | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    visibility: Visibility | None = None
    named_organization_ids: Names | None = None
    budget_fen: Fen | None = None
    conditions: Conditions | None = None
    expires_at: Instant | None = None

    @property
    def changes(self) -> NeedChanges:
        """What changes beside the details."""
        return NeedChanges(
            lines=_lines(self.lines) if self.lines else None,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            region_code=self.region_code,
            visibility=self.visibility,
            named_organization_ids=self.named_organization_ids,
            expires_at=self.expires_at,
        )

    @property
    def details(self) -> DetailChanges:
        """What changes of the details."""
        return DetailChanges(**{field.name: getattr(self, field.name) for field in fields(DetailChanges)})


class LineView(View):
    """A line, and how far it has come."""

    line_no: int
    kind: str
    headcount: int
    status: str
    headcount_filled: int
    agreement_id: str | None


class NeedView(View):
    """A need as those see it who may see it."""

    id: str
    organization_id: str
    lines: list[LineView]
    title: str = Field(validation_alias=AliasPath("details", "title"))
    occupation_codes: list[str] = Field(validation_alias=AliasPath("details", "occupation_codes"))
    skills: list[Skill] = Field(validation_alias=AliasPath("details", "skills"))
    skill_level: str | None = Field(validation_alias=AliasPath("details", "skill_level"))
    starts_on: Day
    ends_on: Day
    region_code: str
    latitude: float | None = Field(validation_alias=AliasPath("details", "latitude"))
    longitude: float | None = Field(validation_alias=AliasPath("details", "longitude"))
    visibility: str
    named_organization_ids: list[str]
    budget_fen: int | None = Field(validation_alias=AliasPath("details", "budget_fen"))
    conditions: dict[str, str] | None = Field(validation_alias=AliasPath("details", "conditions"))
    status: str
    posted_at: Instant
    expires_at: Instant
    version: int


@router.post("/v1/needs", status_code=201, access=_OWN)
async def post_need(body: PostBody, edge: EdgeIn) -> NeedView:
    """Post a need on behalf of one's organisation."""
    command = PostNeed(need_id=new_id("need"), organization_id=edge.organization_id, terms=body.terms)
    return await edge.act(handlers.post_need, command, answer=NeedView.of, location="/v1/needs/{id}")


@router.patch("/v1/needs/{need_id}", access=_OWN)
async def amend_need(need_id: NeedId, body: AmendBody, edge: EdgeIn) -> NeedView:
    """Change what is looked for while nothing is matched yet."""
    command = AmendNeed(
        need_id=need_id, organization_id=edge.organization_id, changes=body.changes, details=body.details
    )
    return await edge.act(handlers.amend_need, command, on=(Need, need_id), answer=NeedView.of)


@router.post("/v1/needs/{need_id}/withdrawal", access=_OWN)
async def withdraw_need(need_id: NeedId, body: Reason, edge: EdgeIn) -> NeedView:
    """Look for it no longer."""
    command = WithdrawNeed(need_id=need_id, organization_id=edge.organization_id, reason=body.reason)
    return await edge.act(handlers.withdraw_need, command, on=(Need, need_id), answer=NeedView.of)


@router.get("/v1/needs/{need_id}", access=READ)
async def need(need_id: NeedId, edge: EdgeIn) -> NeedView:
    """One need."""
    return await edge.show(Need, need_id, NeedView.of)


@router.get("/v1/needs", access=READ)
async def needs(
    edge: EdgeIn,
    page: PageIn,
    status: NeedStatus | None = None,
    organization_id: OrganizationId | None = None,
    region_code: Region | None = None,
) -> Page[NeedView]:
    """The needs that one may see; a region takes in all that lies in it."""
    return await edge.page(
        Need, page, NeedView.of, status=status, organization_id=organization_id, region_code=within(region_code)
    )


def _lines(lines: tuple[NeedLine, ...]) -> tuple[Line, ...]:
    return tuple(Line(line_no=line.line_no, kind=line.kind, headcount=line.headcount) for line in lines)
