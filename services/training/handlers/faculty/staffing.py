"""What happens when teachers are assigned to courses, and when a university counts its teachers."""

from datetime import date

from services.training.commands.faculty.staffing import AssignTeaching, CancelTeaching, CountHeads
from services.training.domain.faculty.first_practice import (
    FirstPracticeFacts,
    practised_before_teaching,
)
from services.training.domain.faculty.head_count import HeadCount, count_id, staff_facts
from services.training.domain.faculty.part_time_share import part_time_share
from services.training.domain.faculty.practice import PracticeStatus
from services.training.domain.faculty.teaching_assignment import AlreadyAssigned, AssignmentStatus, TeachingAssignment
from services.training.domain.teacher import Teacher
from services.training.handlers.faculty.practice_ledger import jurisdiction_of_teacher
from services.training.handlers.jurisdiction import jurisdiction_at
from services.training.ports import Work
from shared.rules import Decision, Facts, Finding
from shared.rules.fact_types import DaySpan


async def assign_teaching(command: AssignTeaching, work: Work) -> TeachingAssignment:
    """Assign a teacher to a course, and keep whether they had practised before."""
    # The teacher's row is the lock under which their assignments are looked through.
    teacher = await work.teachers.get(command.teacher_id)
    scheduled = await work.teaching_assignments.where(
        teacher_id=teacher.id, course=command.plan.course, status=AssignmentStatus.SCHEDULED.value
    )
    if any(assignment.shares_a_day_with(command.plan) for assignment in scheduled):
        raise AlreadyAssigned
    decision = await _first_practice(command, teacher, work)
    assignment = TeachingAssignment.schedule(
        command.assignment_id, teacher=teacher, plan=command.plan, finding=decision.findings[0]
    )
    work.decide(decision)
    return work.teaching_assignments.add(assignment)


async def cancel_teaching(command: CancelTeaching, work: Work) -> TeachingAssignment:
    """Take an assignment back."""
    assignment = await work.teaching_assignments.get(command.assignment_id)
    return work.teaching_assignments.save(assignment.cancel())


async def count_heads(command: CountHeads, work: Work) -> HeadCount:
    """Enter a year's heads, or correct them."""
    university_id, today = command.organization_id, work.context.today
    heads = command.full_time, command.part_time
    jurisdiction = await jurisdiction_at(university_id, work)
    facts = staff_facts(heads)
    finding = part_time_share(facts, work.rules.rule("TCH-13", on=today, jurisdiction=jurisdiction))
    subject = count_id(university_id, command.year)
    work.decide(_decision(command.decision_id, finding, facts, subject=subject, on=today, jurisdiction=jurisdiction))
    kept = await work.head_counts.find(subject)
    if kept is None:
        first = HeadCount.first(university_id=university_id, year=command.year, heads=heads, on=today, finding=finding)
        return work.head_counts.add(first)
    return work.head_counts.save(kept.counted_again(heads=heads, on=today, finding=finding))


async def _first_practice(command: AssignTeaching, teacher: Teacher, work: Work) -> Decision:
    practised = await work.practices.where(teacher_id=teacher.id, status=PracticeStatus.VERIFIED.value)
    facts = FirstPracticeFacts(
        new_professional_teacher=teacher.owes_first_practice,
        hired_on=teacher.hired_on,
        employments=teacher.career.employments if teacher.career else None,
        practised=tuple(DaySpan(starts_on=each.starts_on, ends_on=each.ends_on) for each in practised),
        teaching_starts_on=command.plan.starts_on,
    )
    jurisdiction = jurisdiction_of_teacher(teacher)
    finding = practised_before_teaching(
        facts, work.rules.rule("TCH-03", on=work.context.today, jurisdiction=jurisdiction)
    )
    return _decision(
        command.decision_id,
        finding,
        facts,
        subject=command.assignment_id,
        on=work.context.today,
        jurisdiction=jurisdiction,
    )


def _decision(id: str, finding: Finding, facts: Facts, *, subject: str, on: date, jurisdiction: str) -> Decision:
    return Decision(
        id=id,
        subject=subject,
        findings=(finding,),
        inputs={finding.rule: facts.model_dump(mode="json")},
        on=on,
        jurisdiction=jurisdiction,
    )
