"""Values have names in sentences, and stay what they are in the finding."""

import pytest

from shared.rules import PackError, Rule, RuleShape
from shared.rules.layering import layered
from shared.rules.seals import digest
from tests.unit.rules.packs import pack

PLACES = RuleShape("PLC-01", params={"barred": tuple}, cases=("place",))
SOURCE = """
    source: {document: a decision, article: one}
    confidence: own
    reading: {zh: 以登记为准, en: what is stated counts}
"""
RULE = f"""
  - id: PLC-01
    severity: block
    title: {{zh: 有的场所不可去, en: Some places are barred}}{SOURCE}
    params:
      barred: {{value: [bar, casino], stricter: higher}}
    names:
      bar: {{zh: 酒吧, en: a bar}}
      shop: {{zh: 商店, en: a shop}}
    cases:
      place:
        message: {{zh: "场所为{{actual}}，应为{{limit}}", en: "The place is {{actual}}, not {{limit}}"}}
        remedy: {{zh: "勿选{{barred}}", en: "Avoid {{barred}}"}}
"""
LOWER = f"""
  - id: PLC-01{SOURCE}
    names:
      bar: {{zh: 酒馆, en: a pub}}
      casino: {{zh: 赌场, en: a casino}}
"""


def rule(*lower: str) -> Rule:
    packs = (pack(RULE), *(pack(rules, name="own", jurisdiction="alliance") for rules in lower))
    made = layered(PLACES, packs)
    assert made is not None
    return made


def test_a_value_is_called_by_its_name_and_the_finding_keeps_the_value() -> None:
    finding = rule().fails("place", actual="bar", limit="shop")

    assert (finding.message.zh, finding.message.en) == ("场所为酒吧，应为商店", "The place is a bar, not a shop")
    assert (finding.actual, finding.limit) == ("bar", "shop")


@pytest.mark.parametrize(
    ("actual", "zh", "en"),
    [
        ("bar, shop", "酒吧、商店", "a bar, a shop"),
        ("bar, casino", "酒吧、casino", "a bar, casino"),
        ("casino", "casino", "casino"),
        ("2026-05-01, 2026-05-02", "2026-05-01, 2026-05-02", "2026-05-01, 2026-05-02"),
        (3, "3", "3"),
        (None, "无", "none"),
    ],
)
def test_of_several_values_each_is_named_and_one_without_a_name_stays(
    actual: int | str | None, zh: str, en: str
) -> None:
    message = rule().fails("place", actual=actual, limit="shop").message

    assert (message.zh, message.en) == (f"场所为{zh}，应为商店", f"The place is {en}, not a shop")


def test_values_of_a_parameter_are_named_in_the_remedy_too() -> None:
    remedy = rule(LOWER).fails("place", actual="bar").remedy

    assert remedy is not None
    assert (remedy.zh, remedy.en) == ("勿选酒馆、赌场", "Avoid a pub, a casino")


def test_a_lower_level_adds_names_and_keeps_those_that_it_does_not_give() -> None:
    message = rule(LOWER).fails("place", actual="casino", limit="shop").message

    assert message.zh == "场所为赌场，应为商店"


def test_names_are_wording_and_not_sealed() -> None:
    assert digest(pack(RULE.replace("zh: 酒吧", "zh: 酒馆"))) == digest(pack(RULE))


@pytest.mark.parametrize(
    ("written", "instead"), [("bar: {zh", "Bar: {zh"), ("zh: 酒吧, en: a bar", "zh: 酒吧"), ("zh: 酒吧", "zh: ''")]
)
def test_a_slip_in_a_name_is_refused(written: str, instead: str) -> None:
    with pytest.raises(PackError, match=r"PLC-01\.names\."):
        pack(RULE.replace(written, instead))
