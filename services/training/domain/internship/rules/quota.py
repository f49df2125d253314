"""How many interns a unit may have at once: among all its people (INT-03), and on one kind of post (INT-04).

Both caps hold on every single day of an internship; interns who are there at different times do not add up.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Final

from services.training.domain.internship.rules.facts import InternsFacts, PeriodFacts, PostFacts, UnitFacts
from services.training.domain.internship.rules.occupancy import peak
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial

INT_03: Final = RuleShape(
    "INT-03",
    params={"share": Fraction},
    cases=("full",),
    facts=("segments", "employees", "external_interns"),
)
INT_04: Final = RuleShape(
    "INT-04",
    params={"share": Fraction},
    cases=("full",),
    facts=("segments", "employees", "external_interns", "post"),
)


class UnitQuotaFacts(Facts):
    """What INT-03 is judged by."""

    period: PeriodFacts = PeriodFacts()
    unit: UnitFacts = UnitFacts()


class PostQuotaFacts(Facts):
    """What INT-04 is judged by; only interns of the same occupation and site count."""

    period: PeriodFacts = PeriodFacts()
    unit: UnitFacts = UnitFacts()
    post: PostFacts = PostFacts()


def cap_of(employees: int, rule: Rule) -> int:
    """The most interns that so many employees allow: the share, rounded down, exact."""
    return floor(rule.ratio("share") * employees)


def whole_unit(facts: UnitQuotaFacts, asked: Asked) -> Finding:
    """INT-03: with this one, interns are at most 10 % of the unit's employees on every day.

    Interns whom nobody declared can only be more: a cap that is exceeded without them is exceeded.
    """
    unit = facts.unit
    return _within(
        asked.rule(INT_03.id), facts.period, unit.interns, unit.external_interns, employees=unit.employees_total
    )


def same_post(facts: PostQuotaFacts, asked: Asked) -> Finding:
    """INT-04: with this one, at most 20 % of the employees on the same kind of post, per occupation and site."""
    rule, unit, post = asked.rule(INT_04.id), facts.unit, facts.post
    if post.occupation_code is None or post.site is None:
        return rule.unknown("post")
    declared = None if unit.external_interns is None else _on(post, unit.external_interns)
    return _within(rule, facts.period, _on(post, unit.interns), declared, employees=unit.employees_on_post)


def _on(post: PostFacts, interns: Sequence[InternsFacts]) -> tuple[InternsFacts, ...]:
    return tuple(one for one in interns if one.occupation_code == post.occupation_code and one.site == post.site)


def _within(
    rule: Rule,
    period: PeriodFacts,
    present: Sequence[InternsFacts],
    declared: Sequence[InternsFacts] | None,
    *,
    employees: int | None,
) -> Finding:
    busiest = peak((*present, *(declared or ())), period.segments)
    interns = None if busiest is None else busiest.count + 1
    cap = None if employees is None else cap_of(employees, rule)
    if cap is not None and interns is not None and interns > cap:
        return rule.fails("full", actual=interns, limit=cap)
    facts = (("segments", busiest), ("employees", employees), ("external_interns", declared))
    missing = [name for name, known in facts if known is None]
    return rule.unknown(*missing) if missing else rule.passes(actual=interns, limit=cap)


TRIALS: Final = (Trial(INT_03, UnitQuotaFacts, whole_unit), Trial(INT_04, PostQuotaFacts, same_post))
