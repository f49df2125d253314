"""What a teacher owes in practice, how much is done, and how pressing it is on a given day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.training.domain.practice_ledger import PracticeLedger
from shared.rules import Finding, Rule


class ObligationKind(StrEnum):
    """`five_year_180` is every professional teacher's (TCH-01), `new_teacher_180` a new one's (TCH-02)."""

    FIVE_YEAR = "five_year_180"
    NEW_TEACHER = "new_teacher_180"


class ObligationStatus(StrEnum):
    """How an obligation stands."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An obligation on one day. `due_on` is the last admissible day; all days are calendar-equivalent.

    `done_days` are the rolling sum or the longest segment; `missing_days` may be more than the rest, for a segment
    that can no longer grow does not help.
    """

    kind: ObligationKind
    on: date
    required_days: int
    done_days: int
    missing_days: int
    due_on: date
    status: ObligationStatus


def five_year_standing(ledger: PracticeLedger, *, hired_on: date, on: date) -> Standing:
    """TCH-01: 180 days accumulated in a rolling window of 60 months. Source: national rule on enterprise practice."""
    rule = ledger.rules.accumulated
    done = ledger.rolling_days(on)
    missing = max(0, rule.number("days") - done)
    due_on = ledger.rolling_due_on(hired_on, on)
    return _standing(ObligationKind.FIVE_YEAR, rule, on=on, done=done, missing=missing, due_on=due_on)


def new_teacher_standing(ledger: PracticeLedger, *, hired_on: date, on: date) -> Standing:
    """TCH-02: one segment of 180 days within the first 24 months. Source: the action plan."""
    rule = ledger.rules.concentrated
    return _standing(
        ObligationKind.NEW_TEACHER,
        rule,
        on=on,
        done=ledger.concentrated_days(hired_on, on),
        missing=ledger.concentrated_missing(hired_on, on),
        due_on=ledger.first_window(hired_on).last,
    )


def practice_suffices(standing: Standing, rule: Rule) -> Finding:
    """TCH-01 or TCH-02 as a finding: enough practice is verified. It tells and refuses nothing."""
    if standing.status is ObligationStatus.FULFILLED:
        return rule.passes(actual=standing.done_days, limit=standing.required_days)
    return rule.fails("missing", actual=standing.done_days, limit=standing.required_days)


def _standing(kind: ObligationKind, rule: Rule, *, on: date, done: int, missing: int, due_on: date) -> Standing:
    return Standing(
        kind=kind,
        on=on,
        required_days=rule.number("days"),
        done_days=done,
        missing_days=missing,
        due_on=due_on,
        status=_status(rule, on=on, done=done, missing=missing, due_on=due_on),
    )


def _status(rule: Rule, *, on: date, done: int, missing: int, due_on: date) -> ObligationStatus:
    # Today still counts: a block of 180 days that starts on its 180th last day ends on `due_on`.
    days_left = (due_on - on).days + 1
    if missing == 0:
        return ObligationStatus.FULFILLED
    if days_left <= 0:
        return ObligationStatus.OVERDUE
    if days_left < missing + rule.number("margin_days"):
        return ObligationStatus.AT_RISK
    return ObligationStatus.ON_TRACK if done else ObligationStatus.NOT_STARTED
