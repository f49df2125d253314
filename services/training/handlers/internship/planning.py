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
from services.training.domain.internship.agreed_pay import require_pay_open
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_papers import evidence_of
from services.training.domain.internship.placement_refusals import (
    AlreadyPlanned,
    NoSuchPost,
    NotAnIntern,
    NotASupervisor,
)
from services.training.domain.internship.placement_status import CALLED_OFF
from services.training.domain.teacher import Teacher
from services.training.handlers.approving import keep_approvals_true
from services.training.handlers.internship.judging import mended
from services.training.handlers.internship.proving import require_kept
from services.training.ports import Work
from shared.contracts.training import PlacementPlanned
from shared.errors import Refusal

Attempt = tuple[Placement, PlacementPlanned] | Refusal


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
    attempts = await _attempts(command.rows, work)
    planned = [attempt for attempt in attempts if not isinstance(attempt, Refusal)]
    if len(planned) == len(attempts):
        for placement, fact in planned:
            work.placements.add(placement, fact)
    return tuple(_outcome(row, attempt) for row, attempt in enumerate(attempts, start=1))


async def plan_those_that_can_be(command: PlanPlacements, work: Work) -> list[Placement | Refusal]:
    """Plan each that can be planned; of every other row say why it cannot."""
    attempts = await _attempts(command.rows, work)
    return [each if isinstance(each, Refusal) else work.placements.add(*each) for each in attempts]


async def amend_placement(command: AmendPlacement, work: Work) -> Placement:
    """Say anew who guides the student and what is paid."""
    placement = await work.placements.get(command.placement_id)
    consents = await work.consents.where(placement_id=placement.id)
    rounds = await work.signings.where(about=placement.id)
    require_pay_open(placement, command.terms.pay, consents=consents, rounds=rounds)
    supervisor = await supervisor_named(command.terms.supervisor_id, work)
    amended = work.placements.save(placement.amend(command.terms, supervisor=supervisor))
    return await keep_approvals_true(amended, work)


async def assign_guides(command: AssignGuides, work: Work) -> Placement:
    """Name who guides the student, before the start or when somebody leaves."""
    placement = await work.placements.get(command.placement_id)
    supervisor = await work.teachers.find(command.guides.supervisor_id)
    if supervisor is None:
        raise NotASupervisor
    guided = work.placements.save(placement.assign(command.guides, supervisor=supervisor))
    return await keep_approvals_true(guided, work)


async def add_evidence(command: AddEvidence, work: Work) -> Placement:
    """Take a paper in."""
    placement = await work.placements.get(command.placement_id)
    await require_kept([evidence_of(command.paper)], placement.owners, work)
    taken, facts = await mended(placement.take(command.paper, on=work.context.today), work)
    return await keep_approvals_true(work.placements.save(taken, *facts), work)


async def approve_self_found_unit(command: ApproveSelfFoundUnit, work: Work) -> Placement:
    """Agree with the unit that a student has found."""
    placement = await work.placements.get(command.placement_id)
    await require_kept([command.approval], placement.owners, work)
    work.audit("approve_unit", placement.id, organization_id=command.organization_id)
    approved = work.placements.save(placement.approve_unit(command.approval, on=work.context.today))
    return await keep_approvals_true(approved, work)


async def _attempts(rows: Sequence[PlanPlacement], work: Work) -> list[Attempt]:
    """What each row would become, held against those before it too; nothing is kept."""
    await _look_up(rows, work)
    attempts: list[Attempt] = []
    for asked in rows:
        beside = [attempt[0] for attempt in attempts if not isinstance(attempt, Refusal)]
        try:
            attempts.append(await _planned(asked, beside, work))
        except Refusal as refusal:
            attempts.append(refusal)
    return attempts


def _outcome(row: int, attempt: Attempt) -> RowOutcome:
    if isinstance(attempt, Refusal):
        return RowOutcome(row=row, placement=None, refusal=attempt)
    return RowOutcome(row=row, placement=attempt[0], refusal=None)


async def _planned(
    command: PlanPlacement, beside: Sequence[Placement], work: Work
) -> tuple[Placement, PlacementPlanned]:
    if command.organization_id is None:
        command.plan.require_of_student()
    student = await work.students.find(command.student_id)
    if student is None or command.organization_id not in {None, student.university_id}:
        raise NotAnIntern
    post = await work.posts.find(command.plan.post_id)
    if post is None:
        raise NoSuchPost
    agreement = await _agreement(post.agreement_id, student.university_id, work)
    supervisor = await supervisor_named(command.plan.terms.supervisor_id, work)
    placement, fact = Placement.plan(
        command.placement_id,
        student=student,
        post=post,
        agreement=agreement,
        supervisor=supervisor,
        plan=command.plan,
    )
    await require_once(placement, beside, work)
    return placement, fact


async def require_once(placement: Placement, beside: Sequence[Placement], work: Work) -> None:
    """Raise `AlreadyPlanned` where the student is planned for some of these days on the post already."""
    known = await work.known_placements.where(student_id=placement.student_id)
    others = [other for other in known if other.id != placement.id]
    if any(_the_same(placement, other) for other in (*others, *beside)):
        raise AlreadyPlanned


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


async def supervisor_named(teacher_id: str | None, work: Work) -> Teacher | None:
    """The teacher who is named as supervisor, if one is. Raises `NotASupervisor` for one who is not there."""
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
