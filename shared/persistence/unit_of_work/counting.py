"""How many there are as a unit of work has them: what the database counted, and what the work has changed since."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from shared.persistence.mapping import Mapping
from shared.persistence.sets import Row

Counted = list[tuple[Row, int]]


def fits(row: Row, equals: dict[str, object]) -> bool:
    """Whether the columns have the values (a list, set or tuple means: one of these)."""
    return all(
        row[name] in wanted if isinstance(wanted, list | set | tuple | frozenset) else row[name] == wanted
        for name, wanted in equals.items()
    )


def recounted(
    counted: Counted,
    changed: Iterable[tuple[Any | None, Any]],
    mapping: Mapping[Any],
    by: Sequence[str],
    equals: dict[str, object],
) -> Counted:
    """The counts with each of the `changed` taken out as it was (None: it was not there) and put in as it is."""
    rows = {_key(row): row for row, _ in counted}
    numbers = Counter({_key(row): number for row, number in counted})
    for was, now in changed:
        for thing, one in ((was, -1), (now, 1)):
            row = {} if thing is None else mapping.row(thing)
            if row and fits(row, equals):
                named = {name: row[name] for name in by}
                rows.setdefault(_key(named), named)
                numbers[_key(named)] += one
    return [(rows[key], number) for key, number in numbers.items() if number]


def _key(row: Row) -> bytes:
    return orjson.dumps(list(row.values()), option=orjson.OPT_SORT_KEYS)
