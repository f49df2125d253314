"""What one consumer tells about the events it was given."""

from collections.abc import Iterable, Sequence

from prometheus_client import Counter

from shared.observability.metrics.histogram import BatchHistogram, Example
from shared.observability.metrics.labels import FirstComers, Known
from shared.observability.metrics.series import Series


class ConsumerNumbers:
    """The series of one consumer (`<service>.<module>`), bound once; call it once per batch with how many."""

    def __init__(self, series: Series, consumer: str, event_types: Known, error_types: FirstComers) -> None:
        self._series = series
        self._labels = {"service": consumer.split(".", 1)[0], "consumer": consumer}
        self._event_types = event_types
        self._error_types = error_types
        self._events: dict[tuple[str, str], Counter] = {}
        self._retries: dict[str, Counter] = {}
        self._processing: dict[str, BatchHistogram] = {}
        self._end_to_end: dict[str, BatchHistogram] = {}
        self._dead_letters = series.dead_letters.labels(**self._labels)
        self._dead_letters_age = series.dead_letters_age.labels(**self._labels)

    def expect(self, event_types: Iterable[str]) -> None:
        """Show from the start, as 0, what may come: a counter that first appears with its first failure hides it."""
        for event_type in event_types:
            for outcome in ("processed", "dead_lettered"):
                self._count(event_type, outcome, 0)
        for outcome in ("processed", "failed"):
            self._series.replayed.labels(**self._labels, outcome=outcome)
        self.retried("race", 0)

    def processed(self, event_type: str, n: int = 1) -> None:
        """The effect is committed."""
        self._count(event_type, "processed", n)

    def duplicate(self, event_type: str, n: int = 1) -> None:
        """Delivered again, already acted on."""
        self._count(event_type, "duplicate", n)

    def stale(self, event_type: str, n: int = 1) -> None:
        """A newer version had been applied."""
        self._count(event_type, "stale", n)

    def ignored(self, event_type: str, n: int = 1) -> None:
        """Not this consumer's business."""
        self._count(event_type, "ignored", n)

    def waiting(self, event_type: str, n: int = 1) -> None:
        """Set aside until its parent arrives."""
        self._count(event_type, "waiting", n)

    def parked(self, event_type: str, n: int = 1) -> None:
        """Set aside behind an earlier event of its key."""
        self._count(event_type, "parked", n)

    def dead_lettered(self, event_type: str, n: int = 1) -> None:
        """Set aside with its cause, for somebody to look at."""
        self._count(event_type, "dead_lettered", n)

    def took(self, event_type: str, seconds: Sequence[float], examples: Sequence[Example] = ()) -> None:
        """How long each event's step took."""
        event_type = self._event_types.kept(event_type)
        if event_type not in self._processing:
            self._processing[event_type] = self._series.processing.labels(**self._labels, event_type=event_type)
        self._processing[event_type].observe_all(seconds, examples)

    def arrived(self, event_type: str, seconds: Sequence[float], examples: Sequence[Example] = ()) -> None:
        """How long each event was on its way, from its time to this consumer's commit."""
        event_type = self._event_types.kept(event_type)
        if event_type not in self._end_to_end:
            self._end_to_end[event_type] = self._series.end_to_end.labels(**self._labels, event_type=event_type)
        self._end_to_end[event_type].observe_all(seconds, examples)

    def retried(self, error_type: str, n: int = 1) -> None:
        """A transient error was met and its batch tried again; `error_type` is the exception's class name."""
        error_type = self._error_types.kept(error_type)
        if error_type not in self._retries:
            self._retries[error_type] = self._series.retries.labels(**self._labels, error_type=error_type)
        self._retries[error_type].inc(n)

    def dead_letters_open(self, n: int, oldest_age_seconds: float) -> None:
        """How many dead letters are open now, and how long the oldest has waited (0 when there is none)."""
        self._dead_letters.set(n)
        self._dead_letters_age.set(oldest_age_seconds)

    def replayed(self, *, ok: bool, n: int = 1) -> None:
        """Dead letters were run again, well or not."""
        self._series.replayed.labels(**self._labels, outcome="processed" if ok else "failed").inc(n)

    def _count(self, event_type: str, outcome: str, n: int) -> None:
        key = (self._event_types.kept(event_type), outcome)
        if key not in self._events:
            self._events[key] = self._series.inbox_events.labels(**self._labels, event_type=key[0], outcome=outcome)
        self._events[key].inc(n)
