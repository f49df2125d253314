"""Weekly logs of internships over HTTP."""

from datetime import date, time
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from services.training.api.access import OFFICE
from services.training.api.internship.consent import LongText
from services.training.api.internship.finding import FindingView
from services.training.api.internship.post_body import Clock
from services.training.api.view import Body, Day, Hours, Sentence, View, hours, minutes
from services.training.commands.internship.placement_log import ReviewLog, WriteLog
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_log import LoggedDay, LogStatus, PlacementLog, Review, WeekEntry
from services.training.domain.internship.weeks import monday_of
from services.training.handlers.internship import placement_log as handlers
from shared.contracts.fields import Instant
from shared.contracts.ids import PlacementId, PlacementLogId, TeacherId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["internship papers"])
_READ: Final = allow(
    "student",
    "teacher",
    "university_coop_office",
    "university_academic_office",
    "enterprise_admin",
    "enterprise_mentor",
    scope=None,
    alliance_wide=OFFICE,
)
_SUPERVISOR: Final = allow("teacher", "university_coop_office", scope=None)

WeekName = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$")]
"""A week as ISO 8601 names it: `2026-W40`."""


class LoggedDayBody(Body):
    """The work of one day; who knows from when to when says both. What ends before it starts ends on the next day."""

    date: Day
    hours: Hours
    starts_at: Clock | None = None
    ends_at: Clock | None = None

    @property
    def day(self) -> LoggedDay:
        """The day as the domain has it."""
        starts_at, ends_at = (
            None if said is None else time.fromisoformat(said) for said in (self.starts_at, self.ends_at)
        )
        return LoggedDay(worked_on=self.date, minutes=minutes(self.hours), starts_at=starts_at, ends_at=ends_at)


class WeekLogBody(Body):
    """What was done in one week from Monday to Sunday, with the hours of each day worked."""

    days: Annotated[tuple[LoggedDayBody, ...], Field(min_length=1, max_length=7)]
    text: LongText

    @property
    def entry(self) -> WeekEntry:
        """The week as the domain has it, named by its first day."""
        days = tuple(day.day for day in self.days)
        return WeekEntry(monday=monday_of(min(day.worked_on for day in days)), days=days, text=self.text)


class ReviewBody(Body):
    """What the supervisor says of a log; who returns it says why."""

    accepted: bool
    remark: Sentence | None = None


class LoggedDayView(View):
    """The work of one day."""

    date: date
    hours: float
    starts_at: time | None
    ends_at: time | None


class PlacementLogView(View):
    """A week's log as those see it who may; `violations` are what the rules have against its hours."""

    id: str
    placement_id: str
    student_id: str
    week: str
    monday: date
    days: list[LoggedDayView]
    hours: float
    text: str
    written_on: date
    violations: list[FindingView]
    remark: str | None
    reviewed_at: Instant | None
    status: str
    version: int

    @classmethod
    def of_log(cls, log: PlacementLog) -> "PlacementLogView":
        """The view of a log, its minutes as hours."""
        same = {name: getattr(log, name) for name in cls.model_fields if hasattr(log, name)}
        days = [
            LoggedDayView(date=day.worked_on, hours=hours(day.minutes), starts_at=day.starts_at, ends_at=day.ends_at)
            for day in log.days
        ]
        violations = [FindingView.of(finding) for finding in log.violations]
        return cls.model_validate({**same, "days": days, "hours": hours(log.minutes), "violations": violations})


@router.post("/v1/placements/{placement_id}/logs", status_code=201, access=allow("student", scope=None))
async def write_log(placement_id: PlacementId, body: WeekLogBody, edge: EdgeIn) -> PlacementLogView:
    """Write the log of one week, or write again one that was returned."""
    command = WriteLog(
        placement_id=placement_id,
        caller_ids=edge.who.persons,
        decision_id=new_id("decision"),
        entry=body.entry,
    )
    return await edge.act(
        handlers.write_log,
        command,
        on=(Placement, placement_id),
        answer=PlacementLogView.of_log,
        location="/v1/placement-logs/{id}",
    )


@router.post("/v1/placement-logs/{log_id}/review", access=_SUPERVISOR)
async def review_log(log_id: PlacementLogId, body: ReviewBody, edge: EdgeIn) -> PlacementLogView:
    """Accept a log, or return it to be corrected."""
    review = Review(accepted=body.accepted, remark=body.remark, reviewer=edge.who.actor)
    command = ReviewLog(log_id=log_id, review=review)
    return await edge.act(handlers.review_log, command, on=(PlacementLog, log_id), answer=PlacementLogView.of_log)


@router.get("/v1/placement-logs/{log_id}", access=_READ)
async def placement_log(log_id: PlacementLogId, edge: EdgeIn) -> PlacementLogView:
    """One week's log."""
    return await edge.show(PlacementLog, log_id, PlacementLogView.of_log)


@router.get("/v1/placement-logs", access=_READ)
async def placement_logs(
    edge: EdgeIn,
    page: PageIn,
    *,
    placement_id: PlacementId | None = None,
    supervisor_id: TeacherId | None = None,
    week: WeekName | None = None,
    status: LogStatus | None = None,
    violated: bool | None = None,
) -> Page[PlacementLogView]:
    """The logs that one may see; `status=submitted` are those that wait for a review."""
    return await edge.page(
        PlacementLog,
        page,
        PlacementLogView.of_log,
        placement_id=placement_id,
        supervisor_id=supervisor_id,
        week=week,
        status=status,
        violated=violated,
    )
