"""What happens when an enterprise enters what it paid, and when the student answers."""

from services.training.commands.internship.payment import AnswerPayment, EnterPayment, WithdrawPayment
from services.training.domain.internship.consent import require_intern
from services.training.domain.internship.paper_case import ON_PAY, pay_case
from services.training.domain.internship.payment import Payment
from services.training.handlers.internship.placement_asking import asked_about, judged_by
from services.training.ports import Work


async def enter_payment(command: EnterPayment, work: Work) -> Payment:
    """Enter a payment, and say what the rules on pay have against it."""
    placement = await work.placements.get(command.placement_id)
    payment = Payment.enter(
        command.payment_id,
        placement=placement,
        entry=command.entry,
        by=command.organization_id,
        on=work.context.today,
    )
    asked = await asked_about(placement, placement.starts_on, work)
    case = pay_case(payment, placement, await work.posts.get(placement.post_id))
    judged = judged_by(ON_PAY, payment.id, case, asked)
    work.decide(judged.decision(command.decision_id, judged.findings))
    work.audit("payment.entered", payment.id, organization_id=command.organization_id)
    return work.payments.add(payment.judged(judged.findings))


async def answer_payment(command: AnswerPayment, work: Work) -> Payment:
    """The student confirms a payment or disputes it."""
    payment = await work.payments.get(command.payment_id)
    require_intern(await work.placements.get(payment.placement_id), command.caller_ids)
    return work.payments.save(payment.answer(received=command.received, objection=command.objection))


async def withdraw_payment(command: WithdrawPayment, work: Work) -> Payment:
    """Take back what was entered wrongly."""
    payment = await work.payments.get(command.payment_id)
    work.audit("payment.withdrawn", payment.id, organization_id=command.organization_id)
    return work.payments.save(payment.withdraw(by=command.organization_id))
