"""BAS-01: an enterprise of the relevant sector takes part in a new base."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.base_rules import enterprise_of_the_sector, sector
from shared.rules import Severity, Verdict, override, refused
from tests.unit.rules.packs import shipped_rule, unhurried

BAS_01 = shipped_rule("training", "BAS-01")
codes = st.from_regex(r"[A-T]?[0-9]{2,4}", fullmatch=True)


@pytest.mark.parametrize(
    ("code", "division"),
    [
        ("C3824", "38"),
        ("3824", "38"),
        ("38", "38"),
        ("C38", "38"),
        ("C", None),
        ("3", None),
        ("", None),
        ("38245", None),
    ],
)
def test_the_sector_is_the_two_digit_division(code: str, division: str | None) -> None:
    assert sector(code, BAS_01) == division


def test_a_code_that_is_too_coarse_for_a_stricter_rule_names_no_sector() -> None:
    by_group = replace(BAS_01, params={"division_digits": 3})

    assert [sector(code, by_group) for code in ("C3824", "38")] == ["382", None]


@pytest.mark.parametrize("enterprise", ["3824", "C3899", "38"])
def test_an_enterprise_that_shares_the_division_suffices(enterprise: str) -> None:
    assert enterprise_of_the_sector(["C3824", "C3670"], [None, "6510", enterprise], BAS_01).verdict is Verdict.PASS


def test_a_base_without_an_enterprise_is_refused() -> None:
    finding = enterprise_of_the_sector(["C3824"], [], BAS_01)

    assert (finding.verdict, finding.case, finding.refuses) == (Verdict.FAIL, "nobody", True)


def test_enterprises_of_other_sectors_do_not_suffice() -> None:
    finding = enterprise_of_the_sector(["C3824"], ["C3670", "6510"], BAS_01)

    assert (finding.case, finding.actual, finding.limit) == ("other_sector", "36, 65", "38")


@pytest.mark.parametrize("unreadable", [None, "", "unknown"])
def test_an_enterprise_of_unknown_sector_leaves_it_open(unreadable: str | None) -> None:
    finding = enterprise_of_the_sector(["C3824"], ["6510", unreadable], BAS_01)

    assert (finding.verdict, finding.refuses) == (Verdict.UNKNOWN, True)
    assert [(missing.fact, missing.giver) for missing in finding.missing] == [("sector", "enterprise_admin")]


def test_a_base_of_unknown_sector_leaves_it_open() -> None:
    finding = enterprise_of_the_sector([], ["6510"], BAS_01)

    assert [(missing.fact, missing.giver) for missing in finding.missing] == [("base_sector", "base_operator")]


@pytest.mark.parametrize("enterprises", [[], ["6510"], [None]])
def test_an_approver_may_accept_a_base_without_one(enterprises: list[str | None]) -> None:
    finding = enterprise_of_the_sector(["C3824"], enterprises, BAS_01)

    assert finding.severity is Severity.BLOCK_IN_PRINCIPLE
    assert not refused([override(finding, approver_role="alliance_office", reason="the only base of its kind")])


@unhurried
@given(st.lists(codes, min_size=1), st.lists(st.none() | codes), codes)
def test_one_more_enterprise_never_turns_a_pass(base: list[str], enterprises: list[str | None], more: str) -> None:
    before = enterprise_of_the_sector(base, enterprises, BAS_01).verdict

    if before is Verdict.PASS:
        assert enterprise_of_the_sector(base, [*enterprises, more], BAS_01).verdict is Verdict.PASS
