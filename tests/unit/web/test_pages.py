"""What makes a page: cursors that hold their place in one order, and cells that are no formulas."""

import csv
import io
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.datastructures import URL

from shared.web.pages import Page, PageWanted, _cursor, _place, as_csv
from shared.web.refusals import BadCursor

HERE = URL("http://town.test/talent/v1/things?format=csv&limit=2&kind=a%26b&cursor=old")


class Cell(BaseModel):
    """One row of a list."""

    value: Any


def written(*values: object, following: str | None = None) -> tuple[list[str], str | None]:
    """The cells that a page of these values has as CSV, and where the next page is."""
    answer = as_csv(Page(items=[Cell(value=value) for value in values], next=following), HERE)
    rows = list(csv.reader(io.StringIO(bytes(answer.body).decode("utf-8"), newline="")))
    return [row[0] for row in rows[1:]], answer.headers.get("link")


@pytest.mark.parametrize("sort", ["id", "-id", "status", "-status"])
@pytest.mark.parametrize("status", ["open", "", "状态", 'a"b,c\\', "👍", "a" * 64])
def test_a_cursor_leads_back_to_its_place(sort: str, status: str) -> None:
    row: Any = {"id": "need_1", "status": status}
    column = sort.removeprefix("-")

    cursor = _cursor(row, column, PageWanted(sort=sort))

    assert len(cursor) <= 500
    assert cursor.isascii()
    assert _place(PageWanted(sort=sort, cursor=cursor)) == (row[column], "need_1")


@pytest.mark.parametrize("other", ["-id", "status", "ID", ""])
def test_a_cursor_leads_nowhere_in_another_order(other: str) -> None:
    row: Any = {"id": "need_1"}
    cursor = _cursor(row, "id", PageWanted(sort="id"))

    with pytest.raises(BadCursor):
        _place(PageWanted(sort=other, cursor=cursor))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert written(text) == ([f"'{text}"], None)


@pytest.mark.parametrize("value", ["", "a=1", "示例,“企业”\n一行", " =1", "'=1", "1-2"])
def test_any_other_text_stays_as_it_is(value: str) -> None:
    assert written(value) == ([value], None)


@pytest.mark.parametrize(("value", "cell"), [(-1, "-1"), (None, ""), (["甲"], '["甲"]'), ({"a": "=1"}, '{"a": "=1"}')])
def test_what_is_no_text_is_written_as_json_has_it(value: object, cell: str) -> None:
    assert written(value) == ([cell], None)


def test_the_next_page_is_where_this_one_was_with_another_cursor() -> None:
    _, link = written("a", following="new")

    assert link == '</talent/v1/things?format=csv&limit=2&kind=a%26b&cursor=new>; rel="next"'


def test_a_page_without_rows_is_an_empty_file() -> None:
    assert written() == ([], None)
