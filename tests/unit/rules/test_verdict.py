"""How verdicts combine, which findings refuse, and what can be overridden."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rules import Finding, NotOverridable, Severity, Verdict, all_of, any_of, override, refused, verdict_of
from tests.unit.rules.packs import book, pack, unhurried

PASS, FAIL, UNKNOWN, OVERRIDDEN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.OVERRIDDEN
OPPOSITE = {PASS: FAIL, FAIL: PASS, UNKNOWN: UNKNOWN}


def finding(verdict: Verdict, severity: Severity) -> Finding:
    rule = book(pack()).rule("OFF-01", date(2026, 1, 1), "CN")
    made = {PASS: rule.passes(), FAIL: rule.fails("late", actual=20, limit=14), UNKNOWN: rule.unknown("sent_on")}
    return replace(made[verdict], severity=severity)


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([], PASS),
        ([PASS, PASS], PASS),
        ([PASS, OVERRIDDEN], OVERRIDDEN),
        ([PASS, UNKNOWN], UNKNOWN),
        ([OVERRIDDEN, UNKNOWN], UNKNOWN),
        ([UNKNOWN, FAIL], FAIL),
    ],
)
def test_a_false_conjunct_fails_whatever_is_unknown(verdicts: list[Verdict], together: Verdict) -> None:
    assert all_of(verdicts) is together


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([], FAIL),
        ([FAIL, FAIL], FAIL),
        ([FAIL, UNKNOWN], UNKNOWN),
        ([UNKNOWN, PASS], PASS),
        ([UNKNOWN, OVERRIDDEN], OVERRIDDEN),
        ([OVERRIDDEN, PASS], PASS),
    ],
)
def test_a_true_disjunct_passes_whatever_is_unknown(verdicts: list[Verdict], together: Verdict) -> None:
    assert any_of(verdicts) is together


@unhurried
@given(st.lists(st.sampled_from([PASS, FAIL, UNKNOWN])))
def test_and_is_the_opposite_of_or_over_opposites(verdicts: list[Verdict]) -> None:
    assert OPPOSITE[all_of(verdicts)] is any_of(OPPOSITE[verdict] for verdict in verdicts)


def test_what_nobody_knows_is_neither_true_nor_false() -> None:
    assert [verdict_of(truth) for truth in (True, False, None)] == [PASS, FAIL, UNKNOWN]


@pytest.mark.parametrize("severity", [Severity.BLOCK, Severity.BLOCK_IN_PRINCIPLE])
@pytest.mark.parametrize("verdict", [FAIL, UNKNOWN])
def test_a_fail_and_an_unknown_of_a_blocking_rule_refuse(verdict: Verdict, severity: Severity) -> None:
    assert refused([finding(PASS, severity), finding(verdict, severity)])


@pytest.mark.parametrize("severity", [Severity.WARN, Severity.INFO])
@pytest.mark.parametrize("verdict", [FAIL, UNKNOWN])
def test_a_warning_never_refuses(verdict: Verdict, severity: Severity) -> None:
    assert not refused([finding(verdict, severity)])


@pytest.mark.parametrize("verdict", [FAIL, UNKNOWN])
def test_an_overridden_finding_no_longer_refuses_and_says_who_accepted_it(verdict: Verdict) -> None:
    accepted = override(
        finding(verdict, Severity.BLOCK_IN_PRINCIPLE), approver_role="alliance_office", reason=" pilot "
    )

    assert accepted.verdict is OVERRIDDEN
    assert not refused([accepted])
    assert accepted.approval is not None
    assert (accepted.approval.approver_role, accepted.approval.reason) == ("alliance_office", "pilot")


@pytest.mark.parametrize("severity", [Severity.BLOCK, Severity.WARN, Severity.INFO])
def test_only_a_rule_that_holds_in_principle_can_be_overridden(severity: Severity) -> None:
    with pytest.raises(NotOverridable, match=r"only a `block\*` rule"):
        override(finding(FAIL, severity), approver_role="alliance_office", reason="pilot")


def test_a_pass_cannot_be_overridden() -> None:
    with pytest.raises(NotOverridable, match="only a fail or an unknown"):
        override(finding(PASS, Severity.BLOCK_IN_PRINCIPLE), approver_role="alliance_office", reason="pilot")


@pytest.mark.parametrize(("approver_role", "reason"), [("alliance_office", "  "), (" ", "pilot")])
def test_an_override_needs_a_name_and_a_reason(approver_role: str, reason: str) -> None:
    with pytest.raises(NotOverridable, match="named approver and a reason"):
        override(finding(FAIL, Severity.BLOCK_IN_PRINCIPLE), approver_role=approver_role, reason=reason)
