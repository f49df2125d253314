"""Who teaches: assignments with a warning, head counts, careers of teachers, entries that are one person."""

from datetime import date
from typing import Any

import pytest

from services.training.commands.faculty.staffing import (
    AssignTeaching,
    CancelTeaching,
    CountHeads,
    LinkPersons,
    SeparatePerson,
)
from services.training.commands.people import UpdateTeacher
from services.training.domain.directory import OrganizationUnknown
from services.training.domain.faculty.career import Career, Degree, Employment
from services.training.domain.faculty.person_link import NobodyHere, NotOneKind
from services.training.domain.faculty.teaching_assignment import (
    AlreadyAssigned,
    AssignmentCancelled,
    TeacherLeft,
    TeachingEndsBeforeItStarts,
    TeachingPlan,
)
from services.training.domain.teacher import TeacherChange, TeacherStatus
from services.training.handlers import people
from services.training.handlers.faculty import person_link, staffing
from shared.contracts.ids import new_id
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.staff_office import a_technician, decisions


async def assign(college: College, teacher_id: str, first: date = TODAY, last: date = TODAY + 100 * DAY) -> Any:
    command = AssignTeaching(
        assignment_id=new_id("teaching_assignment"), teacher_id=teacher_id, decision_id=new_id("decision"),
        plan=TeachingPlan(course="PLC-1", starts_on=first, ends_on=last),
    )  # fmt: skip
    return await college.do(staffing.assign_teaching, command)


async def change(college: College, teacher_id: str, **what: Any) -> Any:
    known = {"name": "张三", "programme_ids": (), "skills": (), "region_code": "500101", "status": TeacherStatus.ACTIVE}
    command = UpdateTeacher(teacher_id=teacher_id, change=TeacherChange(**{**known, **what}))
    return await college.do(people.update_teacher, command)


async def test_a_new_teacher_who_teaches_before_practising_is_a_warning_that_is_kept(college: College) -> None:
    teacher_id = await college.teacher(hired_on=date(2026, 8, 1), new=True)
    await change(college, teacher_id, career=Career(employments=()))

    assignment = await assign(college, teacher_id)

    assert (assignment.finding.verdict, assignment.status) == ("fail", "scheduled")
    kept = decisions(college)[-1]
    assert (kept["subject"], list(kept["inputs"])) == (assignment.id, ["TCH-03"])


async def test_what_is_not_known_of_a_new_teacher_is_asked_for(college: College) -> None:
    teacher_id = await college.teacher(hired_on=date(2026, 8, 1), new=True)

    assert (await assign(college, teacher_id)).finding.verdict == "unknown"


async def test_work_in_an_enterprise_before_being_hired_lets_a_new_teacher_teach(college: College) -> None:
    teacher_id = await college.teacher(hired_on=date(2026, 8, 1), new=True)
    work = Employment(starts_on=date(2020, 1, 1), ends_on=date(2026, 7, 31))
    await change(college, teacher_id, career=Career(degree=Degree.BACHELOR, employments=(work,)))

    assert (await assign(college, teacher_id)).finding.verdict == "pass"


async def test_a_course_is_taught_once_at_a_time_and_a_cancelled_assignment_makes_room(college: College) -> None:
    teacher_id = await college.teacher()
    assignment = await assign(college, teacher_id)
    with pytest.raises(AlreadyAssigned):
        await assign(college, teacher_id, TODAY + 100 * DAY, TODAY + 120 * DAY)
    await assign(college, teacher_id, TODAY + 101 * DAY, TODAY + 120 * DAY)
    await college.do(staffing.cancel_teaching, CancelTeaching(assignment_id=assignment.id))

    await assign(college, teacher_id)

    with pytest.raises(AssignmentCancelled):
        await college.do(staffing.cancel_teaching, CancelTeaching(assignment_id=assignment.id))


async def test_teaching_has_an_order_of_days_and_a_teacher_who_is_there(college: College) -> None:
    teacher_id = await college.teacher()
    with pytest.raises(TeachingEndsBeforeItStarts):
        await assign(college, teacher_id, TODAY, TODAY - DAY)
    await change(college, teacher_id, status=TeacherStatus.LEFT)

    with pytest.raises(TeacherLeft):
        await assign(college, teacher_id)


async def test_what_a_change_leaves_out_of_a_career_stays(college: College) -> None:
    teacher_id = await college.teacher()
    career = Career(degree=Degree.MASTER, employments=(), qualifications=(), titles=("讲师",))
    await change(college, teacher_id, career=career, full_time=False)

    teacher = await change(college, teacher_id, name="张四")

    assert (teacher.career, teacher.full_time, teacher.name) == (career, False, "张四")
    assert (await college.read("teachers", teacher_id)).career == career


async def count(college: College, full_time: int, part_time: int, **by: str) -> Any:
    command = CountHeads(
        organization_id=by.get("by", college.university), decision_id=new_id("decision"), year=2026,
        full_time=full_time, part_time=part_time,
    )  # fmt: skip
    return await college.do(staffing.count_heads, command)


async def test_a_year_is_counted_once_and_corrected_after(college: College) -> None:
    first = await count(college, 60, 40)

    second = await count(college, 70, 30)

    assert (first.finding.verdict, first.finding.actual) == ("fail", 4000)
    assert (second.id, second.finding.verdict, second.all_teachers) == (first.id, "pass", 100)
    assert [list(decision["inputs"]) for decision in decisions(college)] == [["TCH-13"], ["TCH-13"]]


async def test_a_university_that_nobody_has_heard_of_cannot_be_judged(college: College) -> None:
    with pytest.raises(OrganizationUnknown):
        await count(college, 1, 1, by=new_id("organization"))


async def link(college: College, *person_ids: str) -> set[str]:
    links = await college.do(person_link.link_persons, LinkPersons(person_ids=person_ids))
    return {link.identity_id for link in links}


async def identities(college: College, *person_ids: str) -> list[str]:
    return [(await college.read("person_links", person_id)).identity_id for person_id in person_ids]


async def test_links_of_links_make_one_person(college: College) -> None:
    a, b, c, d = [await a_technician(college) for _ in range(4)]
    await link(college, a, b)
    await link(college, c, d)

    assert await link(college, b, d) == {min(a, b, c, d)}
    assert set(await identities(college, a, b, c, d)) == {min(a, b, c, d)}


async def test_who_is_taken_out_is_somebody_else_and_the_others_stay_together(college: College) -> None:
    a, b, c = sorted([await a_technician(college) for _ in range(3)])
    await link(college, a, b, c)

    await college.do(person_link.separate_person, SeparatePerson(person_id=a))

    assert await identities(college, a, b, c) == [a, b, b]


async def test_who_is_linked_is_known_and_of_one_kind(college: College) -> None:
    technician_id, teacher_id = await a_technician(college), await college.teacher()

    with pytest.raises(NotOneKind):
        await link(college, technician_id, teacher_id)
    with pytest.raises(NotOneKind):
        await link(college, technician_id, technician_id)
    with pytest.raises(NobodyHere):
        await link(college, technician_id, new_id("technician"))
    assert len(await link(college, teacher_id, await college.teacher())) == 1
