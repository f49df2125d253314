"""Students' internships at enterprises, from plan to grade. No event says why anybody is away or unwell."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Code, Count, Known, LineNo, Name, Text
from shared.contracts.ids import AgreementId, NeedId, OrganizationId, PlacementId, PostId, ProgrammeId, StudentId

InternshipKind = Annotated[str, Known("cognition", "post")]
PlacementMode = Annotated[str, Known("arranged", "self_found")]
PlacementGrade = Annotated[str, Known("excellent", "good", "pass", "fail")]
Cause = Annotated[str, Known("student", "unit", "school", "safety", "agreement")]
"""On whose account, or for the sake of what, a placement was stopped; the reason itself stays inside."""


class Period(Body):
    """Days in a row, both ends included."""

    starts_on: date
    ends_on: date


class RuleVerdict(Body):
    """What a rule said."""

    rule_id: Code
    verdict: Annotated[str, Known("pass", "fail", "unknown", "overridden")]


class RuleFailure(Body):
    """A rule that refused, under which version, and what was compared; `message` says why, `remedy` what would pass.

    Where a rule speaks of the student as a person, the message only says so and the rest is left out.
    """

    rule_id: Code
    rule_version: Name
    verdict: Annotated[str, Known("fail", "unknown")]
    actual: Name | None = None
    limit: Name | None = None
    message_zh: Text
    message_en: Text
    remedy_zh: Text | None = None
    remedy_en: Text | None = None


class PlacementBody(Body):
    """An internship of one student on one post. `starts_on` is the first of its days and `ends_on` the last."""

    placement_id: PlacementId
    student_id: StudentId
    university_id: OrganizationId
    programme_id: ProgrammeId
    post_id: PostId
    enterprise_id: OrganizationId
    agreement_id: AgreementId | None = None
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    internship_kind: InternshipKind
    mode: PlacementMode
    starts_on: date
    ends_on: date
    segments: list[Period]


@named("training.placement.planned", key="placement_id")
class PlacementPlanned(PlacementBody, Event):
    """A university planned the internship of a student."""


@named("training.placement.approved", key="placement_id")
class PlacementApproved(PlacementBody, Event):
    """The university approved it; it counts against the quotas of the enterprise from now on."""

    verdicts: list[RuleVerdict]


@named("training.placement.blocked", key="placement_id")
class PlacementBlocked(PlacementBody, Event):
    """Rules refuse it as things are."""

    failures: list[RuleFailure]


@named("training.placement.started", key="placement_id")
class PlacementStarted(PlacementBody, Event):
    """The student began."""


@named("training.placement.suspended", key="placement_id")
class PlacementSuspended(PlacementBody, Event):
    """It rests; its place stays taken."""

    cause: Cause


@named("training.placement.amended", key="placement_id")
class PlacementAmended(PlacementBody, Event):
    """Days, pay or guides were said anew. With `papers_voided`, agreement and consents are to be given anew."""

    changed: list[Annotated[str, Known("segments", "pay", "supervisor_id", "mentor_id")]]
    papers_voided: bool


@named("training.placement.resumed", key="placement_id")
class PlacementResumed(PlacementBody, Event):
    """It goes on."""


@named("training.placement.cancelled", key="placement_id")
class PlacementCancelled(PlacementBody, Event):
    """It will not take place."""

    cause: Cause


@named("training.placement.terminated", key="placement_id")
class PlacementTerminated(PlacementBody, Event):
    """The university ended it before its last day."""

    cause: Cause
    terminated_on: date


@named("training.placement.completed", key="placement_id")
class PlacementCompleted(PlacementBody, Event):
    """Its last day has passed. `days` are the calendar days of its segments, `hours` those that the logs prove."""

    days: Count
    hours: Count
    related_major: bool | None = None


@named("training.placement.graded", key="placement_id")
class PlacementGraded(PlacementBody, Event):
    """The university graded it. `employer_rating` is what the enterprise says of the student, from 1 to 5."""

    days: Count
    hours: Count
    grade: PlacementGrade
    employer_rating: Annotated[int, Field(ge=1, le=5)] | None = None
    related_major: bool | None = None


@named("training.placement.state", key="placement_id")
class PlacementState(PlacementBody, State):
    """A placement as it is now. `asks_anew` says what counts no more and is to be given again, approved as it is."""

    status: Annotated[
        str,
        Known(
            "planned", "consented", "agreement_signed", "checked", "blocked", "overridden", "approved", "ongoing",
            "suspended", "completed", "graded", "archived", "cancelled", "terminated",
        ),
    ]  # fmt: skip
    grade: PlacementGrade | None = None
    asks_anew: Annotated[str, Known("consent")] | None = None
