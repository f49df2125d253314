"""Which rule applies: chosen by business date, layered by jurisdiction, only strengthened. Each check seen to fail."""

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rules import NotInForce, Pack, PackError, RuleShape, Severity, jurisdiction_of
from tests.unit.rules.packs import OFFER, OFFER_RULE, SHAPES, WANZHOU, book, change, pack, shipped, unhurried

UNIVERSITY = "org_01K5A7B8C9D0E1F2G3H4J5K6M7"
TODAY = date(2026, 1, 1)


def lower(params: str = "{}", *, jurisdiction: str = "alliance", severity: str | None = None) -> Pack:
    return pack(
        change(params, severity=severity),
        name=f"offers-{jurisdiction.lower()[:9].replace('_', '-')}",
        jurisdiction=jurisdiction,
    )


def test_the_version_in_force_on_the_business_date_applies() -> None:
    old = pack(until="2024-12-31")
    new = pack(OFFER_RULE.replace("14", "10"), version=2, since="2025-01-01")
    rules = book(old, new)

    assert rules.rule("OFF-01", date(2024, 12, 31), WANZHOU).number("days") == 14
    assert rules.rule("OFF-01", date(2025, 1, 1), WANZHOU).number("days") == 10
    assert rules.rule("OFF-01", date(2025, 1, 1), WANZHOU).reference == "offers-cn@2"


def test_each_level_strengthens_the_one_above() -> None:
    rules = book(
        pack(),
        lower("{days: {value: 12}}", jurisdiction="CN-CQ"),
        lower("{days: {value: 10}}", severity="block"),
        lower("{days: {value: 7}}", jurisdiction=UNIVERSITY),
    )
    paths = ("CN", "CN/CN-CQ", "CN/CN-SC", WANZHOU, f"{WANZHOU}/{UNIVERSITY}")

    found = [rules.rule("OFF-01", TODAY, path) for path in paths]

    assert [rule.number("days") for rule in found] == [14, 12, 14, 10, 7]
    assert [rule.severity.value for rule in found] == ["block*", "block*", "block*", "block", "block"]
    assert found[-1].packs == ("offers-cn@1", "offers-cn-cq@1", "offers-alliance@1", "offers-org-01k5a@1")
    assert found[-1].reference == "offers-org-01k5a@1"


def test_a_lower_pack_keeps_what_it_does_not_mention() -> None:
    rule = book(pack(), lower()).rule("OFF-01", TODAY, WANZHOU)

    assert rule.title.en == "An offer has an end"
    assert (rule.number("days"), tuple(rule.cases), tuple(rule.facts)) == (14, ("late",), ("sent_on",))


def test_a_lower_level_may_weaken_neither_severity_nor_number() -> None:
    with pytest.raises(PackError, match=re.escape("severity `warn` weakens `block*` of the level above; `block*` or")):
        book(pack(), lower(severity="warn"))
    with pytest.raises(PackError, match="^" + re.escape("offers-alliance.1.yaml: rule OFF-01: params.days = 15 weak")):
        book(pack(), lower("{days: {value: 15}}"))


def test_the_alliance_is_held_against_every_province() -> None:
    strict_province = lower("{days: {value: 8}}", jurisdiction="CN-SN")

    with pytest.raises(PackError, match=r"params\.days = 10 weakens the level above; 8 or fewer would pass"):
        book(pack(), strict_province, lower("{days: {value: 10}}"))


def test_an_institution_is_held_against_its_province_when_its_pack_is_entered() -> None:
    rules = book(
        pack(),
        lower("{days: {value: 8}}", jurisdiction="CN-SN"),
        lower("{days: {value: 9}}", jurisdiction=UNIVERSITY),
    )

    rules.check(jurisdiction_of("500101", UNIVERSITY))
    with pytest.raises(PackError, match=r"params\.days = 9 weakens"):
        rules.check(jurisdiction_of("610101", UNIVERSITY))


def test_a_later_version_above_is_held_against_what_lies_below() -> None:
    stricter_from_2027 = pack(OFFER_RULE.replace("14", "5"), version=2, since="2027-01-01")

    with pytest.raises(PackError, match=r"params\.days = 10 weakens the level above; 5 or fewer would pass"):
        book(pack(until="2026-12-31"), stricter_from_2027, lower("{days: {value: 10}}"))


