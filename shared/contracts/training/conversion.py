"""Outcomes turned into credits of a programme, and taken back."""

from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Code, HalfCredits, Known, Text
from shared.contracts.ids import AccountId, ConversionId, OrganizationId, OutcomeId, ProgrammeId


class ConversionBody(Body):
    """Credits of outcomes turned into credits of a programme; without a course they count as elective."""

    conversion_id: ConversionId
    account_id: AccountId
    person_id: Code
    university_id: OrganizationId
    outcome_ids: list[OutcomeId]
    target_programme_id: ProgrammeId
    target_course: Code | None = None
    half_credits: HalfCredits


@named("training.credit.converted", key="conversion_id")
class CreditConverted(ConversionBody, Event):
    """The conversion was approved and posted to the ledger."""


@named("training.credit.reversed", key="conversion_id")
class CreditReversed(ConversionBody, Event):
    """A posted conversion was taken back by a negative entry."""

    reason: Text


@named("training.conversion.state", key="conversion_id")
class ConversionState(ConversionBody, State):
    """A conversion as it is now."""

    status: Annotated[str, Known("proposed", "academic_review", "approved", "posted", "rejected", "reversed")]
