"""A teacher's practice in an enterprise: planned, approved on a seat, logged day by day, verified by both sides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.training.domain.agreement import Agreement, NotParty
from services.training.domain.faculty.counted_practice import CountedPractice
from services.training.domain.faculty.practice_log import PracticeLog
from services.training.domain.faculty.practice_pause import Pause, paused_from, resumed_on
from services.training.domain.faculty.practice_period import Form, PracticePeriod
from services.training.domain.faculty.practice_refusals import (
    EndsBeforeItStarts,
    NotApproved,
    NotASide,
    NotCompleted,
    NothingLogged,
    NotOngoing,
    NotOver,
    NotPaused,
    NotPlanned,
    NotVerified,
    ReasonMissing,
    SideHasSpoken,
    TooEarly,
)
from services.training.domain.faculty.practice_window import Window
from services.training.domain.faculty.seats import PracticeSeats
from services.training.domain.internship.evidence import Evidence
from services.training.domain.teacher import Teacher
from shared.contracts.training import (
    PracticeApproved,
    PracticeCompleted,
    PracticeRejected,
    PracticeRevoked,
    PracticeStarted,
    PracticeState,
    PracticeVerified,
)
from shared.errors import Conflict, State
from shared.kernel.aggregate import Aggregate


class PracticeStatus(State):
    """How far a practice period has come; only verified ones count."""

    PLANNED = "planned", "已规划", "planned"
    APPROVED = "approved", "已审批", "approved"
    ONGOING = "ongoing", "进行中", "ongoing"
    PAUSED = "paused", "已暂停", "paused"
    COMPLETED = "completed", "已完成", "completed"
    VERIFIED = "verified", "已核实", "verified"
    REJECTED = "rejected", "未通过核实", "rejected"
    REVOKED = "revoked", "已撤销", "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePlan:
    """What a teacher plans: where, how, when, on which weekdays (1 is Monday) and how many minutes a day."""

    enterprise_id: str
    form: Form
    starts_on: date
    ends_on: date
    weekdays: tuple[int, ...]
    minutes_a_day: int
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideVerdict:
    """What one side says of a completed period."""

    organization_id: str
    confirmed: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(Aggregate):
    """A practice period, both ends included. Its days of work are `PracticeLog`s of their own; here are their sums."""

    kind: ClassVar[str] = "practice"
    teacher_id: str
    university_id: str
    enterprise_id: str
    agreement_id: str
    seats_id: str
    need_id: str | None
    line_no: int | None
    form: Form
    starts_on: date
    ends_on: date
    weekdays: tuple[int, ...]
    minutes_a_day: int
    plan_text: str | None = None
    pauses: tuple[Pause, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    log_count: int = 0
    logged_minutes: int = 0
    verdicts: tuple[SideVerdict, ...] = ()
    days_claimed: int | None = None
    verified_days: int | None = None
    status: PracticeStatus = PracticeStatus.PLANNED

    @classmethod
    def plan(cls, id: str, *, teacher: Teacher, seats: PracticeSeats, agreement: Agreement, plan: PracticePlan) -> Self:
        """Plan a period within an agreement on teachers' practice. It takes no seat before it is approved."""
        if plan.ends_on < plan.starts_on:
            raise EndsBeforeItStarts
        if plan.enterprise_id not in agreement.enterprise_ids or teacher.university_id not in agreement.university_ids:
            raise NotParty
        agreement.require_within(plan.starts_on, plan.ends_on)
        seats.require_open_to(teacher.id)
        return cls(
            id=id,
            story=seats.story,
            teacher_id=teacher.id,
            university_id=teacher.university_id,
            enterprise_id=plan.enterprise_id,
            agreement_id=agreement.id,
            seats_id=seats.id,
            need_id=agreement.need_id,
            line_no=agreement.line_no,
            form=plan.form,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            weekdays=plan.weekdays,
            minutes_a_day=plan.minutes_a_day,
            plan_text=plan.text,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The teacher and both sides."""
        return frozenset({self.teacher_id, self.university_id, self.enterprise_id})

    @property
    def logged_hours(self) -> int:
        """Whole hours that the logs prove."""
        return self.logged_minutes // 60

    @property
    def counted(self) -> CountedPractice:
        """As far as it is counted."""
        return CountedPractice(
            id=self.id,
            teacher_id=self.teacher_id,
            form=self.form,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            weekdays=self.weekdays,
            minutes_a_day=self.minutes_a_day,
            pauses=self.pauses,
        )

    def period(self, logs: Iterable[PracticeLog] = ()) -> PracticePeriod:
        """The period as the ledger counts it (TCH-04); a full-time one needs no logs to be counted."""
        return self.counted.period(logs)

    def approve(self) -> tuple[Self, PracticeApproved]:
        """The university agrees with the plan."""
        approved = self._moved(PracticeStatus.PLANNED, PracticeStatus.APPROVED, NotPlanned)
        return approved, PracticeApproved.model_validate(approved._told())

    def start(self, *, on: date, agreement: Agreement) -> tuple[Self, PracticeStarted]:
        """The first day has come, and the agreement is in force."""
        started = self._moved(PracticeStatus.APPROVED, PracticeStatus.ONGOING, NotApproved)
        agreement.require_active()
        if on < self.starts_on:
            raise TooEarly(first=self.starts_on)
        return started, PracticeStarted.model_validate(started._told())

    def log(self, week: Iterable[PracticeLog]) -> Self:
        """Another week's logs were written."""
        self.require_ongoing()
        minutes = sum(log.minutes for log in week)
        return replace(self, log_count=self.log_count + 1, logged_minutes=self.logged_minutes + minutes)

    def pause(self, first: date, *, reason: str, logged: Iterable[PracticeLog], on: date) -> Self:
        """Nobody practises from this day on, until the period is resumed. Raises what forbids it."""
        self.require_ongoing()
        within = Window(self.starts_on, min(self.ends_on, on))
        days = [log.worked_on for log in logged]
        pauses = paused_from(self.pauses, first, reason=reason, logged=days, within=within)
        return replace(self, pauses=pauses, status=PracticeStatus.PAUSED)

    def resume(self, *, on: date) -> Self:
        """It goes on from this day."""
        resumed = self._moved(PracticeStatus.PAUSED, PracticeStatus.ONGOING, NotPaused)
        return replace(resumed, pauses=resumed_on(self.pauses, on))

    def complete(self, *, on: date, days: int, evidence: tuple[Evidence, ...] = ()) -> tuple[Self, PracticeCompleted]:
        """The last day has passed; `days` is what the period claims by itself, `evidence` what proves it further."""
        self.require_ongoing()
        if on <= self.ends_on:
            raise NotOver(last=self.ends_on)
        if not self.log_count:
            raise NothingLogged
        completed = replace(self, status=PracticeStatus.COMPLETED, days_claimed=days, evidence=evidence)
        told = {**completed._told(), "days_claimed": days, "logs": self.log_count}
        return completed, PracticeCompleted.model_validate(told)

    def require_ongoing(self) -> None:
        """Raise `NotOngoing` unless the period goes on."""
        if self.status is not PracticeStatus.ONGOING:
            raise NotOngoing(status=self.status)

    def hear(self, verdict: SideVerdict) -> Self:
        """One side says whether the period took place as logged."""
        if self.status is not PracticeStatus.COMPLETED:
            raise NotCompleted(status=self.status)
        if verdict.organization_id not in {self.enterprise_id, self.university_id}:
            raise NotASide
        if verdict.organization_id in {said.organization_id for said in self.verdicts}:
            raise SideHasSpoken
        if not verdict.confirmed and not verdict.reason:
            raise ReasonMissing
        return replace(self, verdicts=(*self.verdicts, verdict))

    @property
    def is_confirmed(self) -> bool:
        """Whether both sides have confirmed it."""
        confirmed = {verdict.organization_id for verdict in self.verdicts if verdict.confirmed}
        return confirmed == {self.enterprise_id, self.university_id}

    @property
    def refusal(self) -> SideVerdict | None:
        """The verdict of the side that refused, if one did."""
        return next((verdict for verdict in self.verdicts if not verdict.confirmed), None)

    def verify(self, *, days: int, rolling_days: int) -> tuple[Self, PracticeVerified]:
        """Both sides confirmed: it counts `days` by itself, and the teacher's last 60 months hold `rolling_days`."""
        verified = replace(self, status=PracticeStatus.VERIFIED, verified_days=days)
        told = {**verified._told(), "verified_days": days, "rolling_days": rolling_days}
        return verified, PracticeVerified.model_validate(told)

    def reject(self, refusal: SideVerdict) -> tuple[Self, PracticeRejected]:
        """One side refused: it does not count."""
        rejected = replace(self, status=PracticeStatus.REJECTED)
        told = {**rejected._told(), "rejected_by_id": refusal.organization_id, "reason": refusal.reason}
        return rejected, PracticeRejected.model_validate(told)

    def revoke(self, *, reason: str) -> tuple[Self, PracticeRevoked]:
        """TCH-11: its verification did not hold, so it counts no longer."""
        revoked = self._moved(PracticeStatus.VERIFIED, PracticeStatus.REVOKED, NotVerified)
        told = {**revoked._told(), "verified_days": self.verified_days, "reason": reason}
        return revoked, PracticeRevoked.model_validate(told)

    def state(self) -> PracticeState:
        """The period as it is now."""
        now = {"status": self.status.value, "version": self.version, "verified_days": self.verified_days}
        return PracticeState.model_validate({**self._told(), **now, "pending_organization_ids": self._pending})

    @property
    def _pending(self) -> list[str] | None:
        """Who is still to say whether it took place as logged, while that is asked."""
        spoken = {verdict.organization_id for verdict in self.verdicts}
        sides = (self.enterprise_id, self.university_id)
        return [id for id in sides if id not in spoken] if self.status is PracticeStatus.COMPLETED else None

    def _moved(self, before: PracticeStatus, after: PracticeStatus, otherwise: type[Conflict]) -> Self:
        if self.status is not before:
            raise otherwise(status=self.status)
        return replace(self, status=after)

    def _told(self) -> dict[str, object]:
        return {
            "practice_id": self.id,
            "teacher_id": self.teacher_id,
            "university_id": self.university_id,
            "enterprise_id": self.enterprise_id,
            "agreement_id": self.agreement_id,
            "need_id": self.need_id,
            "line_no": self.line_no,
            "form": self.form.value,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
        }
