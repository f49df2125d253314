"""What consents, logs and payments are to the rules: the facts of which a placement's case is made."""

from collections.abc import Iterable

from services.training.domain.internship.consent import Consent, Giver, last_answers
from services.training.domain.internship.payment import Payment
from services.training.domain.internship.placement_log import PlacementLog
from services.training.domain.internship.rules.facts import (
    ConsentFacts,
    LoggedDayFacts,
    PaymentFacts,
    WeekLogFacts,
)
from shared.kernel.calendar import business_date


def consent_facts(consents: Iterable[Consent], giver: Giver) -> ConsentFacts | None:
    """What somebody said last, None if they have not answered."""
    said = last_answers(consents).get(giver)
    if said is None:
        return None
    return ConsentFacts(given=said.given, given_on=business_date(said.answered_at), consent_id=said.id)


def week_log_facts(log: PlacementLog) -> WeekLogFacts:
    """A week's log. It counts as looked at once it was accepted."""
    days = (
        LoggedDayFacts(on=day.worked_on, minutes=day.minutes, starts_at=day.starts_at, ends_at=day.ends_at)
        for day in log.days
    )
    looked_at = business_date(log.reviewed_at) if log.is_reviewed and log.reviewed_at else None
    return WeekLogFacts(week_of=log.monday, days=tuple(days), reviewed_on=looked_at)


def payments_facts(payments: Iterable[Payment]) -> tuple[PaymentFacts, ...]:
    """All that was paid; what was withdrawn was not."""
    return tuple(
        PaymentFacts(
            starts_on=payment.starts_on,
            ends_on=payment.ends_on,
            paid_on=payment.paid_on,
            amount_fen=payment.amount_fen,
            due_fen=payment.due_fen,
            form=payment.form.value,
            payee=payment.payee.value,
        )
        for payment in payments
        if payment.counts
    )
