"""INT-01, 02, 06 to 09 and 25: who does an internship, in which form and for how long."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.training.domain.internship.rules.duration import days_of
from services.training.domain.internship.rules.facts import (
    ConsentFacts,
    ConsentsFacts,
    EvidenceFacts,
    StrainFacts,
    StudentFacts,
    StudiesFacts,
    VenueFacts,
)
from services.training.domain.internship.rules.person import years_old
from shared.rules import Severity, Verdict
from tests.unit.training.internship.cases import BEFORE, FIRST, LAST, ask, missing, period

YES, NO = ConsentFacts(given=True, given_on=BEFORE), ConsentFacts(given=False, given_on=BEFORE)
LATE = ConsentFacts(given=True, given_on=FIRST + timedelta(days=1))
ADULT = StudentFacts(birth_date=date(2008, 3, 2), sex="male")
MINOR = StudentFacts(birth_date=date(2008, 3, 3), sex="male")
ABROAD = VenueFacts(venue_kind="production", country="TH")


def paper(issued_on: date = BEFORE, valid_to: date | None = None) -> EvidenceFacts:
    return EvidenceFacts(number="E-1", issuer="bureau", issued_on=issued_on, valid_to=valid_to)


@pytest.mark.parametrize(
    ("kind", "verdict"), [("cognition", "pass"), ("post", "pass"), ("x", "fail"), (None, "unknown")]
)
def test_there_are_two_forms_of_internship(kind: str | None, verdict: str) -> None:
    assert ask("INT-01", kind=kind).verdict == verdict


@pytest.mark.parametrize(
    ("days", "case"), [(149, "too_short"), (150, ""), (180, ""), (210, ""), (211, "too_long"), (1, "too_short")]
)
def test_an_internship_lasts_about_six_months(days: int, case: str) -> None:
    finding = ask("INT-02", period=period((FIRST, FIRST + timedelta(days=days - 1))))

    assert (finding.case, finding.actual, finding.refuses) == (case, days, False)


def test_segments_are_one_internship() -> None:
    split = period((date(2026, 9, 1), date(2026, 11, 30)), (date(2027, 3, 1), date(2027, 5, 31)))

    assert ask("INT-02", period=split).actual == 91 + 92
    assert missing(ask("INT-02", period=period())) == ["segments"]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=5))
def test_days_of_segments_are_counted_once_each(drawn: list[tuple[int, int]]) -> None:
    spans = [(FIRST + timedelta(days=start), FIRST + timedelta(days=start + more)) for start, more in drawn]
    walked = {first + timedelta(days=place) for first, last in spans for place in range((last - first).days + 1)}

    assert days_of(period(*spans)) == len(walked)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2010, 9, 1), date(2026, 9, 1), 16),
        (date(2010, 9, 2), date(2026, 9, 1), 15),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
    ],
)
def test_one_is_a_year_older_on_ones_birthday(birth: date, on: date, years: int) -> None:
    assert years_old(birth, on) == years


@pytest.mark.parametrize(("year", "verdict"), [(1, "fail"), (2, "pass"), (0, "fail"), (None, "unknown")])
def test_nobody_of_the_first_year_is_placed(year: int | None, verdict: str) -> None:
    assert ask("INT-07", studies=StudiesFacts(study_year=year)).verdict == verdict


@pytest.mark.parametrize(
    ("birth", "verdict"), [(date(2010, 3, 2), "pass"), (date(2010, 3, 3), "fail"), (None, "unknown")]
)
def test_interns_are_sixteen_on_the_first_day(birth: date | None, verdict: str) -> None:
    assert ask("INT-08", student=StudentFacts(birth_date=birth)).verdict == verdict


def test_without_a_first_day_nobody_has_an_age() -> None:
    assert missing(ask("INT-08", period=period(), student=StudentFacts())) == ["birth_date", "segments"]


@pytest.mark.parametrize(
    ("barred_to", "student", "case"),
    [
        ((), StudentFacts(), ""),
        (("minors",), ADULT, ""),
        (("minors",), MINOR, "minor"),
        (("women",), ADULT, ""),
        (("women",), StudentFacts(sex="female"), "woman"),
        (("minors", "women"), StudentFacts(birth_date=date(2008, 3, 3)), "minor"),
        (("minors", "women"), StudentFacts(sex="female"), "woman"),
    ],
)
def test_nobody_does_what_labour_law_keeps_them_from(
    barred_to: tuple[str, ...], student: StudentFacts, case: str
) -> None:
    assert ask("INT-09", strain=StrainFacts(barred_to=barred_to), student=student).case == case


def test_what_is_not_known_of_barred_work_is_asked_for_at_once() -> None:
    assert missing(ask("INT-09", strain=StrainFacts())) == ["barred_to"]
    both = ask("INT-09", strain=StrainFacts(barred_to=("minors", "women")), student=StudentFacts())
    assert missing(both) == ["birth_date", "sex"]


@pytest.mark.parametrize(
    ("student", "guardian", "case", "refuses"),
    [
        (ADULT, YES, "", False),
        (ADULT, None, "unknown", False),
        (ADULT, NO, "guardian_refused", False),
        (ADULT, LATE, "guardian_late", False),
        (MINOR, YES, "", False),
        (MINOR, None, "unknown", True),
        (MINOR, NO, "guardian_refused", True),
        (MINOR, LATE, "guardian_late", True),
        (StudentFacts(), None, "unknown", True),
        (StudentFacts(), YES, "", False),
    ],
)
def test_a_guardian_who_says_nothing_stops_a_minor_and_is_missed_of_an_adult(
    student: StudentFacts, guardian: ConsentFacts | None, case: str, refuses: bool
) -> None:
    finding = ask("INT-06", student=student, consents=ConsentsFacts(student=YES, guardian=guardian))

    assert (finding.case, finding.refuses) == (case, refuses)
    assert finding.severity is (Severity.WARN if case and student is ADULT else Severity.BLOCK)


@pytest.mark.parametrize(("said", "case"), [(None, "unknown"), (NO, "student_refused"), (LATE, "student_late")])
def test_students_consent_themselves(said: ConsentFacts | None, case: str) -> None:
    finding = ask("INT-06", student=ADULT, consents=ConsentsFacts(student=said))

    assert (finding.case, finding.refuses) == (case, True)


@pytest.mark.parametrize(("approval", "case"), [(None, "unknown"), (paper(), ""), (paper(LAST), "school_late")])
def test_a_unit_that_the_student_found_needs_the_schools_approval(approval: EvidenceFacts | None, case: str) -> None:
    consents = ConsentsFacts(student=YES, guardian=YES, mode="self_found", school_approval=approval)

    assert ask("INT-06", consents=consents).case == case


@pytest.mark.parametrize(
    ("student", "approval", "case"),
    [
        (ADULT, paper(), ""),
        (ADULT, paper(FIRST, LAST), ""),
        (ADULT, paper(valid_to=LAST - timedelta(days=1)), "approval"),
        (ADULT, paper(FIRST + timedelta(days=1)), "approval"),
        (ADULT, None, "unknown"),
        (MINOR, paper(), "minor"),
        (MINOR, None, "minor"),
    ],
)
def test_overseas_is_approved_of_its_own_and_not_for_minors(
    student: StudentFacts, approval: EvidenceFacts | None, case: str
) -> None:
    assert ask("INT-25", venue=ABROAD, student=student, overseas_approval=approval).case == case


def test_at_home_no_approval_is_asked_for() -> None:
    assert ask("INT-25", student=MINOR).verdict is Verdict.PASS
    assert missing(ask("INT-25", venue=VenueFacts())) == ["country"]
    assert missing(ask("INT-25", venue=ABROAD, student=StudentFacts())) == ["birth_date", "approval"]
