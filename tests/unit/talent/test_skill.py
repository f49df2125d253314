"""How alike two skills are, and whether a level suffices."""

import pytest
from hypothesis import given, strategies

from services.talent.domain.skill import Skill, level_fit, likeness, parent_of, related, text_likeness
from tests.unit.talent.world import MEASURE


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("6-31-01-03", "6-31-01"),
        ("S.4.2", "S.4"),
        ("460301", "4603"),
        ("plc", None),
        ("http://data.europa.eu/esco/skill/f1a2", None),
        ("skl:welding", None),
    ],
)
def test_a_code_says_what_it_lies_under(code: str, parent: str | None) -> None:
    assert parent_of(code) == parent


def test_siblings_and_parents_are_related_and_addresses_never() -> None:
    assert related("6-31-01-03", "6-31-01-04")
    assert related("6-31-01", "6-31-01-04")
    assert related("6-31-01-04", "6-31-01")
    assert not related("6-31-01-03", "6-18-02-03")
    assert not related("http://a/skill/1", "http://a/skill/2")


@pytest.mark.parametrize(
    ("held", "share"),
    [
        (Skill("6-31-01-03", "whatever"), 1.0),
        (Skill("6-31-01-99", "whatever"), 0.6),
        (Skill("x", "设备维修"), 0.5),
        (Skill("x", "食品检验"), 0.0),
        (Skill("x"), 0.0),
    ],
)
def test_codes_count_before_names_and_names_at_most_half(held: Skill, share: float) -> None:
    asked = Skill("6-31-01-03", "设备维修")

    assert likeness(asked, held, MEASURE.likeness) == share


def test_names_that_share_most_of_their_characters_are_alike() -> None:
    # Runs of " 设备维修 ": 4 of three, 3 of four, 2 of five; " 设备维护 " shares 2, 1 and 0 of them: 3 / 9.
    assert text_likeness("设备维修", "设备维护") == pytest.approx(3 / 9)


def test_names_less_alike_than_the_least_are_no_match_at_all() -> None:
    asked, held = Skill("a", "设备维修"), Skill("b", "设备维护")

    assert likeness(asked, held, MEASURE.likeness) == 0.0


def test_width_and_case_of_letters_do_not_matter() -> None:
    assert text_likeness("PLC 编程", "plc  编程") == pytest.approx(1)


@pytest.mark.parametrize(
    ("asked", "held", "fit"),
    [
        (None, None, 1.0),
        ("intermediate", "senior", 1.0),
        ("intermediate", "intermediate", 1.0),
        ("intermediate", "junior", 0.75),
        ("chief", "apprentice", 0.0),
        ("intermediate", None, 0.5),
        ("intermediate", "UNKNOWN", 0.5),
        ("UNKNOWN", "junior", 1.0),
    ],
)
def test_a_level_is_met_or_loses_a_quarter_for_each_grade_that_is_missing(
    asked: str | None, held: str | None, fit: float
) -> None:
    assert level_fit(asked, held, MEASURE) == fit


@given(strategies.text(), strategies.text())
def test_likeness_of_names_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    alike = text_likeness(one, other)

    assert 0 <= alike <= 1
    assert alike == pytest.approx(text_likeness(other, one))
