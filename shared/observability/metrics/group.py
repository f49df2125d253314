"""What one consumer group's member tells about its partitions."""

from collections.abc import Iterable, Mapping

from prometheus_client import Counter, Gauge

from shared.observability.metrics.labels import Known
from shared.observability.metrics.series import Series

REJECTIONS = Known(("parse", "validation", "unknown_type"))


class GroupNumbers:
    """The series of one group (`sunmao.<service>`) in this process, bound once."""

    def __init__(self, series: Series, service: str, group: str) -> None:
        self._series = series
        self._labels = (service, group)
        self._lag: dict[tuple[str, int], Gauge] = {}
        self._rejections: dict[tuple[str, str], Counter] = {}
        self._assigned = series.assigned.labels(service, group)
        self._progress = series.progress.labels(service, group)
        self._rebalances = series.rebalances.labels(service, group)
        self._up = series.up.labels(service, group)

    def lag(self, by_partition: Mapping[tuple[str, int], int]) -> None:
        """How far each (topic, partition) held here is behind; those not named are no longer ours and vanish."""
        for gone in self._lag.keys() - by_partition.keys():
            self._series.lag.remove(*self._labels, *gone)
            del self._lag[gone]
        for place, behind in by_partition.items():
            if place not in self._lag:
                self._lag[place] = self._series.lag.labels(*self._labels, *place)
            self._lag[place].set(behind)

    def assigned(self, partitions: int) -> None:
        """How many partitions this process has."""
        self._assigned.set(partitions)

    def rebalanced(self) -> None:
        """The group gave out its partitions anew."""
        self._rebalances.inc()

    def progressed(self, at: float) -> None:
        """When an offset last moved, in seconds since 1970."""
        self._progress.set(at)

    def up(self, runs: bool) -> None:
        """Whether the consumer's loop runs."""
        self._up.set(runs)

    def expect(self, topics: Iterable[str]) -> None:
        """Show from the start, as 0, what may come of each topic."""
        for topic in topics:
            self.rejected(topic, "parse", 0)

    def rejected(self, topic: str, reason: str, n: int = 1) -> None:
        """Records of a subscribed topic that could not become an event: `parse`, `validation` or `unknown_type`."""
        key = (topic, REJECTIONS.kept(reason))
        if key not in self._rejections:
            self._rejections[key] = self._series.rejections.labels(self._labels[0], *key)
        self._rejections[key].inc(n)
