"""The routes of approvals: what a service says of its approved acts makes them."""

from collections.abc import Sequence
from typing import Final

from shared.approvals.act import Approvable, named
from shared.approvals.case import ApprovalCase, ApprovalStatus
from shared.approvals.chain import ApprovalChain
from shared.approvals.commands import AskApproval, ChangeChain, DecideStep, EndChain, SetUpChain, WithdrawApproval
from shared.approvals.desk import (
    ask_approval,
    change_chain,
    decide_step,
    end_chain,
    set_up_chain,
    withdraw_approval,
)
from shared.approvals.refusals import NotApprovedHere
from shared.approvals.step import STEP_ROLES
from shared.contracts.ids import ApprovalChainId, ApprovalId, new_id
from shared.identity.access import Access, allow
from shared.identity.principal import PERSONAL_ROLES
from shared.identity.router import AccessRouter
from shared.web.approvals.views import (
    ApprovalChainView,
    ApprovalView,
    AskBody,
    ChainBody,
    DecisionBody,
    EndBody,
    NewChainBody,
)
from shared.web.batches import IN_BATCHES
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.service import Service
from shared.words import Choice

_CHAINS: Final = "/v1/approval-chains"
_APPROVALS: Final = "/v1/approvals"
_SETTING: Final = allow(
    "university_coop_office",
    "university_academic_office",
    "university_hr",
    "enterprise_admin",
    "base_operator",
    scope=None,
)


def approvals_router(service: Service) -> AccessRouter:
    """The routes of approvals in front of this service's acts."""
    router = AccessRouter(tags=["approvals"])
    asking = {role for approvable in service.approved for role in approvable.asked_by}
    _add_chains(router, service.approved)
    _add_asking(router, service.approved, allow(*sorted(asking), scope=None))
    _add_reading(router, service.approved, allow(*sorted(asking | set(STEP_ROLES)), scope=None))
    _add_deciding(router)
    return router


def _add_chains(router: AccessRouter, acts: Sequence[Approvable]) -> None:
    offices = allow(*sorted({*_SETTING.roles, *STEP_ROLES} - PERSONAL_ROLES), scope=None)

    @router.post(_CHAINS, status_code=201, access=_SETTING)
    async def set_up_approval_chain(body: NewChainBody, edge: EdgeIn) -> ApprovalChainView:
        """Put approvals inside one's organisation in front of an act."""
        command = SetUpChain(
            organization_id=edge.organization_id,
            act=_known(acts, body.act).act,
            steps=body.in_order,
            several_steps=body.several_steps,
            reason=body.reason,
        )
        return await edge.act(set_up_chain, command, answer=ApprovalChainView.of, location=f"{_CHAINS}/{{id}}")

    @router.put(f"{_CHAINS}/{{chain_id}}", access=_SETTING)
    async def change_approval_chain(chain_id: ApprovalChainId, body: ChainBody, edge: EdgeIn) -> ApprovalChainView:
        """Put other steps in front of it. What was asked for before keeps its own."""
        command = ChangeChain(
            chain_id=chain_id, steps=body.in_order, several_steps=body.several_steps, reason=body.reason
        )
        return await edge.act(change_chain, command, on=(ApprovalChain, chain_id), answer=ApprovalChainView.of)

    @router.post(f"{_CHAINS}/{{chain_id}}/ending", access=_SETTING)
    async def end_approval_chain(chain_id: ApprovalChainId, body: EndBody, edge: EdgeIn) -> ApprovalChainView:
        """Let the act be done without approvals again. What was asked for counts no more."""
        command = EndChain(chain_id=chain_id, reason=body.reason)
        return await edge.act(end_chain, command, on=(ApprovalChain, chain_id), answer=ApprovalChainView.of)

    @router.get(f"{_CHAINS}/{{chain_id}}", access=offices)
    async def approval_chain(chain_id: ApprovalChainId, edge: EdgeIn) -> ApprovalChainView:
        """One chain."""
        return await edge.show(ApprovalChain, chain_id, ApprovalChainView.of)

    @router.get(_CHAINS, access=offices)
    async def approval_chains(edge: EdgeIn, page: PageIn, act: str | None = None) -> Page[ApprovalChainView]:
        """The chains of one's own organisation."""
        _require_known(acts, act)
        return await edge.page(ApprovalChain, page, ApprovalChainView.of, act=act)


def _add_asking(router: AccessRouter, acts: Sequence[Approvable], asking: Access) -> None:
    @router.post(_APPROVALS, status_code=201, access=asking, openapi_extra=IN_BATCHES)
    async def request_approval(body: AskBody, edge: EdgeIn) -> ApprovalView:
        """Ask one's organisation to let an act be done on an object, exactly as the object is now."""
        approvable = _known(acts, body.act)
        command = AskApproval(
            approval_id=new_id("approval"),
            approvable=approvable,
            object_id=body.object_id,
            organization_id=edge.organization_id,
            roles=edge.who.roles,
        )
        on = (approvable.shape, body.object_id)
        return await edge.act(ask_approval, command, on=on, answer=ApprovalView.of, location=f"{_APPROVALS}/{{id}}")

    @router.post(f"{_APPROVALS}/{{approval_id}}/withdrawal", access=asking)
    async def withdraw_requested_approval(approval_id: ApprovalId, edge: EdgeIn) -> ApprovalView:
        """Ask for it no more; what was approved counts no more either."""
        command = WithdrawApproval(approval_id=approval_id, organization_id=edge.organization_id)
        return await edge.act(withdraw_approval, command, on=(ApprovalCase, approval_id), answer=ApprovalView.of)


def _add_reading(router: AccessRouter, acts: Sequence[Approvable], reading: Access) -> None:
    @router.get(_APPROVALS, access=reading)
    async def approvals(
        edge: EdgeIn,
        page: PageIn,
        about: str | None = None,
        act: str | None = None,
        status: ApprovalStatus | None = None,
    ) -> Page[ApprovalView]:
        """The approvals of one's own organisation, or those that name oneself; the newest first."""
        _require_known(acts, act)
        return await edge.page(ApprovalCase, page, ApprovalView.of, about=about, act=act, status=status)

    @router.get(f"{_APPROVALS}/{{approval_id}}", access=reading)
    async def approval(approval_id: ApprovalId, edge: EdgeIn) -> ApprovalView:
        """One approval: at which step it is, whom it waits for, and what was said."""
        return await edge.show(ApprovalCase, approval_id, ApprovalView.of)


def _add_deciding(router: AccessRouter) -> None:
    @router.post(
        f"{_APPROVALS}/{{approval_id}}/decisions",
        status_code=201,
        access=allow(*STEP_ROLES, scope=None),
        openapi_extra=IN_BATCHES,
    )
    async def decide_approval(approval_id: ApprovalId, body: DecisionBody, edge: EdgeIn) -> ApprovalView:
        """Approve or refuse at the step at which it is."""
        command = DecideStep(
            approval_id=approval_id,
            step=body.step,
            verdict=body.verdict,
            parties=edge.who.parties,
            reason=body.reason,
        )
        return await edge.act(decide_step, command, on=(ApprovalCase, approval_id), answer=ApprovalView.of)


def _known(acts: Sequence[Approvable], act: str) -> Approvable:
    approvable = named(acts, act)
    if approvable is None:
        raise NotApprovedHere(acts=tuple(Choice(each.title, each.act) for each in acts))
    return approvable


def _require_known(acts: Sequence[Approvable], act: str | None) -> None:
    if act is not None:
        _known(acts, act)
