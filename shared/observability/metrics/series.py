"""Every series by name: the list that dashboards, alerts and operators rely on."""

from collections.abc import Sequence
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Info
from prometheus_client.metrics import MetricWrapperBase

from shared.observability.metrics.histogram import (
    DELAY_BUCKETS,
    REQUEST_BUCKETS,
    SIZE_BUCKETS,
    STEP_BUCKETS,
    BatchHistogram,
)

Kind = TypeVar("Kind", bound=MetricWrapperBase)


class Series:
    """The parents of all series of one registry; handles bind their labels once and keep the children."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._tallies: dict[str, Gauge] = {}
        self._build()
        self._outbox()
        self._inbox()
        self._groups()
        self._edges()
        self._process()
        self._notifying()
        self._storing()

    def _build(self) -> None:
        self.build = Info("sunmao_build", "Version and commit that run", registry=self._registry)

    def _outbox(self) -> None:
        topic = ("service", "topic")
        self.outbox_pending = self._gauge("outbox_pending", "Rows not yet confirmed by the broker")
        self.outbox_age = self._gauge("outbox_oldest_pending_age_seconds", "Age of the oldest row not yet confirmed")
        self.outbox_parked = self._gauge("outbox_parked", "Rows set aside because no broker will ever take them")
        self.outbox_published = self._counter("outbox_published", "Rows confirmed", *topic, "event_type")
        self.outbox_failures = self._counter("outbox_publish_failures", "Sends refused", "service", "error")
        self.outbox_delay = self._histogram(
            "outbox_publish_delay_seconds", "From the change to the confirmation", DELAY_BUCKETS, *topic
        )
        self.relay_leader = self._gauge("outbox_relay_leader", "1 in the process that sends")
        self.relay_success = self._gauge("outbox_relay_last_success_timestamp_seconds", "When a page last went well")
        self.relay_batch = self._histogram("outbox_relay_batch_size", "Rows of one page", SIZE_BUCKETS, "service")
        self.relay_cycle = self._histogram(
            "outbox_relay_cycle_seconds",
            "One page, from reading it until the broker has it",
            REQUEST_BUCKETS,
            "service",
        )

    def _inbox(self) -> None:
        consumer = ("service", "consumer")
        event = (*consumer, "event_type")
        self.inbox_events = self._counter("inbox_events", "Events by what became of them", *event, "outcome")
        self.processing = self._histogram("event_processing_seconds", "One event's step", STEP_BUCKETS, *event)
        self.end_to_end = self._histogram(
            "event_end_to_end_seconds", "From the event's time to the consumer's commit", DELAY_BUCKETS, *event
        )
        self.retries = self._counter("consumer_retries", "Tries after a transient error", *consumer, "error_type")
        self.dead_letters = self._gauge("dead_letters_open", "Dead letters waiting for somebody", *consumer)
        self.dead_letters_age = self._gauge(
            "dead_letters_oldest_age_seconds", "How long the oldest open dead letter has waited", *consumer
        )
        self.replayed = self._counter("dead_letters_replayed", "Dead letters run again", *consumer, "outcome")
        self.bootstrapped = self._gauge(
            "projection_bootstrap_complete", "1 once a projection has caught up", "service", "projection"
        )
        self.rejections = self._counter(
            "schema_rejections", "Records that are no event of ours", "service", "topic", "reason"
        )

    def _groups(self) -> None:
        group = ("service", "group")
        self.lag = self._gauge("consumer_lag", "Records not yet consumed", *group, "topic", "partition")
        self.assigned = self._gauge("consumer_assigned_partitions", "Partitions held by this process", *group)
        self.progress = self._gauge("consumer_last_progress_timestamp_seconds", "When an offset last moved", *group)
        self.rebalances = self._counter("consumer_rebalances", "Assignments received", *group)
        self.up = self._gauge("consumer_up", "1 while the consumer's loop runs", *group)

    def _edges(self) -> None:
        self.requests = self._histogram(
            "http_server_request_duration_seconds",
            "HTTP requests by route template",
            REQUEST_BUCKETS,
            *("service", "route", "method", "status"),
        )
        self.active_requests = self._gauge("http_server_active_requests", "HTTP requests being answered")
        self.auth_failures = self._counter("auth_failures", "Requests refused before any work", "service", "reason")
        self.transactions = self._histogram(
            "db_transaction_seconds", "Transactions, from begin to end", STEP_BUCKETS, "service", "outcome"
        )
        self.pool_waits = self._histogram("db_pool_wait_seconds", "For a connection", STEP_BUCKETS, "service")
        self.pool = self._gauge("db_pool_connections", "Connections by what they do", "service", "state")
        self.pool_size = self._gauge("db_pool_size", "Connections that there may be")
        self.db_retries = self._counter("db_retries", "Commands begun again", "service", "sqlstate")

    def _process(self) -> None:
        self.loop_lag = self._gauge("event_loop_lag_seconds", "How late the event loop was at worst, lately")
        self.migrations = self._gauge("migrations_pending", "1 while the schema is behind the code")
        self.clock_skew = self._gauge("clock_skew_seconds", "The database's clock minus this process's")
        self.certificates = self._gauge(
            "tls_certificate_expiry_timestamp_seconds", "When a certificate in use expires", "service", "peer"
        )
        self.folder_free = self._gauge("folder_free_bytes", "Room on the disk of the data folder")

    def _notifying(self) -> None:
        delivery = ("service", "channel")
        self.deliveries = self._counter("notify_deliveries", "Notifications sent", *delivery, "category", "outcome")
        self.delivery = self._histogram(
            "notify_delivery_seconds", "From the event to the delivery", DELAY_BUCKETS, *delivery
        )
        self.streams = self._gauge("notify_streams", "Streams that somebody reads")
        self.alerts = self._counter("alerts_received", "Alerts handed in", "service", "alertname", "severity")

    def _storing(self) -> None:
        self.store_up = self._gauge("documents_store_up", "1 while the store of documents answers")
        self.store_failures = self._counter(
            "documents_store_failures", "What the store of documents did not do", "service", "asked"
        )

        self.roster_files = self._counter(
            "roster_files", "What became of files in the folder of rosters", "service", "kind", "outcome"
        )

    def tally(self, name: str, about: str, labels: Sequence[str]) -> Gauge:
        """A number that a service counts in its database; its name is the service's own."""
        if name not in self._tallies:
            self._tallies[name] = self._gauge(name, about, "service", *labels)
        return self._tallies[name]

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(f"sunmao_{name}_total", about, labels, registry=self._registry)

    def _gauge(self, name: str, about: str, *labels: str) -> Gauge:
        return Gauge(_full(name), about, labels or ("service",), registry=self._registry)

    def _histogram(self, name: str, about: str, buckets: tuple[float, ...], *labels: str) -> BatchHistogram:
        return BatchHistogram(_full(name), about, labels, buckets=buckets, registry=self._registry)


def _full(name: str) -> str:
    # The HTTP series have the names of the OpenTelemetry convention, which dashboards already know.
    return name if name.startswith("http_") else f"sunmao_{name}"
