"""A placement is lived through and graded, rests, is ended or cancelled, in this order and no other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.training.commands.internship.placement import (
    ArchivePlacement,
    AssignGuides,
    CancelPlacement,
    CompletePlacement,
    GradePlacement,
    RequestTermination,
    ResumePlacement,
    StartPlacement,
    SuspendPlacement,
)
from services.training.domain.agreement import AgreementNotActive
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_papers import SafetyTraining
from services.training.domain.internship.placement_refusals import (
    AnotherStudent,
    GuidesMissing,
    InternshipNotOver,
    LogsNotReviewed,
    NoLongerOpen,
    NotASupervisor,
    OutOfTurn,
    SafetyTrainingMissing,
    StartsAfterItsEnd,
    TooEarlyToStart,
)
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import (
    Assessment,
    Cause,
    Grade,
    Guides,
)
from services.training.handlers.internship import placement, planning
from shared.contracts.ids import new_id
from shared.contracts.partnership import AgreementTerms
from tests.unit.training.internship.interns import FIRST, LAST, Interns, paper, papers
from tests.unit.training.internship.workshop import TERMS, offered

REASON = "the workshop moves"


async def test_it_starts_on_its_first_day_and_not_after_its_last(interns: Interns) -> None:
    approved = await interns.approved()
    start = StartPlacement(placement_id=approved.id)

    with pytest.raises(TooEarlyToStart):
        await interns.college.do(placement.start_placement, start)
    interns.college.today = LAST + timedelta(days=1)
    with pytest.raises(StartsAfterItsEnd):
        await interns.college.do(placement.start_placement, start)
    interns.college.today = LAST
    started = await interns.college.do(placement.start_placement, start)

    assert started.status is PlacementStatus.ONGOING


async def test_nobody_starts_without_safety_training(interns: Interns) -> None:
    approved = await interns.approved()
    failed = SafetyTraining(paper=paper(EvidenceKind.SAFETY_TRAINING), trained_on=FIRST, passed=False)
    interns.college.today = FIRST
    await interns.add(approved, failed)

    with pytest.raises(SafetyTrainingMissing):
        await interns.college.do(placement.start_placement, StartPlacement(placement_id=approved.id))


async def test_nobody_starts_without_somebody_on_both_sides(interns: Interns) -> None:
    approved = await interns.approved(supervisor_id=None)
    interns.college.today = FIRST
    start = StartPlacement(placement_id=approved.id)

    with pytest.raises(GuidesMissing):
        await interns.college.do(placement.start_placement, start)
    guides = Guides(supervisor_id=interns.teacher_id, mentor_id="per_2")
    await interns.college.do(planning.assign_guides, AssignGuides(placement_id=approved.id, guides=guides))
    started = await interns.college.do(placement.start_placement, start)

    assert (started.status, started.mentor_id) == (PlacementStatus.ONGOING, "per_2")
    assert interns.teacher_id in started.owners


async def test_a_supervisor_of_elsewhere_is_not_named(interns: Interns) -> None:
    approved = await interns.approved()
    guides = Guides(supervisor_id=new_id("teacher"), mentor_id="per_2")

    with pytest.raises(NotASupervisor):
        await interns.college.do(planning.assign_guides, AssignGuides(placement_id=approved.id, guides=guides))


async def test_it_rests_and_goes_on_and_keeps_its_place(interns: Interns) -> None:
    ongoing = await interns.ongoing()
    suspend = SuspendPlacement(
        placement_id=ongoing.id, organization_id=interns.college.university, cause=Cause.SAFETY, reason=REASON
    )

    suspended = await interns.college.do(placement.suspend_placement, suspend)
    other = await interns.checked()
    resumed = await interns.college.do(placement.resume_placement, ResumePlacement(placement_id=ongoing.id))

    assert (suspended.status, other.status) == (PlacementStatus.SUSPENDED, PlacementStatus.BLOCKED)
    assert resumed.status is PlacementStatus.ONGOING


async def test_only_before_it_begins_is_it_cancelled(interns: Interns) -> None:
    def cancel(one: Placement) -> CancelPlacement:
        return CancelPlacement(
            placement_id=one.id, organization_id=interns.college.university, cause=Cause.STUDENT, reason=REASON
        )

    planned = await interns.planned()
    cancelled = await interns.college.do(placement.cancel_placement, cancel(planned))
    ongoing = await interns.ongoing()

    assert cancelled.status is PlacementStatus.CANCELLED
    with pytest.raises(OutOfTurn):
        await interns.college.do(placement.cancel_placement, cancel(ongoing))


async def test_a_student_asks_for_the_end_and_the_school_ends_it(interns: Interns) -> None:
    ongoing = await interns.ongoing()

    def request(caller: str) -> RequestTermination:
        return RequestTermination(placement_id=ongoing.id, caller_ids=frozenset({caller}), reason="too far from home")

    with pytest.raises(AnotherStudent):
        await interns.college.do(placement.request_termination, request(new_id("student")))
    asked = await interns.college.do(placement.request_termination, request(ongoing.student_id))

    assert asked.status is PlacementStatus.ONGOING
    assert asked.termination_request.requested_on == FIRST


async def test_it_is_completed_after_its_last_day_with_the_hours_of_its_logs(interns: Interns) -> None:
    completed = await interns.completed()

    assert (completed.status, completed.hours) == (PlacementStatus.COMPLETED, 7)
    assert interns.college.story[-1] == "placement.completed"


async def test_it_is_not_over_before_its_last_day_has_passed(interns: Interns) -> None:
    ongoing = await interns.ongoing()
    interns.college.today = LAST

    with pytest.raises(InternshipNotOver):
        await interns.college.do(placement.complete_placement, CompletePlacement(placement_id=ongoing.id))


def grade(one: Placement) -> GradePlacement:
    assessment = Assessment(grade=Grade.GOOD, copied_from=(), employer_rating=4)
    return GradePlacement(placement_id=one.id, decision_id=new_id("decision"), assessment=assessment)


async def test_a_grade_needs_reviewed_logs(interns: Interns) -> None:
    completed = await interns.completed(reviewed=False)

    with pytest.raises(LogsNotReviewed):
        await interns.college.do(placement.grade_placement, grade(completed))


async def test_it_is_graded_judged_in_the_end_and_archived(interns: Interns) -> None:
    completed = await interns.completed()

    graded = await interns.college.do(placement.grade_placement, grade(completed))
    archived = await interns.college.do(placement.archive_placement, ArchivePlacement(placement_id=completed.id))

    assert {"INT-21", "INT-22"} <= {finding.rule for finding in interns.decision(graded).findings}
    assert (graded.grade, archived.status) == (Grade.GOOD, PlacementStatus.ARCHIVED)
    with pytest.raises(NoLongerOpen):
        await interns.add(archived, papers(archived)[0])


async def test_with_its_agreement_it_is_cancelled_or_rests(interns: Interns) -> None:
    agreement_id = await interns.college.signed("internship_base", AgreementTerms())
    post = await offered(interns.college, replace(TERMS, site="万州二厂"), agreement_id=agreement_id)
    ongoing, planned = await interns.ongoing(post=post), await interns.planned(post=post)

    await interns.college.terminate(agreement_id, "internship_base")

    rests, ended = [await interns.college.read("placements", one.id) for one in (ongoing, planned)]
    assert (rests.status, ended.status) == (PlacementStatus.SUSPENDED, PlacementStatus.CANCELLED)
    with pytest.raises(AgreementNotActive):
        await interns.college.do(placement.resume_placement, ResumePlacement(placement_id=ongoing.id))
