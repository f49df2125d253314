"""What becomes of internships when the agreement under which their post was offered is ended."""

from typing import Final

from services.training.domain.internship.placement_status import PlacementStatus, before
from services.training.domain.internship.placement_terms import Cause
from services.training.handlers.approving import keep_approvals_true
from services.training.ports import Work

_STOPPED: Final = (*before(PlacementStatus.CANCELLED), PlacementStatus.ONGOING)


async def stop_placements(agreement_id: str, work: Work) -> None:
    """Cancel those that have not begun, and let the others rest until their school decides."""
    statuses = [status.value for status in _STOPPED]
    for placement in await work.placements.where(agreement_id=agreement_id, status=statuses):
        if placement.status is PlacementStatus.ONGOING:
            suspended, rests = placement.suspend(Cause.AGREEMENT)
            work.placements.save(suspended, rests)
        else:
            cancelled, ends = placement.cancel(Cause.AGREEMENT)
            await keep_approvals_true(work.placements.save(cancelled, ends), work)
