"""One trace from the request to the last subscriber's commit, carried beside the event."""

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import (
    INVALID_SPAN_CONTEXT,
    Link,
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    StatusCode,
    TraceFlags,
)

from shared.observability.masking import MASK, masked_text
from shared.observability.sampling import TRACEPARENT, Sampler, drawn, sampled, unsampled

_UNRECORDED: Final = "sunmao.traceparent"

_STATED: Final = re.compile(r"=[^&#]*")
_ADDRESS_ATTRIBUTES = ("url.path", "url.query", "url.full")

_EXPORT_TIMEOUT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class TracingSettings:
    """What the environment says about traces.

    `endpoint` is the collector's OTLP/HTTP address (`http://collector:4318`; the path `/v1/traces` is added when
    there is none). Without one nothing is recorded, but ids still run through events and log lines.
    `ratio` is the share of traces begun here that are recorded, 0 to 1; a caller's decision is kept.
    """

    service: str
    endpoint: str | None = None
    ratio: float = 0.1
    version: str = "unknown"


class Tracing:
    """The tracer of this process, passed around by `main`; `provider` is what FastAPI's telemetry is given."""

    def __init__(self, provider: TracerProvider, *, ratio: float) -> None:
        self.provider = provider
        self._ratio = ratio
        self._tracer = provider.get_tracer("sunmao")

    def capture(self) -> str | None:
        """The current context as a `traceparent` to be written beside an event; None outside any trace."""
        current = trace.get_current_span()
        return current.written if isinstance(current, _Distant) else _written(current.get_span_context())

    def recorded_trace(self) -> str | None:
        """The current trace's id if its spans are recorded, for an exemplar to point to; else None."""
        current = trace.get_current_span().get_span_context()
        return f"{current.trace_id:032x}" if current.is_valid and current.trace_flags.sampled else None

    def passes_over(self, scope: MutableMapping[str, Any]) -> bool:
        """Whether nobody records this request of ASGI; then `unrecorded` makes its ids current."""
        names = (value.decode("latin-1") for name, value in scope["headers"] if name == b"traceparent")
        traceparent = drawn(next(names, None), scope["path"], self._ratio)
        scope[_UNRECORDED] = traceparent
        return traceparent is not None

    def unrecorded(self, scope: Mapping[str, Any]) -> AbstractContextManager[object]:
        """Run the block under the ids of a request that nobody records; one that is recorded has its span."""
        traceparent = scope.get(_UNRECORDED)
        return nullcontext() if traceparent is None else _Unrecorded(_Distant(traceparent))

    def continue_from(
        self,
        traceparent: str | None,
        name: str,
        kind: SpanKind = SpanKind.CONSUMER,
        *,
        links: Sequence[str] = (),
        attributes: Callable[[], Mapping[str, str]] = dict,
    ) -> AbstractContextManager[trace.Span]:
        """Run the block as a child of `traceparent`; an exception marks the span and goes on.

        A parent whose flag says "not sampled" is only made current, which costs a tenth of a recorded span.
        Without a readable parent a trace begins here. `links` are traceparents, for instance of a replayed original;
        `attributes` is asked only where a span begins.
        """
        if unsampled(traceparent):
            return _Unrecorded(_Distant(traceparent))
        return self._continue(_read(traceparent), name, kind, links, attributes())

    @contextmanager
    def _continue(
        self,
        parent: SpanContext | None,
        name: str,
        kind: SpanKind,
        links: Sequence[str],
        attributes: Mapping[str, str],
    ) -> Iterator[trace.Span]:
        with (
            self._tracer.start_as_current_span(
                name,
                _under(parent),
                kind,
                attributes=attributes,
                links=_links(links),
                record_exception=False,
                set_status_on_exception=False,
            ) as span,
            _failing(span),
        ):
            yield span

    def record(
        self,
        traceparent: str | None,
        name: str,
        kind: SpanKind = SpanKind.CONSUMER,
        *,
        started_ns: int,
        ended_ns: int,
        links: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        """Tell of work already done, as a batch does after its commit; an unsampled parent costs nothing.

        Times are nanoseconds since 1970, as `time.time_ns()` gives them.
        """
        if not sampled(traceparent):
            return
        span = self._tracer.start_span(
            name, _under(_read(traceparent)), kind, attributes=attributes, links=_links(links), start_time=started_ns
        )
        span.end(ended_ns)

    def shutdown(self) -> None:
        """Send what is still held, each batch for at most five seconds, and stop the sending thread."""
        self.provider.shutdown()


class _Distant(NonRecordingSpan):
    """A span of elsewhere that nobody records, known by its text; understood only when somebody asks for more."""

    def __init__(self, traceparent: str) -> None:
        self._traceparent = traceparent

    @property
    def written(self) -> str:
        """Its `traceparent`, of whose flags only the one that we know goes on."""
        return f"{self._traceparent[:-2]}00"

    def get_span_context(self) -> SpanContext:
        """What the text says."""
        return _read(self._traceparent) or INVALID_SPAN_CONTEXT


class _Unrecorded(AbstractContextManager[trace.Span]):
    """Makes a span current that nobody records. Around every event, so it is made of what the library makes it of."""

    __slots__ = ("_span", "_token")

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def __enter__(self) -> trace.Span:
        self._token = context.attach(trace.set_span_in_context(self._span))
        return self._span

    def __exit__(self, *_how: object) -> None:
        context.detach(self._token)


@contextmanager
def _failing(span: trace.Span) -> Iterator[None]:
    # The text of an exception may quote a person's data, so a trace tells its type alone.
    try:
        yield
    except Exception as error:
        span.set_attribute("error.type", type(error).__qualname__)
        span.set_status(StatusCode.ERROR)
        raise


class _Discreet(SpanProcessor):
    """Takes one-time links, credentials and what queries state out of the addresses that HTTP spans carry.

    A query may state anything of a person, such as the title of a paper: its names stay, its values go.
    """

    # The SDK calls this with both arguments.
    def on_start(self, span: Span, parent_context: Context | None = None) -> None:  # noqa: ARG002
        """Overwrite the addresses before any exporter sees them."""
        for name in _ADDRESS_ATTRIBUTES:
            value = (span.attributes or {}).get(name)
            if isinstance(value, str):
                span.set_attribute(name, _STATED.sub(f"={MASK}", masked_text(value)))

    def on_end(self, span: ReadableSpan) -> None:
        """Nothing is left to do."""


def build(settings: TracingSettings, exporter: SpanExporter | None = None) -> Tracing:
    """A provider of its own, never the global one; `exporter` replaces the collector's, as tests do."""
    exporter = exporter or _collector(settings.endpoint)
    provider = TracerProvider(
        resource=Resource.create({"service.name": settings.service, "service.version": settings.version}),
        sampler=Sampler(settings.ratio) if exporter else ALWAYS_OFF,
    )
    if exporter:
        provider.add_span_processor(_Discreet())
        provider.add_span_processor(BatchSpanProcessor(exporter))
    return Tracing(provider, ratio=settings.ratio if exporter else 0.0)


def consumer_attributes(*, group: str, event_id: str, event_type: str, outcome: str) -> dict[str, str]:
    """What the span of a consumed event says about it; `outcome` is that of `sunmao_inbox_events_total`."""
    return {
        "messaging.consumer.group.name": group,
        "sunmao.event.id": event_id,
        "sunmao.event.type": event_type,
        "sunmao.inbox.outcome": outcome,
    }


def _collector(endpoint: str | None) -> SpanExporter | None:
    if not endpoint:
        return None
    # Only a process that exports pays for protobuf and the HTTP client behind it.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

    address = endpoint if urlsplit(endpoint).path.strip("/") else endpoint.rstrip("/") + "/v1/traces"
    return OTLPSpanExporter(endpoint=address, timeout=_EXPORT_TIMEOUT_SECONDS)


def _read(traceparent: str | None) -> SpanContext | None:
    found = TRACEPARENT.fullmatch(traceparent) if traceparent else None
    if found is None:
        return None
    trace_id, span_id, flags = (int(part, 16) for part in found.groups())
    return SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags))


def _written(current: SpanContext) -> str | None:
    if not current.is_valid:
        return None
    return f"00-{current.trace_id:032x}-{current.span_id:016x}-{current.trace_flags & TraceFlags.SAMPLED:02x}"


def _under(parent: SpanContext | None) -> Context:
    return trace.set_span_in_context(NonRecordingSpan(parent)) if parent else context.Context()


def _links(traceparents: Sequence[str]) -> list[Link]:
    return [Link(origin) for origin in map(_read, traceparents) if origin is not None]
