"""Units for internships: what they declare, what universities found and approved, what is on their record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.training.commands.internship.unit import DeclareExternalInterns, WithdrawViolation
from services.training.domain.directory import OrganizationUnknown
from services.training.domain.internship.unit import ExternalInterns, InternshipUnit, unit_id_of
from services.training.domain.internship.unit_refusals import (
    InspectorUnknown,
    InternsEndBeforeTheyStart,
    ListedBeforeDecided,
    LookUpAhead,
    NoSuchViolation,
    NotTheUnit,
    ViolationAhead,
    ViolationWithdrawn,
    VisitAhead,
)
from services.training.handlers.internship import unit as handlers
from services.training.handlers.internship.vetting import Vetting, vetting_of
from services.training.ports import Work
from shared.contracts.ids import new_id
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.internship.workshop import FITTER, inspected, listed, looked_up, offered, unit_of, violated

INTERNS = ExternalInterns(
    occupation_code=FITTER, site="万州一厂", starts_on=TODAY, ends_on=TODAY + timedelta(days=90), interns=3
)
FINDINGS = "车间地面湿滑，已要求整改"


async def declare(college: College, *interns: ExternalInterns, by: str | None = None) -> InternshipUnit:
    await offered(college)
    command = DeclareExternalInterns(
        unit_id=unit_id_of(college.enterprise), organization_id=by or college.enterprise, interns=interns
    )
    unit: InternshipUnit = await college.do(handlers.declare_external_interns, command)
    return unit


async def withdraw(college: College, violation_id: str) -> InternshipUnit:
    command = WithdrawViolation(
        unit_id=unit_id_of(college.enterprise),
        organization_id=None,
        violation_id=violation_id,
        reason="the fine was lifted by a court",
    )
    unit: InternshipUnit = await college.do(handlers.withdraw_violation, command)
    return unit


async def vetting(college: College) -> Vetting:
    async def look(enterprise_id: str, work: Work) -> Vetting:
        return await vetting_of(enterprise_id, college.university, work)

    found: Vetting = await college.do(look, college.enterprise)
    return found


async def test_what_was_never_declared_is_not_known_and_nobody_is_declared_as_nobody(college: College) -> None:
    await offered(college)
    before = (await unit_of(college)).external_interns

    unit = await declare(college)

    assert (before, unit.external_interns, unit.declared_on) == (None, (), TODAY)


async def test_a_declaration_replaces_the_one_before(college: College) -> None:
    await declare(college, INTERNS, replace(INTERNS, interns=1))

    unit = await declare(college, replace(INTERNS, interns=4))

    assert unit.external_interns == (replace(INTERNS, interns=4),)


async def test_a_unit_declares_for_itself_and_in_the_order_of_days(college: College) -> None:
    with pytest.raises(NotTheUnit):
        await declare(college, INTERNS, by=college.operator)
    with pytest.raises(InternsEndBeforeTheyStart):
        await declare(college, replace(INTERNS, ends_on=TODAY - DAY))


async def test_a_report_stays_with_the_university_and_is_told_to_nobody(college: College) -> None:
    inspection = await inspected(college, findings=FINDINGS)

    assert inspection.owners == {college.university}
    assert (await college.read("site_inspections", inspection.id)).findings == FINDINGS
    assert not [record for record in college.store.records if record.payload and FINDINGS.encode() in record.payload]


async def test_a_report_is_about_a_visit_to_an_organisation_that_is_known(college: College) -> None:
    with pytest.raises(VisitAhead):
        await inspected(college, visited_on=TODAY + DAY)
    college.enterprise = new_id("organization")
    with pytest.raises(OrganizationUnknown):
        await inspected(college)


async def test_teachers_of_the_university_inspect_for_it_and_other_persons_too(college: College) -> None:
    teacher_id = await college.teacher()
    by_teacher = await inspected(college, inspector_id=teacher_id)
    by_another = await inspected(college, inspector_id=new_id("person"))

    assert by_teacher.inspector_ids == (teacher_id,)
    assert by_another.inspector_ids[0].startswith("per_")


async def test_nobody_inspects_who_is_not_known_or_teaches_elsewhere(college: College) -> None:
    elsewhere = await college.teacher()
    college.university = college.operator

    for inspector_id in (new_id("teacher"), elsewhere):
        with pytest.raises(InspectorUnknown):
            await inspected(college, inspector_id=inspector_id)


async def test_the_newest_visit_counts_whatever_it_found(college: College) -> None:
    fit = await inspected(college, visited_on=TODAY - 10 * DAY)
    seen = await vetting(college)
    await inspected(college, visited_on=TODAY - 20 * DAY, fit=False)
    again = await vetting(college)
    unfit = await inspected(college, visited_on=TODAY, fit=False)

    assert (seen.inspection, again.inspection) == (fit, fit)
    assert (await vetting(college)).inspection == unfit


async def test_who_looks_again_at_a_unit_on_the_list_need_not_decide_anew(college: College) -> None:
    before = await inspected(college, visited_on=TODAY - 20 * DAY)
    await listed(college, decided_on=TODAY - 9 * DAY, published_on=TODAY - 9 * DAY)
    await inspected(college, visited_on=TODAY - 5 * DAY)
    again = await vetting(college)
    await inspected(college, visited_on=TODAY - 2 * DAY, fit=False)
    after = await inspected(college, visited_on=TODAY)

    assert again.inspection == before
    assert (await vetting(college)).inspection == after


async def test_a_listing_holds_from_its_publication_to_its_last_day(college: College) -> None:
    (listing,) = await listed(college, valid_to=TODAY + 30 * DAY)

    assert [listing.holds_on(TODAY + offset * DAY) for offset in (-1, 0, 30, 31)] == [False, True, True, False]
    assert (await vetting(college)).listing == listing


async def test_a_later_decision_replaces_a_listing_and_an_earlier_one_does_not(college: College) -> None:
    await listed(college, decided_on=TODAY - 5 * DAY)
    (later,) = await listed(college, meeting_ref="later", decided_on=TODAY)

    (unchanged,) = await listed(college, meeting_ref="earlier", decided_on=TODAY - 9 * DAY)

    assert (later.meeting_ref, unchanged, later.version) == ("later", later, 2)


@pytest.mark.parametrize(
    ("decided_on", "published_on", "valid_to"),
    [
        (TODAY, TODAY - DAY, None),
        (TODAY, TODAY + DAY, None),
        (TODAY - DAY, TODAY, TODAY - DAY),
    ],
    ids=["published before it was decided", "not yet published", "over before it began"],
)
async def test_a_list_is_decided_then_published_then_valid(
    college: College, decided_on: date, published_on: date, valid_to: date | None
) -> None:
    with pytest.raises(ListedBeforeDecided):
        await listed(college, decided_on=decided_on, published_on=published_on, valid_to=valid_to)


async def test_a_record_is_not_known_before_it_was_looked_up_and_the_newest_look_stands(college: College) -> None:
    await offered(college)
    before = (await unit_of(college)).record_check

    newest = await looked_up(college, on=TODAY)
    older = await looked_up(college, on=TODAY - DAY)

    assert before is None
    assert newest.record_check is not None
    assert (older.record_check, older.version) == (newest.record_check, newest.version)
    with pytest.raises(LookUpAhead):
        await looked_up(college, on=TODAY + DAY)


async def test_a_violation_counts_until_it_is_withdrawn(college: College) -> None:
    await offered(college)
    (violation,) = (await violated(college)).standing_violations

    unit = await withdraw(college, violation.violation_id)

    assert (unit.standing_violations, [each.stands for each in unit.violations]) == ((), [False])
    with pytest.raises(ViolationWithdrawn):
        await withdraw(college, violation.violation_id)


async def test_what_is_not_on_record_is_not_withdrawn_and_what_lies_ahead_not_recorded(college: College) -> None:
    await offered(college)

    with pytest.raises(NoSuchViolation):
        await withdraw(college, new_id("violation"))
    with pytest.raises(ViolationAhead):
        await violated(college, occurred_on=TODAY + DAY)
