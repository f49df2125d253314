"""What was learnt, and how much of it a university recognised."""

from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Code, Count, HalfCredits, Known, Text
from shared.contracts.ids import AccountId, OrganizationId, OutcomeId

OutcomeKind = Annotated[
    str,
    Known(
        "academic_course", "diploma", "x_certificate", "enterprise_practice", "internship", "competition",
        "innovation_project", "micro_credential", "training_course",
    ),
]  # fmt: skip


class OutcomeBody(Body):
    """A learning outcome: what was learnt, of which kind, with what evidence."""

    outcome_id: OutcomeId
    account_id: AccountId
    person_id: Code
    university_id: OrganizationId
    kind: OutcomeKind
    hours: Count
    evidence_id: Code


@named("training.outcome.registered", key="outcome_id")
class OutcomeRegistered(OutcomeBody, Event):
    """An outcome was registered and stored in its learner's account."""


@named("training.outcome.recognised", key="outcome_id")
class OutcomeRecognised(OutcomeBody, Event):
    """A university recognised the outcome as worth so many credits."""

    half_credits: HalfCredits


@named("training.outcome.revoked", key="outcome_id")
class OutcomeRevoked(OutcomeBody, Event):
    """What proved the outcome holds no longer: nothing more is converted of it."""

    reason: Text


@named("training.outcome.state", key="outcome_id")
class OutcomeState(OutcomeBody, State):
    """An outcome as it is now."""

    status: Annotated[str, Known("registered", "recognised", "revoked")]
    half_credits: HalfCredits | None = None
