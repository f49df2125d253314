"""What is signed before an internship: the agreement of the three sides (INT-05) and informed consent (INT-06)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.training.domain.internship.rules.facts import (
    AgreementFacts,
    ConsentFacts,
    ConsentsFacts,
    PeriodFacts,
    StudentFacts,
)
from services.training.domain.internship.rules.person import age_at_start
from services.training.domain.internship.rules.weighing import gravest, listed
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Severity, Trial

INT_05: Final = RuleShape(
    "INT-05",
    params={"sides": tuple},
    cases=("unsigned", "late", "ends_early", "model"),
    facts=("agreement", "official_model", "segments"),
)
INT_06: Final = RuleShape(
    "INT-06",
    params={"full_age": int},
    cases=("student_refused", "student_late", "guardian_refused", "guardian_late", "school_late"),
    facts=("student_consent", "guardian_consent", "school_approval", "segments"),
)


class TripartiteFacts(Facts):
    """What INT-05 is judged by. After an amendment under way, what is signed anew holds from `renewed_on`."""

    period: PeriodFacts = PeriodFacts()
    agreement: AgreementFacts | None = None
    renewed_on: date | None = None


class InformedConsentFacts(Facts):
    """What INT-06 is judged by. After an amendment under way, what is consented to anew holds from `renewed_on`."""

    student: StudentFacts = StudentFacts()
    period: PeriodFacts = PeriodFacts()
    consents: ConsentsFacts = ConsentsFacts()
    renewed_on: date | None = None


def tripartite(facts: TripartiteFacts, asked: Asked) -> Finding:
    """INT-05: school, enterprise and student sign before the start, on the official model, for the whole internship."""
    rule = asked.rule(INT_05.id)
    if facts.agreement is None:
        return rule.unknown("agreement")
    return gravest(rule, _of_agreement(facts.agreement, facts, rule))


def _of_agreement(agreement: AgreementFacts, facts: TripartiteFacts, rule: Rule) -> Iterator[Finding]:
    missing = [side for side in rule.names("sides") if side not in agreement.signed_by]
    if missing:
        yield rule.fails("unsigned", actual=listed(missing))
    yield from _in_time(agreement, facts, rule)
    if agreement.on_official_model is None:
        yield rule.unknown("official_model")
    elif not agreement.on_official_model:
        yield rule.fails("model")


def _in_time(agreement: AgreementFacts, facts: TripartiteFacts, rule: Rule) -> Iterator[Finding]:
    first, last = facts.renewed_on or facts.period.first, facts.period.last
    if first is None or last is None:
        yield rule.unknown("segments")
        return
    if agreement.issued_on > first:
        yield rule.fails("late", actual=agreement.issued_on.isoformat(), limit=first.isoformat())
    if agreement.valid_to is not None and agreement.valid_to < last:
        yield rule.fails("ends_early", actual=agreement.valid_to.isoformat(), limit=last.isoformat())


def informed_consent(facts: InformedConsentFacts, asked: Asked) -> Finding:
    """INT-06: student and guardian agree in writing before the start; for a unit found by oneself the school agrees.

    A guardian's consent that is missing refuses below 18 (and where the age is not known), and warns from 18 on.
    """
    rule, first = asked.rule(INT_06.id), facts.period.first
    if first is None:
        return rule.unknown("segments")
    return gravest(rule, _of_consents(facts, facts.renewed_on or first, rule))


def _of_consents(facts: InformedConsentFacts, first: date, rule: Rule) -> Iterator[Finding]:
    consents, age = facts.consents, age_at_start(facts.student, facts.period)
    is_adult = age is not None and age >= rule.number("full_age")
    guardian = Severity.WARN if is_adult else rule.severity
    yield from _of_consent("student", consents.student, first, rule, rule.severity)
    yield from _of_consent("guardian", consents.guardian, first, rule, guardian)
    if consents.mode == "self_found":
        if consents.school_approval is None:
            yield rule.unknown("school_approval")
        elif consents.school_approval.issued_on > first:
            yield rule.fails(
                "school_late", actual=consents.school_approval.issued_on.isoformat(), limit=first.isoformat()
            )


def _of_consent(
    who: str, consent: ConsentFacts | None, first: date, rule: Rule, severity: Severity
) -> Iterator[Finding]:
    if consent is None:
        yield rule.unknown(f"{who}_consent", severity=severity)
    elif not consent.given:
        yield rule.fails(f"{who}_refused", severity=severity)
    elif consent.given_on > first:
        limit = first.isoformat()
        yield rule.fails(f"{who}_late", actual=consent.given_on.isoformat(), limit=limit, severity=severity)


TRIALS: Final = (Trial(INT_05, TripartiteFacts, tripartite), Trial(INT_06, InformedConsentFacts, informed_consent))
