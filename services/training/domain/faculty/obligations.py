"""What a teacher owes in practice, how much is done, and how pressing it is on a given day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from services.training.domain.faculty.practice_ledger import PracticeLedger
from shared.errors import State
from shared.rules import Finding, Rule

_DAY: Final = timedelta(days=1)


class ObligationKind(StrEnum):
    """`five_year_180` is every professional teacher's (TCH-01), `new_teacher_180` a new one's (TCH-02)."""

    FIVE_YEAR = "five_year_180"
    NEW_TEACHER = "new_teacher_180"


class ObligationStatus(State):
    """How an obligation stands."""

    NOT_STARTED = "not_started", "未开始", "not started"
    ON_TRACK = "on_track", "正常", "on track"
    AT_RISK = "at_risk", "预警", "at risk"
    OVERDUE = "overdue", "已逾期", "overdue"
    FULFILLED = "fulfilled", "已履行", "fulfilled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An obligation on one day. `due_on` is the last admissible day; all days are calendar-equivalent.

    `done_days` are the rolling sum or the longest segment; `missing_days` may be more than the rest, for a segment
    that can no longer grow does not help. `begin_by` is the last day on which full-time practice without a gap can
    begin that is enough in time, None where nothing is missing or the time has passed. `changes_on` is the first day
    on which time alone may change any of this, None if it never does.
    """

    kind: ObligationKind
    on: date
    required_days: int
    done_days: int
    missing_days: int
    due_on: date
    begin_by: date | None
    changes_on: date | None
    status: ObligationStatus


def five_year_standing(ledger: PracticeLedger, *, hired_on: date, on: date) -> Standing:
    """TCH-01: 180 days accumulated in a rolling window of 60 months. Source: national rule on enterprise practice."""
    rule = ledger.rules.accumulated
    done = ledger.rolling_days(on)
    missing = max(0, rule.number("days") - done)
    due_on = ledger.rolling_due_on(hired_on, on)
    status = _status(rule, on=on, done=done, missing=missing, due_on=due_on)
    changing = (ledger.rolling.changes_on(on), _presses_on(rule, status, missing=missing, due_on=due_on))
    return Standing(
        kind=ObligationKind.FIVE_YEAR,
        on=on,
        required_days=rule.number("days"),
        done_days=done,
        missing_days=missing,
        due_on=due_on,
        begin_by=due_on - (missing - 1) * _DAY if _is_open(status) else None,
        changes_on=_first_after(on, changing),
        status=status,
    )


def new_teacher_standing(ledger: PracticeLedger, *, hired_on: date, on: date) -> Standing:
    """TCH-02: one segment of 180 days within the first 24 months. Source: the action plan."""
    rule = ledger.rules.concentrated
    done, missing = ledger.concentrated_days(hired_on, on), ledger.concentrated_missing(hired_on, on)
    due_on, required = ledger.first_window(hired_on).last, rule.number("days")
    status = _status(rule, on=on, done=done, missing=missing, due_on=due_on)
    # Half a year in one piece within the first two years stays done.
    grows = ledger.grows_until(ledger.segments(hired_on, on)[-1]) if 0 < missing < required else None
    begin_by = due_on - (required - 1) * _DAY
    if grows is not None:
        # Either the segment goes on, or a whole one begins anew: what may begin later.
        begin_by = max(begin_by, min(grows, due_on - (missing - 1) * _DAY))
    return Standing(
        kind=ObligationKind.NEW_TEACHER,
        on=on,
        required_days=required,
        done_days=done,
        missing_days=missing,
        due_on=due_on,
        begin_by=begin_by if _is_open(status) else None,
        changes_on=_first_after(on, (grows, _presses_on(rule, status, missing=missing, due_on=due_on))),
        status=status,
    )


def practice_suffices(standing: Standing, rule: Rule) -> Finding:
    """TCH-01 or TCH-02 as a finding: enough practice is verified. It tells and refuses nothing."""
    if standing.status is ObligationStatus.FULFILLED:
        return rule.passes(actual=standing.done_days, limit=standing.required_days)
    return rule.fails("missing", actual=standing.done_days, limit=standing.required_days)


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


def _is_open(status: ObligationStatus) -> bool:
    return status not in {ObligationStatus.FULFILLED, ObligationStatus.OVERDUE}


def _presses_on(rule: Rule, status: ObligationStatus, *, missing: int, due_on: date) -> date | None:
    """The day on which what is missing becomes more pressing by itself."""
    if not _is_open(status):
        return None
    if status is ObligationStatus.AT_RISK:
        return due_on + _DAY
    return due_on + _DAY - (missing + rule.number("margin_days") - 1) * _DAY


def _first_after(on: date, days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None and day > on), default=None)
