"""Facts as people state them: exactly what the rule takes, and never more than can be judged."""

from datetime import date
from fractions import Fraction

import pytest

from shared.rules import Facts
from shared.rules.stating import FactsError, read_facts


class Sample(Facts):
    """Some facts."""

    days: int | None = None
    share: Fraction | None = None
    on: date | None = None
    lines: tuple[int, ...] = ()


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ({}, Sample()),
        ({"days": None}, Sample()),
        ({"share": "7/5", "lines": [1, 2]}, Sample(share=Fraction(7, 5), lines=(1, 2))),
        ({"share": 0.5, "on": "2026-09-01"}, Sample(share=Fraction(1, 2), on=date(2026, 9, 1))),
    ],
)
def test_facts_are_read_as_they_are_written(stated: object, read: Sample) -> None:
    assert read_facts(Sample, stated) == read


@pytest.mark.parametrize(
    ("stated", "places"),
    [
        ({"days": "3"}, ["days"]),
        ({"days": True}, ["days"]),
        ({"days": 3.0}, ["days"]),
        ({"on": 20260901}, ["on"]),
        ({"on": "2026-02-30"}, ["on"]),
        ({"on": "1899-12-31"}, ["on"]),
        ({"lines": [1, "x", None]}, ["lines.1", "lines.2"]),
        ({"lines": [1] * 11}, ["lines"]),
        ({"more": 1, "days": "x"}, ["days", "more"]),
        ([], [""]),
        (None, [""]),
        ("facts", [""]),
    ],
)
def test_every_field_that_does_not_fit_is_named(stated: object, places: list[str]) -> None:
    with pytest.raises(FactsError) as refused:
        read_facts(Sample, stated, longest=10)

    assert [".".join(map(str, fault.place)) for fault in refused.value.faults] == places
    assert all(fault.message for fault in refused.value.faults)


def test_without_a_bound_a_list_may_be_long() -> None:
    assert len(read_facts(Sample, {"lines": [1] * 5000}).lines) == 5000  # type: ignore[attr-defined]


def test_what_is_nested_too_deep_is_refused_before_it_is_read() -> None:
    stated: object = 1
    for _ in range(50):
        stated = [stated]

    with pytest.raises(FactsError, match="nested at most 20 deep"):
        read_facts(Sample, {"lines": stated})


class _Sectors(Facts):
    sectors: dict[str, str | None] = {}
    days: int = 0


def test_a_null_is_left_out_only_where_it_cannot_stand() -> None:
    read = read_facts(_Sectors, {"sectors": {"acme": None}, "days": None})

    assert read == _Sectors(sectors={"acme": None})
