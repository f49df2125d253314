"""Whether a teacher spends a month of the year in an enterprise or a training base (TCH-05): told, never refused."""

from datetime import date
from typing import Final

from services.training.domain.faculty.practice_facts import Away, PeriodFact
from services.training.domain.faculty.recognition_rules.facts import practised_days
from shared.rules import Asked, Facts, Finding, RuleShape, Trial
from shared.rules.fact_types import Year

TCH_05: Final = RuleShape("TCH-05", params={"days": int}, cases=("missing",))


class YearFacts(Facts):
    """A calendar year, and the teacher's verified practice and days of leave, of that year or also of others."""

    year: Year
    practices: tuple[PeriodFact, ...] = ()
    away: Away = ()


def a_month_is_practised(facts: YearFacts, asked: Asked) -> Finding:
    """TCH-05: 30 days in the calendar year, counted by TCH-04. Source: the national plan for vocational education."""
    rule = asked.rule(TCH_05.id)
    first, last = date(facts.year, 1, 1), date(facts.year, 12, 31)
    days = practised_days(facts.practices, facts.away, first=first, last=last, counting=asked.rule("TCH-04"))
    if days < rule.number("days"):
        return rule.fails("missing", actual=days, limit=rule.number("days"))
    return rule.passes(actual=days, limit=rule.number("days"))


TRIAL: Final = Trial(TCH_05, YearFacts, a_month_is_practised)
