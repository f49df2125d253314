"""Whom a university may recruit (TCH-12): months in enterprises, the degree, and what relaxes it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.faculty.career import Employment
from services.training.domain.faculty.employment_months import completed_months
from services.training.domain.faculty.recruiting import reasons_of
from shared.rules import Finding, Verdict
from tests.unit.rules.packs import unhurried
from tests.unit.training.faculty.asking import ask

NOTICE = date(2026, 9, 1)
THREE_YEARS = ({"starts_on": "2023-09-01", "ends_on": "2026-08-31"},)


def candidate(**facts: object) -> Finding:
    known = {"employments": THREE_YEARS, "degree": "higher_vocational", "skill_levels": (), **facts}
    return ask("TCH-12", known, on=NOTICE)


def work(first: str, last: str | None = None, hours: int | None = None, *, full_time: bool = True) -> dict[str, object]:
    return {"starts_on": first, "ends_on": last, "weekly_hours": hours, "full_time": full_time}


def test_three_years_and_a_higher_vocational_degree_suffice() -> None:
    assert candidate().verdict is Verdict.PASS
    assert candidate().actual == 36


def test_one_day_less_than_three_years_does_not() -> None:
    finding = candidate(employments=(work("2023-09-01", "2026-08-30"),))

    assert (finding.verdict, finding.case, finding.actual, finding.limit) == (Verdict.FAIL, "months", 35, 36)
    assert finding.refuses


def test_what_overlaps_counts_once_and_what_does_not_touch_is_added() -> None:
    twice = (work("2024-01-01", "2025-06-30"), work("2024-01-01", "2025-12-31"))
    apart = (work("2020-01-01", "2021-06-30"), work("2024-01-01", "2025-06-30"))

    assert candidate(employments=twice).actual == 24
    assert candidate(employments=apart).verdict is Verdict.PASS


def test_part_time_work_counts_its_share_beside_full_time_work_nothing() -> None:
    half = work("2020-01-01", "2025-12-31", 20, full_time=False)

    assert candidate(employments=(half,)).actual == 36
    assert candidate(employments=(half, work("2020-01-01", "2020-12-31"))).actual == 42


def test_work_after_the_notice_does_not_count_and_work_without_an_end_counts_up_to_it() -> None:
    assert candidate(employments=(work("2023-09-02"),)).actual == 36
    assert candidate(employments=(work("2023-09-03"),)).actual == 35
    assert candidate(employments=(work("2023-09-03", "2030-01-01"),)).actual == 35


def test_only_work_in_enterprises_counts() -> None:
    school = {**work("2010-01-01", "2025-12-31"), "enterprise": False}

    assert candidate(employments=(school,)).actual == 0


@pytest.mark.parametrize(
    ("degree", "levels", "verdict"),
    [
        ("secondary_vocational", ["senior"], Verdict.PASS),
        ("secondary_vocational", ["intermediate", "chief"], Verdict.PASS),
        ("secondary_vocational", ["intermediate"], Verdict.FAIL),
        ("secondary_vocational", None, Verdict.UNKNOWN),
        ("senior_secondary", ["chief"], Verdict.FAIL),
        ("senior_secondary", None, Verdict.FAIL),
        (None, ["chief"], Verdict.UNKNOWN),
        ("doctor", None, Verdict.PASS),
    ],
)
def test_a_senior_worker_relaxes_the_degree_down_to_secondary_vocational(
    degree: str | None, levels: list[str] | None, verdict: Verdict
) -> None:
    assert candidate(degree=degree, skill_levels=levels).verdict is verdict


def test_what_is_missing_is_named_with_who_can_give_it() -> None:
    finding = candidate(employments=None, degree=None)

    assert (finding.verdict, reasons_of(finding)) == (Verdict.UNKNOWN, ("employments", "degree"))
    assert {missing.giver for missing in finding.missing} == {"university_hr"}


def test_unstated_hours_of_part_time_work_matter_only_where_they_decide() -> None:
    unstated = work("2020-01-01", "2020-12-31", full_time=False)

    assert candidate(employments=(unstated,)).verdict is Verdict.FAIL
    assert candidate(employments=(unstated, *THREE_YEARS)).verdict is Verdict.PASS
    assert reasons_of(candidate(employments=(unstated, work("2023-09-01", "2025-08-31")))) == ("weekly_hours",)


def test_who_lacks_both_is_told_both() -> None:
    finding = candidate(employments=(), degree="senior_secondary")

    assert reasons_of(finding) == ("months", "degree")


DAYS = st.dates(date(2015, 1, 1), date(2026, 8, 31))


@unhurried
@given(st.lists(st.tuples(DAYS, st.integers(0, 1500)), max_size=6))
def test_the_union_of_full_time_work_has_as_many_months_as_walking_its_days_one_by_one(
    spans: list[tuple[date, int]],
) -> None:
    employments = [Employment(starts_on=day, ends_on=day + timedelta(days=length)) for day, length in spans]
    days = {day + timedelta(days=n) for day, length in spans for n in range(length + 1)}

    counted = completed_months(employments, until=NOTICE, full_time_hours=40, unstated=Fraction(0))

    walked = len([day for day in days if day <= NOTICE])
    assert walked / 31 - 1 <= counted <= walked / 28


@unhurried
@given(DAYS, st.integers(1, 120))
def test_so_many_months_from_any_day_are_so_many_months(day: date, months: int) -> None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    same_day = date(year, month + 1, min(day.day, 28))
    first = day.replace(day=min(day.day, 28))

    employment = Employment(starts_on=first, ends_on=same_day - timedelta(days=1))
    one_less = Employment(starts_on=first, ends_on=max(first, same_day - timedelta(days=2)))

    until = date(2100, 1, 1)
    assert completed_months([employment], until=until, full_time_hours=40, unstated=Fraction(0)) == months
    assert completed_months([one_less], until=until, full_time_hours=40, unstated=Fraction(0)) == months - 1
