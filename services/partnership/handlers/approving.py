"""The acts of partnership in front of which its organisations may put approvals of their own."""

from typing import Final

from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_approval import (
    SIGNATURE,
    SUBMISSION,
    mark_of,
    require_signable,
    require_submittable,
)
from services.partnership.domain.signing import OFFICES
from services.partnership.ports import Work
from shared.approvals.act import Approvable
from shared.approvals.guard import use_approval, void_outdated
from shared.documents.signing.parties import organization_of
from shared.rules import Bilingual


async def _agreement(agreement_id: str, work: Work) -> Agreement:
    return await work.agreements.get(agreement_id)


SUBMIT: Final = Approvable(
    act=SUBMISSION,
    title=Bilingual("提交协议签署", "submission of an agreement"),
    shape=Agreement,
    asked_by=("university_coop_office", "enterprise_admin"),
    load=_agreement,
    mark=mark_of,
    require=require_submittable,
)
SIGN: Final = Approvable(
    act=SIGNATURE,
    title=Bilingual("签署协议", "signature of an agreement"),
    shape=Agreement,
    asked_by=tuple(sorted(set(OFFICES.values()))),
    load=_agreement,
    mark=mark_of,
    require=require_signable,
)
APPROVED: Final = (SUBMIT, SIGN)


async def permit_paper(agreement_id: str, party: str, by: str | None, work: Work) -> None:
    """Let a party that has not signed yet sign the paper of an agreement, by the hand of an organisation."""
    organization_id = organization_of(party)
    agreement = await work.agreements.get(agreement_id)
    if organization_id in agreement.pending:
        await use_approval(SIGN, agreement, organization_id, work, by=by)


async def keep_approvals_true(agreement: Agreement, of: Approvable, work: Work) -> Agreement:
    """Void what was approved of an act on an agreement as it is no more."""
    await void_outdated(of, agreement, work)
    return agreement
