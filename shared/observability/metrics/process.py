"""What one service tells about the process it runs in: its loop, its schema, its clock, its pool, its certificates."""

from collections.abc import Callable

from shared.observability.metrics.series import Series


class ProcessNumbers:
    """The series of one service in this process, bound once."""

    def __init__(self, series: Series, service: str) -> None:
        self._series = series
        self._service = service
        self._lag = series.loop_lag.labels(service)
        self._migrations = series.migrations.labels(service)

    def loop_was_late(self, seconds: float) -> None:
        """How late the event loop was at worst since this was last told."""
        self._lag.set(seconds)

    def schema_behind(self, behind: bool) -> None:
        """Whether a migration is still to be applied."""
        self._migrations.set(behind)

    def clock_differs(self, seconds: float) -> None:
        """The database's clock minus ours."""
        self._series.clock_skew.labels(self._service).set(seconds)

    def certificate_expires(self, peer: str, at: float) -> None:
        """When a certificate that is shown to or expected of a peer expires, in seconds since 1970."""
        self._series.certificates.labels(self._service, peer).set(at)

    def folder_has(self, free_bytes: int) -> None:
        """Room on the disk under the data folder."""
        self._series.folder_free.labels(self._service).set(free_bytes)

    def pool(self, size: int, in_use: Callable[[], int], idle: Callable[[], int]) -> None:
        """The connections that there may be, and whom to ask at each scrape for those that there are."""
        self._series.pool_size.labels(self._service).set(size)
        self._series.pool.labels(self._service, "in_use").set_function(in_use)
        self._series.pool.labels(self._service, "idle").set_function(idle)
