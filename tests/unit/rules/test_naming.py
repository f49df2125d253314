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


SHARE = RuleShape("SHR-01", params={"share_bp": int, "days": int}, cases=("few",))
SHARE_RULE = f"""
  - id: SHR-01
    severity: warn
    title: {{zh: 比例须达标, en: A share is reached}}{SOURCE}
    params:
      share_bp: {{value: 9000, unit: basis points, stricter: higher}}
      days: {{value: 30, unit: days, stricter: lower}}
    labels:
      share_bp: {{zh: 比例下限, en: least share}}
    cases:
      few:
        message: {{zh: "比例为{{actual}}，应为{{limit}}", en: "The share is {{actual}}, not {{limit}}"}}
        remedy: {{zh: "请在{{days}}天内达到{{share_bp}}", en: "Reach {{share_bp}} in {{days}} days"}}
"""


def test_a_share_is_told_in_per_cent_and_the_finding_keeps_basis_points() -> None:
    made = layered(SHARE, [pack(SHARE_RULE)])
    assert made is not None

    finding = made.fails("few", actual=8955, limit=9000)

    assert (finding.message.zh, finding.message.en) == (
        "比例为89.55%，应为90%",
        "The share is 89.55%, not 90%",
    )
    assert finding.remedy is not None
    assert (finding.remedy.zh, finding.remedy.en) == ("请在30天内达到90%", "Reach 90% in 30 days")
    assert (finding.actual, finding.limit) == (8955, 9000)


def test_a_parameter_is_told_with_its_unit_and_a_list_by_names() -> None:
    share, places = layered(SHARE, [pack(SHARE_RULE)]), rule(LOWER)
    assert share is not None

    assert (share.told("share_bp", "zh"), share.told("share_bp", "en")) == ("90%", "90%")
    assert (share.told("days", "zh"), share.told("days", "en")) == ("30 天", "30 days")
    assert (places.told("barred", "zh"), places.told("barred", "en")) == ("酒馆、赌场", "a pub, a casino")


def test_labels_and_the_chinese_names_of_sources_are_wording_and_not_sealed() -> None:
    called = SHARE_RULE.replace("article: one", "article: one, document_zh: 决定, article_zh: 第一条")

    assert digest(pack(called.replace("比例下限", "最低比例"))) == digest(pack(SHARE_RULE))


@pytest.mark.parametrize(
    ("written", "instead"), [("bar: {zh", "Bar: {zh"), ("zh: 酒吧, en: a bar", "zh: 酒吧"), ("zh: 酒吧", "zh: ''")]
)
def test_a_slip_in_a_name_is_refused(written: str, instead: str) -> None:
    with pytest.raises(PackError, match=r"PLC-01\.names\."):
        pack(RULE.replace(written, instead))
