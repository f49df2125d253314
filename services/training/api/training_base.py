"""Training bases over HTTP."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from services.training.api.access import OFFICE, READ, WIDE, WRITE
from services.training.api.view import Body, Reason, Sentence, Skills, View
from services.training.commands.training_base import (
    AcceptBase,
    CloseBase,
    ConfirmEnterpriseParticipation,
    OpenBase,
    OverrideSectorRule,
    PlanBase,
    ResumeBase,
    StartBuild,
    SuspendBase,
)
from services.training.domain.base_plan import BasePlan, ExceptionReason, Place
from services.training.domain.training_base import BaseStatus, TrainingBase
from services.training.handlers import training_base as handlers
from shared.contracts.fields import Code, Latitude, Longitude, Name
from shared.contracts.ids import AgreementId, BaseId, OrganizationId, new_id
from shared.contracts.partnership import Skill
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.regions import Region

router: Final = AccessRouter(tags=["bases"])
_OPERATOR: Final = allow("base_operator", scope=None)
_READ: Final = allow(
    "base_operator",
    "enterprise_admin",
    "university_coop_office",
    "university_academic_office",
    scope=READ,
    alliance_wide=WIDE,
)

Kind = Literal[
    "on_campus_productive",
    "off_campus_internship",
    "factory_in_school",
    "public_training",
    "virtual_simulation",
    "regional_practice_centre",
    "maker_space",
]
Function = Literal["construction", "training_teaching", "production_service"]


class PlanBody(Body):
    """A base of the caller's organisation. `enterprise_ids` are invited to confirm that they take part."""

    name: Name
    kind: Kind
    functions: Annotated[tuple[Function, ...], Field(max_length=3)]
    industry_codes: Annotated[tuple[Code, ...], Field(min_length=1, max_length=50)]
    skills: Skills = ()
    stations: Annotated[int, Field(ge=0, le=100_000)] = 0
    region_code: Region
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    open_scope: Literal["own", "alliance", "region", "public"] = "alliance"
    enterprise_ids: Annotated[tuple[OrganizationId, ...], Field(max_length=200)] = ()

    @property
    def plan(self) -> BasePlan:
        """What is planned."""
        place = Place(region_code=self.region_code, latitude=self.latitude, longitude=self.longitude)
        return BasePlan(
            name=self.name,
            base_kind=self.kind,
            functions=self.functions,
            industry_codes=self.industry_codes,
            skills=self.skills,
            stations=self.stations,
            place=place,
            open_scope=self.open_scope,
        )


class OverrideBody(Body):
    """Why a base may be built although a rule that holds in principle refuses it."""

    rule: Literal["BAS-01"]
    reason_code: ExceptionReason
    reason: Sentence


class ExceptionView(View):
    """The exception that was accepted."""

    decision_id: str
    approver_role: str
    reason: str


class BaseView(View):
    """A base as those see it who may see it."""

    id: str
    name: str
    kind: str = Field(validation_alias="base_kind")
    operator_id: str
    invited_ids: list[str]
    enterprise_ids: list[str]
    agreement_id: str | None
    need_id: str | None
    line_no: int | None
    host_base_id: str | None
    functions: list[str]
    industry_codes: list[str]
    skills: list[Skill]
    stations: int
    region_code: str
    latitude: float | None
    longitude: float | None
    open_scope: str
    sector_exception: ExceptionView | None
    partial: bool | None
    building_on: date | None
    status: str
    version: int


@router.post("/v1/bases", status_code=201, access=allow("base_operator", scope=WRITE))
async def plan_base(body: PlanBody, edge: EdgeIn) -> BaseView:
    """Plan a base of one's own."""
    command = PlanBase(
        base_id=new_id("base"), organization_id=edge.organization_id, invited_ids=body.enterprise_ids, plan=body.plan
    )
    return await edge.act(handlers.plan_base, command, answer=BaseView.of, location="/v1/bases/{id}")


