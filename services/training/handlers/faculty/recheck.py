"""What happens when something that a recognition rests on is taken back (TCH-11), and when it is revoked."""

from collections.abc import Iterable

from services.training.commands.faculty.recognition import ConcludeRecheck, RecheckRecognition, RevokeRecognition
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_refusals import RestsOnSomethingElse
from services.training.domain.faculty.recognition_rules.recheck import (
    CauseKind,
    RecheckFacts,
    Withdrawal,
    recheck_is_not_due,
)
from services.training.domain.faculty.recognition_steps import RecheckCause, RevocationReason
from services.training.domain.kinship import born_of
from services.training.handlers.approving import keep_results_true
from services.training.handlers.faculty.recognition_asking import asked_for, decided
from services.training.handlers.faculty.share import share_with
from services.training.ports import Work
from shared.rules import Verdict


async def recheck_recognition(command: RecheckRecognition, work: Work) -> Recognition:
    """Open a recheck by hand, where the recognition is in force and rests on what was taken back."""
    recognition = await work.recognitions.get(command.recognition_id)
    recognition.require_in_force()
    if not await work.frozen_sources.where(recognition_id=recognition.id, source_id=command.source_id):
        raise RestsOnSomethingElse
    cause = RecheckCause(kind=command.kind, source_id=command.source_id, withdrawn_on=work.context.today)
    return await _recheck(recognition, cause, work)


async def recheck_what_rests_on(
    source_id: str, kind: CauseKind, work: Work, *, recognition_ids: Iterable[str] | None = None
) -> None:
    """Open a recheck of every recognition in force that rests on a source, once for each source."""
    resting = {source.recognition_id for source in await work.frozen_sources.where(source_id=source_id)}
    wanted = resting if recognition_ids is None else resting.intersection(recognition_ids)
    cause = RecheckCause(kind=kind, source_id=source_id, withdrawn_on=work.context.today)
    for recognition in (await work.recognitions.known(sorted(wanted))).values():
        await _recheck(recognition, cause, work)


async def conclude_recheck(command: ConcludeRecheck, work: Work) -> Recognition:
    """Say whether a recognition stands; one that does not is revoked."""
    recognition = await work.recognitions.get(command.recognition_id)
    upheld = recognition.uphold(command.reason, on=work.context.today)
    recognition.require_not_applicant(command.caller_ids)
    work.audit("recheck", recognition.id, organization_id=recognition.university_id, reason=command.reason)
    if command.upheld:
        return await keep_results_true(work.recognitions.save(upheld), work)
    return await _revoke(recognition, RevocationReason.EVIDENCE_WITHDRAWN, command.reason, work)


async def revoke_recognition(command: RevokeRecognition, work: Work) -> Recognition:
    """Take a recognition back."""
    recognition = await work.recognitions.get(command.recognition_id)
    recognition.require_in_force()
    recognition.require_not_applicant(command.caller_ids)
    work.audit("revoke", recognition.id, organization_id=recognition.university_id, reason=command.reason)
    return await _revoke(recognition, command.reason_code, command.reason, work)


async def _revoke(recognition: Recognition, reason_code: RevocationReason, reason: str, work: Work) -> Recognition:
    batch = await work.recognition_batches.get(recognition.batch_id)
    share = await share_with(recognition, batch, work, granted=None)
    revoked, fact = recognition.revoke(reason_code, reason, on=work.context.today, share=share)
    return await keep_results_true(work.recognitions.save(revoked, fact), work)


async def _recheck(recognition: Recognition, cause: RecheckCause, work: Work) -> Recognition:
    """Open a recheck where TCH-11 finds one due; else leave the recognition as it is."""
    if not recognition.granted:
        return recognition
    batch = await work.recognition_batches.get(recognition.batch_id)
    facts = await _facts(recognition, cause, work)
    # Something is taken back today: today's rules say what follows from it.
    asked = await asked_for(batch, work.context.today, work)
    finding = recheck_is_not_due(facts, asked)
    if finding.verdict is not Verdict.FAIL:
        return recognition
    decision_id = born_of(recognition.id, "decision", f"recheck/{cause.source_id}")
    work.decide(decided(decision_id, recognition.id, ((finding, facts),), asked))
    return await keep_results_true(work.recognitions.save(recognition.recheck(cause, on=asked.on)), work)


async def _facts(recognition: Recognition, cause: RecheckCause, work: Work) -> RecheckFacts:
    valid = recognition.granted[0]
    sources = await work.frozen_sources.where(recognition_id=recognition.id)
    return RecheckFacts(
        starts_on=valid.starts_on,
        ends_on=valid.ends_on,
        ended_on=valid.revoked_on,
        sources=tuple(source.source_id for source in sources),
        withdrawals=(Withdrawal(source_id=cause.source_id, kind=cause.kind, withdrawn_on=cause.withdrawn_on),),
        opened_for=recognition.rechecked_sources,
    )
