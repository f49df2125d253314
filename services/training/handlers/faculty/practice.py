"""What happens when a practice period is planned, approved, begun, logged, completed."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

from services.training.commands.faculty.practice import (
    ApprovePractice,
    CompletePractice,
    LogPractice,
    PausePractice,
    PlanPractice,
    ResumePractice,
    RevokePractice,
    StartPractice,
)
from services.training.domain.faculty.practice import Practice
from services.training.domain.faculty.practice_log import PracticeLog
from services.training.domain.faculty.practice_period import day_holds_the_hours
from services.training.domain.faculty.practice_refusals import AnotherTeacher
from services.training.domain.faculty.practice_week import written_week
from services.training.domain.kinship import born_of
from services.training.handlers.faculty.leave import require_at_work
from services.training.handlers.faculty.practice_ledger import counting_rule, file_of_one
from services.training.handlers.internship.proving import require_kept
from services.training.ports import Work
from shared.errors import RuleRefused
from shared.rules import Rule


async def plan_practice(command: PlanPractice, work: Work) -> Practice:
    """Plan a period on the seats of an agreement."""
    if command.teacher_id not in command.caller_ids:
        raise AnotherTeacher
    seats = await work.seats.get(born_of(command.agreement_id, "seat"))
    agreement = await work.agreements.get(command.agreement_id)
    teacher = await work.teachers.get(command.teacher_id)
    practice = Practice.plan(command.practice_id, teacher=teacher, seats=seats, agreement=agreement, plan=command.plan)
    await require_at_work(teacher, practice.period().practised, work)
    return work.practices.add(practice)


async def approve_practice(command: ApprovePractice, work: Work) -> Practice:
    """Take a seat for a planned period."""
    practice, approved = (await work.practices.get(command.practice_id)).approve()
    seats = await work.seats.get(practice.seats_id)
    work.seats.save(seats.take(practice.teacher_id))
    return work.practices.save(practice, approved)


async def start_practice(command: StartPractice, work: Work) -> Practice:
    """Begin an approved period, if its agreement is in force."""
    practice = await work.practices.get(command.practice_id)
    agreement = await work.agreements.get(practice.agreement_id)
    started, fact = practice.start(on=work.context.today, agreement=agreement)
    return work.practices.save(started, fact)


async def log_practice(command: LogPractice, work: Work) -> Practice:
    """Write one week's logs, a row each."""
    practice = await work.practices.get(command.practice_id)
    # The teacher's row is the lock under which the hours of one day are summed over all their periods.
    teacher = await work.teachers.get(practice.teacher_id)
    days = [entry.worked_on for entry in command.entries]
    logged = await work.practice_logs.where(teacher_id=teacher.id, worked_on=days)
    week = written_week(practice, command.entries, logged=logged, on=work.context.today)
    await require_at_work(teacher, days, work)
    _require_days_that_hold_it(week, logged, counting_rule(teacher, practice.starts_on, work))
    for log in week:
        work.practice_logs.add(log)
    return work.practices.save(practice.log(week))


async def complete_practice(command: CompletePractice, work: Work) -> Practice:
    """End a period whose last day has passed, with the days that it claims."""
    practice = await work.practices.get(command.practice_id)
    await require_kept(command.evidence, practice.owners, work)
    teacher = await work.teachers.get(practice.teacher_id)
    rule = counting_rule(teacher, practice.starts_on, work)
    days = (await file_of_one(practice, teacher, rule, work)).days(rule)
    completed, fact = practice.complete(on=work.context.today, days=days, evidence=command.evidence)
    return work.practices.save(completed, fact)


async def pause_practice(command: PausePractice, work: Work) -> Practice:
    """Let a period stand still from a day on."""
    practice = await work.practices.get(command.practice_id)
    logged = await work.practice_logs.where(practice_id=practice.id)
    first = command.first or work.context.today
    paused = practice.pause(first, reason=command.reason, logged=logged, on=work.context.today)
    return work.practices.save(paused)


async def resume_practice(command: ResumePractice, work: Work) -> Practice:
    """Let a paused period go on from today."""
    practice = await work.practices.get(command.practice_id)
    return work.practices.save(practice.resume(on=work.context.today))


async def revoke_practice(command: RevokePractice, work: Work) -> Practice:
    """Take a verification back: the ledger is read again without the period by whoever hears of it."""
    practice = await work.practices.get(command.practice_id)
    work.audit("revoke", practice.id, organization_id=practice.university_id, reason=command.reason)
    revoked, fact = practice.revoke(reason=command.reason)
    return work.practices.save(revoked, fact)


def _require_days_that_hold_it(week: tuple[PracticeLog, ...], logged: list[PracticeLog], rule: Rule) -> None:
    already: dict[date, Fraction] = defaultdict(Fraction)
    for log in logged:
        already[log.worked_on] += log.hours
    for log in week:
        finding = day_holds_the_hours(log.hours, already=already[log.worked_on], rule=rule)
        if finding.refuses:
            raise RuleRefused(finding)
