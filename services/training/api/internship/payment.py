"""What interns are paid, over HTTP: entered by the enterprise, confirmed or disputed by the student."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import OFFICE
from services.training.api.internship.finding import FindingView
from services.training.api.view import Body, Day, Reason, View
from services.training.commands.internship.payment import AnswerPayment, EnterPayment, WithdrawPayment
from services.training.domain.internship.payment import Payment, PaymentEntry, PaymentStatus
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_terms import Payee, PayForm, Segment
from services.training.handlers.internship import payment as handlers
from shared.contracts.ids import OrganizationId, PaymentId, PlacementId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["internship papers"])
_ENTERPRISE: Final = allow("enterprise_admin", scope=None)
_STUDENT: Final = allow("student", scope=None)
_READ: Final = allow(
    "student", "teacher", "university_coop_office", "enterprise_admin", scope=None, alliance_wide=OFFICE
)

Amount = Annotated[int, Field(ge=0, le=1_000_000_000)]
"""Fen; ten million yuan is more than any intern gets."""


class PaymentBody(Body):
    """A payment for the days from `starts_on` to `ends_on`, both included."""

    amount_fen: Amount
    form: PayForm = PayForm.MONEY
    payee: Payee = Payee.STUDENT
    paid_on: Day
    starts_on: Day
    ends_on: Day

    @property
    def entry(self) -> PaymentEntry:
        """The payment as the domain has it."""
        return PaymentEntry(
            amount_fen=self.amount_fen,
            form=self.form,
            payee=self.payee,
            paid_on=self.paid_on,
            period=Segment(starts_on=self.starts_on, ends_on=self.ends_on),
        )


class PaymentView(View):
    """A payment as those see it who may; `due_fen` is what was agreed, `findings` what the rules have against it."""

    id: str
    placement_id: str
    student_id: str
    enterprise_id: str
    amount_fen: int
    due_fen: int
    form: str
    payee: str
    paid_on: date
    starts_on: date
    ends_on: date
    findings: list[FindingView]
    objection: str | None
    status: str
    version: int


@router.post("/v1/placements/{placement_id}/payments", status_code=201, access=_ENTERPRISE)
async def enter_payment(placement_id: PlacementId, body: PaymentBody, edge: EdgeIn) -> PaymentView:
    """Enter what one's enterprise has paid."""
    command = EnterPayment(
        payment_id=new_id("payment"),
        placement_id=placement_id,
        organization_id=edge.organization_id,
        decision_id=new_id("decision"),
        entry=body.entry,
    )
    return await edge.act(
        handlers.enter_payment,
        command,
        on=(Placement, placement_id),
        answer=PaymentView.of,
        location="/v1/payments/{id}",
    )


@router.post("/v1/payments/{payment_id}/confirmation", access=_STUDENT)
async def confirm_payment(payment_id: PaymentId, edge: EdgeIn) -> PaymentView:
    """Say that the payment came as entered."""
    command = AnswerPayment(payment_id=payment_id, caller_ids=edge.who.persons, received=True, objection=None)
    return await edge.act(handlers.answer_payment, command, on=(Payment, payment_id), answer=PaymentView.of)


@router.post("/v1/payments/{payment_id}/objection", access=_STUDENT)
async def dispute_payment(payment_id: PaymentId, body: Reason, edge: EdgeIn) -> PaymentView:
    """Say that the payment did not come as entered, and what is wrong."""
    command = AnswerPayment(payment_id=payment_id, caller_ids=edge.who.persons, received=False, objection=body.reason)
    return await edge.act(handlers.answer_payment, command, on=(Payment, payment_id), answer=PaymentView.of)


@router.post("/v1/payments/{payment_id}/withdrawal", access=_ENTERPRISE)
async def withdraw_payment(payment_id: PaymentId, edge: EdgeIn) -> PaymentView:
    """Take back what was entered wrongly."""
    command = WithdrawPayment(payment_id=payment_id, organization_id=edge.organization_id)
    return await edge.act(handlers.withdraw_payment, command, on=(Payment, payment_id), answer=PaymentView.of)


@router.get("/v1/payments/{payment_id}", access=_READ)
async def payment(payment_id: PaymentId, edge: EdgeIn) -> PaymentView:
    """One payment."""
    return await edge.show(Payment, payment_id, PaymentView.of)


@router.get("/v1/payments", access=_READ)
async def payments(
    edge: EdgeIn,
    page: PageIn,
    *,
    placement_id: PlacementId | None = None,
    enterprise_id: OrganizationId | None = None,
    status: PaymentStatus | None = None,
    violated: bool | None = None,
) -> Page[PaymentView]:
    """The payments that one may see."""
    return await edge.page(
        Payment,
        page,
        PaymentView.of,
        placement_id=placement_id,
        enterprise_id=enterprise_id,
        status=status,
        violated=violated,
    )
