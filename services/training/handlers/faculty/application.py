"""What happens with an application for recognition until the committee meets: applied, entered, verified, frozen."""

from services.training.commands.faculty.recognition import (
    Apply,
    EnterEvidence,
    FreezeEvidence,
    ReviewApplication,
    SubmitApplication,
    VerifyEvidence,
    WithdrawEvidence,
)
from services.training.domain.faculty.evidence_item import EvidenceItem
from services.training.domain.faculty.evidence_package import EvidencePackage, sources_of
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_refusals import (
    AnotherTeachersCase,
    AppliedAlready,
    EnteredAlready,
    OwnCase,
)
from services.training.domain.faculty.recognition_rules.equivalence import EquivalenceFacts, equivalence_is_judged
from services.training.domain.faculty.recognition_rules.recheck import CauseKind
from services.training.domain.faculty.recognition_rules.standard import StandardFacts, meets_standard
from services.training.domain.faculty.recognition_steps import RecognitionStatus, Review
from services.training.handlers.faculty.recheck import recheck_what_rests_on
from services.training.handlers.faculty.recognition_asking import asked_for, decided
from services.training.handlers.faculty.verified_practice import away_of, practice_of
from services.training.ports import Work
from shared.errors import RuleRefused
from shared.rules import Verdict, all_of


async def apply(command: Apply, work: Work) -> Recognition:
    """Begin an application, the first of this teacher in the batch."""
    if command.teacher_id not in command.caller_ids:
        raise AnotherTeachersCase
    batch = await work.recognition_batches.get(command.batch_id)
    teacher = await work.teachers.get(command.teacher_id)
    recognition = Recognition.apply(
        command.recognition_id, teacher=teacher, batch=batch, level=command.level, on=work.context.today
    )
    if await work.recognitions.where(batch_id=batch.id, teacher_id=teacher.id):
        raise AppliedAlready
    return work.recognitions.add(recognition)


async def enter_evidence(command: EnterEvidence, work: Work) -> EvidenceItem:
    """Add a piece of evidence to a draft. Raises `RuleRefused` for years of service."""
    recognition, entry = await work.recognitions.get(command.recognition_id), command.entry
    recognition.require_applicant(command.caller_ids)
    recognition.require(RecognitionStatus.DRAFT)
    before = await work.evidence_items.where(
        recognition_id=recognition.id, dimension=entry.dimension, source_id=entry.source_id
    )
    if any(item.stands for item in before):
        raise EnteredAlready
    item = EvidenceItem.enter(command.item_id, recognition=recognition, entry=entry)
    await _hold_against_seniority(item, recognition, work)
    return work.evidence_items.save(before[0].enter_anew(entry)) if before else work.evidence_items.add(item)


async def withdraw_evidence(command: WithdrawEvidence, work: Work) -> EvidenceItem:
    """Take a piece of evidence out of a draft."""
    recognition = await work.recognitions.get(command.recognition_id)
    recognition.require_applicant(command.caller_ids)
    recognition.require(RecognitionStatus.DRAFT)
    item = await work.evidence_items.get(command.item_id)
    item.require_of(recognition)
    return work.evidence_items.save(item.withdraw())


async def _hold_against_seniority(item: EvidenceItem, recognition: Recognition, work: Work) -> None:
    """Refuse what only years of service would stand for (TCH-10); what only the committee judges is not asked yet."""
    batch = await work.recognition_batches.get(recognition.batch_id)
    asked = await asked_for(batch, batch.judged_on, work)
    finding = equivalence_is_judged(EquivalenceFacts(evidence=(item.fact,)), asked)
    if finding.verdict is Verdict.FAIL:
        raise RuleRefused(finding)


async def submit_application(command: SubmitApplication, work: Work) -> Recognition:
    """Hand an application in while its batch is open."""
    recognition = await work.recognitions.get(command.recognition_id)
    recognition.require_applicant(command.caller_ids)
    (await work.recognition_batches.get(recognition.batch_id)).require_open(work.context.today)
    entered = await _entered(recognition, work)
    return work.recognitions.save(recognition.submit(entered=len(entered)))


async def _entered(recognition: Recognition, work: Work) -> list[EvidenceItem]:
    """The evidence of an application, without what was withdrawn."""
    return [item for item in await work.evidence_items.where(recognition_id=recognition.id) if item.stands]


async def verify_evidence(command: VerifyEvidence, work: Work) -> EvidenceItem:
    """Say whether a piece of evidence is true; what is refuted after a decision was made on it opens a recheck."""
    item = await work.evidence_items.get(command.item_id)
    if item.teacher_id in command.caller_ids:
        raise OwnCase
    work.audit("verify", item.id, organization_id=item.university_id, reason=command.reason)
    verified = work.evidence_items.save(item.verify(confirmed=command.confirmed, on=work.context.today))
    if not command.confirmed:
        await recheck_what_rests_on(
            item.source_id, CauseKind.EVIDENCE_REFUTED, work, recognition_ids=(item.recognition_id,)
        )
    return verified


async def freeze_evidence(command: FreezeEvidence, work: Work) -> Recognition:
    """Keep the evidence as it is now, and say what the rules find so far. What only people judge stays open."""
    recognition = await work.recognitions.get(command.recognition_id)
    batch = await work.recognition_batches.get(recognition.batch_id)
    items = await _entered(recognition, work)
    practice = await practice_of(recognition.teacher_id, work)
    evidence = tuple(item.fact for item in items)
    facts = StandardFacts(
        level=recognition.level,
        practices=tuple(practice.values()),
        away=await away_of(recognition.teacher_id, work),
        evidence=evidence,
    )
    package = EvidencePackage.of(recognition, facts, on=work.context.today)
    asked, routes = await asked_for(batch, batch.judged_on, work), EquivalenceFacts(evidence=evidence)
    judged = ((meets_standard(facts, asked), facts), (equivalence_is_judged(routes, asked), routes))
    frozen = recognition.freeze(sha256=package.sha256, precheck=all_of(finding.verdict for finding, _ in judged))
    work.decide(decided(command.decision_id, recognition.id, judged, asked))
    work.evidence_packages.add(package)
    for source in sources_of(recognition, items, practice):
        work.frozen_sources.add(source)
    return work.recognitions.save(frozen)


async def review_application(command: ReviewApplication, work: Work) -> Recognition:
    """Hear the university's office before the committee meets."""
    recognition = await work.recognitions.get(command.recognition_id)
    (await work.recognition_batches.get(recognition.batch_id)).require_review()
    recognition.require_not_applicant(command.caller_ids)
    review = Review(favourable=command.favourable, comment=command.comment, reviewed_on=work.context.today)
    return work.recognitions.save(recognition.reviewed(review))
