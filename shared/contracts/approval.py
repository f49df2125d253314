"""What is told of approvals inside an institution, in every service alike: ids, steps by number, parties; no reason."""

from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body, State
from shared.contracts.fields import Code, Known
from shared.contracts.ids import ApprovalId, OrganizationId
from shared.contracts.signing import PartyName

StepNo = Annotated[int, Field(ge=1, le=20)]
"""The number of a step; the first is 1."""


class ApprovalBody(Body):
    """What every fact of an approval says: of which act on what, who asked, at which of its steps it is.

    `asked_parties` are those whose step it is; nobody's once it is over.
    """

    approval_id: ApprovalId
    organization_id: OrganizationId
    act: Code
    about_id: Code
    asker_party: PartyName
    step: StepNo
    steps: StepNo
    asked_parties: Annotated[list[PartyName], Field(max_length=20)]


class ApprovalRequestedBody(ApprovalBody):
    """An organisation is asked to let an act be done."""


class ApprovalStepDecidedBody(ApprovalBody):
    """Somebody has approved or refused at a step."""

    decided_step: StepNo
    verdict: Annotated[str, Known("approved", "refused")]


class ApprovalDecidedBody(ApprovalBody):
    """The last step approved it, or one refused it."""

    outcome: Annotated[str, Known("approved", "refused")]


class ApprovalVoidedBody(ApprovalBody):
    """It counts no more: its object has changed, its act is over, its chain has ended, or it was withdrawn."""

    cause: Annotated[str, Known("object_changed", "act_over", "chain_ended", "withdrawn")]


class ApprovalStateBody(ApprovalBody, State):
    """The approval as it is now."""

    status: Annotated[str, Known("open", "approved", "refused", "void", "withdrawn", "used")]
