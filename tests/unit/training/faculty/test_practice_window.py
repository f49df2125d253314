"""TCH-06: how statutory leave moves the windows in which practice is counted."""

from services.training.domain.faculty.practice_window import LeaveKind, leave_days, nobody_practises_on_leave
from tests.unit.training.faculty.practice import HIRED, RULES, VECTOR_A, away, full, ledger, on

TCH_06 = RULES.leave


def test_short_sick_leave_moves_nothing() -> None:
    leaves = [
        away("2025-01-01", "2025-01-29", LeaveKind.SICK),
        away("2025-03-01", "2025-03-30", LeaveKind.SICK),
        away("2025-03-30", "2025-04-01"),
        away("2025-05-01", "2025-05-01", LeaveKind.OTHER_STATUTORY),
    ]

    assert len(leave_days(leaves, TCH_06)) == 30 + 2 + 1


def test_sick_leave_that_goes_on_in_another_record_is_leave_in_a_row() -> None:
    first, second = away("2025-01-01", "2025-01-20", LeaveKind.SICK), away("2025-01-21", "2025-01-30", LeaveKind.SICK)
    later = away("2025-01-22", "2025-01-31", LeaveKind.SICK)

    assert len(leave_days([first, second], TCH_06)) == 30
    assert len(leave_days([first, later], TCH_06)) == 0


def test_leave_lets_the_rolling_window_reach_further_back() -> None:
    leave = away("2024-01-01", "2024-01-10")

    assert ledger(*VECTOR_A, leaves=(leave,)).rolling_days(on("2026-07-14")) == 178
    assert ledger(*VECTOR_A, leaves=(leave,)).rolling_days(on("2026-07-15")) == 177


def test_leave_inside_the_extension_moves_nothing_more() -> None:
    inside = away("2026-08-01", "2026-08-10")
    beyond = away("2026-09-01", "2026-09-10")

    assert ledger(leaves=(inside, beyond)).first_window(HIRED).last == on("2026-09-10")


def test_leave_inside_a_segment_is_skipped() -> None:
    leave = away("2025-02-01", "2025-06-30")
    around = (full("2025-01-01", "01-25"), full("2025-07-05", "07-31"))

    assert [segment.days for segment in ledger(*around, leaves=(leave,)).segments(HIRED, on("2026-01-01"))] == [52]
    assert [segment.days for segment in ledger(*around).segments(HIRED, on("2026-01-01"))] == [25, 27]


def test_a_day_of_leave_is_no_day_of_practice() -> None:
    leave = away("2025-01-10", "2025-01-19")

    assert ledger(full("2025-01-01", "01-31"), leaves=(leave,)).concentrated_days(HIRED, on("2026-01-01")) == 21


def test_practice_on_a_day_of_leave_is_refused() -> None:
    leaves = [away("2025-01-02", "2025-01-03", LeaveKind.SICK)]

    clash = nobody_practises_on_leave([on("2025-01-01"), on("2025-01-03")], leaves, TCH_06)

    assert (clash.refuses, clash.actual) == (True, "2025-01-03")
    assert not nobody_practises_on_leave([on("2025-01-01")], leaves, TCH_06).refuses
