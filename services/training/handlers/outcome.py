"""What happens when learning is registered and recognised: a course by the academic office, practice by its event."""

from fractions import Fraction

from services.training.commands.credit import RecogniseOutcome, RegisterOutcome
from services.training.domain.account import CreditAccount
from services.training.domain.credit_rules import X_03, HoursFacts, half_credits, outcome_is_worth
from services.training.domain.faculty.practice import PracticeStatus
from services.training.domain.kinship import born_of
from services.training.domain.outcome import (
    Evidence,
    NotEvidence,
    Outcome,
    OutcomeExists,
    OutcomeKind,
    OutcomeStatus,
)
from services.training.handlers.jurisdiction import jurisdiction_at
from services.training.ports import Work
from shared.contracts.training import PracticeRevoked, PracticeVerified
from shared.kernel.work import NotYet
from shared.rules import Decision


async def register_outcome(command: RegisterOutcome, work: Work) -> Outcome:
    """Store what a learner has learnt, with evidence that this service holds."""
    account = await work.accounts.get(command.account_id)
    evidence = await _evidence(command.evidence_id, account, work)
    if await _registered(account, command.outcome_kind, evidence, command.course, work):
        raise OutcomeExists
    outcome, registered = Outcome.register(
        command.outcome_id,
        account=account,
        evidence=evidence,
        outcome_kind=command.outcome_kind,
        hours=command.hours,
        course=command.course,
    )
    return work.outcomes.add(outcome, registered)


async def register_practice(event: PracticeVerified, work: Work) -> None:
    """Store a verified practice in its teacher's account, with the hours that its logs prove."""
    accounts = await work.accounts.where(person_id=event.teacher_id)
    if not accounts:
        raise NotYet("the teacher's account is not open yet")
    practice = await work.practices.get(event.practice_id)
    if practice.status is PracticeStatus.REVOKED:
        return
    evidence = Evidence.of_practice(practice, person_id=event.teacher_id)
    kind = OutcomeKind.ENTERPRISE_PRACTICE
    if await _registered(accounts[0], kind, evidence, "", work):
        return
    outcome, registered = Outcome.register(
        born_of(practice.id, "outcome"),
        account=accounts[0],
        evidence=evidence,
        outcome_kind=kind,
        hours=practice.logged_hours,
    )
    work.outcomes.add(outcome, registered)


async def revoke_practice(event: PracticeRevoked, work: Work) -> None:
    """Take back what was registered of a practice whose verification did not hold."""
    for outcome in await work.outcomes.where(person_id=event.teacher_id, evidence_id=event.practice_id):
        if outcome.status is not OutcomeStatus.REVOKED:
            revoked, fact = outcome.revoke(reason=event.reason)
            work.outcomes.save(revoked, fact)


async def recognise_outcome(command: RecogniseOutcome, work: Work) -> Outcome:
    """Say what an outcome is worth, by X-03."""
    outcome = await work.outcomes.get(command.outcome_id)
    on, jurisdiction = work.context.today, await jurisdiction_at(outcome.university_id, work)
    rule, facts = work.rules.rule(X_03.id, on=on, jurisdiction=jurisdiction), HoursFacts(hours=outcome.hours)
    finding = outcome_is_worth(facts, rule)
    work.decide(
        Decision(
            id=command.decision_id,
            subject=outcome.id,
            findings=(finding,),
            inputs={X_03.id: facts.model_dump(mode="json")},
            on=on,
            jurisdiction=jurisdiction,
        )
    )
    recognised, fact = outcome.recognise(finding, half_credits=half_credits(Fraction(outcome.hours), rule))
    return work.outcomes.save(recognised, fact)


async def _registered(account: CreditAccount, kind: OutcomeKind, evidence: Evidence, course: str, work: Work) -> bool:
    same = await work.outcomes.where(
        account_id=account.id, outcome_kind=kind.value, evidence_id=evidence.id, course=course
    )
    return bool(same)


async def _evidence(evidence_id: str, account: CreditAccount, work: Work) -> Evidence:
    match evidence_id.partition("_")[0]:
        case "coh":
            enrolment = await work.enrolments.find(f"{evidence_id}/{account.person_id}")
            return Evidence.of_cohort(await work.cohorts.find(evidence_id), enrolment)
        case "prc":
            return Evidence.of_practice(await work.practices.find(evidence_id), person_id=account.person_id)
        case _:
            raise NotEvidence
