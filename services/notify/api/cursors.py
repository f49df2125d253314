"""Where the page before ended, in lists that are ordered by a day or an instant and then by id."""

import base64
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from shared.web.refusals import BadCursor

K = TypeVar("K", date, datetime)


def cursor_of(key: date | datetime, id: str) -> str:
    """The place behind this row."""
    return base64.urlsafe_b64encode(json.dumps([key.isoformat(), id]).encode()).decode().rstrip("=")


def place_of(cursor: str | None, read: Callable[[str], K]) -> tuple[K, str] | None:
    """The place that a cursor names, None at the beginning. Raises `BadCursor`."""
    if cursor is None:
        return None
    try:
        key, id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return read(key), str(id)
    except (ValueError, TypeError) as error:
        raise BadCursor from error
