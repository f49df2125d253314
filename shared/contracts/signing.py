"""What is told of signings in every service alike: ids, the hash of what is signed, parties; no name and no token."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.document import Sha256
from shared.contracts.event import Body, State
from shared.contracts.fields import Code, Count, Instant, Known
from shared.contracts.ids import DocumentId, OrganizationId, SigningId

PartyName = Annotated[
    str, StringConstraints(pattern=r"^(person|guardian):[a-z]{2,8}_[0-9A-Z]{26}$|^role:[a-z_]{1,64}@org_[0-9A-Z]{26}$")
]
"""Who signs: a person, whoever holds a role in an organisation, or a student's guardian, who has no account."""
How = Annotated[str, Known("account", "link", "scan")]
Parties = Annotated[list[PartyName], Field(max_length=100)]


class SigningBody(Body):
    """What every fact of a signing says: of which bytes, about what, who asks, and who is still to sign.

    `asked_parties` are those whose turn it has become with this fact: all of them at once, or one after the other.
    """

    signing_id: SigningId
    document_id: DocumentId
    document_kind: Code
    about_id: Code
    sha256: Sha256
    organization_id: OrganizationId
    due_on: date | None = None
    pending_parties: Parties
    asked_parties: Parties


class SigningRequestedBody(SigningBody):
    """Parties are asked to sign a document, in any order or one after the other."""

    ordered: bool


class SigningGivenBody(SigningBody):
    """One party has signed: by its account, with a one-time link, or on paper of which its office keeps a scan."""

    party: PartyName
    how: How


class SigningCompletedBody(SigningBody):
    """All have signed."""

    completed_at: Instant
    signed_parties: Parties


class SigningVoidedBody(SigningBody):
    """The signatures count no more, or are asked for no more. `signed_parties` are those who had signed."""

    signed_parties: Parties
    cause: Annotated[str, Known("document_voided", "document_erased", "document_replaced", "withdrawn")]


class SigningRemindedBody(SigningBody):
    """Those whose turn it is have not signed so many days after they were asked; `step` counts the reminders."""

    step: Annotated[int, Field(ge=1, le=100)]
    days: Count


class SigningStateBody(SigningBody, State):
    """The signing as it is now."""

    ordered: bool
    signed_parties: Parties
    status: Annotated[str, Known("open", "complete", "void", "withdrawn")]
