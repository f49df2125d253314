"""INT-14 and INT-15: what interns are paid, and how."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.training.domain.internship.rules.facts import PayFacts, PaymentFacts
from shared.rules import Severity
from tests.unit.training.internship.cases import FIRST, ask, missing, sound


def pay(**changes: Any) -> PayFacts:
    return sound().pay.model_copy(update=changes)


def wages(stipend: int | None, same_post: int | None, lowest: int | None) -> PayFacts:
    return pay(stipend_fen=stipend, wage_same_post_fen=same_post, wage_lowest_grade_fen=lowest)


def payment(days: int = 31, **changes: Any) -> PaymentFacts:
    last = FIRST + timedelta(days=days - 1)
    facts = {"paid_on": last, "amount_fen": 240_000, "due_fen": 240_000, "form": "money", "payee": "student"}
    return PaymentFacts.model_validate({"starts_on": FIRST, "ends_on": last, **facts, **changes})


@pytest.mark.parametrize(
    ("stipend", "same_post", "lowest", "verdict"),
    [
        (240_000, 300_000, 250_000, "pass"),
        (239_999, 300_000, 250_000, "fail"),
        (239_999, 300_000, 239_999, "pass"),
        (240_000, 300_000, None, "pass"),
        (239_999, 300_000, None, "unknown"),
        (239_999, None, 250_000, "unknown"),
        (250_000, None, 250_000, "pass"),
        (239_999, None, None, "unknown"),
        (80_000, 100_001, 200_000, "fail"),
        (80_001, 100_001, 200_000, "pass"),
        (None, 300_000, 250_000, "unknown"),
    ],
)
def test_one_of_two_floors_is_reached(
    stipend: int | None, same_post: int | None, lowest: int | None, verdict: str
) -> None:
    finding = ask("INT-14", pay=wages(stipend, same_post, lowest))

    assert (finding.verdict, finding.severity) == (verdict, Severity.BLOCK_IN_PRINCIPLE)


def test_the_lower_floor_is_what_would_pass() -> None:
    finding = ask("INT-14", pay=wages(80_000, 100_001, 200_000))

    assert (finding.actual, finding.limit) == ("800.00", "800.01")
    assert finding.remedy is not None
    assert "800.01" in finding.remedy.zh


def test_missing_wages_are_asked_of_the_enterprise() -> None:
    assert missing(ask("INT-14", pay=wages(1, None, None))) == ["wage_same_post", "wage_lowest_grade"]
    assert missing(ask("INT-14", pay=wages(1, 2, None))) == ["wage_lowest_grade"]
    assert missing(ask("INT-14", pay=wages(None, None, None))) == ["stipend"]


def test_who_does_not_work_independently_has_no_floor() -> None:
    assert ask("INT-14", pay=PayFacts(independent=False)).verdict == "pass"


@pytest.mark.parametrize(
    ("changes", "case", "severity"),
    [
        ({}, "", "block"),
        ({"cycle_days": 32}, "cycle", "block*"),
        ({"cycle_days": None}, "unknown", "block*"),
        ({"form": "voucher", "cycle_days": 32}, "form", "block"),
        ({"payee": "school"}, "payee", "block"),
        ({"form": None, "cycle_days": 32}, "unknown", "block"),
    ],
)
def test_only_the_cycle_is_a_matter_of_principle(changes: dict[str, Any], case: str, severity: str) -> None:
    finding = ask("INT-15", pay=pay(**changes))

    assert (finding.case, finding.severity) == (case, severity)


@pytest.mark.parametrize(
    ("paid", "case"),
    [
        (payment(), ""),
        (payment(32), "cycle"),
        (payment(amount_fen=239_999), "not_in_full"),
        (payment(form="goods"), "form"),
        (payment(payee="third_party"), "payee"),
        (payment(32, form="goods"), "form"),
    ],
)
def test_what_was_paid_is_judged_like_what_was_agreed(paid: PaymentFacts, case: str) -> None:
    assert ask("INT-15", payments=(payment(), paid)).case == case


def test_where_nothing_is_to_be_paid_nothing_is_asked() -> None:
    assert ask("INT-15", pay=PayFacts(stipend_fen=0)).verdict == "pass"
    assert missing(ask("INT-15", pay=PayFacts())) == ["pay_form", "payee"]


def test_a_calendar_month_is_never_too_long() -> None:
    july = payment(starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 31), paid_on=date(2026, 8, 5))

    assert ask("INT-15", payments=(july,)).verdict == "pass"


def test_everything_that_is_wrong_with_pay_is_told_at_once() -> None:
    late = payment(32, amount_fen=100_000)

    finding = ask("INT-15", pay=pay(form="voucher", payee="school"), payments=(late,))

    assert (finding.case, finding.actual, finding.severity) == ("form", "voucher", Severity.BLOCK)
    assert finding.message.zh == (
        "报酬支付形式为 代金券，须以货币支付。报酬收款方为 学校，须直接支付给学生。"
        "支付 1000.00 元，应付 2400.00 元。支付周期为 32 天，原则上不超过 31 天。"
    )
    assert finding.remedy is not None
    assert finding.remedy.en.startswith("Pay in money. Pay the student directly. Pay the rest. Pay at least every 31")
