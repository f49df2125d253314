"""Numbers that a service counts in its own database: how many of what, by a few labels."""

from collections.abc import Mapping, Sequence

from shared.observability.metrics.series import Series


class TallyNumbers:
    """One such number of one service."""

    def __init__(self, series: Series, service: str, name: str, about: str, labels: Sequence[str]) -> None:
        self._gauge = series.tally(name, about, labels)
        self._service = service
        self._shown: set[tuple[str, ...]] = set()

    def counted(self, rows: Mapping[tuple[str, ...], float]) -> None:
        """What there is now, by label values; what there is no more is shown as 0."""
        for values in self._shown - rows.keys():
            self._gauge.labels(self._service, *values).set(0)
        for values, number in rows.items():
            self._gauge.labels(self._service, *values).set(number)
        self._shown |= rows.keys()
