"""A conversion: recognised outcomes become credits of a programme; proposed, reviewed, posted, perhaps reversed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from services.training.domain.account import CreditAccount
from services.training.domain.conversion_refusals import (
    AlreadyDecided,
    AnotherUniversity,
    NotPosted,
    NotProposed,
    NotRecognised,
    NotReviewed,
)
from services.training.domain.directory import KnownProgramme, ProgrammeUnknown
from services.training.domain.outcome import Outcome
from shared.contracts.training import ConversionState, CreditConverted, CreditReversed
from shared.errors import RuleRefused, State
from shared.kernel.aggregate import Aggregate
from shared.rules import Decision


class ConversionStatus(State):
    """How far a conversion has come. Approval posts it at once."""

    PROPOSED = "proposed", "已提出", "proposed"
    ACADEMIC_REVIEW = "academic_review", "审核中", "under academic review"
    POSTED = "posted", "已入账", "posted"
    REJECTED = "rejected", "已驳回", "rejected"
    REVERSED = "reversed", "已冲销", "reversed"


_UNDECIDED: Final = frozenset({ConversionStatus.PROPOSED, ConversionStatus.ACADEMIC_REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a conversion takes of one outcome, in half credits."""

    outcome_id: str
    half_credits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion(Aggregate):
    """Credits on their way into a programme. `half_credits` is the sum of the parts."""

    kind: ClassVar[str] = "conversion"
    account_id: str
    person_id: str
    university_id: str
    parts: tuple[Part, ...]
    target_programme_id: str
    target_course: str | None
    half_credits: int
    status: ConversionStatus = ConversionStatus.PROPOSED

    @classmethod
    def propose(
        cls,
        id: str,
        *,
        account: CreditAccount,
        outcomes: Iterable[tuple[Outcome, int | None]],
        programme: KnownProgramme | None,
        target_course: str | None,
    ) -> Self:
        """Ask for credits; of each outcome so many half credits, or all that were recognised."""
        chosen = tuple(outcomes)
        if programme is None:
            raise ProgrammeUnknown
        if programme.university_id != account.university_id:
            raise AnotherUniversity
        parts = tuple(_part(account, outcome, wanted) for outcome, wanted in chosen)
        return cls(
            id=id,
            story=chosen[0][0].story,
            account_id=account.id,
            person_id=account.person_id,
            university_id=account.university_id,
            parts=parts,
            target_programme_id=programme.id,
            target_course=target_course,
            half_credits=sum(part.half_credits for part in parts),
        )

    @property
    def owners(self) -> frozenset[str]:
        """The learner and the university."""
        return frozenset({self.person_id, self.university_id})

    def review(self) -> Self:
        """The academic office takes it up."""
        if self.status is not ConversionStatus.PROPOSED:
            raise NotProposed(status=self.status)
        return replace(self, status=ConversionStatus.ACADEMIC_REVIEW)

    def require_reviewed(self) -> None:
        """Raise `NotReviewed` unless the academic office has taken it up and not yet decided."""
        if self.status is not ConversionStatus.ACADEMIC_REVIEW:
            raise NotReviewed(status=self.status)

    def post(self, decision: Decision) -> tuple[Self, CreditConverted]:
        """It is approved and enters the ledger. Raises `RuleRefused` with the first finding that forbids it."""
        self.require_reviewed()
        for finding in decision.refusing:
            raise RuleRefused(finding)
        posted = replace(self, status=ConversionStatus.POSTED)
        return posted, CreditConverted.model_validate(posted._told())

    def reject(self) -> Self:
        """The academic office does not agree."""
        if self.status not in _UNDECIDED:
            raise AlreadyDecided(status=self.status)
        return replace(self, status=ConversionStatus.REJECTED)

    def reverse(self, *, reason: str) -> tuple[Self, CreditReversed]:
        """It is taken back; its outcomes are free again."""
        if self.status is not ConversionStatus.POSTED:
            raise NotPosted(status=self.status)
        reversed_ = replace(self, status=ConversionStatus.REVERSED)
        return reversed_, CreditReversed.model_validate({**reversed_._told(), "reason": reason})

    def state(self) -> ConversionState:
        """The conversion as it is now."""
        return ConversionState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _told(self) -> dict[str, object]:
        return {
            "conversion_id": self.id,
            "account_id": self.account_id,
            "person_id": self.person_id,
            "university_id": self.university_id,
            "outcome_ids": [part.outcome_id for part in self.parts],
            "target_programme_id": self.target_programme_id,
            "target_course": self.target_course,
            "half_credits": self.half_credits,
        }


def _part(account: CreditAccount, outcome: Outcome, wanted: int | None) -> Part:
    if outcome.account_id != account.id or outcome.convertible is None:
        raise NotRecognised
    return Part(outcome_id=outcome.id, half_credits=outcome.convertible if wanted is None else wanted)
