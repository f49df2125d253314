"""Rows held against the shape of their table: each cell that does not fit is told of by its row and column."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from shared.rules.verdict import Bilingual
from shared.tables.checked import Checked, Row
from shared.tables.refusals import EmptyTable, MissingHeadings, TooManyRows, UnknownHeadings
from shared.tables.shape import Column, TableShape, plain
from shared.tables.sheet import Line, lines
from shared.words import Choice

B = TypeVar("B", bound=BaseModel)
T = TypeVar("T")

MAX_ROWS: Final = 100_000
_REMARK: Final = "#"
_DAY: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))")
_FLAGS: Final = {"是": "true", "否": "false", "yes": "true", "no": "false", "y": "true", "n": "false"}
_PARTS: Final = re.compile(r"[;；、]")
_LONGEST: Final = 10_000


def check(shape: TableShape[B], file: bytes, keep: Callable[[B], T], *, most: int = MAX_ROWS) -> Checked[T]:
    """Read a file row by row and hold each against the shape; of those that fit `keep` is what is kept.

    Raises a refusal where the file as a whole is no such table.
    """
    numbered = lines(file)
    columns = _columns(shape, next(numbered, None))
    checked: Checked[T] = Checked(seen={column.name: set() for column in shape.columns if column.unique})
    for number, cells in numbered:
        if cells[0].startswith(_REMARK):
            continue
        checked.count += 1
        if checked.count > most:
            raise TooManyRows(limit=most)
        row = _Reading(shape, number, columns, cells, checked.seen)
        _take(row, checked, keep)
    if not checked.count:
        raise EmptyTable
    return checked


def _take(row: "_Reading[B]", checked: Checked[T], keep: Callable[[B], T]) -> None:
    faults = list(row.faults())
    for column, message in faults:
        checked.blame(row.number, column, message)
    if not faults and row.said is not None:
        checked.rows.append(Row(row.number, keep(row.said)))


def _columns(shape: TableShape[B], headings: Line | None) -> Sequence[Column | None]:
    """Which column stands at which place. Columns without a heading are passed over if nothing stands in them."""
    if headings is None:
        raise EmptyTable
    columns = [shape.by_heading.get(plain(heading)) if heading else None for heading in headings[1]]
    strange = [
        place
        for place, (heading, column) in enumerate(zip(headings[1], columns, strict=True), start=1)
        if heading and (column is None or column in columns[: place - 1])
    ]
    if strange:
        known = tuple(Choice(column.heading, column.name) for column in shape.columns)
        raise UnknownHeadings(places=tuple(strange), known=known)
    missing = [column for column in shape.columns if column.required and column not in columns]
    if missing:
        raise MissingHeadings(names=tuple(column.heading for column in missing))
    return columns


class _Reading(Generic[B]):
    """One row as it is being read."""

    def __init__(
        self,
        shape: TableShape[B],
        number: int,
        columns: Sequence[Column | None],
        cells: list[str],
        seen: Mapping[str, set[str]],
    ) -> None:
        self.number = number
        self.said: B | None = None
        self._shape = shape
        self._columns = columns
        self._cells = cells
        self._seen = seen

    def faults(self) -> Iterator[tuple[Column | None, Bilingual]]:
        """What does not fit, once for each cell."""
        if any(self._cells[len(self._columns) :]) or self._stands_without_heading():
            yield None, _ASTRAY
            return
        values = {
            column.name: _value(column, cell)
            for column, cell in zip(self._columns, self._cells, strict=False)
            if column is not None and cell
        }
        misfits = self._misfits(values)
        for column in self._shape.columns:
            if column.name in misfits:
                yield column, _unfit(column) if column.name in values else _missing(column)
            elif self._repeats(column, values):
                yield column, _TWICE

    def _stands_without_heading(self) -> bool:
        return any(cell for column, cell in zip(self._columns, self._cells, strict=False) if column is None)

    def _misfits(self, values: Mapping[str, object]) -> set[str]:
        absent = {column.name for column in self._shape.columns if column.required and column.name not in values}
        try:
            self.said = self._shape.row.model_validate(values)
        except ValidationError as error:
            places = error.errors(include_url=False, include_context=False, include_input=False)
            return absent | {_named(self._shape, place["loc"]) for place in places}
        return absent

    def _repeats(self, column: Column, values: Mapping[str, object]) -> bool:
        if not column.unique or column.name not in values:
            return False
        seen, value = self._seen[column.name], str(values[column.name])
        if value in seen:
            return True
        seen.add(value)
        return False


def _named(shape: TableShape[B], place: tuple[int | str, ...]) -> str:
    """The column that a fault of the model is about; what is wrong between several is told of at the first."""
    name = str(place[0]) if place else ""
    return name if name in shape.by_name else shape.columns[0].name


def _value(column: Column, cell: str) -> object:
    """What a cell says in the model's terms; what it cannot mean stays as it is, for the model to refuse."""
    if column.kind == "list":
        parts = (part.strip() for part in _PARTS.split(cell[:_LONGEST]) if part.strip())
        return tuple(_coded(column, part) if column.values else part for part in parts)
    if column.values:
        return _coded(column, cell)
    if column.kind == "day":
        return _day(cell)
    if column.kind == "flag":
        return _FLAGS.get(plain(cell), cell)
    return cell


def _coded(column: Column, cell: str) -> str:
    wanted = plain(cell)
    for code, words in column.values.items():
        if wanted in {plain(code), plain(words.zh), plain(words.en)}:
            return code
    return ""


def _day(cell: str) -> object:
    written = _DAY.fullmatch(cell.replace(" ", ""))
    if written is None:
        return cell
    year, month, day = (int(part) for part in written.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return cell


def _missing(column: Column) -> Bilingual:
    return Bilingual(en=f"This must not be empty: {column.hint.en}", zh=f"不能为空：{column.hint.zh}")


def _unfit(column: Column) -> Bilingual:
    return Bilingual(en=f"This does not fit: {column.hint.en}", zh=f"内容不符合要求：{column.hint.zh}")


_TWICE: Final = Bilingual(en="A row above has the same value.", zh="与前面的行重复。")
_ASTRAY: Final = Bilingual(
    en="A cell stands in no column of the table; each cell stands below its heading.",
    zh="有内容不在任何一列之下，请使每个单元格对应一个表头。",
)
