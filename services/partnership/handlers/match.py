"""Talent's proposals become matches that both sides answer; a confirmed one moves its need's line on."""

from services.partnership.commands import AcceptMatch, DeclineMatch
from services.partnership.domain.agreement import BINDING
from services.partnership.domain.agreement_rules import PTN_06, last_day_to_answer, line_has_room
from services.partnership.domain.match import NEED_CLOSED, NOT_ANSWERED, PENDING, Match, MatchStatus, Score
from services.partnership.domain.match_refusals import MatchAgreed
from services.partnership.domain.match_sides import is_answerable
from services.partnership.domain.period import end_of
from services.partnership.handlers.need import keep_if_changed
from services.partnership.ports import Work
from shared.contracts.talent import MatchDropped, MatchProposed
from shared.kernel.work import NotYet
from shared.rules import jurisdiction_of


async def keep_proposal(event: MatchProposed, work: Work) -> None:
    """Keep talent's proposal under talent's id; a later version of it is the same candidate scored again."""
    match = await work.matches.find(event.match_id)
    if match is None:
        await _propose(event, work)
    elif (rescored := match.rescore(_score_of(event))) != match:
        work.matches.save(rescored)


async def drop_proposal(event: MatchDropped, work: Work) -> None:
    """The candidate no longer fits what the need has become; what both sides confirmed stands."""
    match = await work.matches.find(event.match_id)
    if match is not None and match.is_pending:
        expired, fact = match.expire(reason=NEED_CLOSED)
        work.matches.save(expired, fact)


async def accept_match(command: AcceptMatch, work: Work) -> Match:
    """Say yes for one's side; with the second side's yes the need's line is matched."""
    match = await work.matches.get(command.match_id)
    accepted, facts = match.accept(command.organization_id, command.roles, at=work.context.now)
    if not facts:
        return match
    kept = work.matches.save(accepted, *facts)
    if kept.status is MatchStatus.CONFIRMED:
        need = await work.needs.get(match.need_id)
        keep_if_changed(need, need.match_line(match.line_no), work)
    return kept


async def decline_match(command: DeclineMatch, work: Work) -> Match:
    """Say no for one's side; if it was the line's last confirmed match, the line is open again."""
    match = await work.matches.get(command.match_id)
    declined, fact = match.decline(command.organization_id, command.roles, reason=command.reason)
    await _require_not_agreed(match, work)
    kept = work.matches.save(declined, fact)
    if not await work.matches.where(need_id=match.need_id, line_no=match.line_no, status=MatchStatus.CONFIRMED.value):
        need = await work.needs.get(match.need_id)
        keep_if_changed(need, need.unmatch_line(match.line_no), work)
    return kept


async def expire_match(match_id: str, work: Work) -> None:
    """Nobody answered in time. What was answered in the meantime stays as it is."""
    match = await work.matches.get(match_id)
    if match.has_lapsed(work.context.now):
        expired, fact = match.expire(reason=NOT_ANSWERED)
        work.matches.save(expired, fact)


async def _propose(event: MatchProposed, work: Work) -> None:
    """Make a match of a proposal, if anybody can answer it and the line still waits.

    PTN-06's places may become free by a drop that was told before this and comes after it: raises `NotYet` then.
    """
    need = await work.needs.get(event.need_id)
    if not (is_answerable(event.candidate) and need.awaits(event.line_no)):
        return
    today = work.context.today
    rule = work.rules.rule(PTN_06.id, on=today, jurisdiction=jurisdiction_of(need.region_code, need.organization_id))
    pending = await work.matches.where(need_id=need.id, line_no=event.line_no, status=PENDING)
    if line_has_room(len(pending), rule).refuses:
        raise NotYet("The line has no free place for another pending match.")
    match = Match(
        id=event.match_id,
        story=need.story,
        test=need.test,
        need_id=need.id,
        line_no=event.line_no,
        need_organization_id=need.organization_id,
        candidate_kind=event.candidate.kind,
        candidate_id=event.candidate.id,
        candidate_organization_id=event.candidate.organization_id,
        scored=_score_of(event),
        expires_at=end_of(last_day_to_answer(today, rule)),
    )
    work.matches.add(match)
    keep_if_changed(need, need.propose(), work)


async def _require_not_agreed(match: Match, work: Work) -> None:
    agreements = await work.agreements.where(need_id=match.need_id, line_no=match.line_no, status=BINDING)
    if any(match.id in agreement.match_ids for agreement in agreements):
        raise MatchAgreed


def _score_of(event: MatchProposed) -> Score:
    return Score(
        rank=event.rank,
        score=event.score,
        parts=event.parts,
        missing_skills=tuple(event.missing_skills),
        explanation=event.explanation,
        model_version=event.model_version,
    )
