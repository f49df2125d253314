"""What makes a page: cursors that hold their place in one order, and the form that a request asks for."""

from typing import Any

import pytest

from shared.web.pages import PageWanted, _accepted, _cursor, _place
from shared.web.refusals import BadCursor


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


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/json", "json"),
        ("text/csv", "csv"),
        ("Text/CSV;q=0.9, */*", "csv"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "json"),
    ],
)
def test_a_file_is_asked_for_by_its_type(accept: str, format: str) -> None:
    assert _accepted(accept) == format
