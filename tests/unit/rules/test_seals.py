"""Published packs never change: what decides in them is sealed, how a refusal is worded is not."""

from pathlib import Path

import pytest

from shared.operations.publishing_packs import complaints, with_packs
from shared.rules import Pack
from shared.rules.seals import broken, digest, read_seals, seal
from tests.unit.rules.packs import OFFER_RULE, pack


def test_no_published_pack_of_the_services_has_changed() -> None:
    assert complaints(with_packs()) == []


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("value: 14", "value: 15"),
        ("stricter: lower", "stricter: higher"),
        ("block*", "block"),
        ("article: one", "article: two"),
        ("confidence: own", "confidence: verified"),
        ("by days", "by working days"),
    ],
)
def test_what_decides_is_sealed(written: str, instead: str) -> None:
    changed = pack(OFFER_RULE.replace(written, instead))

    assert broken([changed], {"offers-cn@1": digest(pack())}) == [
        "offers-cn@1 was published and has changed since; put it back, and publish the change as offers-cn@2"
    ]


@pytest.mark.parametrize("until", ["2026-12-31"])
def test_a_published_pack_is_not_ended_by_hand(until: str) -> None:
    assert broken([pack(until=until)], {"offers-cn@1": digest(pack())}) != []


@pytest.mark.parametrize(("written", "instead"), [("请重新邀约", "请重新发出邀约"), ("the day it was sent", "its day")])
def test_the_words_of_a_refusal_may_be_improved(written: str, instead: str) -> None:
    assert broken([pack(OFFER_RULE.replace(written, instead))], {"offers-cn@1": digest(pack())}) == []


def test_a_published_pack_that_is_gone_is_missed() -> None:
    assert broken([], {"offers-cn@1": "…"}) == ["offers-cn@1 was published and is gone; put it back"]


def test_the_layout_of_a_file_is_not_sealed() -> None:
    assert digest(pack(OFFER_RULE.replace("{value: 14, unit: days,", "{unit: days, value: 14,"))) == digest(pack())


def test_what_was_sealed_stays_as_it_was(tmp_path: Path) -> None:
    changed, newer = pack(OFFER_RULE.replace("14", "15")), pack(version=2, since="2027-01-01")
    seal([pack()], tmp_path)

    seal([changed, newer], tmp_path)

    assert read_seals(tmp_path) == {"offers-cn@1": digest(pack()), "offers-cn@2": digest(newer)}
    assert told(changed, newer, folder=tmp_path) == ["offers-cn@1"]


def told(*packs: Pack, folder: Path) -> list[str]:
    return [sentence.partition(" ")[0] for sentence in broken(packs, read_seals(folder))]
