"""What the rules of the services show to people is in their language: numbers, units, sources, and lists of values."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from shared.rules import Rule, jurisdiction_of, load_packs
from shared.rules.pack import RuleLayer
from shared.rules.unit import Unit, percent, said
from shared.web.service import installed_services

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CODE = re.compile(r"[a-z]+_[a-z_]+|[a-z]{4,}")


def rules() -> Iterator[Rule]:
    """Every rule of every service as it applies in Wanzhou."""
    for service in installed_services().values():
        book = service.rulebook()
        for id in book.ids if book else ():
            assert book is not None
            yield book.rule(id, date(2026, 11, 1), jurisdiction_of("500101"))


LAYERS = [
    pytest.param(layer, id=f"{pack.pack}:{layer.id}")
    for service in installed_services().values()
    if service.rule_shapes
    for pack in load_packs(service.folder / "rules")
    for layer in pack.rules
]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_source_is_called_in_chinese(layer: RuleLayer) -> None:
    assert _CHINESE.search(layer.source.document_in("zh"))
    assert _CHINESE.search(layer.source.article_in("zh"))
    assert layer.source.document_in("en") == layer.source.document


@pytest.mark.parametrize("rule", [*rules()], ids=lambda rule: rule.id)
def test_every_number_of_a_rule_is_labelled_and_told_without_a_code(rule: Rule) -> None:
    assert rule.labels.keys() == rule.params.keys()
    assert not [name for name in rule.params if _CODE.search(rule.told(name, "zh"))]


@pytest.mark.parametrize("unit", [*Unit])
def test_every_unit_is_called_in_both_languages(unit: Unit) -> None:
    assert _CHINESE.search(unit.told.zh)
    assert unit.told.en


@pytest.mark.parametrize(
    ("points", "told"), [(0, "0%"), (1, "0.01%"), (7000, "70%"), (9050, "90.5%"), (10_000, "100%"), (12_345, "123.45%")]
)
def test_a_share_in_basis_points_is_told_exactly(points: int, told: str) -> None:
    assert percent(points) == told


@pytest.mark.parametrize(("share", "told"), [(Fraction(7, 20), "35%"), (Fraction(1, 3), "1/3")])
def test_a_share_that_has_no_exact_percentage_stays_a_ratio(share: Fraction, told: str) -> None:
    assert said(share, Unit.SHARE, "zh") == told
