"""Whether student and guardian consent to an internship, each as a text that they were shown describes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from services.training.domain.internship.consent_text import ConsentText
from services.training.domain.internship.paper_refusals import AnotherIntern, AnsweredTooLate
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import PlacementStatus, before
from shared.kernel.aggregate import Aggregate

BEFORE_START: Final = frozenset(before(PlacementStatus.CANCELLED))
"""Until an internship starts: only then it can be cancelled."""


class Giver(StrEnum):
    """Who consents."""

    STUDENT = "student"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Yes or no, and why not, if somebody wants to say it."""

    given: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Aggregate):
    """One answer. It never changes: who thinks otherwise answers again, and the last answer counts.

    `guardian_name` never leaves the service; `digest` is that of the text which was answered, and `document_id` names
    the paper of who signed one. From `voided_at` on the signature on that counts no more, and the answer with it.
    """

    kind: ClassVar[str] = "consent"
    placement_id: str
    student_id: str
    university_id: str
    supervisor_id: str | None
    giver: Giver
    given: bool
    reason: str | None
    text_id: str
    digest: str
    guardian_name: str | None = None
    link_id: str | None = None
    document_id: str | None = None
    answered_at: datetime
    voided_at: datetime | None = None

    @classmethod
    def of_student(cls, id: str, *, placement: Placement, text: ConsentText, answer: Answer, at: datetime) -> Self:
        """The student's own answer."""
        require_open_to_consent(placement)
        return cls(
            id=id,
            story=placement.story,
            placement_id=placement.id,
            student_id=placement.student_id,
            university_id=placement.university_id,
            supervisor_id=placement.supervisor_id,
            giver=Giver.STUDENT,
            given=answer.given,
            reason=answer.reason,
            text_id=text.id,
            digest=text.digest,
            answered_at=at,
        )

    def void(self, *, at: datetime) -> Self:
        """Let it count no more."""
        return self if self.voided_at else replace(self, voided_at=at)

    @property
    def owners(self) -> frozenset[str]:
        """The student and the school's side: it is no business of the enterprise why somebody said no."""
        supervisor = {self.supervisor_id} if self.supervisor_id else set()
        return frozenset({self.student_id, self.university_id, *supervisor})


def is_open_to_consent(placement: Placement) -> bool:
    """Whether an answer still counts: until it starts, and while it is under way where consents are asked for anew."""
    return placement.status in BEFORE_START or placement.awaits_papers


def require_open_to_consent(placement: Placement) -> None:
    """Raise `AnsweredTooLate` once nobody is asked any more."""
    if not is_open_to_consent(placement):
        raise AnsweredTooLate(status=placement.status)


def require_intern(placement: Placement, person_ids: frozenset[str]) -> None:
    """Raise `AnotherIntern` unless one of these persons is the student."""
    if placement.student_id not in person_ids:
        raise AnotherIntern


def standing(consents: Iterable[Consent], placement: Placement) -> tuple[Consent, ...]:
    """The answers that count: all that were not voided, or of these those since an amendment asked for them anew."""
    renewal = placement.papers.renewal
    valid = (consent for consent in consents if consent.voided_at is None)
    if renewal is None or renewal.asked_at is None:
        return tuple(valid)
    return tuple(consent for consent in valid if consent.answered_at > renewal.asked_at)


def last_answers(consents: Iterable[Consent]) -> Mapping[Giver, Consent]:
    """What each giver said last; who has not answered is missing."""
    ordered = sorted(consents, key=lambda consent: (consent.answered_at, consent.id))
    return {consent.giver: consent for consent in ordered}
