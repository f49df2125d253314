"""Files that spreadsheets open: every value as it is, and nothing that they would run."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from shared.tables.writing import CsvWriter, TableWriter, WorkbookWriter

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    '=HYPERLINK("http://x")',
]


def written(writer: type[TableWriter], *rows: Sequence[object], plain: bool = False) -> bytes:
    file = io.BytesIO()
    table = writer(file, plain=plain)
    for row in rows:
        table.write([row])
    table.close()
    return file.getvalue()


def as_csv(*rows: Sequence[object], plain: bool = False) -> list[list[str]]:
    text = written(CsvWriter, *rows, plain=plain).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def as_book(*rows: Sequence[object], plain: bool = False) -> list[list[Any]]:
    file = written(WorkbookWriter, *rows, plain=plain)
    with CalamineWorkbook.from_filelike(io.BytesIO(file)) as book:
        return book.get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_would_run_is_quoted_in_csv(text: str) -> None:
    assert as_csv([text]) == [[f"'{text}"]]


@pytest.mark.parametrize("text", [*FORMULAS, "http://town.test/x", "mailto:a@b", "007", "1e5", "2026-09-01", "是"])
def test_a_text_is_a_text_in_a_workbook(text: str) -> None:
    (row,) = as_book(["x", text])

    assert row == ["x", text]


@pytest.mark.parametrize("value", ["", "a=1", "示例,“企业”\n一行", " =1", "'=1", "1-2"])
def test_any_other_text_stays_as_it_is(value: str) -> None:
    assert as_csv(["x", value]) == [["x", value]]


@pytest.mark.parametrize(("value", "cell"), [(-1, "-1"), (None, ""), (["甲"], '["甲"]'), ({"a": "=1"}, '{"a":"=1"}')])
def test_what_is_no_text_is_written_as_json_has_it(value: object, cell: str) -> None:
    assert as_csv([value, "x"]) == [[cell, "x"]]


def test_a_workbook_keeps_numbers_days_and_truth() -> None:
    assert as_book([-1, 0.5, True, None, date(2026, 9, 1)]) == [[-1.0, 0.5, True, "", date(2026, 9, 1)]]


def test_people_read_lists_between_semicolons_and_a_mark_tells_the_encoding() -> None:
    assert as_csv([["甲", "乙"], [1, 2]], plain=True) == [["\ufeff甲; 乙", "[1,2]"]]
    assert as_book([["甲", "乙"]], plain=True) == [["甲; 乙"]]


def test_what_no_cell_can_hold_is_cut_and_says_so() -> None:
    (row,) = as_book(["字" * 40_000])

    assert len(row[0]) < 32_767
    assert row[0].endswith("…")


def test_rows_come_back_in_their_order() -> None:
    rows = [[f"R{number}", float(number)] for number in range(3000)]

    assert as_book(*rows) == rows
