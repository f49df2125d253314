"""What one service tells about its edges: requests, refusals at the door, transactions."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from shared.observability.metrics.histogram import BatchHistogram, Example
from shared.observability.metrics.labels import OTHER, FirstComers
from shared.observability.metrics.series import Series

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class EdgeNumbers:
    """The HTTP, identity and database series of one service, bound once."""

    def __init__(self, series: Series, service: str, routes: FirstComers, reasons: FirstComers) -> None:
        self._series = series
        self._service = service
        self._routes = routes
        self._reasons = reasons
        self._active = series.active_requests.labels(service)
        self._requests: dict[tuple[str, str, str], BatchHistogram] = {}
        self._waits = series.pool_waits.labels(service)
        self._committed = series.transactions.labels(service, "committed")
        self._rolled_back = series.transactions.labels(service, "rolled_back")

    def expect(self, reasons: Iterable[str], sqlstates: Iterable[str]) -> None:
        """Show from the start, as 0, for which reasons somebody may be refused, and why a command may begin again."""
        for reason in reasons:
            self._series.auth_failures.labels(self._service, self._reasons.kept(reason))
        for sqlstate in ("lost_race", *sqlstates):
            self._series.db_retries.labels(self._service, self._reasons.kept(sqlstate))

    @contextmanager
    def answering(self) -> Iterator[None]:
        """A request is being answered for as long as the block lasts."""
        self._active.inc()
        try:
            yield
        finally:
            self._active.dec()

    def answered(self, route: str, method: str, status: int, seconds: float, trace_id: str | None = None) -> None:
        """A request was answered; `route` is the template (`/v1/needs/{id}`), `trace_id` that of a recorded trace."""
        key = (self._routes.kept(route), method if method in METHODS else OTHER, f"{status // 100}xx")
        if key not in self._requests:
            self._requests[key] = self._series.requests.labels(self._service, *key)
        self._requests[key].observe_all((seconds,), (Example(seconds, trace_id),) if trace_id else ())

    def auth_failed(self, reason: str) -> None:
        """A request was refused at the door; reasons are those of `shared.identity`."""
        self._series.auth_failures.labels(self._service, self._reasons.kept(reason)).inc()

    def retried(self, sqlstate: str) -> None:
        """A command lost a race and begins again; `sqlstate` is what the database said, or nothing."""
        self._series.db_retries.labels(self._service, self._reasons.kept(sqlstate or "lost_race")).inc()

    def waited(self, seconds: float) -> None:
        """A transaction waited so long for its connection."""
        self._waits.observe_all((seconds,))

    def transaction(self, seconds: float, committed: bool) -> None:
        """A transaction ended, from begin to commit or rollback."""
        (self._committed if committed else self._rolled_back).observe_all((seconds,))
