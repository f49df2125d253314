"""X-03, X-05 and X-06: hours become credits, once, and into a course only where it fits."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.credit_rules import (
    EarlierConversion,
    converts_once,
    course_is_covered,
    half_credits,
    hours_give_credits,
)
from shared.rules import Finding, Verdict
from tests.unit.rules.packs import shipped_rule, unhurried

X_03, X_05, X_06 = (shipped_rule("training", f"X-{number}") for number in ("03", "05", "06"))
hours_worked = st.fractions(0, 5000, max_denominator=4)


@pytest.mark.parametrize(
    ("hours", "divisor", "credits"),
    [
        ("68", None, 8),
        ("17", None, 2),
        ("4.25", None, 1),
        ("4", None, 0),
        ("12.75", None, 2),
        ("12.5", None, 1),
        ("64", 16, 8),
        ("72", 18, 8),
    ],
)
def test_hours_become_half_credits_with_a_half_rounded_up(hours: str, divisor: int | None, credits: int) -> None:
    assert half_credits(Fraction(hours), X_03, divisor=divisor) == credits
    assert hours_give_credits(Fraction(hours), X_03, divisor=divisor).actual == credits


@unhurried
@given(hours_worked, hours_worked)
def test_more_hours_never_give_fewer_credits(one: Fraction, other: Fraction) -> None:
    assert half_credits(min(one, other), X_03) <= half_credits(max(one, other), X_03)


@unhurried
@given(hours_worked, st.integers(16, 18))
def test_rounding_moves_by_a_quarter_credit_at_most(hours: Fraction, divisor: int) -> None:
    error = Fraction(half_credits(hours, X_03, divisor=divisor), 2) - hours / divisor

    assert Fraction(-1, 4) < error <= Fraction(1, 4)


@pytest.mark.parametrize(("divisor", "possible"), [(15, False), (16, True), (18, True), (19, False)])
def test_a_divisor_lies_between_sixteen_and_eighteen(divisor: int, possible: bool) -> None:
    finding = hours_give_credits(Fraction(68), X_03, divisor=divisor)

    assert finding.refuses is not possible
    assert possible or (finding.case, finding.actual, finding.limit) == ("divisor", divisor, "16-18")


def test_no_hours_give_no_credits() -> None:
    assert hours_give_credits(Fraction(0), X_03).case == "hours"
    unknown = hours_give_credits(None, X_03)
    assert (unknown.verdict, unknown.missing[0].giver) == (Verdict.UNKNOWN, "university_academic_office")


def converted(status: str, *, programme: str = "prog_1", credits: int = 4) -> EarlierConversion:
    return EarlierConversion(target_programme_id=programme, half_credits=credits, status=status)


def converting(*earlier: EarlierConversion, credits: int = 4, recognised: int | None = 8) -> Finding:
    return converts_once(earlier, target_programme_id="prog_1", half_credits=credits, recognised=recognised, rule=X_05)


def test_an_outcome_is_converted_once_per_programme() -> None:
    finding = converting(converted("posted"))

    assert (finding.refuses, finding.case) == (True, "converted_before")
    assert not converting(converted("posted", programme="prog_2")).refuses


@pytest.mark.parametrize("status", ["proposed", "academic_review", "approved", "rejected", "reversed"])
def test_only_posted_conversions_count(status: str) -> None:
    assert not converting(converted(status, credits=8), credits=8).refuses


def test_conversions_never_exceed_what_was_recognised() -> None:
    finding = converting(converted("posted", programme="prog_2"), credits=5)

    assert (finding.refuses, finding.case, finding.actual, finding.limit) == (True, "exceeds_recognised", 9, 8)
    assert not converting(credits=8).refuses


def test_an_outcome_that_was_not_recognised_is_unknown() -> None:
    finding = converting(recognised=None)

    assert (finding.verdict, finding.refuses) == (Verdict.UNKNOWN, True)


def test_a_second_conversion_fails_even_while_recognition_is_unknown() -> None:
    assert converting(converted("posted"), recognised=None).verdict is Verdict.FAIL


@unhurried
@given(st.lists(st.builds(converted, st.sampled_from(["posted", "reversed"]), credits=st.integers(1, 4)), max_size=4))
def test_reversing_everything_frees_the_outcome(earlier: list[EarlierConversion]) -> None:
    reversed_all = [converted("reversed", credits=conversion.half_credits) for conversion in earlier]

    assert not converting(*reversed_all, credits=8).refuses


@pytest.mark.parametrize(("coverage", "refused"), [(7000, False), (10000, False), (6999, True), (0, True)])
def test_a_course_needs_seventy_percent_of_its_outcomes(coverage: int, refused: bool) -> None:
    finding = course_is_covered("C-101", coverage, X_06)

    assert finding.refuses is refused
    assert not refused or finding.case == "coverage"


def test_elective_credits_need_no_course() -> None:
    assert course_is_covered(None, None, X_06).verdict is Verdict.PASS


def test_a_course_without_an_integration_map_is_unknown() -> None:
    finding = course_is_covered("C-101", None, X_06)

    assert (finding.verdict, finding.refuses) == (Verdict.UNKNOWN, True)
