"""Whether a request is recorded is drawn before its span begins, and its ids go on either way."""

import re

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from shared.observability.sampling import drawn
from shared.observability.tracing import TracingSettings, build

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def scope(path: str = "/v1/needs", traceparent: str | None = None) -> dict[str, object]:
    headers = [] if traceparent is None else [(b"traceparent", traceparent.encode())]
    return {"type": "http", "path": path, "headers": headers}


@pytest.mark.parametrize(("flag", "passed_over"), [("00", True), ("01", False)])
def test_a_callers_decision_is_kept(flag: str, passed_over: bool) -> None:
    tracing = build(TracingSettings("talent", ratio=1.0 if passed_over else 0.0), InMemorySpanExporter())

    assert tracing.passes_over(scope(traceparent=f"00-{TRACE}-{PARENT}-{flag}")) is passed_over


def test_a_request_that_nobody_records_has_its_callers_ids_or_ids_of_its_own() -> None:
    tracing = build(TracingSettings("talent", ratio=0.0), InMemorySpanExporter())
    called, begun = scope(traceparent=f"00-{TRACE}-{PARENT}-00"), scope(traceparent="nonsense")
    captured = []

    for request in (called, begun):
        assert tracing.passes_over(request)
        with tracing.unrecorded(request):
            captured.append(tracing.capture())

    assert captured[0] == f"00-{TRACE}-{PARENT}-00"
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", captured[1] or "")
    assert tracing.capture() is None


def test_of_the_requests_that_begin_a_trace_the_share_is_recorded_that_was_asked_for() -> None:
    recorded = sum(drawn(None, "/v1/needs", 0.1) is None for _ in range(10_000))

    assert 800 < recorded < 1200


def test_a_request_that_was_drawn_is_not_drawn_again() -> None:
    tracing = build(TracingSettings("talent", ratio=0.0), InMemorySpanExporter())

    with tracing.continue_from(None, "POST", SpanKind.SERVER) as span:
        assert span.is_recording()


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/talent/metrics"])
def test_whoever_only_asks_how_we_are_is_never_drawn(path: str) -> None:
    assert drawn(None, path, 1.0) is not None


def test_without_a_collector_no_request_is_recorded() -> None:
    assert build(TracingSettings("talent", ratio=1.0)).passes_over(scope())
