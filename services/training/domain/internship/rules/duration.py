"""Which forms of internship there are (INT-01), and how long one on a post lasts (INT-02)."""

from typing import Final

from services.training.domain.internship.rules.facts import PeriodFacts
from services.training.domain.internship.rules.occupancy import merged
from shared.rules import Asked, Facts, Finding, RuleShape, Trial
from shared.rules.fact_types import Name

INT_01: Final = RuleShape("INT-01", params={"forms": tuple}, cases=("form",), facts=("kind",))
INT_02: Final = RuleShape(
    "INT-02",
    params={"days_least": int, "days_most": int},
    cases=("too_short", "too_long"),
    facts=("segments",),
)


class FormFacts(Facts):
    """What INT-01 is judged by."""

    kind: Name | None = None


class DurationFacts(Facts):
    """What INT-02 is judged by."""

    period: PeriodFacts = PeriodFacts()


def form(facts: FormFacts, asked: Asked) -> Finding:
    """INT-01: an internship is for cognition or on a post; the forms of 2016 are merged into the latter."""
    rule = asked.rule(INT_01.id)
    if facts.kind is None:
        return rule.unknown("kind")
    return rule.passes() if facts.kind in rule.names("forms") else rule.fails("form", actual=facts.kind)


def duration(facts: DurationFacts, asked: Asked) -> Finding:
    """INT-02: generally six months: days of the union of all segments, both ends included, nothing subtracted."""
    rule, days = asked.rule(INT_02.id), days_of(facts.period)
    least, most = rule.number("days_least"), rule.number("days_most")
    if not days:
        return rule.unknown("segments")
    if days < least:
        return rule.fails("too_short", actual=days, limit=least)
    return rule.fails("too_long", actual=days, limit=most) if days > most else rule.passes(actual=days)


def days_of(period: PeriodFacts) -> int:
    """The calendar days of an internship, each once."""
    return sum(last - first + 1 for first, last in merged(period.segments))


TRIALS: Final = (Trial(INT_01, FormFacts, form), Trial(INT_02, DurationFacts, duration))
