"""A new teacher without a history in enterprises practises first, then teaches (TCH-03)."""

from datetime import date, timedelta
from typing import Annotated, Final

from services.training.domain.faculty.career import Employments
from shared.rules import Facts, Finding, Rule, RuleShape
from shared.rules.fact_types import MANY, DaySpan, WorkDay
from shared.rules.trial import tried_alone

TCH_03: Final = RuleShape("TCH-03", params={"days": int}, cases=("teaches_first",), facts=("employments",))
_DAY: Final = timedelta(days=1)


class FirstPracticeFacts(Facts):
    """Who is to teach from when, and what they did before. None is what nobody has stated."""

    new_professional_teacher: bool
    hired_on: WorkDay
    employments: Employments | None = None
    practised: Annotated[tuple[DaySpan, ...], MANY] = ()
    teaching_starts_on: WorkDay


def practised_before_teaching(facts: FirstPracticeFacts, rule: Rule) -> Finding:
    """TCH-03: verified practice lies before the first day of teaching, unless the teacher worked in an enterprise.

    Source: national rule on teachers' practice in enterprises, article 4.
    """
    limit = rule.number("days")
    before = _days_before(facts.practised, facts.teaching_starts_on)
    if not facts.new_professional_teacher or before >= limit:
        return rule.passes(actual=before, limit=limit)
    if facts.employments is None:
        return rule.unknown("employments")
    if any(work.enterprise and work.starts_on < facts.hired_on for work in facts.employments):
        return rule.passes(actual=before, limit=limit)
    return rule.fails("teaches_first", actual=before, limit=limit)


def _days_before(practised: tuple[DaySpan, ...], first: date) -> int:
    ordinals = (range(s.starts_on.toordinal(), min(s.ends_on + _DAY, first).toordinal()) for s in practised)
    return len(frozenset[int]().union(*ordinals))


TRIAL: Final = tried_alone(TCH_03, FirstPracticeFacts, practised_before_teaching)
