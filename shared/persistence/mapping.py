"""Between an aggregate and its row: fields and columns have the same names, nested parts become JSON documents."""

from collections.abc import Callable
from collections.abc import Mapping as Columns
from dataclasses import fields
from enum import Enum
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import TypeAdapter
from sqlalchemy import JSON, RowMapping
from sqlmodel import SQLModel

from shared.persistence.sets import Row
from shared.persistence.spine import table_of

T = TypeVar("T")
Convert = Callable[[Any], Any]


class Mapping(Generic[T]):
    """How things of one shape are kept in one table. A column without a field, or the reverse, is refused at once."""

    def __init__(self, shape: type[T], row: type[SQLModel]) -> None:
        self.shape = shape
        self.table = table_of(row)
        hints = get_type_hints(shape)
        names = [field.name for field in fields(shape)]  # type: ignore[arg-type]
        if odd := set(names) ^ set(self.table.c.keys()):
            raise TypeError(f"{shape.__name__} and table {self.table.name} differ in {', '.join(sorted(odd))}")
        self._to_row = {name: _to_column(hints[name], self.is_document(name)) for name in names}
        self._to_thing = {name: _to_field(hints[name], self.is_document(name)) for name in names}

    def is_document(self, column: str) -> bool:
        """Whether the column holds a JSON document."""
        return isinstance(self.table.c[column].type, JSON)

    def row(self, thing: T) -> Row:
        """The thing as a row."""
        return {name: convert(getattr(thing, name)) for name, convert in self._to_row.items()}

    def thing(self, row: Columns[str, Any] | RowMapping) -> T:
        """The thing that a row holds."""
        return self.shape(**{name: convert(row[name]) for name, convert in self._to_thing.items()})


def _same(value: Any) -> Any:
    return value


def _to_column(hint: Any, document: bool) -> Convert:
    if document:
        adapter = TypeAdapter(hint)
        return lambda value: adapter.dump_python(value, mode="json")
    return lambda value: value.value if isinstance(value, Enum) else value


def _to_field(hint: Any, document: bool) -> Convert:
    if document:
        return TypeAdapter(hint).validate_python
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _same
