"""Which days are worked: what the notices say, what weekdays say, and where nobody knows."""

from datetime import date

import pytest

from shared.kernel.working_days import LawfulCalendar
from shared.rules import DayKind


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 9, 1), DayKind.WORKING),
        (date(2026, 9, 5), DayKind.REST),
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2026, 10, 10), DayKind.WORKING),
        (date(2004, 1, 1), DayKind.HOLIDAY),
        (date(2026, 12, 31), DayKind.WORKING),
    ],
)
def test_a_day_is_what_the_notice_makes_of_it(day: date, kind: DayKind) -> None:
    assert LawfulCalendar().kind_of(day) is kind


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2027, 1, 1)])
def test_of_a_year_without_a_notice_nothing_is_known(day: date) -> None:
    assert LawfulCalendar().kind_of(day) is None


def test_an_imported_notice_makes_its_year_known() -> None:
    calendar = LawfulCalendar({date(2027, 1, 1): DayKind.HOLIDAY, date(2027, 1, 3): DayKind.WORKING})

    days = [calendar.kind_of(date(2027, 1, day)) for day in (1, 2, 3, 4)]

    assert days == [DayKind.HOLIDAY, DayKind.REST, DayKind.WORKING, DayKind.WORKING]
    assert calendar.known_until == date(2027, 12, 31)


def test_what_is_imported_comes_before_what_the_library_says() -> None:
    assert LawfulCalendar({date(2026, 9, 1): DayKind.HOLIDAY}).kind_of(date(2026, 9, 1)) is DayKind.HOLIDAY


def test_known_is_what_lies_before_the_first_gap() -> None:
    assert LawfulCalendar().known_until == date(2026, 12, 31)
    assert LawfulCalendar({date(2028, 1, 1): DayKind.HOLIDAY}).known_until == date(2026, 12, 31)
