"""What happens when one side verifies a practice period: with the second yes it counts, with one no it does not."""

from services.training.commands.faculty.practice import VerifyPractice
from services.training.domain.faculty.practice import Practice
from services.training.domain.faculty.practice_file import PracticeFile
from services.training.domain.faculty.practice_rules import practice_is_counted
from services.training.domain.teacher import Teacher
from services.training.handlers.faculty.practice_ledger import (
    counting_rule,
    file_of_one,
    jurisdiction_of_teacher,
    ledger_of,
)
from services.training.ports import Work
from shared.rules import Decision, Rule


async def verify_practice(command: VerifyPractice, work: Work) -> Practice:
    """Hear one side."""
    practice = (await work.practices.get(command.practice_id)).hear(command.verdict)
    work.audit("verify", practice.id, organization_id=command.verdict.organization_id, reason=command.verdict.reason)
    if (refusal := practice.refusal) is not None:
        rejected, fact = practice.reject(refusal)
        return work.practices.save(rejected, fact)
    if practice.is_confirmed:
        return await _count(practice, command.decision_id, work)
    return work.practices.save(practice)


async def _count(practice: Practice, decision_id: str, work: Work) -> Practice:
    """Count the days by TCH-04 and enter them into the teacher's ledger."""
    # The teacher's row is the lock under which their ledger is read and grows.
    teacher = await work.teachers.get(practice.teacher_id)
    rule = counting_rule(teacher, practice.starts_on, work)
    file = await file_of_one(practice, teacher, rule, work)
    work.decide(_decision(practice, file, rule, teacher, decision_id))
    ledger = await ledger_of(teacher, work, with_also=practice)
    verified, fact = practice.verify(days=file.days(rule), rolling_days=ledger.rolling_days(work.context.today))
    return work.practices.save(verified, fact)


def _decision(practice: Practice, file: PracticeFile, rule: Rule, teacher: Teacher, decision_id: str) -> Decision:
    return Decision(
        id=decision_id,
        subject=practice.id,
        findings=(practice_is_counted(file.periods, file.leaves, rule),),
        inputs={rule.id: file.counted().model_dump(mode="json")},
        on=practice.starts_on,
        jurisdiction=jurisdiction_of_teacher(teacher),
    )
