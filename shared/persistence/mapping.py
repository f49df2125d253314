"""Between an aggregate and its row: fields and columns have the same names, nested parts become JSON documents."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Columns
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from functools import cached_property, partial
from typing import Any, Final, Generic, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter
from sqlalchemy import JSON, RowMapping
from sqlmodel import SQLModel

from shared.persistence.sets import Row
from shared.persistence.spine import table_of

T = TypeVar("T")
Convert = Callable[[Any], Any]

_PLAIN: Final = {str, int, float, bool, bytes, date, datetime, type(None)}


class Mapping(Generic[T]):
    """How things of one shape are kept in one table. A column without a field, or the reverse, is refused at once.

    A shape that is only a `part` of what the table keeps has no field for some of the columns: it is read, and never
    written.
    """

    def __init__(self, shape: type[T], row: type[SQLModel], *, part: bool = False) -> None:
        self.shape = shape
        self.table = table_of(row)
        hints, of_shape = get_type_hints(shape), fields(shape)  # type: ignore[arg-type]
        names = [field.name for field in of_shape]
        if odd := set(names) - set(self.table.c.keys()) if part else set(names) ^ set(self.table.c.keys()):
            raise TypeError(f"{shape.__name__} and table {self.table.name} differ in {', '.join(sorted(odd))}")
        self._names = tuple(names)
        self.columns = tuple(column.name for column in self.table.c if column.name in names)
        documents = {name: _Document(hints[name]) for name in names if self.is_document(name)}
        self._to_row = _converters({name: _to_column(hints[name], documents.get(name)) for name in names})
        self._to_thing = _converters({name: _to_field(hints[name], documents.get(name)) for name in names})
        as_they_are = not self._to_thing and not any(field.kw_only for field in of_shape)
        self._in_order = as_they_are and self.columns == self._names

    def is_document(self, column: str) -> bool:
        """Whether the column holds a JSON document."""
        return isinstance(self.table.c[column].type, JSON)

    def row(self, thing: T) -> Row:
        """The thing as a row."""
        row = {name: getattr(thing, name) for name in self._names}
        for name, convert in self._to_row:
            row[name] = convert(row[name])
        return row

    def thing(self, row: Columns[str, Any] | RowMapping) -> T:
        """The thing that a row holds."""
        return self._made({name: row[name] for name in self._names})

    def selected(self, row: Sequence[Any]) -> T:
        """The thing that a row of `SELECT` holds, its columns being `columns` in their order."""
        # What is read by the thousand, a few plain columns of each, is made without naming them.
        return self.shape(*row) if self._in_order else self._made(dict(zip(self.columns, row, strict=True)))

    def _made(self, values: Row) -> T:
        for name, convert in self._to_thing:
            values[name] = convert(values[name])
        return self.shape(**values)


def _converters(of: Columns[str, Convert | None]) -> tuple[tuple[str, Convert], ...]:
    return tuple((name, convert) for name, convert in of.items() if convert is not None)


class _Document:
    """How a document is written and read; made when it is first needed, for many never are in a process."""

    def __init__(self, hint: Any) -> None:
        self._hint = hint

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self._hint)

    def write(self, value: Any) -> Any:
        return self._adapter.dump_python(value, mode="json")

    def read(self, value: Any) -> Any:
        return self._adapter.validate_python(value)


def _to_column(hint: Any, document: _Document | None) -> Convert | None:
    if document is not None:
        return document.write
    return None if _is_plain(hint) else _value_of


def _to_field(hint: Any, document: _Document | None) -> Convert | None:
    if document is not None:
        return document.read
    kinds = (kind for kind in get_args(hint) or (hint,) if isinstance(kind, type) and issubclass(kind, Enum))
    kind = next(kinds, None)
    return kind if kind is None or kind is hint else partial(_known, kind)


def _known(kind: type[Enum], value: Any) -> Enum | None:
    return None if value is None else kind(value)


def _is_plain(hint: Any) -> bool:
    """Whether the database takes such values as they are."""
    return all(known in _PLAIN for known in get_args(hint) or (hint,))


def _value_of(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
