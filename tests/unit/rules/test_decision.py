"""A decision survives being stored, and can be made again from what was stored."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.training.domain.credit_rules import hours_give_credits
from shared.rules import Decision, Finding, Verdict
from tests.unit.rules.packs import WANZHOU, shipped, shipped_rule, unhurried

ID = "dec_01K5A7B8C9D0E1F2G3H4J5K6M7"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3)
    ),
    max_leaves=8,
)


def decision(*findings: Finding, inputs: dict[str, object]) -> Decision:
    return Decision(id=ID, subject="lo_1", findings=findings, inputs=inputs, on=date(2026, 3, 1), jurisdiction=WANZHOU)  # type: ignore[arg-type]


def found() -> tuple[Finding, ...]:
    x_03, bas_01 = shipped_rule("training", "X-03"), shipped_rule("training", "BAS-01")
    return x_03.passes(actual=8), bas_01.fails("nobody", actual=0), bas_01.unknown("base_sector", "sector")


@unhurried
@given(st.dictionaries(st.text(st.characters(codec="utf-8")), JSON, max_size=3))
def test_a_stored_decision_reads_back_equal(inputs: dict[str, object]) -> None:
    made = decision(*found(), inputs=inputs)

    assert Decision.from_json(made.to_json()) == made


def test_a_stored_decision_can_be_made_again() -> None:
    first = hours_give_credits(Fraction("67.5"), shipped_rule("training", "X-03"), divisor=16)
    stored = decision(first, inputs={"hours": "135/2", "divisor": 16}).to_json()

    kept = Decision.from_json(stored)
    rule = shipped("training").rule(kept.findings[0].rule, kept.on, kept.jurisdiction)
    hours, divisor = str(kept.inputs["hours"]), kept.inputs["divisor"]
    assert isinstance(divisor, int)
    again = hours_give_credits(Fraction(hours), rule, divisor=divisor)

    assert again == kept.findings[0] == first


def test_a_decision_names_every_pack_that_had_a_say() -> None:
    assert decision(*found(), inputs={}).rulepack == "training-alliance@1,training-cn@1"
    assert decision(inputs={}).rulepack == ""


def test_a_decision_refuses_with_the_findings_that_forbid() -> None:
    made = decision(*found(), inputs={})

    assert (made.verdict, made.refused) == (Verdict.FAIL, True)
    assert [finding.verdict for finding in made.refusing] == [Verdict.FAIL, Verdict.UNKNOWN]
    assert not decision(found()[0], inputs={}).refused


@pytest.mark.parametrize("inputs", [{"hours": 67.5}, {"logs": [{"hours": 1.0}]}])
def test_a_float_is_no_input(inputs: dict[str, object]) -> None:
    with pytest.raises(TypeError, match=r"is a float; a decision keeps whole numbers or text such as 7/5"):
        decision(inputs=inputs)


def test_a_stored_decision_with_an_unknown_field_is_not_read() -> None:
    stored = decision(inputs={}).to_json().replace('"subject"', '"mood":"good","subject"')

    with pytest.raises(ValidationError, match="mood"):
        Decision.from_json(stored)
