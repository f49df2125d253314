"""What a service tells about the store in which the bytes of its documents lie."""

from typing import Final, Literal

from shared.observability.metrics.series import Series

Asked = Literal["put", "get", "has", "remove", "list"]
_ALL: Final[tuple[Asked, ...]] = ("put", "get", "has", "remove", "list")


class StoreNumbers:
    """The series of one service's store of documents, bound once."""

    def __init__(self, series: Series, service: str) -> None:
        self._up = series.store_up.labels(service)
        # Bound at once: what a counter showed first is no growth.
        self._failures = {asked: series.store_failures.labels(service, asked) for asked in _ALL}

    def answers(self, does: bool) -> None:
        """Whether it answered when it was last looked at."""
        self._up.set(does)

    def failed(self, asked: Asked) -> None:
        """It did not do what it was asked for."""
        self._failures[asked].inc()
