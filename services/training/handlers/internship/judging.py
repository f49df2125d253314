"""What the rules say of a placement: its facts gathered, the findings, and the decision in which both are kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from services.training.domain.internship.consent import standing
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_case import Known, case_of, interns_of
from services.training.domain.internship.placement_status import CONCURRENT
from services.training.domain.internship.placement_terms import InternshipKind
from services.training.domain.internship.rules.case import PlacementCase
from services.training.domain.internship.rules.compliance import applying, check, facts_of, review
from services.training.domain.internship.signed_papers import is_to_be_judged_anew, judged_anew
from services.training.domain.kinship import born_of
from services.training.handlers.calendar import calendar_of
from services.training.handlers.internship.unit import unit_of
from services.training.handlers.internship.vetting import vetting_of
from services.training.handlers.jurisdiction import jurisdiction_at
from services.training.ports import Work
from shared.contracts.event import Event
from shared.rules import Asked, Decision, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the rules say of a placement, of which facts, at the home of its university and by its first day."""

    subject: str
    findings: tuple[Finding, ...]
    inputs: Mapping[str, Any]
    on: date
    jurisdiction: str

    def decision(self, id: str, findings: tuple[Finding, ...]) -> Decision:
        """The judgement as it is kept, with the findings as they count in the end."""
        return Decision(
            id=id,
            subject=self.subject,
            findings=findings,
            inputs=self.inputs,
            on=self.on,
            jurisdiction=self.jurisdiction,
        )


async def judge_before_approval(placement: Placement, work: Work, *, counted: Placement | None = None) -> Judged:
    """Ask every rule that holds before an internship begins. The unit is locked from here on, and nobody moves in.

    `counted` is the placement as it takes a place already; None where it takes none.
    """
    case, asked = await _asked(placement, work, counted)
    return _judged(placement, case, asked, check(case, asked))


async def judge_by(rules: Collection[str], placement: Placement, work: Work) -> Judged:
    """Ask some of the rules that hold before an internship begins."""
    case, asked = await _asked(placement, work)
    return _judged(placement, case, asked, tuple(found for found in check(case, asked) if found.rule in rules))


async def judge_afterwards(placement: Placement, work: Work) -> Judged:
    """Ask every rule, those too that logs, payments and the grade are judged by."""
    case, asked = await _asked(placement, work)
    return _judged(placement, case, asked, review(case, asked))


async def mended(placement: Placement, work: Work) -> tuple[Placement, tuple[Event, ...]]:
    """The placement with what was handed in; what was refused for a lost paper after its approval is judged again.

    What was awaited under way holds from the day on which the last of it is given.
    """
    if not placement.refused_since:
        return placement, ()
    judged, facts = await judged_again(placement, work)
    if judged.awaits_papers and not judged.lacks_renewal:
        judged = judged.renewed(on=work.context.today)
    return judged, facts


async def judged_again(placement: Placement, work: Work) -> tuple[Placement, tuple[Event, ...]]:
    """The placement with what the rules say of it now, where they were asked before and it is not over."""
    if not is_to_be_judged_anew(placement):
        return placement, ()
    counted = placement if placement.status in CONCURRENT else None
    judged = await judge_before_approval(placement, work, counted=counted)
    # The version names the occasion, so that a repeat of it is the same decision.
    decision = judged.decision(
        born_of(placement.id, "decision", str(placement.version)), placement.excused(judged.findings)
    )
    work.decide(decision)
    return judged_anew(placement, decision, on=work.context.today)


async def _asked(placement: Placement, work: Work, counted: Placement | None = None) -> tuple[PlacementCase, Asked]:
    jurisdiction = await jurisdiction_at(placement.university_id, work)
    case = case_of(await _known(placement, counted, work), on=work.context.today)
    rule = partial(work.rules.rule, on=placement.starts_on, jurisdiction=jurisdiction)
    return case, Asked(on=placement.starts_on, jurisdiction=jurisdiction, rule=rule, calendar=await calendar_of(work))


def _judged(placement: Placement, case: PlacementCase, asked: Asked, findings: tuple[Finding, ...]) -> Judged:
    spoken = {finding.rule for finding in findings}
    inputs = {
        trial.shape.id: facts_of(trial, case).model_dump(mode="json")
        for trial in applying(case)
        if trial.shape.id in spoken
    }
    return Judged(subject=placement.id, findings=findings, inputs=inputs, on=asked.on, jurisdiction=asked.jurisdiction)


async def _known(placement: Placement, counted: Placement | None, work: Work) -> Known:
    # The student's row is locked before the unit's, always: two placements of one student never wait for each other.
    student = await work.students.get(placement.student_id)
    unit = await unit_of(placement.enterprise_id, work)
    vetting = await vetting_of(placement.enterprise_id, placement.university_id, work)
    post = await work.posts.get(placement.post_id)
    base = await work.bases.find(post.base_id) if post.base_id else None
    interns = await work.placements.count(
        "occupation_code",
        "site",
        "segments",
        enterprise_id=placement.enterprise_id,
        internship_kind=InternshipKind.POST.value,
        status=[status.value for status in CONCURRENT],
    )
    return Known(
        placement=placement,
        student=student,
        post=post,
        unit=unit,
        organization=await work.organizations.find(placement.enterprise_id),
        programme=await work.programmes.find(placement.programme_id),
        inspection=vetting.inspection,
        listing=vetting.listing,
        base=base,
        base_operator=await work.organizations.find(base.operator_id) if base else None,
        consents=standing(await work.consents.where(placement_id=placement.id), placement),
        logs=tuple(await work.placement_logs.where(placement_id=placement.id)),
        payments=tuple(await work.payments.where(placement_id=placement.id)),
        interns=interns_of(interns, placement, counted),
    )
