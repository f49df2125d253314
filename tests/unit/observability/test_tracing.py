"""One trace from the request to the last subscriber."""

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from shared.observability.sampling import sampled
from shared.observability.tracing import Tracing, TracingSettings, build, consumer_attributes

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
RECORDED = f"00-{TRACE}-{PARENT}-01"
UNRECORDED = f"00-{TRACE}-{PARENT}-00"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def tracing(exporter: InMemorySpanExporter) -> Tracing:
    return build(TracingSettings(service="talent", ratio=1.0, version="0.1.0"), exporter)


def told(tracing: Tracing, exporter: InMemorySpanExporter):
    tracing.provider.force_flush()
    return exporter.get_finished_spans()


def test_what_is_captured_in_one_process_is_continued_in_the_next(tracing, exporter) -> None:
    with tracing.continue_from(None, "request", SpanKind.SERVER):
        written = tracing.capture()
    with tracing.continue_from(written, "process"):
        further = tracing.capture()

    request, process = told(tracing, exporter)
    assert process.context.trace_id == request.context.trace_id
    assert process.parent.span_id == request.context.span_id
    assert process.kind is SpanKind.CONSUMER
    assert further == f"00-{process.context.trace_id:032x}-{process.context.span_id:016x}-01"


def test_an_unrecorded_parent_is_current_and_costs_no_span(tracing, exporter) -> None:
    with tracing.continue_from(UNRECORDED, "process") as span:
        captured = tracing.capture()

    assert captured == UNRECORDED
    assert not span.is_recording()
    assert span.get_span_context().trace_id == int(TRACE, 16)
    assert told(tracing, exporter) == ()


def test_flags_that_we_do_not_know_do_not_go_on(tracing) -> None:
    with tracing.continue_from(UNRECORDED[:-2] + "02", "process"):
        assert tracing.capture() == UNRECORDED


def test_outside_any_trace_there_is_nothing_to_capture(tracing) -> None:
    assert tracing.capture() is None


@pytest.mark.parametrize(
    "traceparent",
    [None, "", "rubbish", RECORDED.upper(), RECORDED + "x", f"00-{'0' * 32}-{PARENT}-01", f"00-{TRACE}-{'0' * 16}-01"],
)
def test_an_unreadable_parent_begins_a_trace(tracing, exporter, traceparent) -> None:
    with tracing.continue_from(traceparent, "process"):
        pass

    (span,) = told(tracing, exporter)
    assert span.parent is None
    assert not sampled(traceparent)


def test_only_the_flag_byte_says_whether_a_trace_is_recorded() -> None:
    assert [sampled(RECORDED), sampled(UNRECORDED), sampled(f"00-{TRACE}-{PARENT}-03")] == [True, False, True]


def test_a_replay_links_to_the_original(tracing, exporter) -> None:
    with tracing.continue_from(None, "replay", links=[RECORDED, "rubbish"]):
        pass

    (span,) = told(tracing, exporter)
    assert [f"{link.context.trace_id:032x}" for link in span.links] == [TRACE]


def test_the_consumers_span_says_which_event_became_what(tracing, exporter) -> None:
    about = consumer_attributes(group="sunmao.talent", event_id="e1", event_type="t.v1", outcome="processed")

    with tracing.continue_from(RECORDED, "process", attributes=lambda: about):
        pass

    (span,) = told(tracing, exporter)
    assert dict(span.attributes) == {
        "messaging.consumer.group.name": "sunmao.talent",
        "sunmao.event.id": "e1",
        "sunmao.event.type": "t.v1",
        "sunmao.inbox.outcome": "processed",
    }


def test_a_failure_marks_the_span_without_quoting_the_error(tracing, exporter) -> None:
    with pytest.raises(ValueError, match="Li Lei"), tracing.continue_from(RECORDED, "process"):
        raise ValueError("Li Lei")

    (span,) = told(tracing, exporter)
    assert span.status.status_code is StatusCode.ERROR
    assert span.attributes["error.type"] == "ValueError"
    assert "Li Lei" not in span.to_json()


def test_a_batch_records_its_sampled_events_after_the_fact(tracing, exporter) -> None:
    for parent in (RECORDED, UNRECORDED, None):
        tracing.record(parent, "process", started_ns=1_000, ended_ns=5_000, attributes={"sunmao.event.id": "e1"})

    (span,) = told(tracing, exporter)
    assert (span.start_time, span.end_time) == (1_000, 5_000)
    assert f"{span.parent.span_id:016x}" == PARENT


def test_without_a_collector_ids_still_run_through_and_nothing_is_recorded() -> None:
    tracing = build(TracingSettings(service="talent", ratio=1.0))

    with tracing.continue_from(None, "request", SpanKind.SERVER) as span:
        captured = tracing.capture()

    assert not span.is_recording()
    assert captured is not None
    assert captured.endswith("-00")


def test_one_time_links_do_not_reach_the_collector(tracing, exporter) -> None:
    path = "/v1/signature-links/Ab3-xyz/signature"

    with tracing.continue_from(
        None, "POST", SpanKind.SERVER, attributes=lambda: {"url.path": path, "url.query": "token=s3c"}
    ):
        pass

    (span,) = told(tracing, exporter)
    assert span.attributes["url.path"] == "/v1/signature-links/***/signature"
    assert "s3c" not in span.to_json()


def test_what_a_query_states_does_not_reach_the_collector(tracing, exporter) -> None:
    query = "about=plc_1&title=%E6%9D%8E%E5%9B%9B&number"

    with tracing.continue_from(
        None, "POST", SpanKind.SERVER, attributes=lambda: {"url.query": query, "url.full": f"https://x.test/v1?{query}"}
    ):
        pass

    (span,) = told(tracing, exporter)
    assert span.attributes["url.query"] == "about=***&title=***&number"
    assert span.attributes["url.full"] == "https://x.test/v1?about=***&title=***&number"


def test_building_sets_no_global_provider(tracing) -> None:
    assert trace.get_tracer_provider() is not tracing.provider


def test_the_resource_names_the_service(tracing, exporter) -> None:
    with tracing.continue_from(None, "request"):
        pass

    (span,) = told(tracing, exporter)
    assert span.resource.attributes["service.name"] == "talent"
    assert span.resource.attributes["service.version"] == "0.1.0"


def test_shutting_down_sends_what_is_still_held(tracing, exporter) -> None:
    with tracing.continue_from(None, "request"):
        pass

    tracing.shutdown()

    assert len(exporter.get_finished_spans()) == 1


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/talent/metrics"])
def test_whoever_only_asks_how_we_are_begins_no_trace(tracing, exporter, path: str) -> None:
    with tracing.continue_from(None, "GET", SpanKind.SERVER, attributes=lambda: {"url.path": path}) as span:
        assert not span.is_recording()

    assert told(tracing, exporter) == ()
