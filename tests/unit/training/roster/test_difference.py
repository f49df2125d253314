"""What a whole list changes in a register, held against the plainest way of finding it."""

from collections.abc import Iterator

import orjson
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.roster.difference import Change, Columns, Comparison, Difference, Listed, Registered

COLUMNS = Columns(number="no", moving=frozenset({"year", "unit"}), fixed=frozenset({"name"}))
NUMBERS = st.sampled_from([f"N{number}" for number in range(8)])
VALUES = st.fixed_dictionaries(
    {"year": st.integers(1, 3), "unit": st.sampled_from("ab"), "name": st.sampled_from("xy")}
)
FILLED = st.frozensets(st.sampled_from(["year", "unit", "name"]))
REGISTER = st.dictionaries(NUMBERS, st.tuples(st.booleans(), VALUES))
LIST = st.dictionaries(NUMBERS, st.tuples(VALUES, FILLED))


def compared(
    register: dict[str, tuple[bool, dict[str, object]]],
    listed: dict[str, tuple[dict[str, object], frozenset[str]]],
    unreadable: frozenset[str] = frozenset(),
) -> tuple[Comparison, list[Difference]]:
    rows = {
        number: Listed(row, orjson.dumps(values), filled)
        for row, (number, (values, filled)) in enumerate(listed.items(), start=2)
    }
    comparison = Comparison(COLUMNS, rows, {*listed, *unreadable})
    people = [Registered(f"id-{number}", number, here, values) for number, (here, values) in register.items()]
    found = [difference for person in people for difference in comparison.differences(person)]
    return comparison, [*found, *comparison.rest()]


def oracle(
    register: dict[str, tuple[bool, dict[str, object]]],
    listed: dict[str, tuple[dict[str, object], frozenset[str]]],
    unreadable: frozenset[str],
) -> Iterator[tuple[str, Change, dict[str, object]]]:
    for number in sorted({*register, *listed}):
        here, has = register.get(number, (False, {}))
        says, filled = listed.get(number, ({}, frozenset()))
        moved = {name: says[name] for name in ("unit", "year") if name in filled and says[name] != has.get(name)}
        on_both = (Change.CHANGED if moved else None) if here else Change.RETURNED
        on_register_alone = Change.LEFT if here and number not in unreadable else None
        change = Change.ADDED if number not in register else on_both if number in listed else on_register_alone
        if change is not None:
            yield number, change, says if change is Change.ADDED else moved


@given(REGISTER, LIST, st.frozensets(NUMBERS))
def test_everybody_becomes_what_the_plainest_comparison_says(
    register: dict[str, tuple[bool, dict[str, object]]],
    listed: dict[str, tuple[dict[str, object], frozenset[str]]],
    unreadable: frozenset[str],
) -> None:
    numbers = dict(enumerate(listed, start=2))

    _, found = compared(register, listed, unreadable)

    told = [
        ((each.person_id or "").removeprefix("id-") or numbers[each.row or 0], each.change, orjson.loads(each.said))
        for each in found
    ]
    assert sorted(told, key=lambda one: one[0]) == list(oracle(register, listed, unreadable))


@given(REGISTER, LIST)
def test_a_list_that_has_acted_changes_nothing_any_more(
    register: dict[str, tuple[bool, dict[str, object]]],
    listed: dict[str, tuple[dict[str, object], frozenset[str]]],
) -> None:
    _, found = compared(register, listed)
    numbers = dict(enumerate(listed, start=2))
    for each in found:
        number = (each.person_id or "").removeprefix("id-") or numbers[each.row or 0]
        _, values = register.get(number, (False, {}))
        register[number] = (each.change is not Change.LEFT, {**values, **orjson.loads(each.said)})

    assert compared(register, listed)[1] == []


def test_who_stands_in_a_row_that_does_not_fit_has_not_left() -> None:
    register = {"N1": (True, {"year": 1, "unit": "a", "name": "x"})}

    assert compared(register, {}, frozenset({"N1"}))[1] == []
    assert [each.change for each in compared(register, {})[1]] == [Change.LEFT]


def test_what_only_a_correction_changes_is_remarked_and_not_changed() -> None:
    has, says = {"year": 1, "unit": "a", "name": "x"}, {"year": 1, "unit": "a", "name": "y"}

    comparison, found = compared({"N1": (True, has)}, {"N1": (says, frozenset({"year", "name"}))})

    assert (comparison.remarks, found, comparison.known) == ([(2, "name")], [], 1)
