"""Needs are posted, amended, withdrawn, and expire; what was proposed for them ends with them."""

from services.partnership.commands import AmendNeed, PostNeed, WithdrawNeed
from services.partnership.domain.match import LIVE, NEED_CLOSED, PENDING
from services.partnership.domain.need import Need
from services.partnership.domain.organization import require_verified
from services.partnership.ports import Work


async def post_need(command: PostNeed, work: Work) -> Need:
    """Begin to look for something."""
    require_verified(await work.organizations.find(command.organization_id))
    need, posted = Need.post(command.need_id, command.organization_id, command.terms, at=work.context.now)
    return work.needs.add(need, posted)


async def amend_need(command: AmendNeed, work: Work) -> Need:
    """Change what is looked for; what was proposed for a line that is gone, or now of another kind, expires."""
    need = await work.needs.get(command.need_id)
    amended, fact = need.amend(command.organization_id, command.changes, command.details, at=work.context.now)
    kept = work.needs.save(amended, fact)
    for match in await work.matches.where(need_id=need.id, line_no=need.lines_missing_from(kept), status=PENDING):
        expired, told = match.expire(reason=NEED_CLOSED)
        work.matches.save(expired, told)
    return kept


async def withdraw_need(command: WithdrawNeed, work: Work) -> Need:
    """Look for it no longer."""
    need = await work.needs.get(command.need_id)
    withdrawn, fact = need.withdraw(command.organization_id, reason=command.reason)
    kept = work.needs.save(withdrawn, fact)
    await _end_matches(kept, work)
    return kept


async def expire_need(need_id: str, work: Work) -> None:
    """Nobody met it in time. What was met, or closed, in the meantime stays as it is."""
    need = await work.needs.get(need_id)
    if not need.has_lapsed(work.context.now):
        return
    expired, fact = need.expire()
    await _end_matches(work.needs.save(expired, fact), work)


def keep_if_changed(need: Need, later: Need, work: Work) -> None:
    """Keep what became of a need without a fact of its own, if anything did."""
    if later != need:
        work.needs.save(later)


async def _end_matches(need: Need, work: Work) -> None:
    """Nothing can come any more of what was proposed for a closed need, or confirmed."""
    for match in await work.matches.where(need_id=need.id, status=LIVE):
        expired, fact = match.expire(reason=NEED_CLOSED)
        work.matches.save(expired, fact)
