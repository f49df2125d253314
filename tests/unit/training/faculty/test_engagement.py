"""A technician's engagement: both sides agree, seats are never exceeded, hours are dated, and the end is told."""

from dataclasses import replace

import pytest

from services.training.commands.faculty.technician import (
    ApproveEngagement,
    CloseSpecialPost,
    CompleteEngagement,
    EndEngagementEarly,
    EngageTechnician,
    RecordTeachingHours,
    ResizeSpecialPost,
    StartEngagement,
    UpdateTechnician,
)
from services.training.domain.faculty.engagement_refusals import (
    DayTwice,
    EngagementEndsBeforeItStarts,
    EngagementNotActive,
    EngagementNotApproved,
    EngagementOver,
    EngagementTooEarly,
    HoursLeft,
    NoPostHere,
    NothingTaught,
    NotProposed,
    NotTheEnterprise,
    NotTheUniversity,
    OutsideEngagement,
    PostMissing,
)
from services.training.domain.faculty.special_post import (
    PostKind,
    PostOfAnotherKind,
    SeatsBelowTaken,
    SpecialPostClosed,
    SpecialPostFull,
)
from services.training.domain.faculty.technician import TechnicianLeft, TechnicianNoTaken, TechnicianStatus
from services.training.handlers.faculty import engagement as handlers
from services.training.handlers.faculty import technician
from shared.contracts.ids import new_id
from shared.contracts.training import TechnicianEngagementCompleted
from shared.errors import NotFound
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.staff_office import (
    PLAN,
    SPECIAL,
    a_post,
    a_technician,
    approve,
    entry,
    proposed,
    started,
    teach,
)


async def complete(college: College, engagement_id: str) -> object:
    command = CompleteEngagement(engagement_id=engagement_id, organization_id=college.university)
    return await college.do(handlers.complete_engagement, command)


async def end(college: College, engagement_id: str) -> object:
    command = EndEngagementEarly(engagement_id=engagement_id, organization_id=college.enterprise, reason="needed here")
    return await college.do(handlers.end_engagement_early, command)


async def test_an_engagement_goes_from_proposal_to_completion(college: College) -> None:
    engagement_id = await started(college)
    await teach(college, engagement_id, (TODAY, 8))
    college.today += 20 * DAY
    await teach(college, engagement_id, (TODAY + 20 * DAY, 8))

    await complete(college, engagement_id)

    assert college.story == ["technician.engaged", "technician.engagement_completed"]
    completed = college.facts[-1]
    assert isinstance(completed, TechnicianEngagementCompleted)
    assert (completed.hours_done, completed.hours_planned, completed.ended_early) == (16, 16, False)


async def test_each_side_does_its_own(college: College) -> None:
    engagement_id = await proposed(college)

    with pytest.raises(NotTheEnterprise):
        command = ApproveEngagement(engagement_id=engagement_id, organization_id=college.university)
        await college.do(handlers.approve_engagement, command)
    await approve(college, engagement_id)
    with pytest.raises(NotTheUniversity):
        start = StartEngagement(engagement_id=engagement_id, organization_id=college.enterprise)
        await college.do(handlers.start_engagement, start)


async def test_every_step_waits_for_the_one_before_it(college: College) -> None:
    engagement_id = await proposed(college, plan=replace(PLAN, starts_on=TODAY + DAY))
    start = StartEngagement(engagement_id=engagement_id, organization_id=college.university)

    with pytest.raises(EngagementNotApproved):
        await college.do(handlers.start_engagement, start)
    await approve(college, engagement_id)
    with pytest.raises(NotProposed):
        await approve(college, engagement_id)
    with pytest.raises(EngagementTooEarly):
        await college.do(handlers.start_engagement, start)
    with pytest.raises(EngagementNotActive):
        await teach(college, engagement_id, (TODAY, 8))
    with pytest.raises(EngagementNotActive):
        await complete(college, engagement_id)


async def test_hours_lie_inside_the_engagement_and_not_in_the_future(college: College) -> None:
    engagement_id = await started(college)

    with pytest.raises(OutsideEngagement):
        await teach(college, engagement_id, (TODAY - DAY, 8))
    with pytest.raises(OutsideEngagement):
        await teach(college, engagement_id, (TODAY + DAY, 8))
    with pytest.raises(DayTwice):
        await teach(college, engagement_id, (TODAY, 8), (TODAY, 1))


