"""What an agreement must say before it goes to signature, how far back it may begin, and how long an offer stands."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from shared.rules import Finding, Rule, RuleShape, Severity

PTN_03: Final = RuleShape("PTN-03", params={"parts": tuple}, cases=("missing",))
PTN_06: Final = RuleShape(
    "PTN-06",
    params={"offer_days": int, "pending_per_line": int},
    cases=("offer_days", "expired", "pending"),
)
PTN_11: Final = RuleShape("PTN-11", params={"days_back": int}, cases=("retroactive", "too_old"), facts=("starts_on",))
TERM: Final = "term"


def content_is_complete(
    content: Mapping[str, str], *, starts_on: date | None, ends_on: date | None, rule: Rule
) -> Finding:
    """PTN-03: the agreement names its goals, content and form, rights and duties, and its term.

    `content` holds the text of each part but the term, which two dates in order name. A blank text names nothing.
    Source: measures for promoting school-enterprise cooperation of vocational schools.
    """
    named = {part for part, text in content.items() if text.strip() and part != TERM}
    if starts_on is not None and ends_on is not None and starts_on <= ends_on:
        named.add(TERM)
    parts = rule.names("parts")
    missing = ", ".join(part for part in parts if part not in named)
    return rule.fails("missing", actual=missing, limit=", ".join(parts)) if missing else rule.passes()


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
