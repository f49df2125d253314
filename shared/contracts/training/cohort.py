"""Order classes and other cohorts that universities and enterprises teach together."""

from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import BasisPoints, Code, Count, Known, LineNo, Text
from shared.contracts.ids import AgreementId, CohortId, NeedId, OrganizationId, ProgrammeId


class CohortBody(Body):
    """An order class or another cohort that university and enterprise teach together."""

    cohort_id: CohortId
    type: Annotated[str, Known("modern_apprenticeship", "enterprise_new_apprenticeship", "order_class", "joint_class")]
    programme_id: ProgrammeId
    occupation_code: Code
    university_id: OrganizationId
    enterprise_ids: list[OrganizationId]
    agreement_id: AgreementId
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    planned: Count
    enrolled: Count
    hire_bp: BasisPoints


@named("training.cohort.planned", key="cohort_id")
class CohortPlanned(CohortBody, Event):
    """An agreement was signed for a class of this size."""


@named("training.cohort.formed", key="cohort_id")
class CohortFormed(CohortBody, Event):
    """The class has its students."""


@named("training.cohort.started", key="cohort_id")
class CohortStarted(CohortBody, Event):
    """Teaching began."""


@named("training.cohort.cancelled", key="cohort_id")
class CohortCancelled(CohortBody, Event):
    """The class will not take place."""

    reason: Text


@named("training.cohort.state", key="cohort_id")
class CohortState(CohortBody, State):
    """A cohort as it is now."""

    status: Annotated[str, Known("planned", "intake_open", "formed", "running", "cancelled")]
