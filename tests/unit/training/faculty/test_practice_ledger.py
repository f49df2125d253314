"""TCH-01 and TCH-02: what is accumulated in five years and what is in one piece, with every vector of the design."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.faculty.practice_ledger import Segment
from services.training.domain.faculty.practice_period import Form
from services.training.domain.faculty.practice_window import end_of_months
from tests.unit.rules.packs import unhurried
from tests.unit.training.faculty.practice import (
    DAY,
    HIRED,
    VECTOR_A,
    VECTOR_B,
    VECTOR_C,
    VECTOR_D,
    full,
    ledger,
    on,
    part,
    total,
)


@pytest.mark.parametrize(
    ("as_of", "counted"),
    [("2023-09-01", 178), ("2026-07-04", 178), ("2026-07-05", 177), ("2026-08-31", 120), ("2028-09-01", 0)],
)
def test_vector_a_old_days_roll_out_of_the_window(as_of: str, counted: int) -> None:
    assert ledger(*VECTOR_A).rolling_days(on(as_of)) == counted


def test_vector_b_a_day_of_two_periods_counts_once() -> None:
    assert [total(period) for period in VECTOR_B] == [120, 106]
    assert ledger(*VECTOR_B).rolling_days(on("2026-01-01")) == 196


def test_the_day_sixty_months_before_lies_outside() -> None:
    one_day = ledger(full("2021-02-28", "02-28"))

    assert one_day.rolling_days(on("2026-02-27")) == 1
    assert one_day.rolling_days(on("2026-02-28")) == 0


def test_a_window_from_a_leap_day_is_clipped_to_the_months_end() -> None:
    both = ledger(full("2019-02-28", "03-01"))

    assert both.rolling_days(on("2024-02-28")) == 1
    assert both.rolling_days(on("2024-02-29")) == 1
    assert both.rolling_days(on("2024-03-01")) == 0


def test_days_after_the_day_asked_for_do_not_count_yet() -> None:
    assert ledger(*VECTOR_A).rolling_days(on("2021-07-10")) == 6


def test_a_teacher_without_practice_is_due_at_the_end_of_five_years() -> None:
    assert ledger().rolling_due_on(HIRED, on("2025-01-01")) == on("2029-08-31")
    assert ledger().rolling_due_on(HIRED, on("2031-01-01")) == on("2029-08-31")


def test_a_fulfilled_teacher_is_due_the_day_before_the_sum_falls_below() -> None:
    practised = ledger(full("2022-01-01", "06-29"))

    due_on = practised.rolling_due_on(on("2010-01-01"), on("2024-05-05"))

    assert practised.rolling_days(due_on) == 180
    assert practised.rolling_days(due_on + DAY) == 179
    assert due_on == on("2026-12-31")


def test_a_teacher_who_fell_below_was_due_the_day_before() -> None:
    practised = ledger(full("2015-01-01", "06-29"), full("2020-03-01", "03-31"))

    assert practised.rolling_due_on(on("2010-01-01"), on("2021-07-07")) == on("2019-12-31")


def test_a_fall_within_the_first_five_years_leaves_them_whole() -> None:
    early = ledger(full("2012-01-01", "06-28"), full("2016-12-31", "2017-01-01"))

    assert early.rolling_due_on(on("2014-01-01"), on("2017-06-01")) == on("2018-12-31")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-09-01", 24, "2026-09-01"),
        ("2024-02-29", 24, "2026-03-01"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-08-31", 6, "2025-03-01"),
        ("2024-12-31", 1, "2025-01-31"),
    ],
)
def test_months_end_on_the_last_admissible_day(start: str, months: int, end: str) -> None:
    assert end_of_months(on(start), months) == on(end)


@unhurried
@given(st.dates(date(2020, 1, 1), date(2022, 12, 31)), st.integers(180, 400), st.floats(0, 1))
def test_a_fulfilled_teacher_stays_so_until_the_day_due_and_no_longer(first: date, length: int, share: float) -> None:
    practised = ledger(full(first.isoformat(), (first + length * DAY).isoformat()))
    as_of = first + length * DAY

    due_on = practised.rolling_due_on(date(2010, 1, 1), as_of)

    between = as_of + int((due_on - as_of).days * share) * DAY
    assert practised.rolling_days(between) >= 180
    assert practised.rolling_days(due_on) >= 180 > practised.rolling_days(due_on + DAY)


def test_practice_that_is_not_known_yet_does_not_move_the_day_due() -> None:
    practised = ledger(full("2022-01-01", "06-29"), full("2024-01-01", "06-29"))

    assert practised.rolling_due_on(date(2010, 1, 1), on("2023-01-01")) == on("2026-12-31")


def test_vector_c_two_pieces_are_not_concentrated() -> None:
    apart = ledger(*VECTOR_C)

    assert [segment.days for segment in apart.segments(HIRED, on("2026-08-31"))] == [90, 98]
    assert total(*VECTOR_C) == 188
    assert apart.concentrated_days(HIRED, on("2026-08-31")) == 98
    assert apart.first_window(HIRED).last == on("2026-08-31")


def test_vector_d_a_gap_of_ten_days_does_not_split() -> None:
    together = ledger(*VECTOR_D)

    assert together.segments(HIRED, on("2026-08-31")) == (Segment(on("2025-01-06"), on("2025-07-20"), 186),)
    assert together.concentrated_missing(HIRED, on("2025-07-20")) == 0


@pytest.mark.parametrize(("resumed", "pieces"), [("2025-02-15", [31, 14]), ("2025-02-16", [31, 13])])
def test_fourteen_idle_days_merge_and_fifteen_split(resumed: str, pieces: list[int]) -> None:
    found = ledger(full("2025-01-01", "01-31"), full(resumed, "2025-02-28")).segments(HIRED, on("2026-01-01"))

    merged = [sum(pieces)] if resumed == "2025-02-15" else pieces
    assert [segment.days for segment in found] == merged


def test_periods_are_cut_to_the_first_two_years_before_they_are_merged() -> None:
    around = ledger(full("2024-08-01", "09-10"), full("2026-08-01", "09-30"))

    assert [segment.days for segment in around.segments(HIRED, on("2027-01-01"))] == [10, 31]


def test_part_time_and_visits_build_no_segment() -> None:
    others = ledger(part("2025-01-06", "12-31", *[4] * 200), full("2025-01-06", "12-31", form=Form.VISIT))

    assert others.segments(HIRED, on("2026-08-31")) == ()


@pytest.mark.parametrize(
    ("as_of", "missing"), [("2025-04-05", 90), ("2025-04-19", 90), ("2025-04-20", 180), ("2025-07-07", 179)]
)
def test_what_is_missing_counts_only_the_piece_that_can_still_grow(as_of: str, missing: int) -> None:
    assert ledger(*VECTOR_C).concentrated_missing(HIRED, on(as_of)) == missing
