"""What happens when one side verifies a practice period: with the second yes it counts, with one no it does not."""

from services.training.commands.practice import VerifyPractice
from services.training.domain.practice import Practice
from services.training.domain.practice_days import days_of
from services.training.domain.teacher import Teacher
from services.training.handlers.practice_ledger import (
    counting_rule,
    jurisdiction_of_teacher,
    ledger_of,
    period_of,
)
from services.training.ports import Work
from shared.rules import Decision, Finding


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
    days = days_of(await period_of(practice, rule, work), rule)
    ledger = await ledger_of(teacher, work, with_also=practice)
    rolling_days = ledger.rolling_days(work.context.today)
    work.decide(_decision(practice, rule.passes(actual=days), teacher, rolling_days, decision_id))
    verified, fact = practice.verify(days=days, rolling_days=rolling_days)
    return work.practices.save(verified, fact)


def _decision(practice: Practice, finding: Finding, teacher: Teacher, rolling_days: int, decision_id: str) -> Decision:
    return Decision(
        id=decision_id,
        subject=practice.id,
        findings=(finding,),
        inputs={
            "form": practice.form.value,
            "starts_on": practice.starts_on.isoformat(),
            "ends_on": practice.ends_on.isoformat(),
            "weekdays": [*practice.weekdays],
            "minutes_a_day": practice.minutes_a_day,
            "logged_minutes": practice.logged_minutes,
            "rolling_days": rolling_days,
        },
        on=practice.starts_on,
        jurisdiction=jurisdiction_of_teacher(teacher),
    )
