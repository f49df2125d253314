"""Keeps label sets finite: a label made from what arrives would let a stranger fill our memory."""

from collections.abc import Collection

UNKNOWN = "unknown"
OTHER = "other"


class Known:
    """Lets the listed values pass and calls every other one `unknown`."""

    def __init__(self, values: Collection[str]) -> None:
        self._values = frozenset(values)

    def kept(self, value: str) -> str:
        """The value itself, or `unknown`."""
        return value if value in self._values else UNKNOWN


class FirstComers:
    """For values that our own code makes and nobody lists, such as error types and route templates.

    The first `limit` different ones pass, later ones are `other`.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: set[str] = set()

    def kept(self, value: str) -> str:
        """The value itself, or `other`."""
        if value in self._values:
            return value
        if len(self._values) >= self._limit:
            return OTHER
        self._values.add(value)
        return value
