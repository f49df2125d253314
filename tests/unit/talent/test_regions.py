"""Regions match by their hierarchy, old codes are mapped, and distances are those of the map."""

import pytest

from services.talent.domain.regions import CENTROIDS, Place, centroid, kilometres, same_region
from shared.rules.jurisdiction import lies_in, retired_in, span_of


@pytest.mark.parametrize(
    ("wider", "code"),
    [
        ("511700", "511723"),
        ("510000", "511723"),
        ("500101", "500101"),
        ("500000", "500154"),
        ("500154", "500234"),
        ("500234", "500154"),
    ],
)
def test_a_region_covers_what_lies_in_it_under_old_codes_too(wider: str, code: str) -> None:
    assert lies_in(code, wider)
    first, beyond = span_of(wider)
    assert first <= code < beyond or code in retired_in(wider)


@pytest.mark.parametrize(("wider", "code"), [("511723", "511700"), ("500101", "500154"), ("511700", "511823")])
def test_a_region_covers_neither_its_neighbour_nor_what_it_lies_in(wider: str, code: str) -> None:
    assert not lies_in(code, wider)
    first, beyond = span_of(wider)
    assert not first <= code < beyond
    assert code not in retired_in(wider)


def test_regions_are_the_same_whichever_of_the_two_is_the_wider() -> None:
    assert same_region("511723", "511700")
    assert same_region("511700", "511723")


@pytest.mark.parametrize(
    ("one", "other", "km"), [("500101", "511700", 100), ("500101", "500154", 39), ("511700", "500154", 88)]
)
def test_the_three_cities_are_as_far_apart_as_the_map_says(one: str, other: str, km: int) -> None:
    assert round(kilometres(CENTROIDS[one], CENTROIDS[other])) == km


def test_antipodes_are_half_the_way_round_the_earth() -> None:
    assert round(kilometres(Place(0, 0), Place(0, 180))) == 20015


def test_a_county_lies_where_its_prefecture_does() -> None:
    assert centroid("511723") == CENTROIDS["511700"]


def test_a_county_that_was_renamed_lies_where_it_always_did() -> None:
    assert centroid("500234") == CENTROIDS["500154"]


def test_of_a_region_that_is_not_listed_no_middle_is_known() -> None:
    assert centroid("420102") is None
