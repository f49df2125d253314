"""What partnership's handlers are given: its aggregates, inside one transaction."""

from typing import Protocol

from services.partnership.domain.agreement import Agreement
from services.partnership.domain.capability import Capability
from services.partnership.domain.match import Match
from services.partnership.domain.need import Need
from services.partnership.domain.organization import Organization
from services.partnership.domain.signing import SignatureLink
from shared.approvals.case import ApprovalCase
from shared.approvals.chain import ApprovalChain
from shared.documents.document import Document
from shared.documents.signing.link import SigningLink
from shared.documents.signing.round import SigningRound
from shared.kernel import work
from shared.kernel.work import Repository


class Work(work.Work, Protocol):
    """One transaction of partnership."""

    @property
    def organizations(self) -> Repository[Organization]:
        """The alliance's register."""

    @property
    def needs(self) -> Repository[Need]:
        """What is looked for."""

    @property
    def capabilities(self) -> Repository[Capability]:
        """What is offered."""

    @property
    def matches(self) -> Repository[Match]:
        """Who could meet which line."""

    @property
    def agreements(self) -> Repository[Agreement]:
        """What was agreed."""

    @property
    def documents(self) -> Repository[Document]:
        """Papers about what was agreed."""

    @property
    def signings(self) -> Repository[SigningRound]:
        """Rounds of signatures on papers."""

    @property
    def signing_links(self) -> Repository[SigningLink]:
        """Who may sign such a round without an account."""

    @property
    def signature_links(self) -> Repository[SignatureLink]:
        """Who may sign without an account."""

    @property
    def approval_chains(self) -> Repository[ApprovalChain]:
        """Which steps organisations put in front of which acts."""

    @property
    def approvals(self) -> Repository[ApprovalCase]:
        """What was asked for and decided of them."""
