"""Agreements are drafted, submitted, activated on their day, completed after it, or terminated."""

from services.partnership.commands import DraftAgreement, ReviseAgreement, SubmitAgreement, TerminateAgreement
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_draft import Draft
from services.partnership.domain.agreement_origin import Origin
from services.partnership.domain.agreement_rules import (
    PTN_03,
    PTN_11,
    StartFacts,
    content_facts,
    content_is_complete,
    start_is_recent,
)
from services.partnership.domain.warnings import warnings_of
from services.partnership.handlers.approving import SIGN, SUBMIT, keep_approvals_true
from services.partnership.handlers.need import keep_if_changed
from services.partnership.ports import Work
from shared.approvals.guard import use_approval
from shared.errors import RuleRefused
from shared.rules import Decision


async def draft_agreement(command: DraftAgreement, work: Work) -> Agreement:
    """Put an agreement down in writing; it belongs to the story of what it carries out."""
    draft = command.draft
    origin = await _origin_of(draft, work)
    origin.require_fit(draft, author=command.organization_id)
    story = origin.story(otherwise=command.agreement_id)
    return work.agreements.add(Agreement.draft(command.agreement_id, draft, story=story, matches=origin.agreed))


async def revise_agreement(command: ReviseAgreement, work: Work) -> Agreement:
    """Change a draft; whether it still fits what it is born of is asked again when it is submitted."""
    agreement = await work.agreements.get(command.agreement_id)
    return await keep_approvals_true(work.agreements.save(agreement.revise(command.changes)), SUBMIT, work)


async def submit_agreement(command: SubmitAgreement, work: Work) -> Agreement:
    """Ask every party for its signature, once PTN-03 and PTN-11 let it go, and whoever submits it has it approved."""
    agreement = await work.agreements.get(command.agreement_id)
    agreement.require_draft()
    origin = await _origin_of(agreement, work)
    origin.require_fit(agreement, author=command.organization_id)
    decision = _decide_submission(command.decision_id, agreement, origin, work)
    if decision.refused:
        raise RuleRefused(decision.refusing[0])
    await use_approval(SUBMIT, agreement, command.organization_id, work)
    work.decide(decision)
    submitted, requested = agreement.submit(on=work.context.today, warnings=warnings_of(decision))
    return await keep_approvals_true(work.agreements.save(submitted, requested), SUBMIT, work)


async def terminate_agreement(command: TerminateAgreement, work: Work) -> Agreement:
    """End an agreement before its time; one that had not begun gives its need's line back."""
    agreement = await work.agreements.get(command.agreement_id)
    terminated, fact = agreement.terminate(reason=command.reason, on=work.context.today)
    kept = await keep_approvals_true(work.agreements.save(terminated, fact), SIGN, work)
    work.audit("agreement.terminated", kept.id, organization_id=command.organization_id, reason=command.reason)
    if fact.before_start and fact.need_id is not None and fact.line_no is not None:
        need = await work.needs.get(fact.need_id)
        keep_if_changed(need, need.reopen_line(fact.line_no, kept.id), work)
    return kept


async def activate_agreement(agreement_id: str, work: Work) -> None:
    """Its first day has come. What ended in the meantime stays as it is."""
    agreement = await work.agreements.get(agreement_id)
    if agreement.begins_by(work.context.today):
        active, activated = agreement.activate()
        work.agreements.save(active, activated)


async def complete_agreement(agreement_id: str, work: Work) -> None:
    """Its last day is over. What ended in the meantime stays as it is."""
    agreement = await work.agreements.get(agreement_id)
    if agreement.is_over_on(work.context.today):
        completed, fact = agreement.complete()
        work.agreements.save(completed, fact)


async def _origin_of(paper: Draft | Agreement, work: Work) -> Origin:
    parties = [party.organization_id for party in paper.parties]
    return Origin(
        matches=tuple(await work.matches.where(id=list(paper.match_ids))),
        need=await work.needs.find(paper.need_id) if paper.need_id else None,
        parent=await work.agreements.find(paper.parent_id) if paper.parent_id else None,
        organizations=tuple(await work.organizations.where(id=parties)),
    )


def _decide_submission(id: str, agreement: Agreement, origin: Origin, work: Work) -> Decision:
    on, jurisdiction = work.context.today, origin.jurisdiction
    content = content_facts(agreement.content.texts, starts_on=agreement.starts_on, ends_on=agreement.ends_on)
    complete = content_is_complete(content, work.rules.rule(PTN_03.id, on=on, jurisdiction=jurisdiction))
    start = StartFacts(starts_on=agreement.starts_on)
    recent = start_is_recent(
        start.starts_on, submitted_on=on, rule=work.rules.rule(PTN_11.id, on=on, jurisdiction=jurisdiction)
    )
    return Decision(
        id=id,
        subject=agreement.id,
        findings=(complete, recent),
        inputs={PTN_03.id: content.model_dump(mode="json"), PTN_11.id: start.model_dump(mode="json")},
        on=on,
        jurisdiction=jurisdiction,
    )
