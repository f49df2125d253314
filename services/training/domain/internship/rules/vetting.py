"""How a school comes to choose a unit (INT-20): inspected, decided on, published, and nothing on record against it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.training.domain.internship.rules.facts import PeriodFacts, VettingFacts
from services.training.domain.internship.rules.weighing import dates, gravest, listed
from shared.kernel.calendar import months_later
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial

INT_20: Final = RuleShape(
    "INT-20",
    params={"barring_records": tuple, "safety_records": tuple, "safety_months": int, "look_up_days": int},
    cases=("record", "safety", "unfit", "inspected_late", "late"),
    facts=("inspection", "approved_list", "published_list", "records", "recent_look_up", "segments"),
)


class UnitVettingFacts(Facts):
    """What INT-20 is judged by."""

    period: PeriodFacts = PeriodFacts()
    vetting: VettingFacts = VettingFacts()


def vetted(facts: UnitVettingFacts, asked: Asked) -> Finding:
    """INT-20: inspected on the spot, then decided on by the school's meeting and published before the first day.

    Unlawful acts and bad credit bar a unit whenever they happened, violations of safety for 36 months.
    Whatever stands on record counts; that nothing else does is known once somebody has looked it up, and is known no
    more where that was too long before the first day.
    """
    rule = asked.rule(INT_20.id)
    return gravest(rule, (*_on_record(facts, rule), *_in_order(facts, rule)))


def _on_record(facts: UnitVettingFacts, rule: Rule) -> Iterator[Finding]:
    records, first = facts.vetting.records or (), facts.period.first
    yield from _looked_up(facts.vetting, first, rule)
    barring = [record.kind for record in records if record.kind in rule.names("barring_records")]
    if barring:
        yield rule.fails("record", actual=listed(barring))
    safety = [record.happened_on for record in records if record.kind in rule.names("safety_records")]
    if first is not None:
        since = months_later(first, -rule.number("safety_months"))
        recent = [day for day in safety if day > since]
        if recent:
            yield rule.fails("safety", actual=dates(recent))


def _looked_up(vetting: VettingFacts, first: date | None, rule: Rule) -> Iterator[Finding]:
    if vetting.records is None or vetting.looked_up_on is None:
        yield rule.unknown("records")
    elif first is not None and (first - vetting.looked_up_on).days > rule.number("look_up_days"):
        yield rule.unknown("recent_look_up")


def _in_order(facts: UnitVettingFacts, rule: Rule) -> Iterator[Finding]:
    vetting = facts.vetting
    steps = {
        "inspection": None if vetting.found_fit is None else vetting.inspected_on,
        "approved_list": vetting.decided_on,
        "published_list": vetting.published_on,
        "segments": facts.period.first,
    }
    missing = [name for name, day in steps.items() if day is None]
    if missing:
        yield rule.unknown(*missing)
    inspected, decided, published, first = steps.values()
    if vetting.found_fit is False:
        yield rule.fails("unfit", actual=str(inspected))
    if _after(inspected, decided):
        yield rule.fails("inspected_late", actual=str(inspected), limit=str(decided))
    for step in (decided, published):
        if _after(step, first):
            yield rule.fails("late", actual=str(step), limit=str(first))


def _after(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other


TRIALS: Final = (Trial(INT_20, UnitVettingFacts, vetted),)
