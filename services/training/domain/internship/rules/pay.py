"""What interns are paid (INT-14), and how (INT-15)."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import Final

from services.training.domain.internship.rules.facts import PayFacts, PaymentFacts
from services.training.domain.internship.rules.weighing import gravest, yuan
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Severity, Trial
from shared.rules.verdict import Verdict, any_of, verdict_of

INT_14: Final = RuleShape(
    "INT-14",
    params={"share": Fraction},
    cases=("below_floor",),
    facts=("stipend", "wage_same_post", "wage_lowest_grade"),
)
INT_15: Final = RuleShape(
    "INT-15",
    params={"forms": tuple, "payees": tuple, "cycle_days": int},
    cases=("form", "payee", "not_in_full", "cycle"),
    facts=("pay_form", "payee", "pay_cycle"),
)


class PayFloorFacts(Facts):
    """What INT-14 is judged by."""

    pay: PayFacts = PayFacts()


class PayTermsFacts(Facts):
    """What INT-15 is judged by: what is agreed, and what was paid."""

    pay: PayFacts = PayFacts()
    payments: tuple[PaymentFacts, ...] = ()


def pay_floor(facts: PayFloorFacts, asked: Asked) -> Finding:
    """INT-14: who works relatively independently gets 80 % of the wage of the post or the unit's lowest wage grade.

    One side that holds passes; else a side that is missing leaves it open. Monthly amounts in fen, unrounded.
    """
    rule, pay = asked.rule(INT_14.id), facts.pay
    if not pay.independent:
        return rule.passes()
    if pay.stipend_fen is None:
        return rule.unknown("stipend")
    share = None if pay.wage_same_post_fen is None else rule.ratio("share") * pay.wage_same_post_fen
    floors = {"wage_same_post": share, "wage_lowest_grade": pay.wage_lowest_grade_fen}
    reached = any_of(verdict_of(None if floor is None else pay.stipend_fen >= floor) for floor in floors.values())
    if reached is Verdict.UNKNOWN:
        return rule.unknown(*(name for name, floor in floors.items() if floor is None))
    if reached is Verdict.PASS:
        return rule.passes(actual=yuan(pay.stipend_fen))
    lowest = ceil(min(floor for floor in floors.values() if floor is not None))
    return rule.fails("below_floor", actual=yuan(pay.stipend_fen), limit=yuan(lowest))


def pay_terms(facts: PayTermsFacts, asked: Asked) -> Finding:
    """INT-15: in money, in full, to the student; in principle at least once a month. Nothing to pay, nothing to ask."""
    rule, pay = asked.rule(INT_15.id), facts.pay
    if pay.stipend_fen == 0 and not facts.payments:
        return rule.passes()
    paid = (finding for payment in facts.payments for finding in _of_payment(payment, rule))
    return gravest(rule, (*_of_terms(pay, rule), *paid))


def _of_terms(pay: PayFacts, rule: Rule) -> Iterator[Finding]:
    if pay.form is None:
        yield rule.unknown("pay_form")
    elif pay.form not in rule.names("forms"):
        yield rule.fails("form", actual=pay.form)
    if pay.payee is None:
        yield rule.unknown("payee")
    elif pay.payee not in rule.names("payees"):
        yield rule.fails("payee", actual=pay.payee)
    if pay.cycle_days is None:
        yield rule.unknown("pay_cycle", severity=Severity.BLOCK_IN_PRINCIPLE)
    else:
        yield from _of_cycle(pay.cycle_days, rule)


def _of_payment(payment: PaymentFacts, rule: Rule) -> Iterator[Finding]:
    if payment.form not in rule.names("forms"):
        yield rule.fails("form", actual=payment.form)
    if payment.payee not in rule.names("payees"):
        yield rule.fails("payee", actual=payment.payee)
    if payment.amount_fen < payment.due_fen:
        yield rule.fails("not_in_full", actual=yuan(payment.amount_fen), limit=yuan(payment.due_fen))
    yield from _of_cycle((payment.ends_on - payment.starts_on).days + 1, rule)


def _of_cycle(days: int, rule: Rule) -> Iterator[Finding]:
    most = rule.number("cycle_days")
    if days > most:
        yield rule.fails("cycle", actual=days, limit=most, severity=Severity.BLOCK_IN_PRINCIPLE)


TRIALS: Final = (Trial(INT_14, PayFloorFacts, pay_floor), Trial(INT_15, PayTermsFacts, pay_terms))
