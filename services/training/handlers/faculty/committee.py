"""What happens when the committee has decided, and while its result is public. People decide; rules only refuse."""

from services.training.commands.faculty.recognition import DecideRecognition, RaiseObjection, SettleObjection
from services.training.domain.faculty.evidence_package import package_id
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_refusals import NothingToJudge
from services.training.domain.faculty.recognition_rules.equivalence import EquivalenceFacts, equivalence_is_judged
from services.training.domain.faculty.recognition_rules.standard import TCH_09, StandardFacts, meets_standard
from services.training.domain.faculty.recognition_rules.votes import TCH_16, committee_has_voted
from services.training.domain.faculty.recognition_steps import CommitteeDecision
from services.training.handlers.faculty.recognition_asking import asked_for, decided
from services.training.ports import Work
from shared.errors import RuleRefused
from shared.rules import Asked


async def decide_recognition(command: DecideRecognition, work: Work) -> Recognition:
    """Record the committee's decision on the frozen evidence. What the standard refuses cannot be approved."""
    recognition = await work.recognitions.get(command.recognition_id)
    batch = await work.recognition_batches.get(recognition.batch_id)
    batch.require_review()
    recognition.require_not_applicant(command.caller_ids)
    decision = CommitteeDecision(
        approved=command.approved,
        members=command.members,
        present=command.present,
        in_favour=command.in_favour,
        minutes=command.minutes,
        reason=command.reason,
        decided_on=work.context.today,
        words=command.words,
    )
    settled = recognition.decided(decision, batch)
    await _judge(recognition, decision, command.decision_id, await asked_for(batch, batch.judged_on, work), work)
    work.audit("decide", recognition.id, organization_id=recognition.university_id, reason=command.reason)
    return work.recognitions.save(settled)


async def raise_objection(command: RaiseObjection, work: Work) -> Recognition:
    """Note an objection to a result that is public."""
    recognition = await work.recognitions.get(command.recognition_id)
    return work.recognitions.save(recognition.hear_objection(command.text, on=work.context.today))


async def settle_objection(command: SettleObjection, work: Work) -> Recognition:
    """Say whether an objection holds."""
    recognition = await work.recognitions.get(command.recognition_id)
    settled = recognition.settle(command.number, upheld=command.upheld, reason=command.reason, on=work.context.today)
    recognition.require_not_applicant(command.caller_ids)
    work.audit("settle", recognition.id, organization_id=recognition.university_id, reason=command.reason)
    return work.recognitions.save(settled)


async def _judge(
    recognition: Recognition, decision: CommitteeDecision, decision_id: str, asked: Asked, work: Work
) -> None:
    """Ask the rules with the committee's words beside the frozen evidence; raise what forbids an approval."""
    package = (await work.evidence_packages.get(package_id(recognition.id))).stated
    _require_subjects(package, decision, asked)
    words = tuple(word.fact for word in decision.words)
    facts = package.model_copy(update={"words": words})
    routes = EquivalenceFacts(evidence=package.evidence, words=words)
    voted = committee_has_voted(decision.votes, asked.rule(TCH_16.id))
    if voted.refuses:
        raise RuleRefused(voted)
    standard, equivalence = meets_standard(facts, asked), equivalence_is_judged(routes, asked)
    judged = ((standard, facts), (equivalence, routes), (voted, decision.votes))
    kept = decided(decision_id, recognition.id, judged, asked)
    if decision.approved and kept.refused:
        raise RuleRefused(kept.refusing[0])
    work.decide(kept)


def _require_subjects(package: StandardFacts, decision: CommitteeDecision, asked: Asked) -> None:
    dimensions = asked.rule(TCH_09.id).names("judged_by_committee")
    known = {*dimensions, *(item.evidence_id for item in package.evidence)}
    if any(word.subject not in known for word in decision.words):
        raise NothingToJudge
