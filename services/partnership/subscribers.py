"""What partnership listens to: talent's proposals, and what training makes of what was agreed."""

from typing import Final

from services.partnership.domain.match import Match
from services.partnership.domain.need import Need
from services.partnership.handlers import fulfilment, match
from services.partnership.ports import Work
from shared.contracts.talent import MatchDropped, MatchProposed
from shared.contracts.training import BaseOpened, CohortStarted, PlacementStarted, PracticeVerified
from shared.messaging.consumer import Consumer
from shared.personal.forgetting import forgetting

MATCH: Final = Consumer("partnership.match")
FULFILMENT: Final = Consumer("partnership.fulfilment")
PRIVACY: Final = forgetting("partnership", documents=True)


@MATCH.reaction(MatchProposed, order="latest", loads=lambda event: [(Match, event.match_id), (Need, event.need_id)])
async def on_match_proposed(event: MatchProposed, work: Work) -> None:
    """Keep the proposal, or its newer score."""
    await match.keep_proposal(event, work)


@MATCH.reaction(MatchDropped, order="latest", loads=lambda event: [(Match, event.match_id)])
async def on_match_dropped(event: MatchDropped, work: Work) -> None:
    """End a proposal that no longer fits."""
    await match.drop_proposal(event, work)


@FULFILMENT.reaction(BaseOpened)
async def on_base_opened(event: BaseOpened, work: Work) -> None:
    """Count the base."""
    await fulfilment.count_base(event, work)


@FULFILMENT.reaction(CohortStarted)
async def on_cohort_started(event: CohortStarted, work: Work) -> None:
    """Count the cohort's students."""
    await fulfilment.count_cohort(event, work)


@FULFILMENT.reaction(PracticeVerified)
async def on_practice_verified(event: PracticeVerified, work: Work) -> None:
    """Count the practice."""
    await fulfilment.count_practice(event, work)


@FULFILMENT.reaction(PlacementStarted)
async def on_placement_started(event: PlacementStarted, work: Work) -> None:
    """Count the intern."""
    await fulfilment.count_placement(event, work)
