"""Engagements of technicians over HTTP: proposed by a university, approved by the enterprise, taught, ended."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import OFFICE, READ
from services.training.api.view import Body, Day, Hours, Reason, View, hours, minutes
from services.training.commands.faculty.technician import (
    ApproveEngagement,
    CompleteEngagement,
    EndEngagementEarly,
    EngageTechnician,
    RecordTeachingHours,
    StartEngagement,
)
from services.training.domain.faculty.engagement import (
    EngagementKind,
    EngagementPlan,
    EngagementStatus,
    TechnicianEngagement,
)
from services.training.domain.faculty.taught_day import TaughtDay, TaughtEntry
from services.training.handlers.faculty import engagement as handlers
from shared.contracts.fields import Fen, Text
from shared.contracts.ids import EngagementId, SpecialPostId, TechnicianId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["technicians"])
_HR: Final = allow("university_hr", scope=None)
_READ: Final = allow(
    "university_hr",
    "university_coop_office",
    "enterprise_admin",
    "enterprise_mentor",
    scope=READ,
    alliance_wide=OFFICE,
)


class EngageBody(Body):
    """What the caller's university proposes, both days included. Special and mobile posts name the post."""

    technician_id: TechnicianId
    kind: EngagementKind
    special_post_id: SpecialPostId | None = None
    starts_on: Day
    ends_on: Day
    hours_planned: Annotated[int, Field(ge=1, le=10_000)]
    fee_fen: Fen = 0

    @property
    def plan(self) -> EngagementPlan:
        """What is proposed."""
        return EngagementPlan(
            engagement_kind=self.kind,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            minutes_planned=minutes(Decimal(self.hours_planned)),
            fee_fen=self.fee_fen,
        )


class TaughtBody(Body):
    """What was taught on one day."""

    date: Day
    hours: Hours
    text: Text = ""


class TaughtDaysBody(Body):
    """Some days, each once; a day that is there already is corrected."""

    entries: Annotated[tuple[TaughtBody, ...], Field(min_length=1, max_length=31)]


class EngagementView(View):
    """An engagement as those see it who may see it."""

    id: str
    technician_id: str
    enterprise_id: str
    university_id: str
    kind: str
    special_post_id: str | None
    starts_on: date
    ends_on: date
    hours_planned: float
    hours_done: float
    fee_fen: int
    end_reason: str | None
    status: str
    version: int

    @classmethod
    def of_engagement(cls, engagement: TechnicianEngagement) -> "EngagementView":
        """The view of an engagement, its minutes as hours."""
        same = {name: getattr(engagement, name) for name in cls.model_fields if hasattr(engagement, name)}
        shown = {
            "kind": engagement.engagement_kind.value,
            "hours_planned": hours(engagement.minutes_planned),
            "hours_done": hours(engagement.minutes_done),
        }
        return cls.model_validate({**same, **shown})


class TaughtView(View):
    """One day of teaching."""

    date: date
    hours: float
    text: str

    @classmethod
    def of_day(cls, day: TaughtDay) -> "TaughtView":
        """The view of a day, its minutes as hours."""
        return cls(date=day.taught_on, hours=hours(day.minutes), text=day.text)


@router.post("/v1/engagements", status_code=201, access=_HR)
async def engage_technician(body: EngageBody, edge: EdgeIn) -> EngagementView:
    """Propose an engagement to a technician's enterprise."""
    command = EngageTechnician(
        engagement_id=new_id("engagement"),
        organization_id=edge.organization_id,
        technician_id=body.technician_id,
        special_post_id=body.special_post_id,
        plan=body.plan,
    )
    return await edge.act(
        handlers.engage_technician, command, answer=EngagementView.of_engagement, location="/v1/engagements/{id}"
    )


@router.post("/v1/engagements/{engagement_id}/approval", access=allow("enterprise_admin", scope=None))
async def approve_engagement(engagement_id: EngagementId, edge: EdgeIn) -> EngagementView:
    """Agree for the technician's enterprise; a seat of the post is taken."""
    command = ApproveEngagement(engagement_id=engagement_id, organization_id=edge.organization_id)
    return await edge.act(
        handlers.approve_engagement,
        command,
        on=(TechnicianEngagement, engagement_id),
        answer=EngagementView.of_engagement,
    )


@router.post("/v1/engagements/{engagement_id}/start", access=_HR)
async def start_engagement(engagement_id: EngagementId, edge: EdgeIn) -> EngagementView:
    """Begin."""
    command = StartEngagement(engagement_id=engagement_id, organization_id=edge.organization_id)
    return await edge.act(
        handlers.start_engagement,
        command,
        on=(TechnicianEngagement, engagement_id),
        answer=EngagementView.of_engagement,
    )


@router.post("/v1/engagements/{engagement_id}/teaching-hours", access=_HR)
async def record_teaching_hours(engagement_id: EngagementId, body: TaughtDaysBody, edge: EdgeIn) -> EngagementView:
    """Record what was taught, by day."""
    entries = tuple(TaughtEntry(taught_on=day.date, minutes=minutes(day.hours), text=day.text) for day in body.entries)
    command = RecordTeachingHours(engagement_id=engagement_id, organization_id=edge.organization_id, entries=entries)
    return await edge.act(
        handlers.record_teaching_hours,
        command,
        on=(TechnicianEngagement, engagement_id),
        answer=EngagementView.of_engagement,
    )


@router.post("/v1/engagements/{engagement_id}/completion", access=_HR)
async def complete_engagement(engagement_id: EngagementId, edge: EdgeIn) -> EngagementView:
    """Say that it is over, on its last day or with all hours done."""
    command = CompleteEngagement(engagement_id=engagement_id, organization_id=edge.organization_id)
    return await edge.act(
        handlers.complete_engagement,
        command,
        on=(TechnicianEngagement, engagement_id),
        answer=EngagementView.of_engagement,
    )


@router.post("/v1/engagements/{engagement_id}/early-end", access=allow("university_hr", "enterprise_admin", scope=None))
async def end_engagement_early(engagement_id: EngagementId, body: Reason, edge: EdgeIn) -> EngagementView:
    """End it before its time, or decline what was proposed."""
    command = EndEngagementEarly(engagement_id=engagement_id, organization_id=edge.organization_id, reason=body.reason)
    return await edge.act(
        handlers.end_engagement_early,
        command,
        on=(TechnicianEngagement, engagement_id),
        answer=EngagementView.of_engagement,
    )


@router.get("/v1/engagements/{engagement_id}", access=_READ)
async def engagement(engagement_id: EngagementId, edge: EdgeIn) -> EngagementView:
    """One engagement."""
    return await edge.show(TechnicianEngagement, engagement_id, EngagementView.of_engagement)


@router.get("/v1/engagements", access=_READ)
async def engagements(
    edge: EdgeIn,
    page: PageIn,
    status: EngagementStatus | None = None,
    kind: EngagementKind | None = None,
    technician_id: TechnicianId | None = None,
) -> Page[EngagementView]:
    """The engagements that one may see."""
    return await edge.page(
        TechnicianEngagement,
        page,
        EngagementView.of_engagement,
        status=status,
        engagement_kind=kind,
        technician_id=technician_id,
    )


@router.get("/v1/engagements/{engagement_id}/teaching-hours", access=_READ)
async def teaching_hours(engagement_id: EngagementId, edge: EdgeIn, page: PageIn) -> Page[TaughtView]:
    """The days of one engagement."""
    await edge.show(TechnicianEngagement, engagement_id, EngagementView.of_engagement)
    return await edge.page(TaughtDay, page, TaughtView.of_day, engagement_id=engagement_id)
