"""The numbers that operators stand their alerts on."""

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from shared.observability.metrics import Example, Metrics

POSTED = "sunmao.partnership.need.posted.v1"
OPEN_METRICS = "application/openmetrics-text; version=1.0.0"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(CollectorRegistry(), event_types={POSTED})


def value(metrics: Metrics, series: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(series, labels)


def test_a_consumer_counts_a_batch_by_what_became_of_it(metrics) -> None:
    consumer = metrics.consumer("talent.match")

    consumer.processed(POSTED, 499)
    consumer.dead_lettered(POSTED)
    consumer.processed(POSTED, 1)

    labels = {"service": "talent", "consumer": "talent.match", "event_type": POSTED}
    assert value(metrics, "sunmao_inbox_events_total", **labels, outcome="processed") == 500
    assert value(metrics, "sunmao_inbox_events_total", **labels, outcome="dead_lettered") == 1


@pytest.mark.parametrize(
    "outcome", ["processed", "duplicate", "stale", "ignored", "waiting", "parked", "dead_lettered"]
)
def test_every_outcome_has_its_label(metrics, outcome: str) -> None:
    getattr(metrics.consumer("talent.match"), outcome)(POSTED, 2)

    labels = {"service": "talent", "consumer": "talent.match", "event_type": POSTED, "outcome": outcome}
    assert value(metrics, "sunmao_inbox_events_total", **labels) == 2


def test_an_event_type_that_no_contract_knows_is_unknown(metrics) -> None:
    consumer = metrics.consumer("talent.match")

    for stranger in range(1000):
        consumer.ignored(f"sunmao.stranger.{stranger}")
        consumer.took(f"sunmao.stranger.{stranger}", [0.1])

    text = metrics.expose()[0].decode()
    labels = {"service": "talent", "consumer": "talent.match", "event_type": "unknown"}
    assert value(metrics, "sunmao_inbox_events_total", **labels, outcome="ignored") == 1000
    assert value(metrics, "sunmao_event_processing_seconds_count", **labels) == 1000
    assert "stranger" not in text


def test_error_types_beyond_the_limit_are_other(metrics) -> None:
    consumer = metrics.consumer("talent.match")

    for number in range(500):
        consumer.retried(f"Error{number}")

    labels = {"service": "talent", "consumer": "talent.match"}
    assert value(metrics, "sunmao_consumer_retries_total", **labels, error_type="Error0") == 1
    assert value(metrics, "sunmao_consumer_retries_total", **labels, error_type="other") == 440


def test_services_of_one_process_share_the_registry_and_differ_by_label(metrics) -> None:
    metrics.relay("partnership").pending(3, oldest_age_seconds=1.5)
    metrics.relay("talent").pending(0, oldest_age_seconds=0)

    assert value(metrics, "sunmao_outbox_pending", service="partnership") == 3
    assert value(metrics, "sunmao_outbox_oldest_pending_age_seconds", service="partnership") == 1.5
    assert value(metrics, "sunmao_outbox_pending", service="talent") == 0


def test_a_batch_of_observations_counts_like_single_ones(metrics) -> None:
    batch, single = metrics.consumer("talent.match"), metrics.consumer("talent.demand")
    seconds = [0.04, 0.05, 0.0500001, 7.0, 3600.0, 9999.0]

    batch.arrived(POSTED, seconds)
    for each in seconds:
        single.arrived(POSTED, [each])

    def buckets(consumer: str) -> list[tuple[str, float]]:
        samples = [s for family in metrics.registry.collect() for s in family.samples if "end_to_end" in s.name]
        own = [s for s in samples if s.labels.get("consumer") == consumer and not s.name.endswith("_created")]
        return [(s.name + s.labels.get("le", ""), s.value) for s in own]

    assert buckets("talent.match") == buckets("talent.demand")
    assert ("sunmao_event_end_to_end_seconds_bucket0.05", 2.0) in buckets("talent.match")
    assert ("sunmao_event_end_to_end_seconds_count", 6.0) in buckets("talent.match")


def test_an_event_from_the_future_does_not_turn_the_sum_back(metrics) -> None:
    metrics.consumer("talent.match").arrived(POSTED, [-5.0, 1.0])

    labels = {"service": "talent", "consumer": "talent.match", "event_type": POSTED}
    assert value(metrics, "sunmao_event_end_to_end_seconds_sum", **labels) == 1.0


def test_examples_appear_in_openmetrics_only(metrics) -> None:
    metrics.consumer("talent.match").arrived(POSTED, [0.2, 3.0], [Example(3.0, TRACE)])

    open_text, open_type = metrics.expose(OPEN_METRICS)
    plain_text, plain_type = metrics.expose("text/plain")

    families = text_string_to_metric_families(open_text.decode())
    shown = [(s.labels["le"], s.exemplar) for family in families for s in family.samples if s.exemplar]
    assert [(le, exemplar.labels["trace_id"], exemplar.value) for le, exemplar in shown] == [("5.0", TRACE, 3.0)]
    assert open_type.startswith("application/openmetrics-text")
    assert TRACE.encode() not in plain_text
    assert plain_type.startswith("text/plain")


def test_a_request_is_counted_by_template_method_and_status_class(metrics) -> None:
    edge = metrics.edge("partnership")

    edge.answered("/v1/needs/{id}", "GET", 404, 0.02, TRACE)
    edge.answered("/v1/needs/{id}", "BREW", 200, 0.02)

    labels = {"service": "partnership", "route": "/v1/needs/{id}"}
    series = "http_server_request_duration_seconds_count"
    assert value(metrics, series, **labels, method="GET", status="4xx") == 1
    assert value(metrics, series, **labels, method="other", status="2xx") == 1
    assert TRACE in metrics.expose(OPEN_METRICS)[0].decode()


def test_requests_being_answered_are_counted_while_they_last(metrics) -> None:
    edge = metrics.edge("partnership")

    def active() -> float | None:
        return value(metrics, "http_server_active_requests", service="partnership")

    with edge.answering():
        during = active()
    with pytest.raises(ZeroDivisionError), edge.answering():
        _ = 1 / 0

    assert (during, active()) == (1, 0)


def test_lag_of_partitions_that_went_elsewhere_vanishes(metrics) -> None:
    group = metrics.group("talent", "sunmao.talent")

    group.lag({("t", 0): 5, ("t", 1): 7})
    group.lag({("t", 1): 6})

    labels = {"service": "talent", "group": "sunmao.talent", "topic": "t"}
    assert value(metrics, "sunmao_consumer_lag", **labels, partition="0") is None
    assert value(metrics, "sunmao_consumer_lag", **labels, partition="1") == 6


def test_every_promised_series_is_there_once_it_was_touched(metrics) -> None:
    touch_all(metrics)

    names = {s.name for family in metrics.registry.collect() for s in family.samples}
    assert PROMISED - names == set()


def touch_all(metrics: Metrics) -> None:
    metrics.running(version="0.1.0", commit="abc")
    touch_messaging(metrics)
    metrics.bootstrapped("notify", "notify.parties", complete=True)
    edge = metrics.edge("talent")
    edge.answered("/v1/x", "GET", 200, 0.1)
    edge.auth_failed("expired")
    edge.transaction(0.01, committed=True)


def touch_messaging(metrics: Metrics) -> None:
    relay, consumer, group = metrics.relay("talent"), metrics.consumer("talent.match"), metrics.group("talent", "g")
    relay.published("t", {POSTED: 3})
    relay.failed("KafkaTimeoutError")
    relay.delayed("t", [0.1, 0.2])
    relay.leading(leads=True)
    relay.succeeded(1.0)
    relay.parked(0)
    consumer.processed(POSTED)
    consumer.took(POSTED, [0.1])
    consumer.arrived(POSTED, [0.1])
    consumer.retried("OperationalError")
    consumer.dead_letters_open(1, oldest_age_seconds=7)
    consumer.replayed(ok=True)
    group.lag({("t", 0): 1})
    group.assigned(12)
    group.rebalanced()
    group.progressed(1.0)
    group.up(runs=True)
    group.rejected("t", "parse")


PROMISED = {
    "http_server_request_duration_seconds_count",
    "http_server_active_requests",
    "sunmao_auth_failures_total",
    "sunmao_build_info",
    "sunmao_consumer_assigned_partitions",
    "sunmao_consumer_lag",
    "sunmao_consumer_last_progress_timestamp_seconds",
    "sunmao_consumer_rebalances_total",
    "sunmao_consumer_retries_total",
    "sunmao_consumer_up",
    "sunmao_db_transaction_seconds_count",
    "sunmao_dead_letters_open",
    "sunmao_dead_letters_replayed_total",
    "sunmao_event_end_to_end_seconds_count",
    "sunmao_event_processing_seconds_count",
    "sunmao_inbox_events_total",
    "sunmao_outbox_oldest_pending_age_seconds",
    "sunmao_outbox_parked",
    "sunmao_outbox_pending",
    "sunmao_outbox_publish_delay_seconds_count",
    "sunmao_outbox_publish_failures_total",
    "sunmao_outbox_published_total",
    "sunmao_outbox_relay_last_success_timestamp_seconds",
    "sunmao_outbox_relay_leader",
    "sunmao_projection_bootstrap_complete",
    "sunmao_schema_rejections_total",
}


def test_a_tally_that_is_gone_is_shown_as_nothing(metrics) -> None:
    needs = metrics.tally("partnership", "needs", "Needs", ("status", "test"))

    needs.counted({("posted", "false"): 3, ("matched", "false"): 1})
    needs.counted({("posted", "false"): 2})

    assert value(metrics, "sunmao_needs", service="partnership", status="posted", test="false") == 2
    assert value(metrics, "sunmao_needs", service="partnership", status="matched", test="false") == 0


def test_two_services_may_count_under_one_name(metrics) -> None:
    for service in ("training", "talent"):
        metrics.tally(service, "programmes", "Programmes", ("test",)).counted({("false",): 1})

    assert value(metrics, "sunmao_programmes", service="talent", test="false") == 1


def test_the_pool_is_asked_at_each_scrape(metrics) -> None:
    busy = [3]
    metrics.process("talent").pool(10, lambda: busy[0], lambda: 10 - busy[0])

    busy[0] = 7

    assert value(metrics, "sunmao_db_pool_connections", service="talent", state="in_use") == 7
    assert value(metrics, "sunmao_db_pool_connections", service="talent", state="idle") == 3
    assert value(metrics, "sunmao_db_pool_size", service="talent") == 10


def test_a_delivery_is_counted_with_its_time_and_an_alert_by_its_severity(metrics) -> None:
    numbers = metrics.notifying("notify")

    numbers.delivered("inbox", "need", "delivered", 0.2)
    numbers.alerted("OutboxStalled", "page")
    numbers.alerted("Strange", "whatever somebody writes")

    labels = {"service": "notify", "channel": "inbox"}
    assert value(metrics, "sunmao_notify_deliveries_total", **labels, category="need", outcome="delivered") == 1
    assert value(metrics, "sunmao_notify_delivery_seconds_bucket", **labels, le="0.25") == 1
    assert value(metrics, "sunmao_alerts_received_total", service="notify", alertname="Strange", severity="other") == 1


def test_what_may_go_wrong_is_shown_as_nothing_from_the_start(metrics) -> None:
    metrics.consumer("talent.match").expect([POSTED])
    metrics.group("talent", "sunmao.talent").expect(["sunmao.partnership.events.v1"])
    metrics.edge("talent").expect(["expired"], ["40001"])

    letters = {"service": "talent", "consumer": "talent.match", "event_type": POSTED, "outcome": "dead_lettered"}
    assert value(metrics, "sunmao_inbox_events_total", **letters) == 0
    rejected = {"service": "talent", "topic": "sunmao.partnership.events.v1", "reason": "parse"}
    assert value(metrics, "sunmao_schema_rejections_total", **rejected) == 0
    assert value(metrics, "sunmao_auth_failures_total", service="talent", reason="expired") == 0
    assert value(metrics, "sunmao_db_retries_total", service="talent", sqlstate="40001") == 0
