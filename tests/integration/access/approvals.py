"""A chain of approvals and an approval that waits for its first step, and how the routes of both are asked."""

from collections.abc import Awaitable, Callable
from typing import Any

from shared.approvals.act import Approvable
from shared.approvals.commands import AskApproval, SetUpChain
from shared.approvals.desk import ask_approval, set_up_chain
from shared.approvals.step import Step
from shared.contracts.ids import new_id

STEP = {"name_zh": "合作处", "name_en": "cooperation office", "role": "university_coop_office"}
CHAIN = {"steps": [STEP], "reason": "as decided"}


async def asked(
    do: Callable[..., Awaitable[Any]], approvable: Approvable, organization_id: str, object_id: str
) -> tuple[dict[str, str], dict[str, object]]:
    """Put steps in front of an act and ask for it. Returns what stands in the paths, and what is sent."""
    chain = await do(
        set_up_chain,
        SetUpChain(
            organization_id=organization_id,
            act=approvable.act,
            steps=(Step(**STEP),),
            several_steps=False,
            reason="as decided",
        ),
    )
    case = await do(
        ask_approval,
        AskApproval(
            approval_id=new_id("approval"),
            approvable=approvable,
            object_id=object_id,
            organization_id=organization_id,
            roles=frozenset(approvable.asked_by),
        ),
    )
    ids = {"approval-chains/{chain_id}": chain.id, "approvals/{approval_id}": case.id}
    return ids, {
        "PUT /v1/approval-chains/{chain_id}": CHAIN,
        "POST /v1/approval-chains/{chain_id}/ending": {"reason": "as decided"},
        "POST /v1/approvals": {"act": approvable.act, "object_id": object_id},
        "POST /v1/approvals/{approval_id}/decisions": {"step": 1, "verdict": "approved"},
    }