@pytest.mark.parametrize(
    ("shape", "upper", "good", "bad"),
    [
        (int, "{value: 5, stricter: higher}", "6", "4"),
        (int, "{value: 5, stricter: lower}", "4", "6"),
        (int, "{value: 5, stricter: equal}", "5", "6"),
        (int, "{value: 5, stricter: within, least: 3, most: 30}", "30", "31"),
        (Fraction, "{value: 7/5, stricter: lower}", "4/3", "3/2"),
        (tuple, "{value: [a, b], stricter: higher}", "[a, b, c]", "[a, c]"),
        (tuple, "{value: [a, b], stricter: lower}", "[a]", "[a, c]"),
    ],
)
def test_each_kind_of_number_may_only_grow_stricter(shape: type[int], upper: str, good: str, bad: str) -> None:
    kind = RuleShape("OFF-01", params={"days": shape}, cases=("late",), facts=("sent_on",))
    above = pack(OFFER_RULE.replace("{value: 14, unit: days, stricter: lower}", upper))

    book(above, lower(f"{{days: {{value: {good}}}}}"), shapes=(kind,))
    with pytest.raises(PackError, match=r"would pass\.$"):
        book(above, lower(f"{{days: {{value: {bad}}}}}"), shapes=(kind,))


def test_a_lower_level_may_narrow_a_range_and_never_widen_it() -> None:
    above = pack(OFFER_RULE.replace("stricter: lower", "stricter: within, least: 3, most: 30"))

    narrowed = book(above, lower("{days: {value: 10, least: 1, most: 20}}")).rule("OFF-01", TODAY, WANZHOU)

    assert narrowed.ranges["days"] == (3, 20)


@pytest.mark.parametrize("key", ["unit: hours", "stricter: higher"])
def test_a_lower_level_may_not_change_what_stricter_means(key: str) -> None:
    with pytest.raises(PackError, match="above and cannot change; leave it out"):
        book(pack(), lower(f"{{days: {{value: 10, {key}}}}}"))


def test_an_unknown_rule_id_is_refused() -> None:
    with pytest.raises(PackError, match=r"rule OFF-02: unknown rule id; this service applies OFF-01\.$"):
        book(pack(), pack(OFFER_RULE.replace("OFF-01", "OFF-02"), name="others"))


def test_a_rule_that_no_pack_names_is_refused() -> None:
    with pytest.raises(PackError, match=r"rule OFF-02: applied by the service and named by no pack\.$"):
        book(pack(), shapes=(OFFER, RuleShape("OFF-02")))


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("    severity: block*\n", "", "no severity; the highest pack in force that names a rule gives all of it"),
        ("    title: {zh: 邀约有期限, en: An offer has an end}", "", "no title; the highest pack in force that"),
        ("days: {value", "weeks: {value", "params are weeks; the rule reads exactly days"),
        ("      late:", "      early:", "cases are early; the rule reads exactly late"),
        ("      sent_on:", "      sent:", "facts are sent; the rule reads exactly sent_on"),
        ("value: 14", "value: 14/1", "params.days must be a whole number"),
        (", stricter: lower", "", "params.days declares no `stricter`: higher, lower, equal or within"),
        ("stricter: lower", "stricter: within", "params.days: `within` needs least <= value <= most"),
        ("stricter: lower", "stricter: within, least: 20, most: 30", "params.days: `within` needs least <= value"),
        ("{limit} is", "{most} is", "cases.late wants most; it may use actual, days, limit"),
        ("{limit} is", "{actual.real} is", "cases.late wants actual.real; it may use actual, days, limit"),
        ("{limit} is", "{limit is", "cases.late has a single brace; {actual} would pass"),
    ],
)
def test_a_rule_that_its_code_could_not_apply_is_refused(written: str, instead: str, complaint: str) -> None:
    assert written in OFFER_RULE

    with pytest.raises(PackError, match="^" + re.escape(f"offers-cn.1.yaml: rule OFF-01: {complaint}")):
        book(pack(OFFER_RULE.replace(written, instead)))


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ("{days: {value: 15}}", "offers-alliance.1.yaml：规则 OFF-01：params.days = 15 弱于上级，须为 14 或更少。"),
        ("{days: {value: 10, unit: hours}}", "规则 OFF-01：params.days.unit 在上级为 days，不得变更，请删除此项。"),
        ("{weeks: {value: 2}}", "规则 OFF-01：params 为 days, weeks，该规则只读取 days。"),
    ],
)
def test_a_pack_is_refused_in_chinese_too(params: str, complaint: str) -> None:
    with pytest.raises(PackError) as refused:
        book(pack(), lower(params))

    assert refused.value.zh.endswith(complaint)


def test_a_lower_pack_cannot_stand_where_nothing_stands_above_it() -> None:
    with pytest.raises(PackError, match="no severity; the highest pack in force"):
        book(pack(until="2025-12-31"), lower("{days: {value: 10}}"))


def test_two_versions_of_a_pack_may_not_be_in_force_together() -> None:
    with pytest.raises(PackError, match="both in force for CN; end one with effective_to before the other begins"):
        book(pack(until="2025-01-01"), pack(version=2, since="2025-01-01"))


def test_two_packs_of_one_level_may_not_name_one_rule_together() -> None:
    with pytest.raises(PackError, match="rule OFF-01: others@1 and offers-cn@1"):
        book(pack(), pack(name="others"))


