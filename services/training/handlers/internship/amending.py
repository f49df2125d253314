"""What happens when days, pay or guides of an internship are amended, and when it goes on with papers given anew."""

from dataclasses import replace

from services.training.commands.internship.placement import AmendAgreed
from services.training.domain.internship.agreed_pay import still_signed
from services.training.domain.internship.log_book import log_book_id_of
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_amendment import RENEWED, require_allowed
from services.training.handlers.approving import keep_approvals_true
from services.training.handlers.internship.judging import judge_before_approval, judge_by, mended
from services.training.handlers.internship.planning import require_once, supervisor_named
from services.training.ports import Work
from shared.documents.signing.terms import Cause
from shared.errors import RuleRefused


async def amend_agreed(command: AmendAgreed, work: Work) -> Placement:
    """Say days, pay or guides anew; what is under way is judged by that at once, what has not begun by its approval."""
    before = await work.placements.get(command.placement_id)
    before.require_supervisor(await supervisor_named(command.amendment.supervisor_id, work))
    amended, facts = before.amended(command.amendment, at=work.context.now)
    await require_once(amended, (), work)
    if amended.is_under_way and not amended.is_agreed_like(before):
        amended = await _judged(before, amended, command.decision_id, work)
    if amended.asks_anew_since(work.context.now):
        await _void_links(amended, work)
        await _void_rounds(amended, work)
    await _look_at_logs(amended, work)
    work.audit("amend", amended.id, organization_id=command.organization_id, reason=command.reason)
    return await keep_approvals_true(work.placements.save(amended, *facts), work)


async def going_on(placement: Placement, work: Work) -> Placement:
    """The placement with the papers that it goes on with. Raises `RuleRefused` while it waits for one."""
    if not placement.awaits_papers:
        return placement
    judged = await judge_by(RENEWED, placement, work)
    for finding in placement.excused(judged.findings):
        if finding.refuses:
            raise RuleRefused(finding)
    renewed, _ = await mended(placement, work)
    return renewed


async def _judged(before: Placement, amended: Placement, decision_id: str, work: Work) -> Placement:
    """Hold the new days against every rule under the unit's lock, both quotas without this placement's own place."""
    judged = await judge_before_approval(amended, work, counted=before)
    as_it_was = await judge_before_approval(before, work, counted=before)
    student = await work.students.get(amended.student_id)
    amended.require_possible(student, await work.known_placements.where(student_id=student.id))
    decision = judged.decision(decision_id, amended.excused(judged.findings))
    known = {finding.rule for finding in before.excused(as_it_was.findings) if finding.refuses}
    require_allowed(decision.refusing, known=known, adds_days=amended.adds_days_to(before))
    work.decide(decision)
    return amended.reviewed(decision, on=work.context.today)


async def _void_links(placement: Placement, work: Work) -> None:
    """Let no guardian answer by a link that asked about other days or another pay."""
    for link in await work.consent_links.where(placement_id=placement.id):
        if link.stands(work.context.now):
            ended = replace(link, expires_at=work.context.now)
            work.consent_links.save(ended.forget_phone(at=work.context.now))


async def _void_rounds(placement: Placement, work: Work) -> None:
    """Let nobody sign on in papers that say other days or another pay."""
    for round in still_signed(await work.signings.where(about=placement.id)):
        voided, facts = round.void(Cause.DOCUMENT_REPLACED)
        work.signings.save(voided, *facts)


async def _look_at_logs(placement: Placement, work: Work) -> None:
    book = await work.log_books.find(log_book_id_of(placement.id))
    if book is not None:
        work.log_books.save(book.look_again(on=work.context.today))
