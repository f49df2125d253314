"""What an enterprise paid an intern, as it enters it, and whether the student says that it is so."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import ClassVar, Self

from services.training.domain.internship.incident import require_started
from services.training.domain.internship.paper_refusals import (
    NotTheEnterprise,
    ObjectionMissing,
    OutsideInternship,
    PaidLater,
    PaymentAnswered,
    PaymentNotDisputed,
    PeriodUpsideDown,
)
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_terms import Payee, PayForm, Segment
from services.training.domain.internship.weeks import days_between
from shared.errors import State
from shared.kernel.aggregate import Aggregate
from shared.rules import Finding, Verdict


class PaymentStatus(State):
    """What the student says of a payment. A withdrawn one was entered by mistake and counts for nothing."""

    ENTERED = "entered", "已登记", "entered"
    CONFIRMED = "confirmed", "已确认", "confirmed"
    DISPUTED = "disputed", "有异议", "disputed"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentEntry:
    """What the enterprise enters: how much it paid when, in what, to whom, and for which days, both ends included."""

    amount_fen: int
    form: PayForm
    payee: Payee
    paid_on: date
    period: Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Aggregate):
    """A payment for the days from `starts_on` to `ends_on`; `due_fen` is what was agreed for them."""

    kind: ClassVar[str] = "payment"
    placement_id: str
    student_id: str
    university_id: str
    enterprise_id: str
    supervisor_id: str | None
    amount_fen: int
    due_fen: int
    form: PayForm
    payee: Payee
    paid_on: date
    starts_on: date
    ends_on: date
    findings: tuple[Finding, ...] = ()
    violated: bool = False
    objection: str | None = None
    status: PaymentStatus = PaymentStatus.ENTERED

    @classmethod
    def enter(cls, id: str, *, placement: Placement, entry: PaymentEntry, by: str, on: date) -> Self:
        """Enter a payment for days of an internship that has started."""
        if by != placement.enterprise_id:
            raise NotTheEnterprise
        require_started(placement)
        if entry.paid_on > on:
            raise PaidLater
        require_of_internship(entry.period, placement)
        return cls(
            id=id,
            story=placement.story,
            placement_id=placement.id,
            student_id=placement.student_id,
            university_id=placement.university_id,
            enterprise_id=placement.enterprise_id,
            supervisor_id=placement.supervisor_id,
            amount_fen=entry.amount_fen,
            due_fen=due_for(entry.period, placement),
            form=entry.form,
            payee=entry.payee,
            paid_on=entry.paid_on,
            starts_on=entry.period.starts_on,
            ends_on=entry.period.ends_on,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The student, both sides, and the supervisor."""
        supervisor = {self.supervisor_id} if self.supervisor_id else set()
        return frozenset({self.student_id, self.university_id, self.enterprise_id, *supervisor})

    @property
    def counts(self) -> bool:
        """Whether it is among what was paid."""
        return self.status is not PaymentStatus.WITHDRAWN

    def judged(self, findings: Iterable[Finding]) -> Self:
        """What the rules on pay have against it; what they cannot judge is asked of the placement."""
        against = tuple(finding for finding in findings if finding.verdict is Verdict.FAIL)
        return replace(self, findings=against, violated=bool(against))

    def answer(self, *, received: bool, objection: str | None) -> Self:
        """The student says that it came as entered, or that it did not, and why."""
        if self.status is not PaymentStatus.ENTERED:
            raise PaymentAnswered(status=self.status)
        if not received and not objection:
            raise ObjectionMissing
        status = PaymentStatus.CONFIRMED if received else PaymentStatus.DISPUTED
        return replace(self, objection=None if received else objection, status=status)

    def withdraw(self, *, by: str) -> Self:
        """The enterprise takes back what it entered wrongly; it may enter it anew."""
        if by != self.enterprise_id:
            raise NotTheEnterprise
        if self.status not in {PaymentStatus.ENTERED, PaymentStatus.DISPUTED}:
            raise PaymentNotDisputed(status=self.status)
        return replace(self, status=PaymentStatus.WITHDRAWN, violated=False)


def require_of_internship(period: Segment, placement: Placement) -> None:
    """Raise unless a period is sound, lies within the internship, and shares a day with one of its segments."""
    if period.ends_on < period.starts_on:
        raise PeriodUpsideDown
    within = placement.starts_on <= period.starts_on and period.ends_on <= placement.ends_on
    if not within or not any(segment.meets(period) for segment in placement.segments):
        raise OutsideInternship(first=placement.starts_on, last=placement.ends_on)


def due_for(period: Segment, placement: Placement) -> int:
    """What was agreed for the days of the internship in a period, in fen, rounded down; 0 where nothing was.

    The agreed amount is that of a month: each day is worth its share of the calendar month in which it lies.
    """
    stipend = placement.pay.stipend_fen or 0
    shares = (
        Fraction(stipend, calendar.monthrange(day.year, day.month)[1])
        for day in days_between(period.starts_on, period.ends_on)
        if any(segment.starts_on <= day <= segment.ends_on for segment in placement.segments)
    )
    return int(sum(shares, Fraction(0)))
