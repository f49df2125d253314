"""How a problem looks (RFC 9457), as the OpenAPI document of every service shows it."""

from typing import Any, Final

_TEXT: Final = {"type": "string"}
_FAULT: Final = {
    "type": "object",
    "description": (
        "`pointer` is a JSON pointer that begins with body, query, path or header; of a table it begins with rows, "
        "and `row` and `column` name the cell as a spreadsheet shows it."
    ),
    "required": ["pointer", "message"],
    "properties": {"pointer": _TEXT, "message": _TEXT, "row": {"type": "integer"}, "column": {}},
}
_RULE: Final = {
    "type": "object",
    "description": "The rule that refused.",
    "required": ["id", "version", "verdict"],
    "properties": {"id": _TEXT, "version": _TEXT, "verdict": _TEXT, "actual": {}, "limit": {}, "remedy": {}},
}
_PROBLEM: Final = {
    "type": "object",
    "description": "`title` and `detail` are in the language of `Accept-Language`, `code` is the same in all.",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": _TEXT,
        "code": _TEXT,
        "rule": _RULE,
        "errors": {"type": "array", "items": _FAULT},
    },
}
RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    "default": {"description": "A problem", "content": {"application/problem+json": {"schema": _PROBLEM}}}
}
"""What any route may answer instead."""
