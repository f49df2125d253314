"""Programmes over HTTP: a university's academic office enters them, the whole alliance reads them."""

from typing import Annotated, Final, Literal, Self

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from services.talent.commands import RegisterProgramme, UpdateProgramme
from services.talent.domain.programme import Programme, ProgrammeEntry
from services.talent.domain.skill import Skill
from services.talent.handlers import programme as handlers
from shared.contracts.fields import Code, Count, Name, SkillLevel
from shared.contracts.ids import OrganizationId, ProgrammeId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.regions import Region

router = AccessRouter(tags=["programmes"])

WRITES: Final = allow("university_academic_office", scope="talent:write")
READS: Final = allow(
    "university_academic_office",
    "university_coop_office",
    "university_hr",
    "enterprise_admin",
    "enterprise_mentor",
    "base_operator",
    "assessment_org",
    "service_org",
    "council_member",
    "teacher",
    "student",
    scope="talent:read",
    alliance_wide=("alliance_office", "government", "ops"),
)

Level = Literal["secondary", "college", "vocational_bachelor", "applied_bachelor"]
Codes = Annotated[list[Code], Field(max_length=100)]


class SkillBody(BaseModel):
    """A skill that the programme teaches, up to a level."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    code: Code
    name: Name | None = None
    level: SkillLevel | None = None


class ProgrammeBody(BaseModel):
    """What a university says of a programme."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: Name
    level: Level
    industry_codes: Codes = []
    occupation_codes: Codes = []
    skills: Annotated[list[SkillBody], Field(max_length=100)] = []
    region_code: Region
    students: Count = 0
    total_half_credits: Annotated[int, Field(ge=1, le=2000)]

    def entry(self) -> ProgrammeEntry:
        """The same in the domain's words."""
        return ProgrammeEntry(
            code=self.code,
            name=self.name,
            level=self.level,
            industry_codes=tuple(self.industry_codes),
            occupation_codes=tuple(self.occupation_codes),
            skills=tuple(Skill(skill.code, skill.name, skill.level) for skill in self.skills),
            region_code=self.region_code,
            students=self.students,
            total_half_credits=self.total_half_credits,
        )


class ProgrammeView(BaseModel):
    """A programme as the alliance sees it."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    programme_id: Annotated[str, Field(validation_alias="id")]
    university_id: str
    status: str
    code: str
    name: str
    level: str
    industry_codes: list[str]
    occupation_codes: list[str]
    skills: list[SkillBody]
    region_code: str
    students: int
    total_half_credits: int
    version: int

    @classmethod
    def of(cls, programme: Programme) -> Self:
        """The view of a programme."""
        return cls.model_validate(programme)


class ProgrammesWanted(BaseModel):
    """Which programmes are asked for; what is left out does not narrow."""

    university_id: OrganizationId | None = None
    code: Code | None = None
    level: Level | None = None
    region_code: Region | None = None


@router.post("/v1/programmes", status_code=201, access=WRITES)
async def register_programme(body: ProgrammeBody, edge: EdgeIn) -> ProgrammeView:
    """Enter a programme of the caller's university."""
    command = RegisterProgramme(
        programme_id=new_id("programme"), university_id=edge.organization_id, entry=body.entry()
    )
    return await edge.act(handlers.register_programme, command, answer=ProgrammeView.of, location="/v1/programmes/{id}")


@router.put("/v1/programmes/{programme_id}", access=WRITES)
async def update_programme(programme_id: ProgrammeId, body: ProgrammeBody, edge: EdgeIn) -> ProgrammeView:
    """Replace the entry of one of the caller's university's programmes."""
    command = UpdateProgramme(programme_id=programme_id, entry=body.entry())
    return await edge.act(handlers.update_programme, command, on=(Programme, programme_id), answer=ProgrammeView.of)


@router.get("/v1/programmes/{programme_id}", access=READS)
async def programme(programme_id: ProgrammeId, edge: EdgeIn) -> ProgrammeView:
    """One programme of the alliance."""
    return await edge.show(Programme, programme_id, ProgrammeView.of)


@router.get("/v1/programmes", access=READS)
async def programmes(edge: EdgeIn, page: PageIn, wanted: Annotated[ProgrammesWanted, Query()]) -> Page[ProgrammeView]:
    """The alliance's programmes, narrowed by what is given."""
    return await edge.page(Programme, page, ProgrammeView.of, **wanted.model_dump())
