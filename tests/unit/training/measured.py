"""A university whose key figures are worked out by hand, beside a neighbour of which only a base is shared.

Everything of internships begins, is written or reported on 2026-09-01 or later, unless it says otherwise.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from services.training.commands.faculty.recruitment import DecideRecruitment, GrantException
from services.training.commands.faculty.technician import CloseSpecialPost
from services.training.domain.base_plan import BasePlan, Place, SectorException
from services.training.domain.faculty.candidate import CandidateStatus
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.domain.faculty.recognition_steps import RecognitionStatus
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import Judgement, PayForm, RuleException
from services.training.domain.training_base import BaseStatus, TrainingBase
from services.training.handlers.faculty import recruitment, technician
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.contracts.partnership import AgreementTerms
from shared.persistence.changes import Changes
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.staff_office import SPECIAL, a_post, announced, checked, started, teach
from tests.unit.training.faculty.trainee import trainee
from tests.unit.training.internship.intern import MONDAY, Intern, intern, week_of

PASSED = Judgement(decision_id="dec_1", judged_on=TODAY, refusing=())
REFUSED = replace(PASSED, refusing=("INT-03",))
EXCEPTION = RuleException(
    rule="INT-14",
    case="too_little",
    actual=1,
    limit=2,
    decision_id="dec_2",
    approver_role="alliance_office",
    reason="training_need",
)
PLAN = BasePlan(
    name="校外实习基地",
    base_kind="off_campus_internship",
    functions=("training_teaching",),
    industry_codes=("C38",),
    skills=(),
    stations=10,
    place=Place(region_code="500101"),
    open_scope="alliance",
)
ACCEPTED = SectorException(decision_id="dec_3", approver_role="alliance_office", reason="public_facility: paid")


async def measured_internships(college: College) -> None:
    """Five judged placements (two in order, one of them by exception), one that waits, and four that do not count."""
    in_order = await _placed(college, judgement=PASSED, related_major=True)
    await _placed(college, judgement=PASSED, related_major=True, exceptions=(EXCEPTION,))
    await _placed(college, PlacementStatus.BLOCKED, judgement=REFUSED)
    underpaid = await _placed(college, judgement=PASSED, related_major=False)
    overworked = await _placed(college, judgement=PASSED)
    await _placed(college, PlacementStatus.PLANNED)
    await _placed(college, PlacementStatus.CANCELLED, judgement=REFUSED)
    await _placed(college, judgement=REFUSED, first=date(2025, 12, 31))
    await _placed(college, judgement=REFUSED, test=True)
    await _papers(college, in_order, underpaid, overworked)
    await _incidents(in_order, days=(0, 3, 10, 4))
    await _bases(college)


async def _placed(
    college: College, status: PlacementStatus = PlacementStatus.ONGOING, *, first: date = TODAY, **said: Any
) -> Intern:
    placed = await intern(college, status=status, first=first)
    college.store.put(TrainingWork.placements.mapping, replace(await placed.placement, **said))
    return placed


async def _papers(college: College, in_order: Intern, underpaid: Intern, overworked: Intern) -> None:
    """Three logs of which two are reviewed, one of them over the hours; and pay in goods, once."""
    college.today = MONDAY + 7 * DAY
    for writer, hours in ((in_order, 8), (overworked, 10)):
        await writer.review(await writer.log(*week_of(MONDAY, hours=hours)))
    await underpaid.log(*week_of(MONDAY))
    await underpaid.paid(TODAY, TODAY + 6 * DAY, form=PayForm.GOODS)
    withdrawn = await in_order.paid(TODAY, TODAY + 6 * DAY, form=PayForm.GOODS)
    await in_order.withdraw(withdrawn)
    college.today = TODAY


async def _incidents(placed: Intern, days: Sequence[int]) -> None:
    """Incidents that are handled after so many days, one that is not handled, and one of the year before."""
    college = placed.college
    for waited in days:
        reported = await placed.report()
        college.today = TODAY + waited * DAY
        await placed.handle(reported)
        college.today = TODAY
    await placed.report()
    college.today = date(2025, 12, 31)
    await placed.report()
    college.today = TODAY


async def _bases(college: College) -> None:
    """Off campus: one open, one closed, an agreement; new ones: two by the rule, one by exception, one too old."""
    await college.signed("internship_base", AgreementTerms())
    await college.signed("internship_base", AgreementTerms(), active=False)
    day = date(2026, 3, 1)
    based(college, college.university, building_on=day)
    based(college, college.university, building_on=day, status=BaseStatus.CLOSED)
    based(college, college.university, building_on=date(2025, 12, 31), status=BaseStatus.BUILDING)
    based(college, college.university, building_on=day, status=BaseStatus.BUILDING, sector_exception=ACCEPTED)


def based(college: College, *university_ids: str, **said: Any) -> None:
    """A base of these universities, open unless it is said."""
    operator_id, *others = university_ids
    base, _ = TrainingBase.plan(new_id("base"), operator_id=operator_id, invited_ids=tuple(others), plan=PLAN)
    kept = replace(base, **{"status": BaseStatus.OPEN, "version": 1, **said})
    college.store.put(TrainingWork.bases.mapping, kept)
    reach(college, kept)


def reach(college: College, thing: Any) -> None:
    """Say whose a thing is that was put into the store past any handler."""
    owners = [{"owner": owner, "kind": thing.kind, "object_id": thing.id} for owner in sorted(thing.owners)]
    college.store.changes.append(Changes(reached=owners))


async def measured_teachers(college: College) -> None:
    """Five full-time professional teachers of whom two are recognised, recruits, special posts, and the exchange."""
    practised = await trainee(college)
    await practised.succeed()
    idle = [await college.teacher() for _ in range(2)]
    await college.teacher(new=True, hired_on=date(2024, 9, 1))
    await college.teacher(new=True, hired_on=date(2026, 3, 1))
    await college.teacher(kind="public_basic")
    _recognised(college, practised.teacher_id, RecognitionStatus.RECHECKING)
    _recognised(college, practised.teacher_id, RecognitionStatus.ACTIVE, level=Level.INTERMEDIATE)
    _recognised(college, idle[0], RecognitionStatus.EXPIRING, ends_on=TODAY)
    _recognised(college, idle[1], RecognitionStatus.ACTIVE, ends_on=TODAY - DAY)
    await _recruited(college)
    await _exchanged(college)


def _recognised(college: College, teacher_id: str, status: RecognitionStatus, **said: Any) -> None:
    granted = Recognition(
        id=new_id("recognition"),
        story="rec",
        version=1,
        teacher_id=teacher_id,
        university_id=college.university,
        batch_id=new_id("recognition_batch"),
        rule_packs="recognition-cn@1",
        starts_on=date(2024, 1, 1),
        status=status,
        **{"level": Level.JUNIOR, "ends_on": date(2028, 12, 31), **said},
    )
    college.store.put(TrainingWork.recognitions.mapping, granted)


async def _recruited(college: College) -> None:
    """Two who pass, one by exception, one who does not and was selected all the same; others that do not count."""
    notice, before = await announced(college, places=4), await announced(college, notice_on=date(2025, 12, 31))
    for place in (notice, notice, before):
        await _select(college, (await checked(college, place)).id)
    excepted = await checked(college, notice, degree="junior_secondary")
    grant = GrantException(
        check_id=excepted.id,
        organization_id=None,
        decision_id=new_id("decision"),
        approver_role="alliance_office",
        code="master_craftsman",
        reason="a master of the trade",
    )
    await college.do(recruitment.grant_exception, grant)
    await _select(college, excepted.id)
    refused = await checked(college, notice, degree="junior_secondary")
    selected = replace(refused, status=CandidateStatus.SELECTED)
    college.store.put(TrainingWork.recruitment_checks.mapping, selected)
    await checked(college, notice)


async def _select(college: College, check_id: str) -> None:
    await college.do(recruitment.decide_recruitment, DecideRecruitment(check_id=check_id, selected=True))


async def _exchanged(college: College) -> None:
    """One technician with 16 hours on a special post with three seats, one with 15 hours, and a post that is closed."""
    post_id = await a_post(college, 3)
    busy = await started(college, post_id=post_id, plan=SPECIAL)
    brief = await started(college)
    closed = CloseSpecialPost(special_post_id=await a_post(college, 5))
    await college.do(technician.close_special_post, closed)
    college.today = TODAY + 2 * DAY
    await teach(college, busy, (TODAY, 8), (TODAY + DAY, 8))
    await teach(college, brief, (TODAY, 8), (TODAY + DAY, 7))
    college.today = TODAY
