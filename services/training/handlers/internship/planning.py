"""What happens when internships are planned, amended, and given their papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.training.commands.internship.placement import (
    AddEvidence,
    AmendPlacement,
    ApproveSelfFoundUnit,
    AssignGuides,
    PlanPlacement,
    PlanPlacements,
)
from services.training.domain.agreement import Agreement, NotParty
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_refusals import (
    AlreadyPlanned,
    NoSuchPost,
    NotAnIntern,
    NotASupervisor,
)
from services.training.domain.internship.placement_status import CALLED_OFF
from services.training.domain.teacher import Teacher
from services.training.ports import Work
from shared.contracts.training import PlacementPlanned
from shared.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of one row of a batch: a placement, or why there is none. `row` counts from 1."""

    row: int
    placement: Placement | None
    refusal: Refusal | None


async def plan_placement(command: PlanPlacement, work: Work) -> Placement:
    """Plan one internship."""
    placement, planned = await _planned(command, (), work)
    return work.placements.add(placement, planned)


async def plan_placements(command: PlanPlacements, work: Work) -> tuple[RowOutcome, ...]:
    """Plan all, if all can be planned; else none, and every row that cannot says why."""
    await _look_up(command.rows, work)
    planned: list[tuple[Placement, PlacementPlanned]] = []
    outcomes: list[RowOutcome] = []
    for row, asked in enumerate(command.rows, start=1):
        try:
            placement, fact = await _planned(asked, [before for before, _ in planned], work)
        except Refusal as refusal:
            outcomes.append(RowOutcome(row=row, placement=None, refusal=refusal))
        else:
            planned.append((placement, fact))
            outcomes.append(RowOutcome(row=row, placement=placement, refusal=None))
    if len(planned) == len(command.rows):
        for placement, fact in planned:
            work.placements.add(placement, fact)
    return tuple(outcomes)


async def amend_placement(command: AmendPlacement, work: Work) -> Placement:
    """Say anew who guides the student and what is paid."""
    placement = await work.placements.get(command.placement_id)
    supervisor = await _supervisor(command.terms.supervisor_id, work)
    return work.placements.save(placement.amend(command.terms, supervisor=supervisor))


async def assign_guides(command: AssignGuides, work: Work) -> Placement:
    """Name who guides the student, before the start or when somebody leaves."""
    placement = await work.placements.get(command.placement_id)
    supervisor = await work.teachers.find(command.guides.supervisor_id)
    if supervisor is None:
        raise NotASupervisor
    return work.placements.save(placement.assign(command.guides, supervisor=supervisor))


async def add_evidence(command: AddEvidence, work: Work) -> Placement:
    """Take a paper in."""
    placement = await work.placements.get(command.placement_id)
    return work.placements.save(placement.take(command.paper, on=work.context.today))


async def approve_self_found_unit(command: ApproveSelfFoundUnit, work: Work) -> Placement:
    """Agree with the unit that a student has found."""
    placement = await work.placements.get(command.placement_id)
    work.audit("approve_unit", placement.id, organization_id=command.organization_id)
    return work.placements.save(placement.approve_unit(command.approval, on=work.context.today))


async def _planned(
    command: PlanPlacement, beside: Sequence[Placement], work: Work
) -> tuple[Placement, PlacementPlanned]:
    student = await work.students.find(command.student_id)
    if student is None or student.university_id != command.organization_id:
        raise NotAnIntern
    post = await work.posts.find(command.plan.post_id)
    if post is None:
        raise NoSuchPost
    agreement = await _agreement(post.agreement_id, command.organization_id, work)
    supervisor = await _supervisor(command.plan.terms.supervisor_id, work)
    placement, fact = Placement.plan(
        command.placement_id,
        student=student,
        post=post,
        agreement=agreement,
        supervisor=supervisor,
        plan=command.plan,
    )
    known = await work.known_placements.where(student_id=student.id)
    if any(_the_same(placement, other) for other in (*known, *beside)):
        raise AlreadyPlanned
    return placement, fact


def _the_same(placement: Placement, other: Placement) -> bool:
    """Whether the other already stands for what is to be planned: a repeat, or a slip of the pen."""
    same = (placement.student_id, placement.post_id) == (other.student_id, other.post_id)
    return same and other.status not in CALLED_OFF and placement.shares_a_day_with(other)


async def _agreement(agreement_id: str | None, university_id: str, work: Work) -> Agreement | None:
    if agreement_id is None:
        return None
    agreement = await work.agreements.find(agreement_id)
    if agreement is None or university_id not in agreement.university_ids:
        raise NotParty
    return agreement


async def _supervisor(teacher_id: str | None, work: Work) -> Teacher | None:
    if teacher_id is None:
        return None
    teacher = await work.teachers.find(teacher_id)
    if teacher is None:
        raise NotASupervisor
    return teacher


async def _look_up(rows: Sequence[PlanPlacement], work: Work) -> None:
    """Ask for what the rows name by one statement each, in the order in which everybody locks."""
    await work.students.known({row.student_id for row in rows})
    await work.posts.known({row.plan.post_id for row in rows})
    await work.teachers.known({row.plan.terms.supervisor_id for row in rows if row.plan.terms.supervisor_id})
