"""Every check of a single pack, seen to fail: the message names the file, the rule and what would pass."""

import re
from datetime import date
from pathlib import Path

import pytest

from shared.rules import PackError, load_packs, read_pack
from tests.unit.rules.packs import OFFER_RULE, SERVICES, SHAPES, pack


def test_a_pack_knows_its_dates_and_its_version() -> None:
    read = pack(version=3, since="2020-01-01", until="2020-12-31")

    assert read.reference == "offers-cn@3"
    days = ((2019, 12, 31), (2020, 1, 1), (2020, 12, 31), (2021, 1, 1))
    assert [read.in_force(date(*day)) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("    severity: block*", "    sevrity: block*", "rule OFF-01.sevrity: unknown key"),
        ("severity: block*", "severity: refuse", "rule OFF-01.severity: Input should be 'block', 'block*', 'warn' or"),
        ("confidence: own", "confidence: sure", "rule OFF-01.confidence: Input should be 'stated', 'verified', 'local"),
        ("id: OFF-01", "id: offer", "rule offer.id: String should match pattern '^[A-Z]+-[0-9]{2}$'"),
        ("value: 14", "value: 14.0", "rule OFF-01.params.days.value: must be a whole number from 0, a ratio such as"),
        ("value: 14", "value: -1", "rule OFF-01.params.days.value: must be a whole number from 0"),
        ("value: 14", "value: yes", "rule OFF-01.params.days.value: must be a whole number from 0"),
        ("value: 14", "value: 7/0", "rule OFF-01.params.days.value: must be a whole number from 0"),
        ("value: 14", "value: []", "rule OFF-01.params.days.value: must be a whole number from 0"),
        ("value: 14", "value: [Term]", "rule OFF-01.params.days.value: must be a whole number from 0"),
        ("value: 14, ", "", "rule OFF-01.params.days.value: Field required"),
        ("stricter: lower", "stricter: less", "rule OFF-01.params.days.stricter: Input should be 'higher', 'lower'"),
        (
            "stricter: lower",
            "stricter: lower, least: 3",
            "rule OFF-01.params.days: least and most go with `stricter: w",
        ),
        ("{zh: 邀约有期限, en: An offer has an end}", "{zh: 邀约有期限}", "rule OFF-01.title.en: Field required"),
        ("en: An offer has an end", "en: ''", "rule OFF-01.title.en: String should have at least 1 character"),
        ("en: An offer has an end", "en: An offer has an end, fr: Une offre", "rule OFF-01.title.fr: unknown key"),
        ("{document: a decision, article: one}", "{document: a decision}", "rule OFF-01.source.article: Field requi"),
        ("        giver: enterprise_admin\n", "", "rule OFF-01.facts.sent_on.giver: Field required"),
        ("      days:", "      Days:", "rule OFF-01.params.Days.[key]: String should match pattern"),
    ],
)
def test_a_slip_in_a_rule_is_refused(written: str, instead: str, complaint: str) -> None:
    assert written in OFFER_RULE

    with pytest.raises(PackError, match="^" + re.escape(f"offers-cn.1.yaml: {complaint}")):
        pack(OFFER_RULE.replace(written, instead))


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"jurisdiction": "CN-BJ"}, "jurisdiction: String should match pattern"),
        ({"jurisdiction": "org_1"}, "jurisdiction: String should match pattern"),
        ({"since": "'soon'"}, "effective_from: Input should be a valid date"),
        ({"since": "2020-01-02", "until": "2020-01-01"}, "pack: effective_to is before effective_from"),
        ({"version": 0}, "version: Input should be greater than or equal to 1"),
        ({"name": "Offers CN"}, "pack: String should match pattern"),
        ({"rules": OFFER_RULE + OFFER_RULE}, "pack: rule OFF-01 stands twice in this pack"),
        ({"rules": " []"}, "pack: a pack names at least one rule"),
    ],
)
def test_a_slip_in_the_head_of_a_pack_is_refused(changed: dict[str, object], complaint: str) -> None:
    with pytest.raises(PackError, match=r"\.yaml: " + re.escape(complaint)):
        pack(**changed)  # type: ignore[arg-type]


def test_an_unknown_key_of_a_pack_is_refused() -> None:
    with pytest.raises(PackError, match=r"^p\.yaml: author: unknown key; remove it or correct its spelling$"):
        read_pack(
            f"pack: p\nversion: 1\njurisdiction: CN\neffective_from: 2020-01-01\nauthor: me\nrules:{OFFER_RULE}",
            origin="p.yaml",
        )


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("value: 14, ", "", "offers-cn.1.yaml：规则 OFF-01.params.days.value：必填。"),
        ("value: 14", "value: -1", "规则 OFF-01.params.days.value：须为非负整数、7/5 形式的比例或名称列表。"),
        ("severity: block*", "sevrity: block*", "规则 OFF-01.sevrity：不支持此字段，请删除。"),
        ("severity: block*", "severity: [", "offers-cn.1.yaml：无法按 YAML 读取，请检查第"),
    ],
)
def test_a_slip_is_told_in_chinese_too(written: str, instead: str, complaint: str) -> None:
    with pytest.raises(PackError) as refused:
        pack(OFFER_RULE.replace(written, instead))

    assert complaint in refused.value.zh


def test_all_slips_of_a_pack_are_told_at_once() -> None:
    with pytest.raises(PackError) as refusal:
        pack(OFFER_RULE.replace("block*", "refuse").replace("value: 14", "value: 1.5"))

    assert len(str(refusal.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("pack: one\npack: two", "'pack' is given twice"),
        ("pack: [", "not readable as YAML"),
        ("- just a list", "Input should be an object"),
        ("rules: 5", "Field required"),
    ],
)
def test_a_file_that_holds_no_pack_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(PackError, match=r"^p\.yaml: ") as refusal:
        read_pack(text, origin="p.yaml")

    assert complaint in str(refusal.value)


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"at least one \*\.yaml"):
        load_packs(tmp_path)


def test_a_folder_gives_its_yaml_files_by_name(tmp_path: Path) -> None:
    head = "version: 1\njurisdiction: CN\neffective_from: 2020-01-01\nrules:" + OFFER_RULE
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text(f"pack: {name}\n{head}", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no pack", encoding="utf-8")

    assert [read.pack for read in load_packs(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize("service", SHAPES)
def test_no_shipped_pack_carries_a_tag_of_its_sources(service: str) -> None:
    for file in (SERVICES / service / "rules").iterdir():
        assert not re.search(r"\[[SVLMDX](/[SVLMDX])*\]", file.read_text(encoding="utf-8"))
