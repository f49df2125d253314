"""What a service that notifies tells about what it sent, and what it was handed."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.observability.metrics.labels import FirstComers
from shared.observability.metrics.series import Series

SEVERITIES = frozenset({"page", "warn", "ticket", "none"})


class NotifyNumbers:
    """The series of notifications of one service, bound once."""

    def __init__(self, series: Series, service: str, alerts: FirstComers) -> None:
        self._series = series
        self._service = service
        self._alerts = alerts
        self._streams = series.streams.labels(service)

    def delivered(self, channel: str, category: str, outcome: str, seconds: float) -> None:
        """A notification was sent, so many seconds after what it tells of; channels and categories are few."""
        self._series.deliveries.labels(self._service, channel, category, outcome).inc()
        self._series.delivery.labels(self._service, channel).observe_all((seconds,))

    @contextmanager
    def streaming(self) -> Iterator[None]:
        """Somebody reads a stream for as long as the block lasts."""
        self._streams.inc()
        try:
            yield
        finally:
            self._streams.dec()

    def alerted(self, alertname: str, severity: str) -> None:
        """An alert was handed in."""
        severity = severity if severity in SEVERITIES else "other"
        self._series.alerts.labels(self._service, self._alerts.kept(alertname), severity).inc()
