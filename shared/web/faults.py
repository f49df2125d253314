"""What is wrong with single values of a request: where each stands and what would pass, in the caller's language."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.rules.chinese_faults import in_chinese

_QUOTING: Final = frozenset({"union_tag_invalid", "url_parsing", "uuid_parsing"})
"""The kinds of fault whose message repeats the value."""
_OURS: Final = "Value error, "


def told(faults: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, str]]:
    """Each fault by its pointer, and what would pass; a list that lacks only what is wrong in it is not told of."""
    places = [tuple(fault["loc"]) for fault in faults]
    return [
        {"pointer": _pointer(place), "message": _message(fault, language)}
        for fault, place in zip(faults, places, strict=True)
        if not (fault["type"] == "too_short" and any(_is_inside(other, place) for other in places))
    ]


def _is_inside(place: tuple[str | int, ...], other: tuple[str | int, ...]) -> bool:
    return len(place) > len(other) and place[: len(other)] == other


def _pointer(place: Sequence[str | int]) -> str:
    # RFC 6901 reserves both characters.
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)


def _message(fault: Mapping[str, Any], language: str) -> str:
    kind = fault["type"]
    if language == "zh":
        return in_chinese(kind, fault.get("ctx") or {})
    return "This value does not fit." if kind in _QUOTING else str(fault["msg"]).removeprefix(_OURS)
