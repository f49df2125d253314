"""What training opened, started and verified fills the lines of the needs that it was agreed for."""

from services.partnership.domain.need_line import Filling
from services.partnership.handlers.need import keep_if_changed
from services.partnership.ports import Work
from shared.contracts.training import BaseOpened, CohortStarted, PlacementStarted, PracticeVerified

Fact = BaseOpened | CohortStarted | PlacementStarted | PracticeVerified


async def count_base(event: BaseOpened, work: Work) -> None:
    """An opened base is the one that its line asked for."""
    await _fill(event, "co_build_base", Filling(event.base_id, 1), work)


async def count_cohort(event: CohortStarted, work: Work) -> None:
    """A started cohort brings its enrolled students."""
    await _fill(event, "order_class", Filling(event.cohort_id, event.enrolled), work)


async def count_practice(event: PracticeVerified, work: Work) -> None:
    """A verified practice fills one seat."""
    await _fill(event, "teacher_practice_posts", Filling(event.practice_id, 1), work)


async def count_placement(event: PlacementStarted, work: Work) -> None:
    """An internship that began fills one post."""
    await _fill(event, "internship_posts", Filling(event.placement_id, 1), work)


async def _fill(event: Fact, kind: str, filling: Filling, work: Work) -> None:
    """Count it on the line that its agreement holds; what was agreed for no need fills none."""
    if event.need_id is None or event.line_no is None or event.agreement_id is None:
        return
    need = await work.needs.get(event.need_id)
    filled, facts = need.fill_line(event.line_no, event.agreement_id, kind, filling)
    if facts:
        work.needs.save(filled, *facts)
    else:
        keep_if_changed(need, filled, work)
