"""What is wrong with single values of a request: where each stands and what would pass, in the caller's language."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.rules.chinese_faults import in_chinese
from shared.rules.pattern_words import in_words

_QUOTING: Final = frozenset({"url_parsing", "uuid_parsing"})
"""The kinds of fault whose message repeats the value."""
_TAG: Final = "union_tag_invalid"
"""Repeats the value too, but knows what would pass."""
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
    kind, bounds = fault["type"], fault.get("ctx") or {}
    if language == "zh":
        return in_chinese(kind, bounds)
    if kind == _TAG and bounds:
        return f"{bounds['discriminator']} must be one of: {bounds['expected_tags']}."
    if (words := in_words(str(bounds.get("pattern", "")))) is not None:
        return words.en
    return "This value does not fit." if kind in {*_QUOTING, _TAG} else str(fault["msg"]).removeprefix(_OURS)
