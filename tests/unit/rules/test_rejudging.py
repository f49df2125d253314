"""A kept decision judged again: by the versions that made it, from the facts that were kept, whatever holds now."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from shared.kernel.working_days import LawfulCalendar
from shared.rules import Asked, Decision, Facts, Finding, Rulebook, Trial, override
from shared.rules.rejudging import Judge, Rejudged
from tests.unit.rules.packs import OFFER, OFFER_RULE, WANZHOU, book, pack

ON = date(2026, 3, 1)
OLD = pack()
NEW = pack(OFFER_RULE.replace("value: 14", "value: 10"), version=2, since="2027-01-01")
RETROACTIVE = pack(OFFER_RULE.replace("value: 14", "value: 10"), version=2, since="2026-01-01")


class OfferFacts(Facts):
    """The day on which an offer was sent."""

    sent_on: date | None = None


def in_time(facts: OfferFacts, asked: Asked) -> Finding:
    rule = asked.rule(OFFER.id)
    if facts.sent_on is None:
        return rule.unknown("sent_on")
    days, limit = (asked.on - facts.sent_on).days, rule.number("days")
    return rule.fails("late", actual=days, limit=limit) if days > limit else rule.passes(actual=days, limit=limit)


def judge(rules: Rulebook, *, trials: bool = True) -> Judge:
    return Judge(rules, {OFFER.id: Trial(OFFER, OfferFacts, in_time)} if trials else {}, LawfulCalendar())


def decided(days: int = 12, **inputs: object) -> Decision:
    """A decision by the rules of then, on an offer that was sent so many days before."""
    facts = OfferFacts(sent_on=ON - timedelta(days=days))
    asked = Asked(ON, WANZHOU, lambda rule: book(OLD).rule(rule, ON, WANZHOU), LawfulCalendar())
    kept = inputs or {OFFER.id: facts.model_dump(mode="json")}
    return Decision(
        id="dec_1", subject="need_1", findings=(in_time(facts, asked),), inputs=kept, on=ON, jurisdiction=WANZHOU  # type: ignore[arg-type]
    )  # fmt: skip


def only(found: Any) -> Rejudged:
    [one] = found
    assert isinstance(one, Rejudged)
    return one


@pytest.mark.parametrize("rules", [book(OLD), book(OLD, NEW), book(OLD, RETROACTIVE)])
@pytest.mark.parametrize("days", [0, 14, 15])
def test_the_same_comes_out_whatever_was_published_since(rules: Rulebook, days: int) -> None:
    assert only(judge(rules).as_then(decided(days))).same is True


@pytest.mark.parametrize(("rules", "same"), [(book(OLD, NEW), True), (book(OLD, RETROACTIVE), False)])
def test_by_what_holds_now_only_a_version_of_its_time_turns_it(rules: Rulebook, same: bool) -> None:
    found = only(judge(rules).as_now(decided(12)))

    assert found.same is same
    assert found.again is not None
    assert found.again.limit == (14 if same else 10)


def test_other_facts_are_seen() -> None:
    assert only(judge(book(OLD)).as_then(decided(0, **{OFFER.id: {"sent_on": "2026-01-01"}}))).same is False


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"sent_on": "2026-02-17"}, "it was kept before inputs were kept by rule"),
        ({OFFER.id: {"sent": "2026-02-17"}}, "its inputs no longer fit the rule: sent: Extra inputs are not permitted"),
    ],
)
def test_what_cannot_be_judged_again_says_why(inputs: dict[str, object], reason: str) -> None:
    found = only(judge(book(OLD)).as_then(decided(0, **inputs)))

    assert (found.same, found.again, found.reason) == (None, None, reason)


def test_a_rule_without_a_trial_and_a_version_that_is_gone_say_so() -> None:
    assert "not judged from facts" in only(judge(book(OLD), trials=False).as_then(decided())).reason
    assert "offers-cn@1 is not installed here" in only(judge(book(RETROACTIVE)).as_then(decided())).reason


def test_an_accepted_exception_is_the_refusal_that_was_accepted() -> None:
    refused = decided(20)
    accepted = replace(
        refused, findings=(override(refused.findings[0], approver_role="alliance_office", reason="agreed"),)
    )

    assert only(judge(book(OLD)).as_then(accepted)).same is True
    assert only(judge(book(OLD)).as_then(replace(accepted, inputs=decided(1).inputs))).same is False
