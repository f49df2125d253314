"""Which traces are recorded: drawn for a request before its span begins, for the library's span costs as much where
nobody records it."""

import random
import re
from collections.abc import Sequence
from typing import Final, TypeGuard

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace.sampling import Decision, ParentBasedTraceIdRatio, SamplingResult
from opentelemetry.trace import Link, SpanKind, TraceState
from opentelemetry.util.types import Attributes

# version 00 only: 2 + 32 + 16 + 2 hexadecimal digits, https://www.w3.org/TR/trace-context/#traceparent-header
TRACEPARENT: Final = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
# The lowest bit of the flag byte is "sampled".
_RECORDED: Final = frozenset("13579bdf")
_PROBES: Final = ("/livez", "/readyz", "/metrics")
# Ids need to differ, not to be secret.
_random: Final = random.Random()  # noqa: S311


def sampled(traceparent: str | None) -> bool:
    """Whether the flag byte asks for a recorded span; looks at the text only, for a span costs 40 microseconds."""
    if traceparent is None or traceparent[-1:] not in _RECORDED:
        return False
    return TRACEPARENT.fullmatch(traceparent) is not None


def unsampled(traceparent: str | None) -> TypeGuard[str]:
    """Whether it is a readable parent that asks for no recorded span."""
    if not traceparent or traceparent[-1] in _RECORDED:
        return False
    return TRACEPARENT.fullmatch(traceparent) is not None


def drawn(traceparent: str | None, path: str, ratio: float) -> str | None:
    """The `traceparent` under which a request goes on that nobody records; None where its span is to be recorded.

    A caller's decision is kept. Whoever only asks how we are is never recorded.
    """
    if unsampled(traceparent):
        return traceparent
    if sampled(traceparent) or (_random.random() < ratio and not path.endswith(_PROBES)):
        return None
    return f"00-{_random.getrandbits(128) or 1:032x}-{_random.getrandbits(64) or 1:016x}-00"


class Sampler(ParentBasedTraceIdRatio):
    """The share of traces that begin here. A request that begins one was drawn before, and whoever only asks how we
    are begins none."""

    def should_sample(  # noqa: PLR0917
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        """As ever, unless it is a request."""
        path = str((attributes or {}).get("url.path", ""))
        if path.endswith(_PROBES):
            return SamplingResult(Decision.DROP)
        if kind is SpanKind.SERVER and not trace.get_current_span(parent_context).get_span_context().is_valid:
            return SamplingResult(Decision.RECORD_AND_SAMPLE, attributes)
        return super().should_sample(parent_context, trace_id, name, kind, attributes, links, trace_state)
