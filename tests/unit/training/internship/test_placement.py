"""A placement is planned, agreed to, judged, approved, lived through and graded, in this order and no other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.training.commands.internship.placement import (
    AmendPlacement,
    ApproveSelfFoundUnit,
    ArchivePlacement,
    AssignGuides,
    CancelPlacement,
    CompletePlacement,
    GradePlacement,
    OverrideRule,
    PlanPlacements,
    RequestTermination,
    ResumePlacement,
    StartPlacement,
    SuspendPlacement,
    TerminatePlacement,
)
from services.training.commands.people import UpdateStudent
from services.training.domain.agreement import AgreementNotActive, NotParty
from services.training.domain.internship.consent import Giver
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.evidence_refusals import PaperAhead, PaperEndsBeforeItIsIssued
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_papers import Paper, SafetyTraining
from services.training.domain.internship.placement_refusals import (
    AlreadyPlanned,
    AnotherStudent,
    GuidesMissing,
    InternshipNotOver,
    LogsNotReviewed,
    NoLongerOpen,
    NotAnIntern,
    NotAPaperOfPlacements,
    NotASupervisor,
    NotForStudentsToPlan,
    NotOverridden,
    OutOfTurn,
    SafetyTrainingMissing,
    SegmentsOverlap,
    SelfFoundOnly,
    StartsAfterItsEnd,
    StudentElsewhere,
    TooEarlyToStart,
)
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import (
    Assessment,
    Cause,
    Grade,
    Guides,
    Mode,
    OverrideReason,
)
from services.training.domain.internship.post import Post
from services.training.domain.internship.unit import unit_id_of
from services.training.domain.student import StudentChange, StudentStatus
from services.training.handlers import agreement, people
from services.training.handlers.internship import placement, planning
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.contracts.partnership import AgreementTerms
from shared.rules import Verdict
from tests.unit.training.college import NEED, TODAY
from tests.unit.training.internship.interns import FIRST, LAST, TERMS_OF_PLACEMENT, Interns, paper, papers
from tests.unit.training.internship.workshop import TERMS, looked_up, offered
from tests.unit.training.test_training_base import planned as planned_base

REASON = "the workshop moves"


@pytest.fixture
async def interns() -> Interns:
    return await Interns().open()


async def test_a_student_is_planned_without_taking_a_place(interns: Interns) -> None:
    planned = await interns.planned()

    assert (planned.status, planned.days) == (PlacementStatus.PLANNED, 116)
    assert interns.college.story[-1] == "placement.planned"
    sides = {planned.university_id, planned.enterprise_id, planned.student_id, interns.teacher_id}
    assert planned.owners == sides


@pytest.mark.parametrize(
    "segments",
    [((LAST, FIRST),), ((FIRST, LAST), (LAST, LAST)), ()],
    ids=["upside down", "sharing a day", "none"],
)
async def test_segments_follow_each_other(interns: Interns, segments: tuple[tuple[date, date], ...]) -> None:
    with pytest.raises(SegmentsOverlap):
        await interns.planned(segments=segments)


async def test_segments_come_in_any_order_and_count_once(interns: Interns) -> None:
    later, sooner = (date(2027, 3, 1), date(2027, 6, 30)), (FIRST, date(2026, 12, 31))

    planned = await interns.planned(segments=(later, sooner))

    assert (planned.starts_on, planned.ends_on, planned.days) == (FIRST, date(2027, 6, 30), 116 + 122)


async def test_nobody_is_planned_twice_for_the_same_days(interns: Interns) -> None:
    student = await interns.student()
    await interns.planned(student)

    with pytest.raises(AlreadyPlanned):
        await interns.planned(student)


async def test_a_university_plans_for_its_own_students_only(interns: Interns) -> None:
    with pytest.raises(NotAnIntern):
        await interns.planned(new_id("student"))


async def test_a_supervisor_teaches_at_the_university(interns: Interns) -> None:
    with pytest.raises(NotASupervisor):
        await interns.planned(supervisor_id=new_id("teacher"))
    teacher = await interns.college.teacher()

    planned = await interns.planned(supervisor_id=teacher)

    assert teacher in planned.owners


async def test_a_student_plans_a_unit_that_they_found(interns: Interns) -> None:
    student = await interns.student()
    asked = interns.asked(student, mode=Mode.SELF_FOUND, supervisor_id=None, forced=None, for_profit=None)

    planned = await interns.college.do(planning.plan_placement, replace(asked, organization_id=None))

    assert (planned.status, planned.student_id) == (PlacementStatus.PLANNED, student)
    assert planned.university_id == interns.college.university


@pytest.mark.parametrize("said", [{"mode": Mode.ARRANGED}, {"forced": False}, {"supervisor_id": "tch_1"}])
async def test_a_student_says_nothing_for_the_school(interns: Interns, said: dict[str, object]) -> None:
    own = {"mode": Mode.SELF_FOUND, "supervisor_id": None, "forced": None, "for_profit": None}
    asked = interns.asked(await interns.student(), **{**own, **said})

    with pytest.raises(NotForStudentsToPlan):
        await interns.college.do(planning.plan_placement, replace(asked, organization_id=None))


async def test_a_batch_is_planned_as_a_whole_or_not_at_all(interns: Interns) -> None:
    rows = [interns.asked(await interns.student()) for _ in range(3)]
    wrong = interns.asked(new_id("student"))

    refused = await interns.college.do(planning.plan_placements, PlanPlacements(rows=(rows[0], wrong, rows[0])))
    kept = await interns.college.read("placements", rows[0].placement_id)
    planned = await interns.college.do(planning.plan_placements, PlanPlacements(rows=tuple(rows)))

    assert [type(outcome.refusal).__name__ for outcome in refused] == ["NoneType", "NotAnIntern", "AlreadyPlanned"]
    assert kept is None
    assert [outcome.placement.status for outcome in planned] == [PlacementStatus.PLANNED] * 3
    assert interns.college.story.count("placement.planned") == 3


@pytest.mark.parametrize(
    "ahead",
    [
        replace(paper(EvidenceKind.FILING), issued_on=TODAY + timedelta(days=1)),
        SafetyTraining(paper=paper(EvidenceKind.SAFETY_TRAINING), trained_on=TODAY + timedelta(days=1), passed=True),
    ],
    ids=["not issued yet", "not trained yet"],
)
async def test_nobody_hands_in_what_lies_ahead(interns: Interns, ahead: Paper) -> None:
    with pytest.raises(PaperAhead):
        await interns.add(await interns.planned(), ahead)


def test_a_paper_holds_for_a_day_at_least() -> None:
    with pytest.raises(PaperEndsBeforeItIsIssued):
        replace(paper(EvidenceKind.FILING), valid_to=TODAY - timedelta(days=1))


async def test_consent_and_agreement_move_it_on_in_either_order(interns: Interns) -> None:
    planned = await interns.planned()
    signed = await interns.add(planned, papers(planned)[0])

    assert signed.status is PlacementStatus.PLANNED
    assert signed.consent().status is PlacementStatus.AGREEMENT_SIGNED
    assert planned.consent().status is PlacementStatus.CONSENTED
    assert planned.consent().take(papers(planned)[0], on=TODAY).status is PlacementStatus.AGREEMENT_SIGNED


async def test_a_renewed_insurance_replaces_the_one_with_its_number(interns: Interns) -> None:
    ready = await interns.ready()

    twice = await interns.add(ready, papers(ready)[1])

    assert len(twice.papers.insurance) == 1


async def test_papers_of_other_things_are_not_kept_with_a_placement(interns: Interns) -> None:
    with pytest.raises(NotAPaperOfPlacements):
        await interns.add(await interns.planned(), paper(EvidenceKind.SITE_INSPECTION))


async def test_what_fulfils_every_rule_is_checked_and_approved(interns: Interns) -> None:
    approved = await interns.approved()

    verdicts = {finding.rule: finding.verdict for finding in interns.decision(approved).findings if finding.refuses}
    assert (approved.status, verdicts, approved.related_major) == (PlacementStatus.APPROVED, {}, True)
    assert interns.college.story[-1] == "placement.approved"


async def test_every_judgement_is_kept_with_the_facts_of_each_rule(interns: Interns) -> None:
    decision = interns.decision(await interns.checked())

    assert {finding.rule for finding in decision.findings} == set(decision.inputs)
    assert decision.on == FIRST
    assert decision.jurisdiction.endswith(interns.college.university)


async def test_without_consent_it_is_blocked_and_fixed(interns: Interns) -> None:
    planned = await interns.planned()
    for handed_in in papers(planned):
        planned = await interns.add(planned, handed_in)

    blocked = await interns.check(planned)
    interns.consents(planned, Giver.STUDENT)
    fixed = await interns.check(blocked)

    assert blocked.judgement is not None
    assert (blocked.status, blocked.judgement.refusing) == (PlacementStatus.BLOCKED, ("INT-06",))
    assert fixed.status is PlacementStatus.CHECKED
    assert interns.college.story[-1] == "placement.blocked"


async def test_a_unit_whose_record_nobody_looked_up_blocks_until_somebody_does(interns: Interns) -> None:
    unit = await interns.college.read("units", unit_id_of(interns.college.enterprise))
    interns.college.store.put(TrainingWork.units.mapping, replace(unit, record_check=None))

    blocked = await interns.checked()
    (finding,) = (one for one in interns.decision(blocked).findings if one.rule == "INT-20")
    await looked_up(interns.college)
    fixed = await interns.check(blocked)

    assert (finding.case, [missing.fact for missing in finding.missing]) == ("unknown", ["records"])
    assert (blocked.status, fixed.status) == (PlacementStatus.BLOCKED, PlacementStatus.CHECKED)


@pytest.mark.parametrize(("registered", "verdict"), [(True, "pass"), (False, "unknown")])
async def test_a_post_at_a_training_base_is_judged_by_who_runs_that(
    interns: Interns, registered: bool, verdict: str
) -> None:
    college = interns.college
    base_id = await planned_base(college)
    if not registered:
        base = await college.read("bases", base_id)
        college.store.put(TrainingWork.bases.mapping, replace(base, operator_id=new_id("organization")))
    post = await offered(college, replace(TERMS, base_id=base_id))

    checked = await interns.checked(post=post)

    decision = interns.decision(checked)
    (finding,) = (one for one in decision.findings if one.rule == "INT-23")
    assert finding.verdict == verdict
    assert decision.inputs["INT-23"]["base"]["base_kind"] == "on_campus_productive"


async def test_that_it_is_still_blocked_is_told_once(interns: Interns) -> None:
    blocked = await interns.check(await interns.planned())

    again = await interns.check(blocked)
    interns.consents(blocked, Giver.STUDENT)
    otherwise = await interns.check(again)

    assert otherwise.status is PlacementStatus.BLOCKED
    assert interns.college.story.count("placement.blocked") == 2


async def test_what_concerns_the_person_is_not_told(interns: Interns) -> None:
    too_young = await interns.ready(await interns.student(birth_date=date(2010, 12, 1)))

    await interns.check(too_young)

    told = interns.college.facts[-1]
    [failure] = [failure for failure in told.failures if failure.rule_id == "INT-08"]  # type: ignore[attr-defined]
    assert (failure.actual, "15" in failure.message_en) == (None, False)


async def test_the_second_intern_on_a_post_of_nine_is_blocked(interns: Interns) -> None:
    await interns.approved()

    blocked = await interns.checked()

    [finding] = interns.decision(blocked).refusing
    assert (finding.rule, finding.actual, finding.limit) == ("INT-04", 2, 1)
    assert blocked.status is PlacementStatus.BLOCKED


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


async def test_an_approver_accepts_what_a_rule_refuses_in_principle(interns: Interns) -> None:
    await interns.approved()
    blocked = await interns.checked()

    overridden = await interns.college.do(placement.override_rule, override(blocked, "INT-04"))
    approved = await interns.approve(overridden)

    assert overridden.status is PlacementStatus.OVERRIDDEN
    assert approved.status is PlacementStatus.APPROVED
    assert Verdict.OVERRIDDEN in {finding.verdict for finding in interns.decision(approved).findings}
    assert "rule.overridden" in interns.college.story


async def test_an_exception_reaches_no_further_than_what_was_accepted(interns: Interns) -> None:
    await interns.approved()
    blocked = await interns.checked()
    overridden = await interns.college.do(placement.override_rule, override(blocked, "INT-04"))
    another = await interns.checked()
    await interns.approve(await interns.college.do(placement.override_rule, override(another, "INT-04")))

    assert (await interns.approve(overridden)).status is PlacementStatus.BLOCKED


async def test_only_what_holds_in_principle_is_overridden(interns: Interns) -> None:
    blocked = await interns.check(await interns.planned())

    with pytest.raises(NotOverridden):
        await interns.college.do(placement.override_rule, override(blocked, "INT-06"))


def override(one: Placement, rule: str) -> OverrideRule:
    return OverrideRule(
        placement_id=one.id,
        decision_id=new_id("decision"),
        rule=rule,
        approver_role="alliance_office",
        organization_id=None,
        reason_code=OverrideReason.TRAINING_NEED,
        reason="a second bench is free",
    )


async def test_what_was_not_checked_is_not_approved(interns: Interns) -> None:
    with pytest.raises(OutOfTurn):
        await interns.approve(await interns.ready())


async def test_a_student_is_at_one_place_at_a_time(interns: Interns) -> None:
    student = await interns.student()
    first = await interns.ready(student, segments=((FIRST, date(2026, 10, 31)),))
    second = await interns.ready(student, segments=((date(2026, 11, 1), LAST),))
    both = await interns.ready(student, post=await another_post(interns), segments=((FIRST, LAST),))
    await interns.approve(await interns.check(first))
    await interns.approve(await interns.check(second))

    with pytest.raises(StudentElsewhere):
        await interns.approve(await interns.check(both))


async def test_who_has_left_is_not_approved(interns: Interns) -> None:
    checked = await interns.checked()
    left = StudentChange(programme_id=interns.college.programme, study_year=2, status=StudentStatus.WITHDRAWN)
    await interns.college.do(people.update_student, UpdateStudent(student_id=checked.student_id, change=left))

    with pytest.raises(NotAnIntern):
        await interns.approve(checked)


async def another_post(interns: Interns) -> Post:
    return await offered(interns.college, replace(TERMS, site="万州二厂"))


async def test_a_self_found_unit_is_approved_by_the_school(interns: Interns) -> None:
    arranged, found = await interns.ready(), await interns.ready(mode=Mode.SELF_FOUND)
    blocked = await interns.check(found)

    def approval(one: Placement) -> ApproveSelfFoundUnit:
        return ApproveSelfFoundUnit(
            placement_id=one.id,
            organization_id=interns.college.university,
            approval=paper(EvidenceKind.MEETING_DECISION),
        )

    await interns.college.do(planning.approve_self_found_unit, approval(blocked))

    assert blocked.status is PlacementStatus.BLOCKED
    assert (await interns.check(blocked)).status is PlacementStatus.CHECKED
    with pytest.raises(SelfFoundOnly):
        await interns.college.do(planning.approve_self_found_unit, approval(arranged))


async def test_terms_are_said_anew_until_it_is_approved(interns: Interns) -> None:
    planned = await interns.planned()
    amended = AmendPlacement(placement_id=planned.id, terms=TERMS_OF_PLACEMENT)

    assert (await interns.college.do(planning.amend_placement, amended)).pay == TERMS_OF_PLACEMENT.pay
    approved = await interns.approved()
    with pytest.raises(OutOfTurn):
        await interns.college.do(
            planning.amend_placement, AmendPlacement(placement_id=approved.id, terms=TERMS_OF_PLACEMENT)
        )


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


async def test_a_university_plans_on_posts_of_its_own_agreements(interns: Interns) -> None:
    event = interns.college.signing("internship_base", AgreementTerms())
    parties = [party for party in event.parties if party.role != "university"]
    foreign = event.model_copy(update={"parties": parties})
    await interns.college.do(agreement.plan_what_was_agreed, foreign, correlation_id=NEED)
    post = await offered(interns.college, replace(TERMS, site="万州二厂"), agreement_id=foreign.agreement_id)

    with pytest.raises(NotParty):
        await interns.planned(post=post)
