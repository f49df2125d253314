"""What an agreement must say before it goes to signature, how far back it may begin, and how long an offer stands."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Annotated, Final

from shared.contracts.fields import Code, Count
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Severity, Trial, tried_alone
from shared.rules.fact_types import FEW

PTN_03: Final = RuleShape("PTN-03", params={"parts": tuple}, cases=("missing",))
PTN_06: Final = RuleShape(
    "PTN-06",
    params={"offer_days": int, "pending_per_line": int},
    cases=("offer_days", "expired", "pending"),
)
PTN_11: Final = RuleShape("PTN-11", params={"days_back": int}, cases=("retroactive", "too_old"), facts=("starts_on",))
TERM: Final = "term"


class ContentFacts(Facts):
    """What PTN-03 is judged by: the parts of which the agreement has a text, and its first and last day."""

    written: Annotated[tuple[Code, ...], FEW] = ()
    starts_on: date | None = None
    ends_on: date | None = None


class StartFacts(Facts):
    """What PTN-11 is judged by on the day of submission, which is the business date."""

    starts_on: date | None = None


class OfferFacts(Facts):
    """What PTN-06 is judged by: an offer that was made, or one more that is to be made.

    `days` are those that were chosen for it, `proposed_on` the day on which it was made, `pending` the days on which
    the line's other offers were made that nobody has answered.
    """

    days: Count | None = None
    proposed_on: date | None = None
    pending: tuple[date, ...] = ()


def content_facts(content: Mapping[str, str], *, starts_on: date | None, ends_on: date | None) -> ContentFacts:
    """The facts of an agreement with these texts; a blank one names nothing, and the term is in the dates alone."""
    written = tuple(part for part, text in content.items() if text.strip() and part != TERM)
    return ContentFacts(written=written, starts_on=starts_on, ends_on=ends_on)


def content_is_complete(facts: ContentFacts, rule: Rule) -> Finding:
    """PTN-03: the agreement names its goals, content and form, rights and duties, and its term.

    The term is named by two dates in order. Source: measures for promoting school-enterprise cooperation of
    vocational schools.
    """
    parts, named = rule.names("parts"), _named(facts)
    missing = ", ".join(part for part in parts if part not in named)
    return rule.fails("missing", actual=missing, limit=", ".join(parts)) if missing else rule.passes()


def _named(facts: ContentFacts) -> Collection[str]:
    written = set(facts.written) - {TERM}
    dated = facts.starts_on is not None and facts.ends_on is not None and facts.starts_on <= facts.ends_on
    return {*written, TERM} if dated else written


def start_is_recent(starts_on: date | None, *, submitted_on: date, rule: Rule) -> Finding:
    """PTN-11: an agreement may begin before it is submitted, which only warns, but not more than 365 days before.

    Source: the platform's own decision.
    """
    if starts_on is None:
        return rule.unknown("starts_on")
    days, limit = (submitted_on - starts_on).days, rule.number("days_back")
    if days > limit:
        return rule.fails("too_old", actual=days, limit=limit)
    if days > 0:
        return rule.fails("retroactive", actual=days, limit=limit, severity=Severity.WARN)
    return rule.passes(limit=limit)


def offer_stands_long_enough(days: int, rule: Rule) -> Finding:
    """PTN-06: whoever posts a need may choose how many days an offer stands, 3 to 30. The platform's own decision."""
    least, most = rule.ranges["offer_days"]
    if least <= days <= most:
        return rule.passes(actual=days)
    return rule.fails("offer_days", actual=days, limit=f"{least}-{most}")


def last_day_to_answer(proposed_on: date, rule: Rule, *, days: int | None = None) -> date:
    """PTN-06: the last day on which an offer can be answered: 14 days after it was made, or as many as were chosen."""
    return proposed_on + timedelta(days=rule.number("offer_days") if days is None else days)


def offer_still_stands(proposed_on: date, *, on: date, rule: Rule, days: int | None = None) -> Finding:
    """PTN-06: an offer that nobody answered by its last day has expired. The platform's own decision."""
    last_day = last_day_to_answer(proposed_on, rule, days=days)
    if on > last_day:
        return rule.fails("expired", actual=on.isoformat(), limit=last_day.isoformat())
    return rule.passes(actual=on.isoformat(), limit=last_day.isoformat())


def line_has_room(pending: int, rule: Rule) -> Finding:
    """PTN-06: one more offer may join the `pending` ones of a need's line, up to 10. The platform's own decision."""
    limit = rule.number("pending_per_line")
    if pending >= limit:
        return rule.fails("pending", actual=pending, limit=limit)
    return rule.passes(actual=pending + 1, limit=limit)


def starts_late_enough(facts: StartFacts, asked: Asked) -> Finding:
    """PTN-11, asked of stated facts."""
    return start_is_recent(facts.starts_on, submitted_on=asked.on, rule=asked.rule(PTN_11.id))


def offer_is_in_order(facts: OfferFacts, asked: Asked) -> Finding:
    """PTN-06, asked of stated facts: the days that were chosen, then whether it stands, or whether the line has room.

    Only those of the other offers count that still stand on the business date.
    """
    rule = asked.rule(PTN_06.id)
    if facts.days is not None and (chosen := offer_stands_long_enough(facts.days, rule)).refuses:
        return chosen
    if facts.proposed_on is not None:
        return offer_still_stands(facts.proposed_on, on=asked.on, rule=rule, days=facts.days)
    return line_has_room(sum(last_day_to_answer(day, rule) >= asked.on for day in facts.pending), rule)


TRIALS: Final[tuple[Trial, ...]] = (
    tried_alone(PTN_03, ContentFacts, content_is_complete),
    Trial(PTN_06, OfferFacts, offer_is_in_order),
    Trial(PTN_11, StartFacts, starts_late_enough),
)
