"""INT-21 and INT-22: how an internship is followed and graded."""

from datetime import date, timedelta
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.training.domain.internship.rules.facts import AssessmentFacts, WeekLogFacts
from services.training.domain.internship.rules.logbook import logs_required
from shared.rules import Severity
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.internship.cases import FIRST, ask, missing, period

INT_22 = shipped_rule("training", "INT-22")


def weekly(count: int, *, reviewed: bool = True, since: date = FIRST) -> tuple[WeekLogFacts, ...]:
    days = (since + timedelta(weeks=number) for number in range(count))
    return tuple(WeekLogFacts(week_of=day, reviewed_on=day if reviewed else None) for day in days)


@pytest.mark.parametrize(
    ("assessment", "case"),
    [
        (AssessmentFacts(grade="excellent", copied_from=()), ""),
        (AssessmentFacts(grade="fail", copied_from=()), ""),
        (AssessmentFacts(grade="a", copied_from=()), "grade"),
        (AssessmentFacts(grade="good", copied_from=("attendance",)), "copied"),
        (AssessmentFacts(), "unknown"),
    ],
)
def test_the_school_grades_by_its_own_measure(assessment: AssessmentFacts, case: str) -> None:
    finding = ask("INT-21", assessment=assessment)

    assert (finding.case, finding.severity) == (case, Severity.WARN)


@pytest.mark.parametrize(("days", "required"), [(1, 1), (15, 1), (16, 2), (90, 6), (179, 12), (180, 12), (365, 12)])
def test_shorter_internships_ask_for_fewer_logs(days: int, required: int) -> None:
    assert logs_required(period((FIRST, FIRST + timedelta(days=days - 1))), INT_22) == required


@pytest.mark.parametrize(("logs", "case"), [(weekly(12), ""), (weekly(11), "too_few"), (weekly(20), "")])
def test_a_full_internship_has_twelve_logs(logs: tuple[WeekLogFacts, ...], case: str) -> None:
    assert ask("INT-22", logs=logs).case == case


def test_a_week_counts_once_and_only_inside_the_internship() -> None:
    twice = (*weekly(11), WeekLogFacts(week_of=FIRST + timedelta(days=3), reviewed_on=FIRST))
    before = (*weekly(11), *weekly(1, since=FIRST - timedelta(days=1)))

    assert [ask("INT-22", logs=logs).case for logs in (twice, before)] == ["too_few", "too_few"]


def test_each_log_is_looked_at() -> None:
    finding = ask("INT-22", logs=(*weekly(12), *weekly(1, reviewed=False, since=FIRST + timedelta(weeks=12))))

    assert (finding.case, finding.actual, finding.refuses) == ("unreviewed", 1, False)
    assert missing(ask("INT-22", period=period())) == ["segments"]


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(st.integers(0, 150), st.integers(0, 60)), min_size=1, max_size=3),
    st.lists(st.integers(-20, 230), max_size=25),
)
def test_logs_are_counted_as_walking_day_by_day_does(spans: list[tuple[int, int]], written: list[int]) -> None:
    days = {FIRST + timedelta(days=start + more) for start, length in spans for more in range(length + 1)}
    weeks = {day.isocalendar()[:2] for day in days}
    logged = {(FIRST + timedelta(days=number)).isocalendar()[:2] for number in written} & weeks
    segments = [(FIRST + timedelta(days=start), FIRST + timedelta(days=start + length)) for start, length in spans]

    logs = tuple(WeekLogFacts(week_of=FIRST + timedelta(days=number), reviewed_on=FIRST) for number in written)
    finding = ask("INT-22", period=period(*segments), logs=logs)

    assert (finding.actual, finding.limit) == (len(logged), min(12, ceil(len(days) * 12 / 180)))
