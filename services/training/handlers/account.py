"""What happens when a learner's account is opened: students' by command, teachers' with their registration."""

from services.training.commands.credit import OpenAccount
from services.training.domain.account import AccountExists, CreditAccount
from services.training.domain.kinship import born_of
from services.training.ports import Work
from shared.contracts.training import TeacherRegistered


async def open_account(command: OpenAccount, work: Work) -> CreditAccount:
    """Open a student's account, unless there is one, or nobody knows any more who that was."""
    student = await work.students.get(command.student_id)
    student.require_known()
    if await work.accounts.where(person_id=student.id):
        raise AccountExists
    account, opened = CreditAccount.open(command.account_id, person_id=student.id, university_id=student.university_id)
    return work.accounts.add(account, opened)


async def open_teacher_account(event: TeacherRegistered, work: Work) -> None:
    """Open a teacher's account, unless there is one, or the teacher's entry was taken back since."""
    taken_back = event.teacher_id not in await work.teachers.known([event.teacher_id])
    if taken_back or await work.accounts.where(person_id=event.teacher_id):
        return
    account, opened = CreditAccount.open(
        born_of(event.teacher_id, "account"), person_id=event.teacher_id, university_id=event.university_id
    )
    work.accounts.add(account, opened)
