"""LOG-01: weekly logs are written in time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.internship.log_rule import LogsInTimeFacts, due_on, late_weeks, weeks_due
from services.training.domain.internship.weeks import days_between, name_of, weeks_of
from shared.rules.fact_types import DaySpan
from tests.unit.rules.packs import shipped_rule, unhurried
from tests.unit.training.college import DAY
from tests.unit.training.faculty.asking import ask

RULE = shipped_rule("training", "LOG-01")
TUESDAY = date(2026, 9, 1)


def facts(*segments: tuple[date, date], **said: object) -> LogsInTimeFacts:
    spans = [{"starts_on": first, "ends_on": last} for first, last in segments]
    return LogsInTimeFacts.model_validate({"segments": spans, "started_on": segments[0][0], **said})


def test_a_week_with_fewer_days_than_the_rule_asks_needs_no_log() -> None:
    # Tuesday to Sunday, a whole week, then Monday and Tuesday alone.
    weeks = weeks_due(facts((TUESDAY, TUESDAY + 14 * DAY)), RULE)

    assert [(week.number, len(week.days)) for week in weeks] == [(1, 6), (2, 7)]


def test_weeks_between_segments_are_counted_but_not_waited_for() -> None:
    weeks = weeks_due(facts((TUESDAY, TUESDAY + 5 * DAY), (date(2026, 9, 21), date(2026, 9, 27))), RULE)

    assert [week.number for week in weeks] == [1, 4]


def test_the_log_is_in_time_up_to_three_days_after_the_sunday() -> None:
    week = weeks_due(facts((TUESDAY, TUESDAY + 5 * DAY)), RULE)[0]

    assert due_on(week, RULE) == date(2026, 9, 9)
    assert late_weeks(facts((TUESDAY, TUESDAY + 5 * DAY)), RULE, date(2026, 9, 9)) == ()


def test_a_clerk_who_asks_is_told_how_many_weeks_are_overdue() -> None:
    stated = {"segments": [{"starts_on": "2026-09-01", "ends_on": "2026-09-27"}], "started_on": "2026-09-01"}

    finding = ask("LOG-01", {**stated, "logged": ["2026-09-10"]}, on=date(2026, 9, 24))

    assert (finding.verdict, finding.case, finding.actual) == ("fail", "overdue", 2)


def test_a_week_is_named_by_iso_8601_across_the_turn_of_the_year() -> None:
    assert [name_of(day) for day in (date(2026, 12, 31), date(2027, 1, 3), date(2027, 1, 4))] == [
        "2026-W53", "2026-W53", "2027-W01",
    ]  # fmt: skip


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
lengths = st.integers(0, 60)


@unhurried
@given(first=days, length=lengths, away=st.tuples(days, lengths), on=days)
def test_late_weeks_are_those_that_a_walk_over_all_days_finds(
    first: date, length: int, away: tuple[date, int], on: date
) -> None:
    last, leave = first + length * DAY, DaySpan(starts_on=away[0], ends_on=away[0] + away[1] * DAY)
    walked: dict[date, int] = {}
    for day in days_between(first, last):
        if not leave.starts_on <= day <= leave.ends_on:
            walked[day - day.weekday() * DAY] = walked.get(day - day.weekday() * DAY, 0) + 1

    late = late_weeks(facts((first, last), absences=(leave,)), RULE, on)

    assert [week.monday for week in late] == sorted(
        monday for monday, count in walked.items() if count >= 3 and monday + 9 * DAY < on
    )


@given(first=days, length=lengths)
def test_weeks_hold_every_day_once(first: date, length: int) -> None:
    all_days = days_between(first, first + length * DAY)

    assert [day for week in weeks_of(all_days) for day in week.days] == list(all_days)
