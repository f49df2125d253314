"""A recognition as dual-qualified: applied for, judged on frozen evidence, decided by people, then in force."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Final, Self

from services.training.domain.faculty.recognition_batch import RecognitionBatch
from services.training.domain.faculty.recognition_refusals import (
    AnotherTeachersCase,
    LevelNotOffered,
    NoEvidence,
    NotAProfessionalTeacher,
    NotInForce,
    NotInOrder,
    NotOfThisUniversity,
    NotRechecking,
    OwnCase,
    PublicityIsOver,
)
from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.domain.faculty.recognition_rules.ratio import RecognisedFrom, Share
from services.training.domain.faculty.recognition_steps import (
    IN_FORCE,
    CommitteeDecision,
    Objection,
    Recheck,
    RecheckCause,
    RecognitionStatus,
    Review,
    RevocationReason,
    settled,
    with_cause,
    with_conclusion,
)
from services.training.domain.teacher import Teacher
from shared.contracts.training import RecognitionExpiring, RecognitionGranted, RecognitionRevoked, RecognitionState
from shared.kernel.aggregate import Aggregate
from shared.rules import Verdict
from shared.words import choices

_DAY: Final = timedelta(days=1)
_Status = RecognitionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition(Aggregate):
    """An application and what came of it. `review_on` is the day on which time alone takes it further; None is never.

    `starts_on` to `ends_on` is its validity; from `remind_on` it is about to end, which was told on `reminded_on`.
    """

    kind: ClassVar[str] = "recognition"
    teacher_id: str
    university_id: str
    batch_id: str
    level: Level
    rule_packs: str
    evidence_sha256: str | None = None
    precheck: Verdict | None = None
    review: Review | None = None
    decision: CommitteeDecision | None = None
    publicity_starts_on: date | None = None
    publicity_ends_on: date | None = None
    objections: tuple[Objection, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    remind_on: date | None = None
    reminded_on: date | None = None
    rechecks: tuple[Recheck, ...] = ()
    revoked_on: date | None = None
    revocation_reason: RevocationReason | None = None
    review_on: date | None = None
    status: RecognitionStatus = RecognitionStatus.DRAFT

    @classmethod
    def apply(cls, id: str, *, teacher: Teacher, batch: RecognitionBatch, level: Level, on: date) -> Self:
        """Begin an application in an open batch of the teacher's own university."""
        batch.require_open(on)
        if teacher.university_id != batch.university_id:
            raise NotOfThisUniversity
        if not (teacher.is_active and teacher.owes_practice):
            raise NotAProfessionalTeacher
        if level not in batch.levels:
            raise LevelNotOffered(levels=choices(batch.levels))
        return cls(
            id=id,
            story=batch.story,
            teacher_id=teacher.id,
            university_id=teacher.university_id,
            batch_id=batch.id,
            level=level,
            rule_packs=batch.rule_packs or "",
        )

    @property
    def owners(self) -> frozenset[str]:
        """The teacher and the university."""
        return frozenset({self.teacher_id, self.university_id})

    def require_applicant(self, persons: frozenset[str]) -> None:
        """Raise `AnotherTeachersCase` unless the caller is the teacher."""
        if self.teacher_id not in persons:
            raise AnotherTeachersCase

    def require_not_applicant(self, persons: frozenset[str]) -> None:
        """Raise `OwnCase` if the caller is the teacher, in whatever role."""
        if self.teacher_id in persons:
            raise OwnCase

    def require(self, *statuses: RecognitionStatus) -> None:
        """Raise `NotInOrder` unless it has come exactly so far."""
        if self.status not in statuses:
            raise NotInOrder(status=self.status, wanted=statuses)

    def submit(self, *, entered: int) -> Self:
        """Hand the application in; nothing more is entered after it."""
        self.require(_Status.DRAFT)
        if not entered:
            raise NoEvidence
        return replace(self, status=_Status.SUBMITTED)

    def freeze(self, *, sha256: str, precheck: Verdict) -> Self:
        """Keep what is decided on, and what the rules say of it so far. That decides nothing."""
        self.require(_Status.SUBMITTED)
        return replace(self, evidence_sha256=sha256, precheck=precheck, status=_Status.PRECHECKED)

    def reviewed(self, review: Review) -> Self:
        """Hear the university's office; the committee is next, whatever it says."""
        self.require(_Status.PRECHECKED)
        return replace(self, review=review, status=_Status.UNDER_REVIEW)

    def decided(self, decision: CommitteeDecision, batch: RecognitionBatch) -> Self:
        """Hear the committee: what it approved is made public, the rest is declined."""
        self.require(_Status.UNDER_REVIEW)
        if not decision.approved:
            return replace(self, decision=decision, status=_Status.DECLINED)
        ends_on = batch.publicity_from(decision.decided_on)
        return replace(
            self,
            decision=decision,
            publicity_starts_on=decision.decided_on,
            publicity_ends_on=ends_on,
            review_on=ends_on + _DAY,
            status=_Status.PUBLICISED,
        )

    def hear_objection(self, text: str, *, on: date) -> Self:
        """Note what somebody has against it while it is public; until that is settled it does not come into force."""
        self.require(_Status.PUBLICISED)
        if on >= self._publicity_over_on:
            raise PublicityIsOver(last=self._publicity_over_on - _DAY)
        objection = Objection(number=len(self.objections) + 1, text=text, raised_on=on)
        return replace(self, objections=(*self.objections, objection), review_on=None)

    def settle(self, number: int, *, upheld: bool, reason: str, on: date) -> Self:
        """Settle an objection: one that holds ends the application."""
        self.require(_Status.PUBLICISED)
        heard = replace(self, objections=settled(self.objections, number, upheld=upheld, reason=reason, on=on))
        if upheld:
            return replace(heard, status=_Status.DECLINED)
        waits = any(each.upheld is None for each in heard.objections)
        return replace(heard, review_on=None if waits else self._publicity_over_on)

    def activate(
        self, *, starts_on: date, ends_on: date, remind_on: date, share: Share
    ) -> tuple[Self, RecognitionGranted]:
        """Its publicity is over and nobody's objection held: it is in force."""
        self.require(_Status.PUBLICISED)
        active = replace(
            self, starts_on=starts_on, ends_on=ends_on, remind_on=remind_on, review_on=remind_on, status=_Status.ACTIVE
        )
        return active, RecognitionGranted.model_validate(active._told(share))

    def expire_soon(self, *, on: date, share: Share) -> tuple[Self, RecognitionExpiring]:
        """Remind of its end, once."""
        self.require(_Status.ACTIVE)
        expiring = replace(self, reminded_on=on, review_on=self._last_day + _DAY, status=_Status.EXPIRING)
        left = max(0, (self._last_day - on).days + 1)
        return expiring, RecognitionExpiring.model_validate({**self._told(share), "days_left": left})

    def expire(self) -> Self:
        """Its last day has passed."""
        self.require(_Status.ACTIVE, _Status.EXPIRING)
        return replace(self, review_on=None, status=_Status.EXPIRED)

    def require_in_force(self) -> None:
        """Raise `NotInForce` unless it was granted and holds."""
        if self.status not in IN_FORCE:
            raise NotInForce(status=self.status)

    @property
    def rechecked_sources(self) -> tuple[str, ...]:
        """What has led to a recheck already."""
        return tuple(cause.source_id for recheck in self.rechecks for cause in recheck.causes)

    def recheck(self, cause: RecheckCause, *, on: date) -> Self:
        """Look at it again, because something that it rests on was taken back."""
        self.require_in_force()
        rechecks = with_cause(self.rechecks, cause, on=on)
        return replace(self, rechecks=rechecks, review_on=None, status=_Status.RECHECKING)

    def uphold(self, reason: str, *, on: date) -> Self:
        """The recheck found that it stands; the calendar takes it further from where it was."""
        if self.status is not _Status.RECHECKING:
            raise NotRechecking(status=self.status)
        was_reminded = self.reminded_on is not None
        return replace(
            self,
            rechecks=with_conclusion(self.rechecks, upheld=True, reason=reason, on=on),
            review_on=self._last_day + _DAY if was_reminded else self.remind_on,
            status=_Status.EXPIRING if was_reminded else _Status.ACTIVE,
        )

    def revoke(
        self, reason_code: RevocationReason, reason: str, *, on: date, share: Share
    ) -> tuple[Self, RecognitionRevoked]:
        """Take it back from today; an open recheck ends with it."""
        self.require_in_force()
        revoked = replace(
            self,
            rechecks=with_conclusion(self.rechecks, upheld=False, reason=reason, on=on),
            revoked_on=on,
            revocation_reason=reason_code,
            review_on=None,
            status=_Status.REVOKED,
        )
        told = {**revoked._told(share), "revoked_on": on, "reason_code": reason_code.value}
        return revoked, RecognitionRevoked.model_validate(told)

    def state(self) -> RecognitionState:
        """The application as it is now; what was found of the teacher stays inside."""
        return RecognitionState(
            recognition_id=self.id,
            batch_id=self.batch_id,
            teacher_id=self.teacher_id,
            university_id=self.university_id,
            level=self.level.value,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            status=self.status.value,
            version=self.version,
        )

    @property
    def granted(self) -> tuple[RecognisedFrom, ...]:
        """Its validity as the share is counted by; nothing before it came into force."""
        if self.starts_on is None or self.ends_on is None:
            return ()
        return (RecognisedFrom(starts_on=self.starts_on, ends_on=self.ends_on, revoked_on=self.revoked_on),)

    @property
    def _publicity_over_on(self) -> date:
        if self.publicity_ends_on is None:
            raise NotInOrder(status=self.status, wanted=_Status.PUBLICISED)
        return self.publicity_ends_on + _DAY

    @property
    def _last_day(self) -> date:
        if self.ends_on is None:
            raise NotInForce(status=self.status)
        return self.ends_on

    def _told(self, share: Share) -> dict[str, object]:
        return {
            "recognition_id": self.id,
            "batch_id": self.batch_id,
            "teacher_id": self.teacher_id,
            "university_id": self.university_id,
            "level": self.level.value,
            "rule_packs": self.rule_packs,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "recognised_teachers": share.recognised,
            "professional_teachers": share.professional,
            "university_ratio_after_bp": share.bp,
        }
