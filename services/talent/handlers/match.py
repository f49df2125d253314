"""A match was answered in partnership: its place is free again, and the partner's record has one more."""

from services.talent.domain.proposal import Proposal
from services.talent.domain.track_record import TrackRecord
from services.talent.ports import Work
from shared.contracts.partnership import MatchConfirmed, MatchDeclined, MatchExpired


async def confirm(event: MatchConfirmed, work: Work) -> None:
    """Both sides accepted."""
    if proposal := await _closed(event.match_id, work):
        await _count(proposal, work, confirmed=True)


async def miss(event: MatchDeclined | MatchExpired, work: Work) -> None:
    """One side declined, or nobody answered in time: whoever comes next may be proposed.

    Where the need itself was closed it is nobody's doing, and nobody comes next.
    """
    proposal = await _closed(event.match_id, work)
    if proposal is None or (isinstance(event, MatchExpired) and event.reason != "not_answered"):
        return
    await _count(proposal, work, confirmed=False)
    if demand := await work.demands.find(proposal.need_id):
        work.demands.save(demand.soon(work.context.now))


async def _closed(match_id: str, work: Work) -> Proposal | None:
    proposal = await work.proposals.find(match_id)
    if proposal is not None and proposal.pending:
        return work.proposals.save(proposal.close())
    return proposal


async def _count(proposal: Proposal, work: Work, *, confirmed: bool) -> None:
    known = await work.records.find(proposal.organization_id)
    if known is None:
        work.records.add(TrackRecord.none_yet(proposal.organization_id).counting(confirmed=confirmed))
    else:
        work.records.save(known.counting(confirmed=confirmed))
