"""How a guardian consents without an account: by a link that the university hands out and that opens once."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Self

from services.training.domain.internship.consent import (
    Answer,
    Consent,
    Giver,
    is_open_to_consent,
    require_open_to_consent,
)
from services.training.domain.internship.consent_text import ConsentText
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import CALLED_OFF, PlacementStatus
from shared.kernel.one_time_link import LINK_STANDS, NoSuchLink, OneTimeLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """Who is asked. The phone is there for the office that sends the link, and for nobody else."""

    name: str
    phone: str | None = None


class Closed(StrEnum):
    """Why nobody is asked for consent any more."""

    STARTED = "started"
    OVER = "over"
    CALLED_OFF = "called_off"


def closed_by(placement: Placement) -> Closed | None:
    """Why consent to an internship is not asked for; None while it is."""
    if is_open_to_consent(placement):
        return None
    if placement.is_under_way:
        return Closed.STARTED
    return Closed.CALLED_OFF if placement.status in CALLED_OFF else Closed.OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedConsent:
    """What a guardian is asked with a link: about whose internship, where and when, in which words.

    `status` is the internship's; `closed` says why no answer counts any more.
    """

    guardian_name: str
    expires_at: datetime
    student_name: str
    university_name: str | None
    enterprise_name: str | None
    post_title: str
    starts_on: date
    ends_on: date
    title: str
    text: str
    edition: int
    digest: str
    status: PlacementStatus
    closed: Closed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredConsent:
    """What a guardian has answered with a link, and when; `digest` is that of the text."""

    given: bool
    answered_at: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLink(OneTimeLink):
    """A guardian's permission to answer once. The phone is kept only while it opens."""

    kind: ClassVar[str] = "consent_link"
    placement_id: str
    student_id: str
    university_id: str
    text_id: str
    guardian_name: str
    guardian_phone: str | None

    @classmethod
    def create(
        cls,
        id: str,
        *,
        placement: Placement,
        text: ConsentText,
        guardian: Guardian,
        token_hash: str,
        by: str,
        at: datetime,
    ) -> Self:
        """Ask a guardian about an internship that has not started, or that is to be consented to anew."""
        require_open_to_consent(placement)
        return cls(
            id=id,
            story=placement.story,
            placement_id=placement.id,
            student_id=placement.student_id,
            university_id=placement.university_id,
            text_id=text.id,
            guardian_name=guardian.name,
            guardian_phone=guardian.phone,
            token_hash=token_hash,
            created_by=by,
            expires_at=at + LINK_STANDS,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university alone: a student who knew of it could answer in the guardian's place."""
        return frozenset({self.university_id})

    def forget_phone(self, *, at: datetime) -> Self:
        """Keep no phone beyond the time in which the link opens."""
        return self if self.stands(at) else replace(self, guardian_phone=None)

    def answer(
        self, consent_id: str, *, placement: Placement, text: ConsentText, answer: Answer, at: datetime
    ) -> tuple[Self, Consent]:
        """Use it up. What was used or has expired is not found, like a link that never was."""
        if not self.stands(at):
            raise NoSuchLink
        require_open_to_consent(placement)
        consent = Consent(
            id=consent_id,
            story=self.story,
            placement_id=self.placement_id,
            student_id=self.student_id,
            university_id=self.university_id,
            supervisor_id=placement.supervisor_id,
            giver=Giver.GUARDIAN,
            given=answer.given,
            reason=answer.reason,
            text_id=text.id,
            digest=text.digest,
            guardian_name=self.guardian_name,
            link_id=self.id,
            answered_at=at,
        )
        return replace(self, used_at=at, guardian_phone=None), consent
