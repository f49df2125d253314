"""A collector of traces for tests: takes OTLP over HTTP from any process and keeps the spans."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True, slots=True)
class Seen:
    """One span as it was sent. `links` are trace ids."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    attributes: Mapping[str, str]
    links: tuple[str, ...]

    @property
    def consumer(self) -> str | None:
        """Which consumer's reaction it is, if it is one."""
        return self.attributes.get("messaging.consumer.group.name")

    @property
    def event(self) -> str | None:
        """To what kind of event."""
        return self.attributes.get("sunmao.event.type")

    @property
    def what(self) -> str:
        """The consumer for a reaction, else the request."""
        return self.consumer or self.name


class Collector:
    """Listens on a free port of this machine for as long as its block lasts."""

    def __init__(self) -> None:
        self.spans: dict[str, Seen] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever)

    @property
    def url(self) -> str:
        """What `SUNMAO_OTLP_ENDPOINT` is to be."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def traces(self) -> set[str]:
        """The ids of all traces of which a span came."""
        return {span.trace for span in self.spans.values()}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _remember(self, body: bytes) -> None:
        for part in ExportTraceServiceRequest.FromString(body).resource_spans:
            [service] = [each.value.string_value for each in part.resource.attributes if each.key == "service.name"]
            for span in (span for scope in part.scope_spans for span in scope.spans):
                self.spans[span.span_id.hex()] = Seen(
                    service=service,
                    name=span.name,
                    trace=span.trace_id.hex(),
                    id=span.span_id.hex(),
                    parent=span.parent_span_id.hex(),
                    attributes={each.key: each.value.string_value for each in span.attributes},
                    links=tuple(link.trace_id.hex() for link in span.links),
                )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        remember = self._remember

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                remember(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *_arguments: object) -> None:
                """Nobody reads it."""

        return Handler
