"""What handlers of training know of cohorts, outcomes and the credit bank."""

from typing import Protocol

from services.training.domain.account import CreditAccount, LedgerEntry
from services.training.domain.cohort import Cohort, Enrolment
from services.training.domain.conversion import Conversion
from services.training.domain.outcome import Outcome
from shared.kernel.work import Repository


class Credit(Protocol):
    """Cohorts, outcomes of learning, and the credit bank."""

    @property
    def cohorts(self) -> Repository[Cohort]:
        """Cohorts."""

    @property
    def enrolments(self) -> Repository[Enrolment]:
        """Students in cohorts."""

    @property
    def accounts(self) -> Repository[CreditAccount]:
        """Accounts of the credit bank."""

    @property
    def ledger(self) -> Repository[LedgerEntry]:
        """Entries of accounts, only ever added."""

    @property
    def outcomes(self) -> Repository[Outcome]:
        """Learning outcomes."""

    @property
    def conversions(self) -> Repository[Conversion]:
        """Conversions of outcomes into credits."""
