"""A placement is judged by every rule, blocked, mended, accepted as an exception, and approved."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.training.commands.internship.placement import (
    ApproveSelfFoundUnit,
    OverrideRule,
)
from services.training.commands.people import UpdateStudent
from services.training.domain.internship.consent import Giver
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_refusals import (
    NotAnIntern,
    NotOverridden,
    OutOfTurn,
    SelfFoundOnly,
    StudentElsewhere,
)
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import (
    Mode,
    OverrideReason,
)
from services.training.domain.internship.post import Post
from services.training.domain.internship.unit import unit_id_of
from services.training.domain.student import StudentChange, StudentStatus
from services.training.handlers import people
from services.training.handlers.internship import placement, planning
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.contracts.training import RuleOverridden
from shared.rules import Verdict
from tests.unit.training.internship.interns import FIRST, LAST, Interns, paper, papers
from tests.unit.training.internship.workshop import TERMS, looked_up, offered
from tests.unit.training.test_training_base import planned as planned_base


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
    said: Any = decision.inputs["INT-23"]
    assert said["base"]["base_kind"] == "on_campus_productive"


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


async def test_an_approver_accepts_what_a_rule_refuses_in_principle(interns: Interns) -> None:
    await interns.approved()
    blocked = await interns.checked()

    overridden = await interns.college.do(placement.override_rule, override(blocked, "INT-04"))
    approved = await interns.approve(overridden)

    assert overridden.status is PlacementStatus.OVERRIDDEN
    assert approved.status is PlacementStatus.APPROVED
    assert Verdict.OVERRIDDEN in {finding.verdict for finding in interns.decision(approved).findings}
    assert "rule.overridden" in interns.college.story
    told = next(fact for fact in interns.college.facts if isinstance(fact, RuleOverridden))
    assert (told.subject_id, told.region_code) == (blocked.id, "500101")


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
