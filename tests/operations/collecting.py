"""A collector of traces that only remembers which traces it was sent."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Collector:
    """Listens for OTLP over HTTP on a free port of this machine."""

    def __init__(self) -> None:
        self.traces: set[str] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever)

    @property
    def url(self) -> str:
        """What `SUNMAO_OTLP_ENDPOINT` is to be."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _remember(self, body: bytes) -> None:
        request = ExportTraceServiceRequest.FromString(body)
        spans = (span for of in request.resource_spans for scope in of.scope_spans for span in scope.spans)
        self.traces |= {span.trace_id.hex() for span in spans}

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
