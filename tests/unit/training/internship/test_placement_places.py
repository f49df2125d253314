"""Placements take places on a post, one by one and day by day, and give them back."""

from datetime import date

from services.training.commands.internship.placement import TerminatePlacement
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import Cause
from services.training.handlers.internship import placement
from tests.unit.training.internship.interns import FIRST, LAST, Interns

REASON = "the workshop moves"


async def test_the_second_intern_on_a_post_of_nine_is_blocked(interns: Interns) -> None:
    await interns.approved()

    blocked = await interns.checked()

    [finding] = interns.decision(blocked).refusing
    assert (finding.rule, finding.actual, finding.limit) == ("INT-04", 2, 1)
    assert blocked.status is PlacementStatus.BLOCKED


async def test_a_site_is_judged_by_its_own_headcount_where_it_is_stated(interns: Interns) -> None:
    interns.headcounts(85, 9, 万州一厂=4, 万州二厂=5)

    blocked = await interns.checked()

    [finding] = interns.decision(blocked).refusing
    assert (finding.rule, finding.actual, finding.limit) == ("INT-04", 1, 0)


async def test_a_place_that_was_taken_meanwhile_blocks_at_approval(interns: Interns) -> None:
    one, other = await interns.checked(), await interns.checked()
    await interns.approve(one)

    blocked = await interns.approve(other)

    assert blocked.status is PlacementStatus.BLOCKED
    assert interns.college.story[-1] == "placement.blocked"


async def test_interns_who_never_meet_do_not_add_up(interns: Interns) -> None:
    await interns.approved(segments=((FIRST, date(2026, 9, 30)),))
    await interns.approved(segments=((date(2026, 10, 1), date(2026, 10, 31)),))

    approved = await interns.approved(segments=((date(2026, 11, 1), LAST),))
    across = await interns.checked(segments=((date(2026, 9, 30), date(2026, 11, 1)),))

    assert approved.status is PlacementStatus.APPROVED
    assert across.status is PlacementStatus.BLOCKED


async def test_an_ended_internship_gives_its_place_back(interns: Interns) -> None:
    ongoing = await interns.ongoing()
    command = TerminatePlacement(
        placement_id=ongoing.id, organization_id=interns.college.university, cause=Cause.UNIT, reason=REASON
    )
    await interns.college.do(placement.terminate_placement, command)

    assert (await interns.approved(segments=((date(2026, 9, 8), LAST),))).status is PlacementStatus.APPROVED
