"""The last record of an aggregate that was erased for somebody's privacy: a tombstone on its state topic."""

from shared.contracts.envelope import Envelope
from shared.contracts.ids import new_event_id
from shared.contracts.registry import REGISTRY
from shared.contracts.topics import key_of, topic_of
from shared.kernel.aggregate import Aggregate
from shared.kernel.work import Context
from shared.persistence.record import Record, tombstone_of


def burial_of(aggregate: Aggregate, service: str, context: Context) -> list[Record]:
    """The tombstone under the version that it has now; none where its state was never told."""
    body = REGISTRY.get(f"sunmao.{service}.{aggregate.kind}.state.v1")
    if body is None:
        return []
    envelope = Envelope(
        id=new_event_id(),
        source=f"/sunmao/{service}",
        type=body.wire.type,
        subject=aggregate.id,
        time=context.now,
        sequence=aggregate.version,
        correlationid=context.correlation_id or aggregate.story,
        causationid=context.causation_id or context.request_id,
        actor=context.actor,
        test=aggregate.test or context.test,
        traceparent=context.traceparent,
    )
    return [tombstone_of(topic_of(body.wire), key_of(body.wire, aggregate.id), envelope)]
