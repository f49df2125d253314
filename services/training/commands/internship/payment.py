"""What may be asked about the pay of interns."""

from dataclasses import dataclass

from services.training.domain.internship.payment import PaymentEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPayment:
    """Enter what was paid."""

    payment_id: str
    placement_id: str
    organization_id: str
    decision_id: str
    entry: PaymentEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPayment:
    """Confirm a payment or dispute it. `caller_ids` are the persons that the caller is."""

    payment_id: str
    caller_ids: frozenset[str]
    received: bool
    objection: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPayment:
    """Take back what was entered wrongly."""

    payment_id: str
    organization_id: str
