"""The share of dual-qualified teachers (TCH-07), and a month of practice in every year (TCH-05)."""

from datetime import date

import pytest

from services.training.domain.faculty.practice_facts import DaysFact
from services.training.domain.faculty.recognition_rules.facts import (
    Dimension,
    Level,
)
from services.training.domain.faculty.recognition_rules.ratio import (
    RatioFacts,
    RecognisedFrom,
    Share,
    TeacherFact,
    enough_are_recognised,
    marks_bp,
)
from services.training.domain.faculty.recognition_rules.standard import StandardFacts, what_is_shown
from services.training.domain.faculty.recognition_rules.yearly import YearFacts, a_month_is_practised
from services.training.domain.teacher import TeacherKind
from shared.rules import Severity, Verdict
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.faculty.dossier import period
from tests.unit.training.faculty.recognising import DAY, OPENED, asked


def teachers(recognised: int, others: int) -> tuple[TeacherFact, ...]:
    valid = RecognisedFrom(starts_on=OPENED, ends_on=OPENED)
    kind = TeacherKind.PROFESSIONAL_COURSE
    return (*[TeacherFact(kind=kind, recognitions=(valid, valid))] * recognised, *[TeacherFact(kind=kind)] * others)


@pytest.mark.parametrize(
    ("recognised", "others", "verdict", "actual"),
    [(9, 1, "pass", 9000), (899, 101, "fail", 8990), (8999, 1001, "fail", 8999), (0, 1, "fail", 0),
     (1, 0, "pass", 10_000)],
)  # fmt: skip
def test_nine_in_ten_are_recognised(recognised: int, others: int, verdict: str, actual: int) -> None:
    finding = enough_are_recognised(RatioFacts(teachers=teachers(recognised, others)), asked())

    assert (finding.verdict, finding.actual, finding.severity) == (verdict, actual, Severity.WARN)


def test_without_professional_teachers_nothing_can_be_said() -> None:
    valid = RecognisedFrom(starts_on=OPENED, ends_on=OPENED)
    others = (
        TeacherFact(kind=TeacherKind.PUBLIC_BASIC, recognitions=(valid,)),
        TeacherFact(kind=TeacherKind.PROFESSIONAL_COURSE, full_time=False, recognitions=(valid,)),
    )

    assert enough_are_recognised(RatioFacts(teachers=others), asked()).verdict is Verdict.UNKNOWN
    assert marks_bp(Share(0, 0), shipped_rule("training", "TCH-07")) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "revoked_on", "counts"),
    [
        (OPENED, OPENED, None, True),
        (OPENED + DAY, OPENED + DAY, None, False),
        (OPENED - DAY, OPENED - DAY, None, False),
        (OPENED, OPENED, OPENED, False),
        (OPENED, OPENED, OPENED + DAY, True),
    ],
)
def test_a_recognition_counts_while_it_is_in_force(
    starts_on: date, ends_on: date, revoked_on: date | None, counts: bool
) -> None:
    recognition = RecognisedFrom(starts_on=starts_on, ends_on=ends_on, revoked_on=revoked_on)
    facts = RatioFacts(teachers=(TeacherFact(kind=TeacherKind.INTERNSHIP_INSTRUCTOR, recognitions=(recognition,)),))

    assert (enough_are_recognised(facts, asked()).verdict is Verdict.PASS) == counts


@pytest.mark.parametrize(
    ("part", "marks"), [(100, 10_000), (60, 10_000), (59, 9666), (45, 5000), (30, 0), (29, 0), (0, 0)]
)
def test_the_rating_gives_all_marks_from_60_and_none_up_to_30_per_cent(part: int, marks: int) -> None:
    assert marks_bp(Share(part, 100), shipped_rule("training", "TCH-07")) == marks


@pytest.mark.parametrize(
    ("first", "length", "verdict", "days"),
    [(date(2026, 3, 1), 30, "pass", 30), (date(2026, 3, 1), 29, "fail", 29), (date(2025, 12, 17), 30, "fail", 15)],
)
def test_a_month_of_the_year_is_told(first: date, length: int, verdict: str, days: int) -> None:
    finding = a_month_is_practised(YearFacts(year=2026, practices=(period(first, length),)), asked())

    assert (finding.verdict, finding.actual, finding.refuses) == (verdict, days, False)


def test_a_day_of_leave_is_no_day_of_the_month_and_none_of_the_standard_s_practice() -> None:
    practised, away = (period(date(2026, 3, 1), 31),), (DaysFact(first=date(2026, 3, 9), last=date(2026, 3, 15)),)

    month = a_month_is_practised(YearFacts(year=2026, practices=practised, away=away), asked())
    shown = what_is_shown(StandardFacts(level=Level.INTERMEDIATE, practices=practised, away=away), asked())

    assert (month.verdict, month.actual) == ("fail", 24)
    assert next(each.actual for each in shown if each.dimension is Dimension.ENTERPRISE_EXPERIENCE) == 24
