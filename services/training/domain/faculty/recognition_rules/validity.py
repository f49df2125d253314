"""How long a recognition holds, and what comes before it (TCH-08)."""

from datetime import date, timedelta
from typing import Any, Final

from services.training.domain.faculty.recognition_rules.facts import Level
from shared.kernel.calendar import months_later
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial
from shared.rules.fact_types import in_order

TCH_08: Final = RuleShape(
    "TCH-08",
    params={"levels": tuple, "validity_months": int, "publicity_days": int, "reminder_days": int},
    cases=("level", "validity", "publicity"),
    facts=("publicity", "validity"),
)
_DAY: Final = timedelta(days=1)


class ValidityFacts(Facts):
    """Recognitions as they are to be: their levels, the days of publicity and of validity, both ends included."""

    levels: tuple[Level, ...]
    publicity_starts_on: date | None = None
    publicity_ends_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def model_post_init(self, _: Any, /) -> None:
        """Hold that both stretches are in order."""
        in_order(self.publicity_starts_on, self.publicity_ends_on)
        in_order(self.starts_on, self.ends_on)


def holds_no_longer_than_allowed(facts: ValidityFacts, asked: Asked) -> Finding:
    """TCH-08: one of the three levels, made public long enough, and valid for one round of at most five years."""
    rule = asked.rule(TCH_08.id)
    if not {level.value for level in facts.levels} <= set(rule.names("levels")):
        return rule.fails("level", limit=", ".join(rule.names("levels")))
    if facts.publicity_starts_on is None or facts.publicity_ends_on is None:
        return rule.unknown("publicity")
    shown = (facts.publicity_ends_on - facts.publicity_starts_on).days + 1
    if shown < rule.number("publicity_days"):
        return rule.fails("publicity", actual=shown, limit=rule.number("publicity_days"))
    if facts.starts_on is None or facts.ends_on is None:
        return rule.unknown("validity")
    latest = last_day_of_validity(facts.starts_on, rule.number("validity_months"))
    if facts.ends_on > latest:
        return rule.fails("validity", actual=facts.ends_on.isoformat(), limit=latest.isoformat())
    return rule.passes(actual=facts.ends_on.isoformat(), limit=latest.isoformat())


def last_day_of_validity(starts_on: date, months: int) -> date:
    """The last day of so many months: the day before the same day, or the month's last where it does not exist."""
    same_day = months_later(starts_on, months)
    return same_day - _DAY if same_day.day == starts_on.day else same_day


def reminded_on(ends_on: date, rule: Rule) -> date:
    """TCH-08: the first day on which a recognition is about to expire."""
    return ends_on - timedelta(days=rule.number("reminder_days") - 1)


TRIAL: Final = Trial(TCH_08, ValidityFacts, holds_no_longer_than_allowed)
