"""How a teacher's two obligations stand on a day: the new-teacher clock of the design, and falling back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.faculty.obligations import (
    ObligationStatus,
    Standing,
    five_year_standing,
    new_teacher_standing,
    practice_suffices,
)
from services.training.domain.faculty.practice_period import PracticePeriod
from shared.rules import Verdict
from tests.unit.rules.packs import unhurried
from tests.unit.training.faculty.practice import DAY, HIRED, RULES, VECTOR_A, VECTOR_B, VECTOR_C, VECTOR_D, full, ledger

NOT_STARTED, ON_TRACK, AT_RISK, OVERDUE, FULFILLED = ObligationStatus


def new_teacher(periods: tuple[PracticePeriod, ...], day: str) -> Standing:
    return new_teacher_standing(ledger(*periods), hired_on=HIRED, on=date.fromisoformat(day))


def five_year(periods: tuple[PracticePeriod, ...], day: str, *, hired_on: str = "2010-01-01") -> Standing:
    return five_year_standing(ledger(*periods), hired_on=date.fromisoformat(hired_on), on=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "status", "done", "missing"),
    [
        ("2024-09-01", NOT_STARTED, 0, 180),
        ("2025-01-06", ON_TRACK, 1, 179),
        ("2025-04-05", ON_TRACK, 90, 90),
        ("2025-04-20", ON_TRACK, 90, 180),
        ("2025-10-12", ON_TRACK, 98, 82),
        ("2025-12-05", ON_TRACK, 98, 180),
        ("2025-12-06", AT_RISK, 98, 180),
        ("2026-08-31", AT_RISK, 98, 180),
        ("2026-09-01", OVERDUE, 98, 180),
    ],
)
def test_vector_c_a_new_teacher_in_two_pieces_runs_out_of_time(
    day: str, status: ObligationStatus, done: int, missing: int
) -> None:
    standing = new_teacher(VECTOR_C, day)

    assert (standing.status, standing.done_days, standing.missing_days) == (status, done, missing)
    assert (standing.required_days, standing.due_on) == (180, date(2026, 8, 31))


def test_vector_d_a_new_teacher_in_one_piece_fulfils() -> None:
    found = [new_teacher(VECTOR_D, day) for day in ("2025-07-13", "2025-07-14", "2025-07-20", "2027-01-01")]

    assert [standing.status for standing in found] == [ON_TRACK, FULFILLED, FULFILLED, FULFILLED]
    assert [standing.done_days for standing in found] == [179, 180, 186, 186]


def test_a_block_that_must_start_today_is_ninety_days_too_late_for_a_warning() -> None:
    standing = new_teacher((), "2026-03-05")

    assert (standing.due_on - standing.on).days + 1 == standing.missing_days == 180
    assert new_teacher((), "2025-12-05").status is NOT_STARTED
    assert new_teacher((), "2025-12-06").status is AT_RISK


def test_practice_on_the_last_admissible_day_still_fulfils() -> None:
    assert new_teacher((full("2026-03-05", "08-31"),), "2026-08-31").status is FULFILLED
    assert new_teacher((full("2026-03-06", "09-01"),), "2026-09-01").status is OVERDUE


@pytest.mark.parametrize(
    ("day", "status", "done", "due_on"),
    [
        ("2022-06-28", OVERDUE, 179, "2014-12-31"),
        ("2022-06-29", FULFILLED, 180, "2026-12-31"),
        ("2022-07-15", FULFILLED, 196, "2027-01-16"),
        ("2027-01-16", FULFILLED, 180, "2027-01-16"),
        ("2027-01-17", OVERDUE, 179, "2027-01-16"),
    ],
)
def test_vector_b_a_fulfilled_teacher_falls_back_when_old_days_roll_out(
    day: str, status: ObligationStatus, done: int, due_on: str
) -> None:
    standing = five_year(VECTOR_B, day)

    assert (standing.status, standing.done_days, standing.missing_days) == (status, done, max(0, 180 - done))
    assert standing.due_on == date.fromisoformat(due_on)


def test_vector_a_a_hundred_and_seventy_eight_days_do_not_fulfil() -> None:
    standing = five_year(VECTOR_A, "2026-07-04", hired_on="2023-01-01")

    assert (standing.status, standing.done_days, standing.missing_days) == (ON_TRACK, 178, 2)
    assert standing.due_on == date(2027, 12, 31)


def test_the_five_year_obligation_warns_before_what_is_missing_no_longer_fits() -> None:
    found = [five_year((), day, hired_on="2024-09-01").status for day in ("2028-12-05", "2028-12-06", "2029-09-01")]

    assert found == [NOT_STARTED, AT_RISK, OVERDUE]


def test_the_teacher_of_the_demonstration_fulfils_both() -> None:
    today = date(2026, 3, 1)
    practice = full((today - 180 * DAY).isoformat(), (today - DAY).isoformat())
    hired_on = today - 300 * DAY

    both = (
        five_year_standing(ledger(practice), hired_on=hired_on, on=today),
        new_teacher_standing(ledger(practice), hired_on=hired_on, on=today),
    )

    assert [standing.status for standing in both] == [FULFILLED, FULFILLED]
    assert [standing.done_days for standing in both] == [180, 180]


def test_a_standing_is_a_finding_that_refuses_nothing() -> None:
    enough = practice_suffices(new_teacher(VECTOR_D, "2025-08-01"), RULES.concentrated)
    short = practice_suffices(new_teacher(VECTOR_C, "2026-09-01"), RULES.concentrated)

    assert (enough.verdict, enough.actual, enough.limit) == (Verdict.PASS, 186, 180)
    assert (short.verdict, short.actual, short.limit, short.refuses) == (Verdict.FAIL, 98, 180, False)


@unhurried
@given(st.integers(0, 800), st.integers(1, 200))
def test_without_new_practice_a_new_teacher_only_comes_closer_to_the_deadline(day: int, later: int) -> None:
    pressing = [NOT_STARTED, ON_TRACK, AT_RISK, OVERDUE]
    found = [
        new_teacher_standing(ledger(), hired_on=HIRED, on=HIRED + timedelta(days=when)).status
        for when in (day, day + later)
    ]

    assert pressing.index(found[0]) <= pressing.index(found[1])
