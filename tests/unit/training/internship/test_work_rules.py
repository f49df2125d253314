"""INT-10 to 13, 16 to 18 and 24: the place, the work, its hours, and how those behave who arrange it."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.training.domain.internship.rules.facts import (
    ConductFacts,
    EvidenceFacts,
    LoggedDayFacts,
    ScheduleFacts,
    StrainFacts,
    StudiesFacts,
    TasksFacts,
    VenueFacts,
    WeekLogFacts,
)
from services.training.domain.internship.rules.schedule import at_night
from shared.rules import DayKind, Severity, Verdict
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.internship.cases import BEFORE, FIRST, LAST, Calendar, ask, missing, period, schedule, sound

MONDAY = date(2026, 4, 13)
SATURDAY = MONDAY + timedelta(days=5)
HOLIDAY = date(2026, 5, 1)
NOTICE = Calendar({HOLIDAY: DayKind.HOLIDAY, date(2026, 5, 9): DayKind.WORKING})


def strain(**changes: Any) -> StrainFacts:
    return sound().strain.model_copy(update=changes)


def log(*days: LoggedDayFacts) -> tuple[WeekLogFacts, ...]:
    return tuple(WeekLogFacts(week_of=day.on, days=(day,)) for day in days)


def worked(on: date, minutes: int = 480, starts: time | None = None, ends: time | None = None) -> LoggedDayFacts:
    return LoggedDayFacts(on=on, minutes=minutes, starts_at=starts, ends_at=ends)


@pytest.mark.parametrize("kind", ["bar", "night_club", "karaoke", "bath_house", "video_game_hall", "internet_cafe"])
def test_some_places_are_barred(kind: str) -> None:
    assert ask("INT-10", venue=VenueFacts(venue_kind=kind)).refuses


def test_a_place_of_which_nothing_is_known_is_asked_for() -> None:
    assert missing(ask("INT-10", venue=VenueFacts())) == ["venue_kind"]


@pytest.mark.parametrize(
    ("changes", "case"),
    [
        ({"labour_grade": 2}, ""),
        ({"labour_grade": 3}, "labour_grade"),
        ({"labour_grade": 4, "hazards": None}, "labour_grade"),
        ({"hazards": ("other_harmful",), "labour_grade": None}, "harmful"),
        ({"hazards": ("toxic",)}, ""),
        ({"labour_grade": None}, "unknown"),
    ],
)
def test_work_is_not_too_hard(changes: dict[str, Any], case: str) -> None:
    assert ask("INT-12", strain=strain(**changes)).case == case


@pytest.mark.parametrize(
    ("plan", "case"),
    [
        (schedule((6, 14)), ""),
        (schedule((14, 22)), ""),
        (schedule((15, 23)), "night"),
        (schedule((22, 6)), "night"),
        (schedule((5, 13)), "night"),
        (schedule((9, 17), (17, 1)), "night"),
        (schedule((9, 9)), "night"),
        (schedule((9, 17), weekdays=(1, 2, 3, 4, 5, 6)), ""),
        (schedule((9, 17), weekdays=(1, 2, 3, 4, 5, 6, 7)), "no_rest"),
        (schedule((22, 6), weekdays=(1, 2, 3, 4, 5, 6, 7)), "several"),
        (None, "unknown"),
    ],
)
def test_the_plan_leaves_nights_and_days_of_rest(plan: ScheduleFacts | None, case: str) -> None:
    finding = ask("INT-13", schedule=plan)

    assert (finding.case, finding.severity) == (case, Severity.BLOCK_IN_PRINCIPLE)


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 1439), st.integers(0, 1439))
def test_hours_are_at_night_if_one_of_their_minutes_is(start: int, end: int) -> None:
    length = (end - start) % 1440 or 1440
    minutes = [(start + passed) % 1440 for passed in range(length)]

    night = at_night(time(*divmod(start, 60)), time(*divmod(end, 60)), shipped_rule("training", "INT-13"))

    assert night == any(minute >= 22 * 60 or minute < 6 * 60 for minute in minutes)


@pytest.mark.parametrize("hazard", ["high_altitude", "underground", "radioactive", "toxic", "flammable_explosive"])
def test_work_of_high_risk_is_barred(hazard: str) -> None:
    finding = ask("INT-13", strain=strain(hazards=(hazard,)))

    assert (finding.case, finding.actual) == ("high_risk", hazard)


@pytest.mark.parametrize(
    ("issued_on", "valid_to", "verdict"),
    [
        (FIRST, LAST, "pass"),
        (BEFORE, None, "pass"),
        (FIRST + timedelta(days=1), None, "fail"),
        (BEFORE, LAST - timedelta(days=1), "fail"),
    ],
)
def test_what_was_filed_before_the_start_is_an_exception(issued_on: date, valid_to: date | None, verdict: str) -> None:
    filing = EvidenceFacts(number="F-7", issuer="bureau", issued_on=issued_on, valid_to=valid_to)

    assert ask("INT-13", schedule=schedule((22, 6)), filing=filing).verdict == verdict


@pytest.mark.parametrize(
    ("day", "case"),
    [
        (worked(MONDAY), ""),
        (worked(MONDAY, 481), "overtime"),
        (worked(SATURDAY), "rest_day"),
        (worked(SATURDAY, 0), ""),
        (worked(HOLIDAY), "holiday"),
        (worked(date(2026, 5, 9)), ""),
        (worked(MONDAY, 60, time(21, 30), time(22, 30)), "night"),
        (worked(MONDAY, 480, time(9), time(17)), ""),
        (worked(SATURDAY, 500), "several"),
    ],
)
def test_logged_hours_keep_to_the_plan(day: LoggedDayFacts, case: str) -> None:
    assert ask("INT-13", NOTICE, logs=log(day)).case == case


def test_a_weekday_off_in_the_schedule_is_a_day_of_rest() -> None:
    at_weekends = schedule((9, 17), weekdays=(3, 4, 5, 6, 7))

    found = {day: ask("INT-13", schedule=at_weekends, logs=log(worked(day))).case for day in (MONDAY, SATURDAY)}

    assert found == {MONDAY: "rest_day", SATURDAY: ""}


@settings(deadline=None, max_examples=100)
@given(st.sets(st.integers(0, 40), max_size=8), st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)))
def test_days_worked_against_the_calendar_are_found_day_by_day(
    logged: set[int], holidays: set[int], made_up: set[int]
) -> None:
    day = {number: MONDAY + timedelta(days=number) for number in range(41)}
    weekend = {number for number in day if day[number].isoweekday() > 5}
    notice = {day[n]: DayKind.WORKING for n in made_up & weekend} | {day[n]: DayKind.HOLIDAY for n in holidays}
    wrong = {n for n in logged if n in holidays or (n in weekend and n not in made_up)}

    finding = ask("INT-13", Calendar(notice), logs=log(*(worked(day[number]) for number in sorted(logged))))

    assert (finding.verdict is Verdict.FAIL) == bool(wrong)


def test_days_beyond_the_known_calendar_are_warned_of_once() -> None:
    ends = Calendar(known_until=LAST - timedelta(days=1))

    finding = ask("INT-13", ends)

    assert (missing(finding), finding.severity, finding.refuses) == (["calendar"], Severity.WARN, False)
    assert ask("INT-24", ends).verdict is Verdict.PASS
    assert ask("INT-13", ends, logs=log(worked(MONDAY))).verdict is Verdict.PASS


def test_a_weekend_worked_beyond_the_known_calendar_may_be_a_make_up_day() -> None:
    ends = Calendar(known_until=SATURDAY - timedelta(days=1))

    assert missing(ask("INT-13", ends, logs=log(worked(SATURDAY)))) == ["calendar"]
    assert ask("INT-13", ends, logs=log(worked(SATURDAY, 500))).case == "overtime"


@pytest.mark.parametrize(
    ("plan", "case", "actual"),
    [
        (schedule((9, 17)), "", None),
        (schedule((9, 18)), "day", "9:00"),
        (schedule((9, 17), weekdays=(1, 2, 3, 4, 5, 6), weekly=2880), "week", "48:00"),
        (schedule((8, 14), (14, 20), weekly=3600), "day", "12:00"),
        (schedule((6, 14), (14, 22)), "", None),
        (None, "unknown", None),
    ],
)
def test_eight_hours_a_day_and_forty_a_week(plan: ScheduleFacts | None, case: str, actual: str | None) -> None:
    finding = ask("INT-24", schedule=plan)

    assert (finding.case, finding.actual) == (case, actual)


def test_logged_hours_are_summed_by_day_and_by_week() -> None:
    week = [worked(MONDAY + timedelta(days=place), 480) for place in range(5)]

    assert ask("INT-24", logs=log(*week)).verdict == "pass"
    assert ask("INT-24", logs=log(*week, worked(SATURDAY, 1))).actual == "40:01"
    assert ask("INT-24", logs=log(*week, worked(MONDAY, 30))).actual == "8:30"


@pytest.mark.parametrize(
    ("rule", "change", "case"),
    [
        ("INT-11", {"intermediary": True}, "intermediary"),
        ("INT-11", {"intermediary": None}, "unknown"),
        ("INT-16", {"fees": ("deposit", "lodging")}, "fees"),
        ("INT-16", {"fees": ("lodging",)}, ""),
        ("INT-16", {"holds_documents": True, "fees": None}, "documents"),
        ("INT-16", {"asks_guarantee": True}, "guarantee"),
        ("INT-18", {"forced_on_school": True, "for_profit": None}, "forced"),
        ("INT-18", {"for_profit": True}, "profit"),
        ("INT-18", {"for_profit": None}, "unknown"),
    ],
)
def test_nobody_profits_from_interns(rule: str, change: dict[str, Any], case: str) -> None:
    assert ask(rule, conduct=sound().conduct.model_copy(update=change)).case == case


def test_what_is_not_known_of_fees_is_asked_for_at_once() -> None:
    assert missing(ask("INT-16", conduct=ConductFacts())) == ["fees", "documents", "guarantee"]


@pytest.mark.parametrize(
    ("category", "tasks", "case", "severity"),
    [
        ("46", {}, "", "block"),
        ("52", {}, "other_category", "block"),
        (None, {"typical_tasks": ()}, "unknown", "block"),
        ("46", {"only_repetitive": True}, "repetitive", "block"),
        ("46", {"only_repetitive": None}, "unknown", "block"),
        ("46", {"typical_tasks": ()}, "typical_tasks", "warn"),
        ("46", {"typical_tasks": None}, "unknown", "warn"),
        ("46", {"programme_categories": ()}, "other_category", "block"),
        ("46", {"programme_categories": None}, "unknown", "block"),
    ],
)
def test_the_work_belongs_to_the_programme(
    category: str | None, tasks: dict[str, Any], case: str, severity: str
) -> None:
    facts: TasksFacts = sound().tasks.model_copy(update=tasks)

    finding = ask("INT-17", studies=StudiesFacts(programme_category=category), tasks=facts)

    assert (finding.case, finding.severity) == (case, severity)


def test_an_internship_without_days_is_still_judged_by_its_plan() -> None:
    assert ask("INT-13", period=period()).verdict == "pass"


def test_everything_that_is_taken_from_students_is_told_at_once() -> None:
    conduct = ConductFacts(fees=("deposit", "training"), holds_documents=True, asks_guarantee=True)

    finding = ask("INT-16", conduct=conduct)

    assert (finding.case, finding.actual) == ("fees", "deposit, training")
    assert finding.message.zh == "向学生收取以下费用：押金、培训费。扣押学生身份证件或其他证件。要求学生提供担保。"


def test_work_that_is_of_another_category_and_repetitive_is_told_as_both() -> None:
    tasks = TasksFacts(programme_categories=("46",), typical_tasks=(), only_repetitive=True)

    finding = ask("INT-17", studies=StudiesFacts(programme_category="53"), tasks=tasks)

    assert (finding.case, finding.severity) == ("other_category", Severity.BLOCK)
    assert finding.message.zh == "学生专业大类为 53，岗位适用 46。岗位仅为简单重复劳动。岗位未列明典型工作任务。"
