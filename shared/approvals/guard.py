"""What stands in front of an act: where its organisation has a chain, an approval of the thing exactly as it is.

Where no organisation of a thing has ever had a chain, all that this costs is one look by ids, shared by all of a work.
"""

from typing import Final, Protocol

from shared.approvals.act import Approvable
from shared.approvals.case import LIVE, ApprovalCase, ApprovalStatus, Cause, standing_of
from shared.approvals.chain import ApprovalChain, chain_id
from shared.approvals.refusals import ApprovalRequired, ApprovedElsewhere
from shared.contracts.ids import PREFIXES
from shared.errors import Refusal
from shared.kernel import work
from shared.kernel.aggregate import Aggregate
from shared.kernel.work import Repository
from shared.rules import Bilingual

_ORGANIZATION: Final = f"{PREFIXES['organization']}_"


class ApprovalWork(work.Work, Protocol):
    """One transaction of a service with acts that are approved."""

    @property
    def approval_chains(self) -> Repository[ApprovalChain]:
        """Which steps organisations put in front of which acts."""

    @property
    def approvals(self) -> Repository[ApprovalCase]:
        """What was asked for and decided."""


async def require_approval(
    approvable: Approvable, thing: Aggregate, organization_id: str, work: ApprovalWork, *, by: str | None = None
) -> ApprovalCase | None:
    """The approval with which an organisation does the act, None where it asks for none.

    Raises `ApprovalRequired` while it is missing, or `ApprovedElsewhere` to another organisation `by` whose hand it
    would be done: the steps are none of its business.
    """
    chain = (await _chains(approvable, thing, work)).get(organization_id)
    if chain is None or not chain.in_force:
        return None
    standing = standing_of(organization_id, approvable.act, thing.id, approvable.mark(thing))
    case = next(iter(await work.approvals.where(standing=standing)), None)
    if case is not None and case.status is ApprovalStatus.APPROVED:
        return case
    if by not in {None, organization_id}:
        raise ApprovedElsewhere
    raise _required(chain, case, approvable)


async def use_approval(
    approvable: Approvable, thing: Aggregate, organization_id: str, work: ApprovalWork, *, by: str | None = None
) -> None:
    """Use the approval up with which an organisation does the act. Raises as `require_approval` does."""
    case = await require_approval(approvable, thing, organization_id, work, by=by)
    if case is not None:
        work.approvals.save(case.use())


async def void_outdated(approvable: Approvable, thing: Aggregate, work: ApprovalWork) -> None:
    """Void what was asked for or approved of a thing as it is no more, or of an act that can no longer be done."""
    if not await _chains(approvable, thing, work):
        return
    for case in await work.approvals.where(about=thing.id, act=approvable.act, status=[each.value for each in LIVE]):
        if cause := _outdated(approvable, thing, case):
            work.approvals.save(*case.void(cause))


async def _chains(approvable: Approvable, thing: Aggregate, work: ApprovalWork) -> dict[str, ApprovalChain]:
    """The chains of all organisations whose the thing is, by organisation: looked up together, and once."""
    organizations = sorted(owner for owner in thing.owners if owner.startswith(_ORGANIZATION))
    found = await work.approval_chains.known(chain_id(owner, approvable.act) for owner in organizations)
    return {chain.organization_id: chain for chain in found.values()}


def _outdated(approvable: Approvable, thing: Aggregate, case: ApprovalCase) -> Cause | None:
    if case.mark != approvable.mark(thing):
        return Cause.OBJECT_CHANGED
    try:
        approvable.require(thing, case.organization_id)
    except Refusal:
        return Cause.ACT_OVER
    return None


def _required(chain: ApprovalChain, case: ApprovalCase | None, approvable: Approvable) -> ApprovalRequired:
    number, steps = (1, chain.steps) if case is None else (case.step, case.steps)
    step = steps[number - 1]
    return ApprovalRequired(
        act=approvable.title,
        step=number,
        steps=len(steps),
        name=step.name,
        how=_how_to_ask(approvable.act) if case is None else _how_far(case),
    )


def _how_to_ask(act: str) -> Bilingual:
    return Bilingual(
        en=f"Ask for it: POST /v1/approvals with act {act} and the id of the object.",
        zh=f"请先提出申请：POST /v1/approvals，act 填 {act}，object_id 填对象编号。",
    )


def _how_far(case: ApprovalCase) -> Bilingual:
    return Bilingual(
        en=f"It was asked for ({case.id}) and is not decided yet.",
        zh=f"已提出申请（{case.id}），尚未审批完毕。",
    )
