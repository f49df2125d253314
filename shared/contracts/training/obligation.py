"""How much practice teachers owe, and whether they are in time."""

from datetime import date
from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Count, Known
from shared.contracts.ids import ObligationId, OrganizationId, TeacherId

ObligationKind = Annotated[str, Known("five_year_180", "new_teacher_180")]


class ObligationBody(Body):
    """How much practice a teacher owes, and by when. Days are calendar-equivalent."""

    obligation_id: ObligationId
    teacher_id: TeacherId
    university_id: OrganizationId
    kind: ObligationKind
    required_days: Count
    done_days: Count
    due_on: date


@named("training.obligation.opened", key="obligation_id")
class ObligationOpened(ObligationBody, Event):
    """A teacher owes practice from now on."""


@named("training.obligation.at_risk", key="obligation_id")
class ObligationAtRisk(ObligationBody, Event):
    """The days left before the deadline hardly suffice for what is missing."""


@named("training.obligation.overdue", key="obligation_id")
class ObligationOverdue(ObligationBody, Event):
    """The last admissible day has passed. `overdue_on` is the day after it."""

    overdue_on: date


@named("training.obligation.fulfilled", key="obligation_id")
class ObligationFulfilled(ObligationBody, Event):
    """Enough practice is verified."""


@named("training.obligation.regressed", key="obligation_id")
class ObligationRegressed(ObligationBody, Event):
    """Old practice rolled out of the window, or was revoked: what was fulfilled no longer is."""


@named("training.obligation.state", key="obligation_id")
class ObligationState(ObligationBody, State):
    """An obligation as it is now."""

    status: Annotated[str, Known("not_started", "on_track", "at_risk", "overdue", "fulfilled")]