@router.post("/v1/bases/{base_id}/enterprise-confirmations", access=allow("enterprise_admin", scope=None))
async def confirm_participation(base_id: BaseId, edge: EdgeIn) -> BaseView:
    """Say that one's enterprise takes part."""
    command = ConfirmEnterpriseParticipation(
        base_id=base_id, organization_id=edge.organization_id, decision_id=new_id("decision")
    )
    return await edge.act(
        handlers.confirm_enterprise_participation, command, on=(TrainingBase, base_id), answer=BaseView.of
    )


@router.post("/v1/bases/{base_id}/overrides", access=allow(scope=None, alliance_wide=OFFICE))
async def override_rule(base_id: BaseId, body: OverrideBody, edge: EdgeIn) -> BaseView:
    """Accept a base without an enterprise of its sector."""
    command = OverrideSectorRule(
        base_id=base_id,
        organization_id=edge.who.organization_id,
        decision_id=new_id("decision"),
        approver_role=edge.who.acting_as,
        reason_code=body.reason_code,
        reason=body.reason,
    )
    return await edge.act(handlers.override_sector_rule, command, on=(TrainingBase, base_id), answer=BaseView.of)


@router.post("/v1/bases/{base_id}/construction", access=_OPERATOR)
async def start_build(base_id: BaseId, edge: EdgeIn) -> BaseView:
    """Begin to build."""
    command = StartBuild(base_id=base_id, organization_id=edge.organization_id, decision_id=new_id("decision"))
    return await edge.act(handlers.start_build, command, on=(TrainingBase, base_id), answer=BaseView.of)


@router.post("/v1/bases/{base_id}/acceptance", access=_OPERATOR)
async def accept_base(base_id: BaseId, edge: EdgeIn) -> BaseView:
    """Accept what was built."""
    command = AcceptBase(base_id=base_id, organization_id=edge.organization_id, decision_id=new_id("decision"))
    return await edge.act(handlers.accept_base, command, on=(TrainingBase, base_id), answer=BaseView.of)


@router.post("/v1/bases/{base_id}/opening", access=_OPERATOR)
async def open_base(base_id: BaseId, edge: EdgeIn) -> BaseView:
    """Open an accepted base."""
    command = OpenBase(base_id=base_id, organization_id=edge.organization_id)
    return await edge.act(handlers.open_base, command, on=(TrainingBase, base_id), answer=BaseView.of)


@router.post("/v1/bases/{base_id}/resumption", access=_OPERATOR)
async def resume_base(base_id: BaseId, edge: EdgeIn) -> BaseView:
    """Open a suspended base again."""
    command = ResumeBase(base_id=base_id, organization_id=edge.organization_id)
    return await edge.act(handlers.resume_base, command, on=(TrainingBase, base_id), answer=BaseView.of)


@router.post("/v1/bases/{base_id}/suspension", access=_OPERATOR)
async def suspend_base(base_id: BaseId, body: Reason, edge: EdgeIn) -> BaseView:
    """Suspend an open base."""
    command = SuspendBase(base_id=base_id, organization_id=edge.organization_id, reason=body.reason)
    return await edge.act(handlers.suspend_base, command, on=(TrainingBase, base_id), answer=BaseView.of)


@router.post("/v1/bases/{base_id}/closure", access=_OPERATOR)
async def close_base(base_id: BaseId, body: Reason, edge: EdgeIn) -> BaseView:
    """Close a base for good."""
    command = CloseBase(base_id=base_id, organization_id=edge.organization_id, reason=body.reason)
    return await edge.act(handlers.close_base, command, on=(TrainingBase, base_id), answer=BaseView.of)


@router.get("/v1/bases/{base_id}", access=_READ)
async def base(base_id: BaseId, edge: EdgeIn) -> BaseView:
    """One base."""
    return await edge.show(TrainingBase, base_id, BaseView.of)


@router.get("/v1/bases", access=_READ)
async def bases(
    edge: EdgeIn,
    page: PageIn,
    status: BaseStatus | None = None,
    agreement_id: AgreementId | None = None,
    operator_id: OrganizationId | None = None,
) -> Page[BaseView]:
    """The bases that one may see."""
    return await edge.page(
        TrainingBase, page, BaseView.of, status=status, agreement_id=agreement_id, operator_id=operator_id
    )
