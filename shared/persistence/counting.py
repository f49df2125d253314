"""Statements that count: how many rows there are of each sort, and what a column comes to. Demonstration data apart."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, case, func, literal, select, union_all

Counting = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]


def how_many(table: Table, *labels: str) -> Select[*tuple[Any, ...]]:
    """The number of rows by the values of these columns, and by whether they are demonstration data (`true`)."""
    by = [table.c[name] for name in labels]
    return select(*by, _test(table), func.count()).group_by(*by, table.c.test)


def sums(table: Table, amounts: Mapping[str, ColumnElement[Any]]) -> Counting:
    """What each expression comes to over all rows, by its name and by whether they are demonstration data."""
    parts = [
        select(literal(name), _test(table), func.coalesce(func.sum(amount), 0)).group_by(table.c.test)
        for name, amount in amounts.items()
    ]
    return union_all(*parts)


def _test(table: Table) -> ColumnElement[str]:
    return case((table.c.test, "true"), else_="false")
