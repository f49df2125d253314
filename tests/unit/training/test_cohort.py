"""An order class from intake to its start."""

import pytest

from services.training.commands.cohort import EnrolStudents, FormCohort, OpenIntake, StartCohort
from services.training.commands.people import UpdateStudent
from services.training.domain.agreement import AgreementNotActive
from services.training.domain.cohort import Cohort
from services.training.domain.cohort_refusals import (
    AlreadyEnrolled,
    CohortFull,
    IntakeNotOpen,
    NobodyEnrolled,
    NotAStudentHere,
)
from services.training.domain.kinship import born_of
from services.training.domain.student import StudentChange, StudentStatus
from services.training.handlers import cohort as handlers
from services.training.handlers import people
from shared.contracts.ids import new_id
from shared.contracts.training import CohortStarted
from tests.unit.training.college import NEED, College, class_terms


async def planned(college: College, places: int, *, active: bool = True) -> str:
    agreement_id = await college.signed("order_class", class_terms(college.programme, places), active=active)
    return born_of(agreement_id, "cohort")


async def with_intake(college: College, places: int, *, active: bool = True) -> str:
    cohort_id = await planned(college, places, active=active)
    await college.do(handlers.open_intake, OpenIntake(cohort_id=cohort_id))
    return cohort_id


async def enrol(college: College, cohort_id: str, *student_ids: str) -> Cohort:
    command = EnrolStudents(cohort_id=cohort_id, student_ids=student_ids)
    cohort: Cohort = await college.do(handlers.enrol_students, command)
    return cohort


async def form(college: College, cohort_id: str) -> Cohort:
    cohort: Cohort = await college.do(handlers.form_cohort, FormCohort(cohort_id=cohort_id))
    return cohort


async def test_a_class_takes_its_students_and_starts(college: College) -> None:
    cohort_id = await with_intake(college, 12)
    await enrol(college, cohort_id, *await college.students(12))
    await form(college, cohort_id)

    await college.do(handlers.start_cohort, StartCohort(cohort_id=cohort_id))

    started = college.facts[-1]
    assert isinstance(started, CohortStarted)
    assert (started.planned, started.enrolled, started.need_id, started.line_no) == (12, 12, NEED, 1)


async def test_places_are_given_to_all_who_are_named_or_to_nobody(college: College) -> None:
    cohort_id = await with_intake(college, 2)
    students = await college.students(3)

    with pytest.raises(CohortFull):
        await enrol(college, cohort_id, *students)

    assert (await enrol(college, cohort_id, *students[:2])).enrolled == 2


async def test_a_student_takes_one_place(college: College) -> None:
    cohort_id = await with_intake(college, 12)
    one, other = await college.students(2)
    await enrol(college, cohort_id, one)

    with pytest.raises(AlreadyEnrolled):
        await enrol(college, cohort_id, one, other)
    with pytest.raises(AlreadyEnrolled):
        await enrol(college, cohort_id, other, other)


async def test_only_known_and_enrolled_students_are_taken(college: College) -> None:
    cohort_id = await with_intake(college, 12)
    (gone,) = await college.students(1)
    change = StudentChange(programme_id=college.programme, study_year=3, status=StudentStatus.GRADUATED)
    await college.do(people.update_student, UpdateStudent(student_id=gone, change=change))

    with pytest.raises(NotAStudentHere):
        await enrol(college, cohort_id, gone)
    with pytest.raises(NotAStudentHere):
        await enrol(college, cohort_id, new_id("student"))


async def test_nobody_enrols_before_intake_opens(college: College) -> None:
    cohort_id = await planned(college, 12)

    with pytest.raises(IntakeNotOpen):
        await enrol(college, cohort_id, *await college.students(1))


async def test_a_class_without_students_is_not_formed(college: College) -> None:
    cohort_id = await with_intake(college, 12)

    with pytest.raises(NobodyEnrolled):
        await form(college, cohort_id)


async def test_teaching_does_not_begin_before_the_agreement_is_in_force(college: College) -> None:
    cohort_id = await with_intake(college, 12, active=False)
    await enrol(college, cohort_id, *await college.students(1))
    await form(college, cohort_id)

    with pytest.raises(AgreementNotActive):
        await college.do(handlers.start_cohort, StartCohort(cohort_id=cohort_id))