def test_two_packs_of_one_level_may_share_the_time_if_not_the_rules() -> None:
    other = RuleShape("OFF-02", params={"days": int}, cases=("late",), facts=("sent_on",))

    rules = book(pack(), pack(OFFER_RULE.replace("OFF-01", "OFF-02"), name="others"), shapes=(OFFER, other))

    assert rules.rule("OFF-02", TODAY, "CN").reference == "others@1"


def test_a_published_version_is_not_written_twice() -> None:
    with pytest.raises(PackError, match="give one of them the next version"):
        book(pack(until="2020-12-31"), pack(since="2021-01-01"))


def test_before_the_first_pack_there_is_no_rule() -> None:
    with pytest.raises(NotInForce, match="it is named by offers-cn@1 from 2020-01-01"):
        book(pack()).rule("OFF-01", date(2019, 12, 31), WANZHOU)


@unhurried
@given(st.lists(st.integers(0, 20), min_size=3, max_size=3))
def test_a_rulebook_that_loads_never_grows_weaker_downwards(days: list[int]) -> None:
    where = ("CN-CQ", "alliance", UNIVERSITY)
    packs = [
        lower(f"{{days: {{value: {value}}}}}", jurisdiction=level) for value, level in zip(days, where, strict=True)
    ]
    path = f"{WANZHOU}/{UNIVERSITY}"

    try:
        rules = book(pack(), *packs)
        rules.check(path)
    except PackError:
        assert sorted([14, *days], reverse=True) != [14, *days]
    else:
        assert rules.rule("OFF-01", TODAY, path).number("days") == min(14, *days)


def test_a_finding_says_what_was_found_in_both_languages() -> None:
    late = book(pack()).rule("OFF-01", TODAY, WANZHOU).fails("late", actual=20, limit=14)

    assert late.message.say("en") == "20 days have passed; 14 is the most"
    assert late.message.say("zh") == "已过 20 天"
    assert late.remedy is not None
    assert late.remedy.say("zh") == "请重新邀约"
    assert (late.rule, late.version, late.severity) == ("OFF-01", "offers-cn@1", Severity.BLOCK_IN_PRINCIPLE)


def test_an_unknown_names_the_fact_and_who_can_give_it() -> None:
    unknown = book(pack()).rule("OFF-01", TODAY, WANZHOU).unknown("sent_on")

    assert [(missing.fact, missing.giver) for missing in unknown.missing] == [("sent_on", "enterprise_admin")]
    assert unknown.message.en == "This cannot be judged; not known: the day it was sent."
    assert unknown.remedy is not None
    assert unknown.remedy.en == "The enterprise enters the day."


@pytest.mark.parametrize(("reader", "params"), [("number", "7/5"), ("number", "[a]"), ("ratio", "[a]"), ("names", "5")])
def test_a_parameter_is_read_as_what_it_is(reader: str, params: str) -> None:
    kinds = {"7/5": Fraction, "[a]": tuple, "5": int}
    shape = RuleShape("OFF-01", params={"days": kinds[params]}, cases=("late",), facts=("sent_on",))
    rule = book(pack(OFFER_RULE.replace("value: 14", f"value: {params}")), shapes=(shape,)).rule("OFF-01", TODAY, "CN")

    with pytest.raises(TypeError, match="parameter days"):
        getattr(rule, reader)("days")


@pytest.mark.parametrize("service", SHAPES)
def test_the_shipped_packs_load_and_fill_every_sentence(service: str) -> None:
    for shape in SHAPES[service]:
        rule = shipped(service).rule(shape.id, TODAY, WANZHOU)
        for case in rule.cases:
            finding = rule.fails(case, actual=1, limit=2)
            assert "{" not in finding.message.zh + finding.message.en
        assert all(rule.unknown(fact).missing for fact in rule.facts)


def test_a_version_without_an_end_ends_where_its_successor_begins() -> None:
    rules = book(pack(), pack(OFFER_RULE.replace("14", "10"), version=2, since="2027-01-01"))

    days = [rules.rule("OFF-01", on, "CN").number("days") for on in (date(2026, 12, 31), date(2027, 1, 1))]

    assert days == [14, 10]
    assert [pack.effective_to for pack in rules.packs] == [date(2026, 12, 31), None]


def test_a_successor_begins_after_what_it_succeeds() -> None:
    with pytest.raises(PackError, match="both in force for CN"):
        book(pack(), pack(version=2))


def test_a_kept_finding_finds_the_versions_that_made_it() -> None:
    rules = book(pack(), pack(OFFER_RULE.replace("14", "10"), version=2, since="2025-01-01"))

    assert rules.rule_of("OFF-01", ["offers-cn@1"]).number("days") == 14
    with pytest.raises(NotInForce, match="offers-cn@3 is not installed here"):
        rules.rule_of("OFF-01", ["offers-cn@3"])
