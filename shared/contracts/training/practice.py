"""Teachers' practice periods in enterprises, from approval to verification."""

from datetime import date
from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Count, Known, LineNo, Text
from shared.contracts.ids import AgreementId, NeedId, OrganizationId, PracticeId, TeacherId

PracticeForm = Annotated[str, Known("visit", "skills_training", "post_work", "project_rnd")]


class PracticeBody(Body):
    """A teacher's practice period in an enterprise."""

    practice_id: PracticeId
    teacher_id: TeacherId
    university_id: OrganizationId
    enterprise_id: OrganizationId
    agreement_id: AgreementId | None = None
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    form: PracticeForm
    starts_on: date
    ends_on: date


@named("training.practice.approved", key="practice_id")
class PracticeApproved(PracticeBody, Event):
    """The university approved the planned period; a seat is taken."""


@named("training.practice.started", key="practice_id")
class PracticeStarted(PracticeBody, Event):
    """The practice period began."""


@named("training.practice.completed", key="practice_id")
class PracticeCompleted(PracticeBody, Event):
    """The practice period completed; it counts once both sides have verified it."""

    days_claimed: Count
    logs: Count


@named("training.practice.verified", key="practice_id")
class PracticeVerified(PracticeBody, Event):
    """Enterprise and university verified the period. `rolling_days` are the teacher's last 60 months, this included."""

    verified_days: Count
    rolling_days: Count


@named("training.practice.rejected", key="practice_id")
class PracticeRejected(PracticeBody, Event):
    """One side did not verify the period: it does not count."""

    rejected_by_id: OrganizationId
    reason: Text


@named("training.practice.revoked", key="practice_id")
class PracticeRevoked(PracticeBody, Event):
    """A period that had been verified counts no longer: its verification did not hold."""

    verified_days: Count
    reason: Text


@named("training.practice.state", key="practice_id")
class PracticeState(PracticeBody, State):
    """A practice period as it is now. `pending_organization_ids` are the sides that are still to verify it."""

    status: Annotated[
        str, Known("planned", "approved", "ongoing", "paused", "completed", "verified", "rejected", "revoked")
    ]
    verified_days: Count | None = None
    pending_organization_ids: list[OrganizationId] | None = None
