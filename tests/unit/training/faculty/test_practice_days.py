"""TCH-04: how days are counted; full-time, part-time, visits, and what holds for any practice."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.faculty.practice_days import counted_days
from services.training.domain.faculty.practice_period import (
    DailyLog,
    Form,
    PracticePeriod,
    day_holds_the_hours,
    is_full_time,
)
from tests.unit.rules.packs import unhurried
from tests.unit.training.faculty.oracle import dates_in
from tests.unit.training.faculty.practice import DAY, FULL_WEEK, HALF_WEEK, RULES, full, on, part, total, undated


def within(first: date, last: date, *periods: PracticePeriod) -> int:
    return counted_days(periods, first=first, last=last, rule=RULES.counting)


def test_part_time_hours_are_exact() -> None:
    full_days, half_days = full("2025-01-01", "04-27"), part("2025-06-01", "12-31", *[4] * 90)

    assert [total(full_days), total(half_days), total(full_days, half_days)] == [117, 63, 180]


@pytest.mark.parametrize(("hours", "counted"), [("40", 7), ("39.9", 6), ("5.7", 0), ("5.75", 1), ("17.15", 3)])
def test_hours_are_rounded_down_once(hours: str, counted: int) -> None:
    assert total(undated("2025-01-01", "01-31", hours)) == counted
    split = (undated("2025-01-01", "01-31", Fraction(hours) / 2), undated("2025-03-01", "03-31", Fraction(hours) / 2))
    assert total(*split) == counted


@pytest.mark.parametrize(
    ("plan", "full_time"),
    [
        (FULL_WEEK, True),
        ({weekday: Fraction(8) for weekday in range(3, 8)}, True),
        ({**FULL_WEEK, 5: Fraction("7.5")}, False),
        ({weekday: Fraction(10) for weekday in range(1, 5)}, False),
        (HALF_WEEK, False),
        ({}, False),
    ],
)
def test_full_time_is_what_the_plan_states(plan: dict[int, Fraction], full_time: bool) -> None:
    assert is_full_time(full("2025-01-01", "01-31", plan=plan), RULES.counting) is full_time


def test_a_visit_is_never_full_time() -> None:
    assert not is_full_time(full("2025-01-01", "01-31", form=Form.VISIT), RULES.counting)


def test_hours_on_days_that_full_time_covers_do_not_count_again() -> None:
    assert total(full("2025-01-01", "01-31"), part("2025-01-25", "02-07", *[8] * 14)) == 31 + 7


def test_a_record_yields_no_more_days_than_its_calendar_days() -> None:
    assert total(part("2025-01-06", "01-10", *[24] * 5)) == 5
    assert total(undated("2025-01-06", "01-10", 120)) == 5
    assert total(part("2025-01-06", "01-10", *[24] * 5), part("2025-02-01", "02-28", 4)) == 5


def test_two_part_time_records_of_one_week_are_one_week() -> None:
    week = ("2025-01-06", "01-12")

    assert total(part(*week, *[4] * 5), part(*week, *[4] * 5)) == 7
    assert total(part(*week, *[8] * 5), part(*week, *[8] * 5)) == 7


def test_a_record_without_dates_is_prorated_and_rounded_down() -> None:
    ten_days = on("2025-01-01"), on("2025-01-10")

    assert [within(*ten_days, undated("2025-01-01", "01-30", hours)) for hours in (100, 104, 105)] == [5, 5, 6]


def test_dated_hours_count_where_their_date_lies() -> None:
    assert within(on("2025-01-03"), on("2025-01-31"), part("2025-01-01", "01-31", 8, 8, 4, 4, 4, 4, 4)) == 3


@pytest.mark.parametrize(
    ("hours", "counted"), [((6, 6), 2), ((5, 6), 1), (("5.75", 0, 6), 2), ((5, 5), 1), ((8,), 1), ((2, 2, 1), 0)]
)
def test_a_visit_of_six_hours_is_a_day_and_a_shorter_one_is_hours(hours: tuple[int | str, ...], counted: int) -> None:
    assert total(part("2025-01-06", "01-31", *hours, form=Form.VISIT)) == counted


def test_at_most_twenty_visits_count() -> None:
    assert total(part("2025-01-01", "03-31", *[8] * 25, form=Form.VISIT)) == 20
    assert total(undated("2025-01-01", "01-25", 150, form=Form.VISIT)) == 20


def test_visits_are_united_with_full_time_before_the_cap() -> None:
    visits = part("2025-01-01", "03-31", *[8] * 40, form=Form.VISIT)

    assert total(visits, full("2025-01-01", "01-31")) == 31 + 9
    assert total(visits, visits) == 20


@pytest.mark.parametrize(
    ("hours", "already", "fits"),
    [
        ("24", "0", True),
        ("8", "16", True),
        ("8", "16.5", False),
        ("24.01", "0", False),
        ("0", "0", False),
        ("-1", "4", False),
    ],
)
def test_a_day_has_twenty_four_hours(hours: str, already: str, fits: bool) -> None:
    finding = day_holds_the_hours(Fraction(hours), already=Fraction(already), rule=RULES.counting)

    assert finding.refuses is not fits


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"ends_on": on("2024-12-31")}, "ends on the day it starts or later"),
        ({"logs": (DailyLog(on("2025-01-01"), Fraction(4)),) * 2}, "one log per day"),
        ({"logs": (DailyLog(on("2025-02-01"), Fraction(4)),)}, "on a day of its practice period"),
        ({"logs": (DailyLog(on("2025-01-01"), Fraction(4)),), "undated_hours": Fraction(4)}, "never both"),
    ],
)
def test_a_period_that_contradicts_itself_cannot_be_made(changed: dict[str, object], complaint: str) -> None:
    sound = {"form": Form.POST_WORK, "starts_on": on("2025-01-01"), "ends_on": on("2025-01-31"), "plan": HALF_WEEK}

    with pytest.raises(ValueError, match=complaint):
        PracticePeriod(**{**sound, **changed})  # type: ignore[arg-type]


starts = st.dates(date(2020, 1, 1), date(2020, 6, 30))
lengths = st.integers(0, 60)
worked = st.fractions(Fraction(1, 4), 24, max_denominator=4)


@st.composite
def periods(draw: st.DrawFn, *, full_time: bool | None = None) -> PracticePeriod:
    first, length = draw(starts), draw(lengths)
    is_full = draw(st.booleans()) if full_time is None else full_time
    form = Form.POST_WORK if is_full else draw(st.sampled_from(Form))
    offsets = draw(st.dictionaries(st.integers(0, length), worked, max_size=8))
    return PracticePeriod(
        form=form,
        starts_on=first,
        ends_on=first + timedelta(days=length),
        plan=FULL_WEEK if is_full else HALF_WEEK,
        logs=tuple(DailyLog(first + offset * DAY, hours) for offset, hours in offsets.items()),
        undated_hours=Fraction(0) if offsets else draw(worked) * 10,
    )


several = st.lists(periods(), max_size=4)
windows = st.tuples(starts, lengths).map(lambda drawn: (drawn[0], drawn[0] + timedelta(days=drawn[1])))


@unhurried
@given(several, windows)
def test_practice_never_exceeds_the_calendar_days_it_touches(
    found: list[PracticePeriod], window: tuple[date, date]
) -> None:
    first, last = window
    touched = {day for period in found for day in dates_in(period) if first <= day <= last}

    assert 0 <= within(first, last, *found) <= len(touched)


@unhurried
@given(several, windows)
def test_the_order_of_periods_does_not_matter(found: list[PracticePeriod], window: tuple[date, date]) -> None:
    first, last = window
    counted = within(first, last, *found)

    assert within(first, last, *reversed(found)) == counted


@unhurried
@given(several, periods(full_time=False), windows)
def test_one_more_part_time_record_never_takes_days_away(
    found: list[PracticePeriod], more: PracticePeriod, window: tuple[date, date]
) -> None:
    first, last = window
    before = within(first, last, *found)

    assert within(first, last, *found, more) >= before


@unhurried
@given(st.lists(periods(full_time=True), max_size=4), periods(full_time=True))
def test_one_more_full_time_period_never_takes_days_away(found: list[PracticePeriod], more: PracticePeriod) -> None:
    assert total(*found, more) >= total(*found)
    assert total(*found, more) <= total(*found) + total(more)


@unhurried
@given(several, windows, st.integers(1, 30))
def test_a_wider_window_never_holds_less(found: list[PracticePeriod], window: tuple[date, date], more: int) -> None:
    first, last = window
    narrow = within(first, last, *found)

    assert within(first - more * DAY, last + more * DAY, *found) >= narrow
