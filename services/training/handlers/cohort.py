"""What happens when a cohort takes in students, is formed, begins."""

from services.training.commands.cohort import EnrolStudents, FormCohort, OpenIntake, StartCohort
from services.training.domain.cohort import Cohort
from services.training.domain.cohort_refusals import AlreadyEnrolled, NotAStudentHere
from services.training.ports import Work


async def open_intake(command: OpenIntake, work: Work) -> Cohort:
    """Let students enrol."""
    cohort = await work.cohorts.get(command.cohort_id)
    return work.cohorts.save(cohort.open_intake())


async def enrol_students(command: EnrolStudents, work: Work) -> Cohort:
    """Give each student a place. The cohort's row is the lock under which places are counted."""
    cohort = await work.cohorts.get(command.cohort_id)
    wanted = set(command.student_ids)
    places = [cohort.place_of(student_id) for student_id in wanted]
    if len(wanted) < len(command.student_ids) or await work.enrolments.where(id=places):
        raise AlreadyEnrolled
    students = await work.students.where(id=list(wanted))
    if len(students) < len(wanted):
        raise NotAStudentHere
    enrolled, enrolments = cohort.enrol(students, on=work.context.today)
    for enrolment in enrolments:
        work.enrolments.add(enrolment)
    return work.cohorts.save(enrolled)


async def form_cohort(command: FormCohort, work: Work) -> Cohort:
    """The class has its students."""
    cohort, formed = (await work.cohorts.get(command.cohort_id)).form()
    return work.cohorts.save(cohort, formed)


async def start_cohort(command: StartCohort, work: Work) -> Cohort:
    """Begin to teach, if the agreement is in force."""
    cohort = await work.cohorts.get(command.cohort_id)
    agreement = await work.agreements.get(cohort.agreement_id)
    started, fact = cohort.start(agreement=agreement)
    return work.cohorts.save(started, fact)
