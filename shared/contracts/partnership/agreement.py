"""Agreements, from the request for signatures to their end."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Known, LineNo, Text
from shared.contracts.ids import AgreementId, MatchId, NeedId, OrganizationId
from shared.contracts.partnership.candidate import Candidate
from shared.contracts.partnership.terms import AgreementTerms

AgreementType = Annotated[
    str,
    Known(
        "framework", "industry_college", "mixed_ownership_branch", "specialty_college", "training_institution",
        "order_class", "apprenticeship", "internship_base", "base_co_build", "rnd_project", "teacher_practice",
        "technician_appointment", "overseas", "data_sharing",
    ),
]  # fmt: skip


class Party(Body):
    """One party of an agreement and what it is in it."""

    organization_id: OrganizationId
    role: Annotated[str, Known("university", "enterprise", "base_operator", "government", "other")]


class AgreedMatch(Body):
    """A confirmed match that the agreement carries out."""

    match_id: MatchId
    candidate: Candidate


class AgreementBody(Body):
    """An agreement: parties, what it carries out, and from when to when."""

    agreement_id: AgreementId
    type: AgreementType
    parties: list[Party] = Field(min_length=2)
    parent_id: AgreementId | None = None
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    matches: list[AgreedMatch] = []
    starts_on: date
    ends_on: date
    terms: AgreementTerms = AgreementTerms()


@named("partnership.agreement.signature_requested", key="agreement_id")
class AgreementSignatureRequested(Event):
    """The agreement is complete; these parties are still to sign."""

    agreement_id: AgreementId
    type: AgreementType
    pending_organization_ids: list[OrganizationId]


@named("partnership.agreement.signed", key="agreement_id")
class AgreementSigned(AgreementBody, Event):
    """The last party signed. Nothing that it plans may start before it is activated."""


@named("partnership.agreement.activated", key="agreement_id")
class AgreementActivated(Event):
    """The agreement is in force."""

    agreement_id: AgreementId
    type: AgreementType
    effective_on: date


@named("partnership.agreement.terminated", key="agreement_id")
class AgreementTerminated(Event):
    """The agreement was ended before its time; `before_start` where it had not been in force."""

    agreement_id: AgreementId
    type: AgreementType
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    reason: Text
    effective_on: date
    before_start: bool


@named("partnership.agreement.completed", key="agreement_id")
class AgreementCompleted(Event):
    """The agreement ran to its end."""

    agreement_id: AgreementId
    type: AgreementType
    effective_on: date


@named("partnership.agreement.state", key="agreement_id")
class AgreementState(AgreementBody, State):
    """An agreement as it is now. `pending_organization_ids` are the parties whose signature is waited for."""

    status: Annotated[str, Known("draft", "pending_signatures", "signed", "active", "completed", "terminated")]
    pending_organization_ids: list[OrganizationId] | None = None
