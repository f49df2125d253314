"""What one service's relay tells about the outbox it empties."""

from collections.abc import Mapping, Sequence

from prometheus_client import Counter

from shared.observability.metrics.histogram import BatchHistogram, Example
from shared.observability.metrics.labels import FirstComers, Known
from shared.observability.metrics.series import Series


class RelayNumbers:
    """The outbox series of one service, bound once; call it once per page."""

    def __init__(self, series: Series, service: str, event_types: Known, error_types: FirstComers) -> None:
        self._series = series
        self._service = service
        self._event_types = event_types
        self._error_types = error_types
        self._pending = series.outbox_pending.labels(service)
        self._age = series.outbox_age.labels(service)
        self._parked = series.outbox_parked.labels(service)
        self._leader = series.relay_leader.labels(service)
        self._success = series.relay_success.labels(service)
        self._batch = series.relay_batch.labels(service)
        self._cycle = series.relay_cycle.labels(service)
        self._published: dict[tuple[str, str], Counter] = {}
        self._delays: dict[str, BatchHistogram] = {}

    def pending(self, rows: int, *, oldest_age_seconds: float) -> None:
        """How much is still to be sent, and how long its oldest row has waited (0 when there is none)."""
        self._pending.set(rows)
        self._age.set(oldest_age_seconds)

    def parked(self, rows: int) -> None:
        """How many rows no broker will take: an alert stands on it."""
        self._parked.set(rows)

    def published(self, topic: str, by_event_type: Mapping[str, int]) -> None:
        """A page was confirmed; topics are those of the declared table."""
        for event_type, n in by_event_type.items():
            key = (topic, self._event_types.kept(event_type))
            if key not in self._published:
                self._published[key] = self._series.outbox_published.labels(self._service, *key)
            self._published[key].inc(n)

    def sent(self, rows: int, seconds: float) -> None:
        """A page has arrived: how many rows it had, and how long it took from when it was read."""
        self._batch.observe(rows)
        self._cycle.observe(seconds)

    def delayed(self, topic: str, seconds: Sequence[float], examples: Sequence[Example] = ()) -> None:
        """How long each row of a page took from the change to the confirmation."""
        if topic not in self._delays:
            self._delays[topic] = self._series.outbox_delay.labels(self._service, topic)
        self._delays[topic].observe_all(seconds, examples)

    def failed(self, error: str, n: int = 1) -> None:
        """Sends were refused; `error` is the exception's class name."""
        self._series.outbox_failures.labels(self._service, self._error_types.kept(error)).inc(n)

    def leading(self, leads: bool) -> None:
        """Whether this process holds the service's relay."""
        self._leader.set(leads)

    def succeeded(self, at: float) -> None:
        """When a page last went well, in seconds since 1970."""
        self._success.set(at)
