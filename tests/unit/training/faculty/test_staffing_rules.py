"""First practice before teaching, the share of part-time teachers, skill levels, technicians and teachers counted."""

import pytest
from pydantic import ValidationError

from services.training.domain.faculty.skill_level import SkillLevel
from shared.rules import Finding, Verdict
from tests.unit.training.faculty.asking import ask


def teaching(**facts: object) -> Finding:
    known = {
        "new_professional_teacher": True, "hired_on": "2026-03-01", "employments": (), "practised": (),
        "teaching_starts_on": "2026-09-01", **facts,
    }  # fmt: skip
    return ask("TCH-03", known)


def test_a_new_teacher_without_a_history_who_teaches_first_is_a_warning() -> None:
    finding = teaching()

    assert (finding.verdict, finding.case, finding.refuses) == (Verdict.FAIL, "teaches_first", False)


def test_practice_before_the_first_day_of_teaching_suffices_and_on_that_day_does_not() -> None:
    assert teaching(practised=[{"starts_on": "2026-08-31", "ends_on": "2026-12-31"}]).verdict is Verdict.PASS
    assert teaching(practised=[{"starts_on": "2026-09-01", "ends_on": "2026-12-31"}]).verdict is Verdict.FAIL


def test_whoever_worked_in_an_enterprise_or_is_not_new_is_free() -> None:
    enterprise = {"starts_on": "2020-01-01", "ends_on": "2026-02-28"}

    assert teaching(employments=[enterprise]).verdict is Verdict.PASS
    assert teaching(employments=[{**enterprise, "enterprise": False}]).verdict is Verdict.FAIL
    assert teaching(employments=[{"starts_on": "2026-03-01"}]).verdict is Verdict.FAIL
    assert teaching(new_professional_teacher=False, employments=None).verdict is Verdict.PASS


def test_an_unknown_history_leaves_it_unknown() -> None:
    finding = teaching(employments=None)

    assert finding.verdict is Verdict.UNKNOWN
    assert finding.missing[0].giver == "university_hr"


@pytest.mark.parametrize(
    ("full_time", "part_time", "verdict", "share"),
    [
        (700, 300, Verdict.PASS, 3000),
        (6999, 3000, Verdict.FAIL, 3001),
        (0, 0, Verdict.UNKNOWN, None),
        (None, 3, Verdict.UNKNOWN, None),
        (0, 1, Verdict.FAIL, 10_000),
        (5, 0, Verdict.PASS, 0),
    ],
)
def test_part_time_teachers_are_at_most_thirty_per_cent(
    full_time: int | None, part_time: int, verdict: Verdict, share: int | None
) -> None:
    finding = ask("TCH-13", {"full_time": full_time, "part_time": part_time})

    assert (finding.verdict, finding.actual, finding.refuses) == (verdict, share, False)


def test_the_eight_grades_have_an_order() -> None:
    levels = list(SkillLevel)

    reached = [
        [ask("TCH-15", {"level": level, "least": least}).verdict is Verdict.PASS for least in levels]
        for level in levels
    ]

    assert reached == [[least <= level for least in range(8)] for level in range(8)]
    assert ask("TCH-15", {"least": "senior"}).verdict is Verdict.UNKNOWN


def taught(technician: str, *days: tuple[str, int], status: str = "active") -> dict[str, object]:
    return {"technician": technician, "status": status, "days": [{"on": on, "minutes": m * 60} for on, m in days]}


def practised(teacher: str, first: str, last: str, *days: tuple[str, int], minutes: int = 480) -> dict[str, object]:
    return {
        "teacher": teacher, "form": "post_work", "starts_on": first, "ends_on": last, "weekdays": [1, 2, 3, 4, 5],
        "minutes_a_day": minutes, "logs": [{"on": on, "minutes": hours * 60} for on, hours in days],
    }  # fmt: skip


def count(year: int, *things: dict[str, object]) -> str:
    facts = {
        "year": year,
        "engagements": [thing for thing in things if "technician" in thing],
        "practices": [thing for thing in things if "teacher" in thing],
    }
    return str(ask("TCH-14", facts).actual)


def test_a_technician_counts_from_sixteen_hours_done_within_one_engagement_and_year() -> None:
    assert count(2026, taught("tec_1", ("2026-03-01", 8), ("2026-03-02", 8))) == "1 + 0"
    assert count(2026, taught("tec_1", ("2026-03-01", 8), ("2026-03-02", 7))) == "0 + 0"
    assert count(2026, taught("tec_1", ("2025-12-31", 8), ("2026-01-01", 8))) == "0 + 0"
    assert count(2026, taught("tec_1", ("2026-03-01", 8)), taught("tec_1", ("2026-03-02", 8))) == "0 + 0"


def test_a_person_counts_once_and_only_active_or_completed_engagements_do() -> None:
    days = (("2026-03-01", 8), ("2026-03-02", 8))

    assert count(2026, taught("tec_1", *days), taught("tec_1", *days, status="completed")) == "1 + 0"
    assert count(2026, taught("tec_1", *days), taught("tec_2", *days)) == "2 + 0"
    assert count(2026, taught("tec_1", *days, status="ended_early")) == "0 + 0"


def test_a_teacher_counts_from_twenty_eight_days_of_one_practice_in_the_year() -> None:
    assert count(2026, practised("tch_1", "2026-03-02", "2026-03-29")) == "0 + 1"
    assert count(2026, practised("tch_1", "2026-03-02", "2026-03-28")) == "0 + 0"
    assert count(2026, practised("tch_1", "2025-12-20", "2026-01-27")) == "0 + 0"
    on_leave = {"away": [{"first": "2026-03-10", "last": "2026-03-10"}]}
    assert count(2026, {**practised("tch_1", "2026-03-02", "2026-03-29"), **on_leave}) == "0 + 0"
    split = practised("tch_1", "2026-03-02", "2026-03-15"), practised("tch_1", "2026-06-01", "2026-06-14")
    assert count(2026, *split) == "0 + 0"


def test_part_time_practice_counts_by_its_days_of_work() -> None:
    days = [(f"2026-{month:02}-{day:02}", 8) for month in (3, 4) for day in range(1, 11)]

    assert count(2026, practised("tch_1", "2026-03-01", "2026-06-30", *days, minutes=240)) == "0 + 1"
    assert count(2026, practised("tch_1", "2026-03-01", "2026-06-30", *days[1:], minutes=240)) == "0 + 0"


def test_the_year_reaches_its_target_with_a_hundred_on_both_sides() -> None:
    technicians = [taught(f"tec_{n}", ("2026-03-01", 16)) for n in range(100)]
    teachers = [practised(f"tch_{n}", "2026-03-01", "2026-04-30") for n in range(100)]
    year = {"year": 2026, "engagements": technicians, "practices": teachers}

    assert ask("TCH-14", year).verdict is Verdict.PASS
    missed = [
        ask("TCH-14", {**year, "engagements": technicians[1:]}).case,
        ask("TCH-14", {**year, "practices": teachers[1:]}).case,
        ask("TCH-14", {"year": 2026}).case,
    ]
    assert missed == ["technicians", "teachers", "technicians_and_teachers"]


def test_practice_whose_days_lie_outside_it_is_no_fact() -> None:
    with pytest.raises(ValidationError, match="Every log lies on a day"):
        count(2026, practised("tch_1", "2026-03-01", "2026-03-31", ("2026-04-01", 8)))
