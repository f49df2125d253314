"""Where a rule applies: the path from the country down to an institution, and what lies in what."""

from datetime import date

import pytest

from shared.rules import jurisdiction_of
from shared.rules.jurisdiction import lies_in, path_of
from tests.unit.rules.packs import book, pack

UNIVERSITY = "org_01K5A7B8C9D0E1F2G3H4J5K6M7"
TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("region", "path"),
    [
        ("500101", "CN/CN-CQ/alliance"),
        ("511723", "CN/CN-SC/alliance"),
        ("420101", "CN/CN-HB/alliance"),
        ("610101", "CN/CN-SN/alliance"),
        ("110101", "CN/alliance"),
    ],
)
def test_a_region_code_names_its_province(region: str, path: str) -> None:
    assert jurisdiction_of(region) == path
    assert jurisdiction_of(region, UNIVERSITY) == f"{path}/{UNIVERSITY}"


def test_a_region_code_has_six_digits() -> None:
    with pytest.raises(ValueError, match="six digits"):
        jurisdiction_of("5001")


@pytest.mark.parametrize(
    ("region", "wider", "inside"),
    [
        ("511723", "511700", True),
        ("511723", "510000", True),
        ("511723", "511723", True),
        ("511700", "511723", False),
        ("500101", "511700", False),
        ("500101", "500154", False),
    ],
)
def test_a_region_lies_in_itself_and_in_what_it_is_a_part_of(region: str, wider: str, *, inside: bool) -> None:
    assert lies_in(region, wider) is inside


@pytest.mark.parametrize("code", ["999999", "161234", "000000"])
def test_a_code_that_no_province_has_names_no_place(code: str) -> None:
    with pytest.raises(ValueError, match="is no jurisdiction"):
        path_of(code)


@pytest.mark.parametrize("path", ["alliance", "CN/CN-BJ", "CN/alliance/CN-CQ", "CN/", "500101"])
def test_only_a_path_from_the_country_down_is_a_jurisdiction(path: str) -> None:
    with pytest.raises(ValueError, match="is no jurisdiction"):
        book(pack()).rule("OFF-01", TODAY, path)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("CN-CQ", "CN/CN-CQ/alliance"),
        ("alliance", "CN/alliance"),
        ("CN", "CN"),
        ("511723", "CN/CN-SC/alliance"),
        (UNIVERSITY, f"CN/alliance/{UNIVERSITY}"),
        (f"CN/CN-CQ/alliance/{UNIVERSITY}", f"CN/CN-CQ/alliance/{UNIVERSITY}"),
    ],
)
def test_a_place_may_be_named_by_one_of_its_levels(written: str, path: str) -> None:
    assert path_of(written) == path


@pytest.mark.parametrize("written", ["CN-BJ", "", "Chongqing", "5001"])
def test_a_place_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no jurisdiction"):
        path_of(written)