async def test_a_day_that_is_recorded_again_is_corrected(college: College) -> None:
    engagement_id = await started(college)
    await teach(college, engagement_id, (TODAY, 8))

    corrected = await teach(college, engagement_id, (TODAY, 3))

    assert corrected.minutes_done == 180
    assert [row["minutes"] for row in college.store.rows["taught_day"].values()] == [180]


async def test_only_the_university_records_hours(college: College) -> None:
    engagement_id = await started(college)
    command = RecordTeachingHours(engagement_id=engagement_id, organization_id=college.enterprise, entries=())

    with pytest.raises(NotTheUniversity):
        await college.do(handlers.record_teaching_hours, command)


async def test_it_is_completed_with_all_hours_done_or_on_its_last_day(college: College) -> None:
    engagement_id = await started(college)
    with pytest.raises(NothingTaught):
        await complete(college, engagement_id)
    await teach(college, engagement_id, (TODAY, 8))
    with pytest.raises(HoursLeft):
        await complete(college, engagement_id)

    college.today = PLAN.ends_on
    await complete(college, engagement_id)

    with pytest.raises(EngagementOver):
        await end(college, engagement_id)


async def test_what_never_began_ends_without_a_word_and_what_did_is_told(college: College) -> None:
    await end(college, await proposed(college))
    assert college.facts == []

    await end(college, await started(college))

    ended = college.facts[-1]
    assert isinstance(ended, TechnicianEngagementCompleted)
    assert (ended.hours_done, ended.ended_early) == (0, True)


async def test_a_post_never_has_more_engagements_than_seats(college: College) -> None:
    post_id = await a_post(college, 1)
    first, second = [await proposed(college, post_id=post_id, plan=SPECIAL) for _ in range(2)]
    await approve(college, first)

    with pytest.raises(SpecialPostFull):
        await approve(college, second)

    await end(college, first)
    await approve(college, second)
    post = await college.read("special_posts", post_id)
    assert (post.taken, post.holder_ids) == (1, (second,))


async def test_a_closed_post_takes_nobody_and_seats_that_are_taken_stay(college: College) -> None:
    post_id = await a_post(college, 2)
    for _ in range(2):
        await approve(college, await proposed(college, post_id=post_id, plan=SPECIAL))
    with pytest.raises(SeatsBelowTaken):
        await college.do(technician.resize_special_post, ResizeSpecialPost(special_post_id=post_id, seats=1))
    await college.do(technician.resize_special_post, ResizeSpecialPost(special_post_id=post_id, seats=3))
    late = await proposed(college, post_id=post_id, plan=SPECIAL)
    await college.do(technician.close_special_post, CloseSpecialPost(special_post_id=post_id))

    with pytest.raises(SpecialPostClosed):
        await approve(college, late)
    with pytest.raises(SpecialPostClosed):
        await college.do(technician.close_special_post, CloseSpecialPost(special_post_id=post_id))


async def test_special_and_mobile_engagements_hold_a_seat_of_their_kind_and_others_none(college: College) -> None:
    mobile = await a_post(college, 1, PostKind.MOBILE)

    with pytest.raises(PostMissing):
        await proposed(college, plan=SPECIAL)
    with pytest.raises(NoPostHere):
        await proposed(college, post_id=mobile)
    with pytest.raises(PostOfAnotherKind):
        await proposed(college, post_id=mobile, plan=SPECIAL)
    with pytest.raises(EngagementEndsBeforeItStarts):
        await proposed(college, plan=replace(PLAN, ends_on=PLAN.starts_on - DAY))


async def test_another_university_s_post_is_not_found(college: College) -> None:
    post_id = await a_post(college, 1)
    command = EngageTechnician(
        engagement_id=new_id("engagement"), organization_id=college.operator,
        technician_id=await a_technician(college), special_post_id=post_id, plan=SPECIAL,
    )  # fmt: skip

    with pytest.raises(NotFound):
        await college.do(handlers.engage_technician, command)


async def test_a_staff_number_is_given_once_and_who_left_is_not_engaged(college: College) -> None:
    technician_id = await a_technician(college, staff_no="T-1")
    with pytest.raises(TechnicianNoTaken):
        await a_technician(college, staff_no="T-1")
    await a_technician(college, staff_no="T-1", enterprise_id=college.operator)
    left = UpdateTechnician(technician_id=technician_id, entry=entry(staff_no="T-1", status=TechnicianStatus.LEFT))
    await college.do(technician.update_technician, left)

    with pytest.raises(TechnicianLeft):
        await proposed(college, technician_id=technician_id)
