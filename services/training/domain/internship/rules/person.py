"""Who may do an internship: not in the first year (INT-07), not too young (INT-08), and not what labour law bars."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.training.domain.internship.rules.facts import (
    EvidenceFacts,
    PeriodFacts,
    StrainFacts,
    StudentFacts,
    StudiesFacts,
    VenueFacts,
)
from services.training.domain.internship.rules.weighing import gravest
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial

HOME: Final = "CN"
INT_07: Final = RuleShape("INT-07", params={"study_year_least": int}, cases=("first_year",), facts=("study_year",))
INT_08: Final = RuleShape("INT-08", params={"age": int}, cases=("too_young",), facts=("birth_date", "segments"))
INT_09: Final = RuleShape(
    "INT-09",
    params={"full_age": int},
    cases=("minor", "woman"),
    facts=("birth_date", "sex", "segments", "barred_to"),
)
INT_25: Final = RuleShape(
    "INT-25",
    params={"full_age": int},
    cases=("minor", "approval"),
    facts=("country", "birth_date", "segments", "approval"),
)


class StudyYearFacts(Facts):
    """What INT-07 is judged by."""

    studies: StudiesFacts = StudiesFacts()


class AgeFacts(Facts):
    """What INT-08 is judged by."""

    student: StudentFacts = StudentFacts()
    period: PeriodFacts = PeriodFacts()


class BarredWorkFacts(Facts):
    """What INT-09 is judged by."""

    student: StudentFacts = StudentFacts()
    period: PeriodFacts = PeriodFacts()
    strain: StrainFacts = StrainFacts()


class OverseasFacts(Facts):
    """What INT-25 is judged by."""

    student: StudentFacts = StudentFacts()
    period: PeriodFacts = PeriodFacts()
    venue: VenueFacts = VenueFacts()
    overseas_approval: EvidenceFacts | None = None


def years_old(birth_date: date, on: date) -> int:
    """Full years on a day; born on 29 February, one is a year older on 1 March where that day does not exist."""
    birthday_has_passed = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (not birthday_has_passed)


def not_first_year(facts: StudyYearFacts, asked: Asked) -> Finding:
    """INT-07: nobody of the first year of studies."""
    rule, year = asked.rule(INT_07.id), facts.studies.study_year
    least = rule.number("study_year_least")
    if year is None:
        return rule.unknown("study_year")
    return rule.fails("first_year", actual=year, limit=least) if year < least else rule.passes(actual=year)


def old_enough(facts: AgeFacts, asked: Asked) -> Finding:
    """INT-08: 16 years of age on the first day."""
    rule = asked.rule(INT_08.id)
    age, least = age_at_start(facts.student, facts.period), rule.number("age")
    if age is None:
        return rule.unknown(*unknown_of_age(facts.student, facts.period))
    return rule.fails("too_young", actual=age, limit=least) if age < least else rule.passes()


def no_barred_work(facts: BarredWorkFacts, asked: Asked) -> Finding:
    """INT-09: no work that the special rules keep from those below 18, or from women."""
    rule = asked.rule(INT_09.id)
    return gravest(rule, _barred(facts, rule))


def _barred(facts: BarredWorkFacts, rule: Rule) -> Iterator[Finding]:
    student, barred_to = facts.student, facts.strain.barred_to
    if barred_to is None:
        yield rule.unknown("barred_to")
        return
    age = age_at_start(student, facts.period)
    if "minors" in barred_to and age is None:
        yield rule.unknown(*unknown_of_age(student, facts.period))
    elif "minors" in barred_to and age is not None and age < rule.number("full_age"):
        yield rule.fails("minor")
    if "women" in barred_to and student.sex is None:
        yield rule.unknown("sex")
    elif "women" in barred_to and student.sex == "female":
        yield rule.fails("woman")


def overseas(facts: OverseasFacts, asked: Asked) -> Finding:
    """INT-25: overseas only with an approval of its own, given before the first day, and never below 18."""
    rule, country = asked.rule(INT_25.id), facts.venue.country
    if country is None:
        return rule.unknown("country")
    return rule.passes() if country == HOME else gravest(rule, _overseas(facts, rule))


def _overseas(facts: OverseasFacts, rule: Rule) -> Iterator[Finding]:
    age = age_at_start(facts.student, facts.period)
    if age is None:
        yield rule.unknown(*unknown_of_age(facts.student, facts.period))
    elif age < rule.number("full_age"):
        yield rule.fails("minor")
    if facts.overseas_approval is None:
        yield rule.unknown("approval")
    elif not covers(facts.overseas_approval, facts.period):
        yield rule.fails("approval", actual=facts.overseas_approval.number)


def covers(paper: EvidenceFacts, period: PeriodFacts) -> bool:
    """Whether a paper was there on the first day and holds to the last one; nothing covers what is not planned."""
    first, last = period.first, period.last
    if first is None or last is None:
        return False
    return paper.issued_on <= first and (paper.valid_to is None or last <= paper.valid_to)


def age_at_start(student: StudentFacts, period: PeriodFacts) -> int | None:
    """How old the student is on the first day, None if that is not known."""
    if student.birth_date is None or period.first is None:
        return None
    return years_old(student.birth_date, period.first)


def unknown_of_age(student: StudentFacts, period: PeriodFacts) -> tuple[str, ...]:
    """The facts without which the age on the first day is not known."""
    facts = (("birth_date", student.birth_date), ("segments", period.first))
    return tuple(name for name, known in facts if known is None)


TRIALS: Final = (
    Trial(INT_07, StudyYearFacts, not_first_year),
    Trial(INT_08, AgeFacts, old_enough),
    Trial(INT_09, BarredWorkFacts, no_barred_work),
    Trial(INT_25, OverseasFacts, overseas),
)
